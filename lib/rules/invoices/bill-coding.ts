import type { ConnectorConfig } from '../../config/connector-config.ts';
import type { Amount } from '../../money.ts';
import type { BillLine } from '../bill-documents.ts';
import { mapAccount } from '../mapping/account-mapping.ts';
import { classificationFields, classificationNames, mapCostCenter } from '../mapping/cost-center-mapping.ts';
import { costCenterProblem, glAccountProblem } from '../mapping/reference-checks.ts';
import type { ClassificationKind, Coding } from '../reference-data.ts';
import type { SupplierInvoice } from '../sap-invoices.ts';
import { refused } from './invoice-checks.ts';
import { invoiceName } from './invoice-name.ts';

/** A line of the bill before it is coded. */
export interface UncodedLine {
  readonly amount: Amount;
  readonly description: string;
  readonly glAccount: string;
  readonly costCenter?: string | undefined;
}

type Code = 'ACCOUNT_NOT_MAPPED' | 'COST_CENTER_NOT_MAPPED' | 'GL_ACCOUNT_BLOCKED' | 'COST_CENTER_NOT_VALID';

interface Problem {
  readonly code: Code;
  readonly value: string;
  readonly text: string;
  readonly fix: string;
}

/** The codes of `codeLines`, gravest first: the exception bears the first that applies, its text names all. */
export const codingCodes: readonly Code[] = [
  'ACCOUNT_NOT_MAPPED',
  'COST_CENTER_NOT_MAPPED',
  'GL_ACCOUNT_BLOCKED',
  'COST_CENTER_NOT_VALID',
];

/**
 * The lines with their BILL account and, where cost centers are mapped, department, location or accounting class.
 * Total or nothing: throws DocumentError with one of `codingCodes` that names every value without an entry, every
 * archived entry, and every account or cost center that SAP itself would no longer post to.
 */
export function codeLines(
  invoice: SupplierInvoice,
  lines: readonly UncodedLine[],
  config: ConnectorConfig,
  coding: Coding,
): BillLine[] {
  const problems = new Map<string, Problem>();
  const note = (found: readonly Problem[]) => {
    for (const each of found) problems.set(each.text, each);
  };
  const coded = lines.map(({ amount, description, glAccount, costCenter }) => {
    const account = codeAccount(invoice, glAccount, config, coding);
    const center = costCenter === undefined ? nothing : codeCostCenter(invoice, costCenter, config, coding);
    note([...account.problems, ...center.problems]);
    return { amount, description, ...account.ids, ...center.ids };
  });
  if (problems.size > 0) throw notCoded(invoice, [...problems.values()]);
  return coded;
}

/** Part of a line's coding, and what is wrong with it. */
interface Part {
  readonly ids: Partial<BillLine>;
  readonly problems: readonly Problem[];
}

const nothing: Part = { ids: {}, problems: [] };

function codeAccount(
  invoice: SupplierInvoice,
  glAccount: string,
  config: ConnectorConfig,
  { chart, reference }: Coding,
): Part {
  const state = glAccountProblem(glAccount, useOf(invoice, reference));
  const blocked: Problem[] =
    state === undefined ? [] : [{ code: 'GL_ACCOUNT_BLOCKED', value: glAccount, ...state }];
  const mapping = mapAccount(glAccount, config, chart);
  if (!('problem' in mapping)) return { ids: mapping, problems: blocked };
  const fix =
    mapping.problem === 'archived'
      ? 'Restore the BILL account, or map the G/L account to another one in the configuration ("accounts")'
      : 'Give the BILL account the same number, or map the G/L account in the configuration ("accounts")';
  return {
    ids: {},
    problems: [{ code: 'ACCOUNT_NOT_MAPPED', value: glAccount, text: mapping.text, fix }, ...blocked],
  };
}

/** Where cost centers are not mapped, nothing is coded. */
function codeCostCenter(
  invoice: SupplierInvoice,
  costCenter: string,
  { costCenters: config }: ConnectorConfig,
  { reference }: Coding,
): Part {
  if (config === undefined) return nothing;
  const state = costCenterProblem(costCenter, useOf(invoice, reference));
  const invalid: Problem[] =
    state === undefined ? [] : [{ code: 'COST_CENTER_NOT_VALID', value: costCenter, ...state }];
  const entries = reference.classifications?.[config.as];
  if (entries === undefined) return { ids: {}, problems: [listNotUsed(costCenter, config.as), ...invalid] };
  const mapping = mapCostCenter(costCenter, config, entries);
  if (!('problem' in mapping))
    return { ids: { [classificationFields[config.as]]: mapping.id }, problems: invalid };
  const fix =
    mapping.problem === 'archived'
      ? 'Restore the entry in BILL, or map the cost center to another one in the configuration ("costCenters")'
      : 'Map the cost center in the configuration ("costCenters"), or give the entry in BILL its number';
  return {
    ids: {},
    problems: [{ code: 'COST_CENTER_NOT_MAPPED', value: costCenter, text: mapping.text, fix }, ...invalid],
  };
}

function listNotUsed(value: string, as: ClassificationKind): Problem {
  const name = classificationNames[as];
  return {
    code: 'COST_CENTER_NOT_MAPPED',
    value,
    text: `cost center ${value}: BILL has no list of ${name}${name.endsWith('s') ? 'es' : 's'} in this organization`,
    fix: 'Switch that list on in BILL, or take "costCenters" out of the configuration',
  };
}

function useOf({ key, postingDate }: SupplierInvoice, reference: Coding['reference']) {
  return { companyCode: key.companyCode, postingDate, reference };
}

function notCoded(invoice: SupplierInvoice, problems: readonly Problem[]) {
  const code = codingCodes.find((each) => problems.some((problem) => problem.code === each));
  const fixes = [...new Set(problems.map(({ fix }) => fix))];
  const valuesOf = (...codes: Code[]) =>
    [...new Set(problems.filter((each) => codes.includes(each.code)).map(({ value }) => value))].join(', ');
  const glAccounts = valuesOf('ACCOUNT_NOT_MAPPED', 'GL_ACCOUNT_BLOCKED');
  const costCenters = valuesOf('COST_CENTER_NOT_MAPPED', 'COST_CENTER_NOT_VALID');
  return refused(invoice, {
    code: code ?? 'ACCOUNT_NOT_MAPPED',
    message: `Invoice ${invoiceName(invoice)} cannot be coded in BILL: ${problems.map(({ text }) => text).join('; ')}.`,
    nextStep: `${fixes.join('. ')}; then retry.`,
    sapValues: {
      ...(glAccounts === '' ? {} : { glAccounts }),
      ...(costCenters === '' ? {} : { costCenters }),
    },
  });
}

import type { ConnectorConfig } from '../../config/connector-config.ts';
import type { Coding } from '../reference-data.ts';
import type { InvoiceLine, SupplierInvoice } from '../sap-invoices.ts';
import { mapAccount } from './account-mapping.ts';
import { mapCostCenter } from './cost-center-mapping.ts';
import { lineAccount } from './line-account.ts';
import type { MappingProblem } from './mapped-entry.ts';
import { costCenterProblem, glAccountProblem, type ReferenceProblem } from './reference-checks.ts';

/** One value that leads to no entry, or that SAP itself does not post to, and how many invoices use it. */
interface MappingGap {
  readonly problem: MappingProblem['problem'] | 'not-usable';
  /** For people: which value, and what is wrong. */
  readonly text: string;
  readonly value: string;
  readonly invoices: number;
}

/** How many of the values that invoices use are mapped. */
export interface Coverage {
  readonly used: number;
  readonly mapped: number;
  /** The most used first. */
  readonly gaps: readonly MappingGap[];
}

export interface MappingCoverage {
  readonly invoices: number;
  readonly accounts: Coverage;
  /** Absent where cost centers are not mapped. */
  readonly costCenters?: Coverage;
}

/** Measured over these invoices, each value counted once however often it is used. */
export function mappingCoverage(
  invoices: readonly SupplierInvoice[],
  config: ConnectorConfig,
  { chart, reference }: Coding,
): MappingCoverage {
  const { costCenters } = config;
  const accounts = coverage(
    usesOf(invoices, (line) => lineAccount(line, config)),
    (value) => mapAccount(value, config, chart),
    (value, invoice) => glAccountProblem(value, { ...placeOf(invoice), reference }),
  );
  if (costCenters === undefined) return { invoices: invoices.length, accounts };
  const entries = reference.classifications?.[costCenters.as] ?? [];
  return {
    invoices: invoices.length,
    accounts,
    costCenters: coverage(
      usesOf(invoices, ({ costCenter }) => costCenter),
      (value) => mapCostCenter(value, costCenters, entries),
      (value, invoice) => costCenterProblem(value, { ...placeOf(invoice), reference }),
    ),
  };
}

/** Each value with the invoices that use it. */
function usesOf(
  invoices: readonly SupplierInvoice[],
  valueIn: (line: InvoiceLine) => string | undefined,
): Map<string, SupplierInvoice[]> {
  const uses = new Map<string, SupplierInvoice[]>();
  for (const invoice of invoices) {
    for (const value of new Set(invoice.lines.flatMap((line) => valueIn(line) ?? [])))
      uses.set(value, [...(uses.get(value) ?? []), invoice]);
  }
  return uses;
}

function placeOf({ key, postingDate }: SupplierInvoice) {
  return { companyCode: key.companyCode, postingDate };
}

/** A value is a gap where it leads to no entry of BILL, else where SAP would not post to it for one of its invoices. */
function coverage(
  uses: ReadonlyMap<string, readonly SupplierInvoice[]>,
  map: (value: string) => object,
  problemInSap: (value: string, invoice: SupplierInvoice) => ReferenceProblem | undefined,
): Coverage {
  const gaps = [...uses].flatMap(([value, invoices]): MappingGap[] => {
    const gap = { value, invoices: invoices.length };
    const mapping = map(value);
    if (isProblem(mapping)) return [{ ...mapping, ...gap }];
    const [inSap] = invoices.flatMap((invoice) => problemInSap(value, invoice) ?? []);
    return inSap === undefined ? [] : [{ problem: 'not-usable', text: inSap.text, ...gap }];
  });
  return {
    used: uses.size,
    mapped: uses.size - gaps.length,
    gaps: gaps.sort((left, right) => right.invoices - left.invoices || (left.value < right.value ? -1 : 1)),
  };
}

function isProblem(mapping: object): mapping is MappingProblem {
  return 'problem' in mapping;
}

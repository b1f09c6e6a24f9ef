import type { ConnectorConfig } from '../../config/connector-config.ts';
import { type Amount, compareAmounts } from '../../money.ts';
import type { LocalDate } from '../local-date.ts';
import type { LineKey } from '../sap-accounting.ts';
import type { PayableLine, SupplierInvoice } from '../sap-invoices.ts';
import { refused } from './invoice-checks.ts';
import { invoiceName } from './invoice-name.ts';
import { owedBy, withheldTaxes } from './withholding.ts';

/** One of the due dates of an invoice that is payable in parts: a bill of its own in BILL. */
export interface Instalment {
  /** From 1, in the order of the due dates. */
  readonly number: number;
  readonly of: number;
  /** The FI supplier lines that it pays, see `fiLineName`. */
  readonly fiLines: readonly string[];
}

/** What becomes one bill. */
export interface PayablePart {
  /** To be paid to the supplier, after withholding; above zero. */
  readonly amount: Amount;
  /** Tax that is kept back from this part for the tax office; absent where there is none. */
  readonly withheld?: Amount;
  readonly dueDate: LocalDate;
  /** Absent where one bill stands for the whole invoice. */
  readonly instalment?: Instalment;
  /** All its FI lines are cleared in SAP: nothing is left to pay. */
  readonly isSettled: boolean;
}

/** `5100000042/2026/001`: names an FI supplier line for good. */
export function fiLineName({ accountingDocument, fiscalYear, item }: Omit<LineKey, 'companyCode'>): string {
  return `${accountingDocument}/${fiscalYear}/${item}`;
}

function nameOf(line: PayableLine): string {
  return fiLineName({ ...line, fiscalYear: line.accountingDocumentYear });
}

/** The FI lines that a bill pays: those of its instalment, or all of the invoice's. */
export function linesOfInstalment(
  instalment: Instalment | undefined,
  payable: readonly PayableLine[],
): PayableLine[] {
  return payable.filter((line) => instalment?.fiLines.includes(nameOf(line)) ?? true);
}

/**
 * The parts of an invoice by the due dates of its FI supplier lines (SAP dossier §5: several lines for payment terms
 * with instalments and for retentions), in the order of the dates. `payable` are its lines without special G/L ones.
 * Throws DocumentError `DUE_DATE_MISSING`, `SEVERAL_DUE_DATES`, `INSTALMENT_NOT_POSITIVE`, `WITHHOLDING_TAX` or
 * `SUMS_DIFFER` (I3).
 */
export function payableParts(
  invoice: SupplierInvoice,
  payable: readonly PayableLine[],
  config: ConnectorConfig,
): PayablePart[] {
  const groups = byDueDate(invoice, payable, config);
  if (groups.length > 1 && config.invoices.severalDueDates === 'exception')
    throw severalDueDates(invoice, payable, groups);
  const withheld = withheldTaxes(
    invoice,
    groups.map(({ lines }) => lines),
    config,
  );
  return groups.map(({ dueDate, lines }, index) => {
    const { amount, tax } = withheld[index] ?? { amount: owedBy(lines, invoice.currency), tax: undefined };
    if (compareAmounts(amount, '0', invoice.currency) <= 0) throw notPositive(invoice, dueDate, amount);
    const instalment = { number: index + 1, of: groups.length, fiLines: lines.map(nameOf) };
    return {
      amount,
      ...(tax === undefined ? {} : { withheld: tax }),
      dueDate,
      ...(groups.length === 1 ? {} : { instalment }),
      isSettled: lines.every((line) => line.isCleared),
    };
  });
}

interface DueGroup {
  readonly dueDate: LocalDate;
  readonly lines: readonly PayableLine[];
}

function byDueDate(
  invoice: SupplierInvoice,
  payable: readonly PayableLine[],
  config: ConnectorConfig,
): DueGroup[] {
  const dated = payable.map((line) => ({ line, dueDate: dueDateOf(invoice, line, config) }));
  const groups = Map.groupBy(dated, ({ dueDate }) => dueDate);
  if (groups.size === 0 || groups.has(undefined)) throw dueDateMissing(invoice);
  return [...groups.entries()]
    .map(([dueDate = '', of]) => ({ dueDate, lines: of.map(({ line }) => line) }))
    .sort((left, right) => (left.dueDate < right.dueDate ? -1 : 1));
}

/**
 * The net due date, or where configured the last day of the first cash discount: BILL knows no discount (BILL
 * dossier §5.2), so the bill keeps its full amount and is only paid in time for it. A discount that had ended before
 * the invoice was posted is passed over.
 */
export function dueDateOf(
  { postingDate }: Pick<SupplierInvoice, 'postingDate'>,
  { netDueDate, discountDueDate }: PayableLine,
  { invoices }: ConnectorConfig,
): LocalDate | undefined {
  if (invoices.dueDate === 'net' || netDueDate === undefined || discountDueDate === undefined)
    return netDueDate;
  return discountDueDate >= postingDate && discountDueDate < netDueDate ? discountDueDate : netDueDate;
}

function dueDateMissing(invoice: SupplierInvoice) {
  return refused(invoice, {
    code: 'DUE_DATE_MISSING',
    message: `The FI document of invoice ${invoiceName(invoice)} shows no net due date.`,
    nextStep: 'Check payment terms and baseline date of the FI document in SAP, then retry.',
    sapValues: { paymentTerms: invoice.paymentTerms ?? '' },
  });
}

function severalDueDates(
  invoice: SupplierInvoice,
  payable: readonly PayableLine[],
  groups: readonly DueGroup[],
) {
  const dates = groups.map(({ dueDate }) => dueDate);
  return refused(invoice, {
    code: 'SEVERAL_DUE_DATES',
    message: `Invoice ${invoiceName(invoice)} is payable in parts, due on ${dates.join(', ')}; a bill has one due date.`,
    nextStep:
      'Enter one bill for each part in BILL by hand, then skip it here; or give the invoice one due date in SAP and retry.',
    sapValues: Object.fromEntries(
      payable.map((line) => [`item ${line.item}`, `${line.netDueDate}: ${line.amount}`]),
    ),
  });
}

function notPositive(invoice: SupplierInvoice, dueDate: LocalDate, amount: Amount) {
  return refused(invoice, {
    code: 'INSTALMENT_NOT_POSITIVE',
    message: `The part of invoice ${invoiceName(invoice)} that is due on ${dueDate} comes to ${amount} ${invoice.currency}; only a part above zero can be paid.`,
    nextStep: 'Check the FI supplier lines in SAP. Give them one due date and retry, or skip this.',
    sapValues: { dueDate, amount },
  });
}

import type { ConnectorConfig } from '../../config/connector-config.ts';
import { allocate, isZero } from '../../money.ts';
import type { BillLine, ChartOfAccount, NewBill } from '../bill-documents.ts';
import { cutText } from '../cut-text.ts';
import { lineAccount } from '../mapping/line-account.ts';
import type { ReferenceData } from '../reference-data.ts';
import type { InvoiceLine, PayableLine, PurchaseOrderItemText, SupplierInvoice } from '../sap-invoices.ts';
import { codeLines } from './bill-coding.ts';
import { type Draft, fewerLines } from './fewer-lines.ts';
import { checkCarriedByBill, checkSums, refused } from './invoice-checks.ts';
import { invoiceName } from './invoice-name.ts';
import { type Instalment, type PayablePart, payableParts } from './payable-parts.ts';
import { grossAmounts } from './tax-spread.ts';

export { vendorCurrencyProblem } from './invoice-checks.ts';

/** BILL dossier §3.5. */
const NUMBER_LIMIT = 21;
const DESCRIPTION_LIMIT = 4000;

export interface InvoiceFacts {
  readonly invoice: SupplierInvoice;
  /** The FI supplier lines of this invoice; special G/L lines are passed over. */
  readonly payable: readonly PayableLine[];
  readonly vendorId: string;
  readonly config: ConnectorConfig;
  readonly chart: readonly ChartOfAccount[];
  /** What is known of cost centers, G/L accounts and BILL's other lists; nothing where none was read. */
  readonly reference?: ReferenceData;
  readonly itemTexts: readonly PurchaseOrderItemText[];
}

/** A bill that an invoice, or one of its instalments, wants in BILL. */
export interface PlannedBill extends Pick<PayablePart, 'instalment' | 'withheld' | 'isSettled'> {
  readonly bill: NewBill;
}

/**
 * The bills for an eligible invoice: one, or one for each due date. Each has a line per account-assignment share, tax
 * spread or on lines of its own as configured, zero lines left out; an instalment and what is left after withholding
 * tax fall to the lines in their proportion, to the minor unit. The same facts always give the same bills.
 *
 * Throws DocumentError, one code per cause: `CREDIT_MEMO`, `TOTAL_NOT_POSITIVE`, `CURRENCY_NOT_CARRIED`,
 * `INVOICE_NUMBER_TOO_LONG`, `DUE_DATE_MISSING`, `SEVERAL_DUE_DATES`, `INSTALMENT_NOT_POSITIVE`, `SUMS_DIFFER` and
 * `WITHHOLDING_TAX` (I3), `TAX_WITHOUT_BASE`, `TOO_MANY_LINES`, `ITEM_WITHOUT_ACCOUNT`, and those of `codeLines`.
 */
export function billsFromInvoice(facts: InvoiceFacts): PlannedBill[] {
  const { invoice, config } = facts;
  const payable = facts.payable.filter((line) => line.specialGlCode === undefined);
  checkCarriedByBill(invoice);
  checkSums(invoice);
  const parts = payableParts(invoice, payable, config);
  const whole = fewEnough(facts, drafts(facts));
  return parts.map((part) => {
    const { instalment, withheld, isSettled } = part;
    return {
      bill: billOf(facts, part, whole),
      isSettled,
      ...(instalment === undefined ? {} : { instalment }),
      ...(withheld === undefined ? {} : { withheld }),
    };
  });
}

/** All lines of the invoice or credit memo over its gross amount, as BILL codes them. */
export function codedLines(facts: InvoiceFacts): BillLine[] {
  return mapped(facts, fewEnough(facts, drafts(facts)));
}

function billOf(facts: InvoiceFacts, part: PayablePart, whole: readonly Draft[]): NewBill {
  const { invoice, vendorId } = facts;
  const purchaseOrderNumber = purchaseOrders(invoice);
  const amounts = allocate(
    part.amount,
    whole.map((draft) => draft.amount),
    invoice.currency,
  );
  const lines = whole
    .map((draft, index) => ({ ...draft, amount: amounts[index] ?? draft.amount }))
    .filter((draft) => !isZero(draft.amount, invoice.currency));
  return {
    vendorId,
    invoiceNumber: numberInBill(invoice, part.instalment),
    invoiceDate: invoice.documentDate,
    dueDate: part.dueDate,
    description: noteOf(invoice, part),
    ...(purchaseOrderNumber === undefined ? {} : { purchaseOrderNumber }),
    lines: mapped(facts, lines),
  };
}

/** Names the invoice, and says why the bill is not over its gross amount. */
function noteOf(invoice: SupplierInvoice, { instalment, withheld, amount }: PayablePart): string {
  const { currency, grossAmount } = invoice;
  const parts = [
    `SAP ${invoiceName(invoice)}`,
    ...(instalment === undefined ? [] : [`instalment ${instalment.number} of ${instalment.of}`]),
    ...(withheld === undefined
      ? []
      : [`gross ${grossAmount} ${currency}, tax withheld here ${withheld}, to be paid ${amount}`]),
  ];
  return parts.join(', ');
}

/**
 * The supplier's own number, else SAP's, with `/2` for the second instalment; never cut, because a cut number defeats
 * every search for doubles. Throws DocumentError `INVOICE_NUMBER_TOO_LONG`.
 */
export function numberInBill(invoice: SupplierInvoice, instalment?: Instalment): string {
  const reference = invoice.reference?.trim() ?? '';
  const whole = reference === '' ? invoice.key.supplierInvoice : reference;
  const number = instalment === undefined ? whole : `${whole}/${instalment.number}`;
  if (number.length <= NUMBER_LIMIT) return number;
  throw refused(invoice, {
    code: 'INVOICE_NUMBER_TOO_LONG',
    message: `The number "${number}" of invoice ${invoiceName(invoice)} has ${number.length} characters; BILL takes ${NUMBER_LIMIT}.`,
    nextStep:
      'Shorten the reference in the FI document in SAP and retry, or enter the bill by hand and skip it here.',
    sapValues: { reference: whole },
  });
}

/** The invoice's one purchase order; of several the first and how many more: each line names its own. */
function purchaseOrders({ lines }: SupplierInvoice): string | undefined {
  const [first, ...others] = new Set(lines.flatMap((line) => line.purchaseOrder ?? []));
  return others.length === 0 ? first : `${first} +${others.length}`;
}

function drafts(facts: InvoiceFacts): Draft[] {
  const { invoice, config } = facts;
  const lines = invoice.lines.filter((line) => !isZero(line.amount, invoice.currency));
  const amounts = config.tax.as === 'spread' ? grossAmounts(invoice, lines) : undefined;
  const ofLines = lines.map((line, index) => ({
    amount: amounts?.[index] ?? line.amount,
    glAccount: lineAccount(line, config),
    ...(line.costCenter === undefined ? {} : { costCenter: line.costCenter }),
    description: describe(line, facts),
    name: nameOf(line),
  }));
  return [...ofLines, ...taxDrafts(facts)].filter((draft) => !isZero(draft.amount, invoice.currency));
}

/** Throws DocumentError `TOO_MANY_LINES`. */
function fewEnough({ invoice, config }: InvoiceFacts, all: readonly Draft[]): readonly Draft[] {
  const { maxBillLines } = config.invoices;
  const lines = fewerLines(all, maxBillLines, invoice.currency);
  if (lines.length <= maxBillLines) return lines;
  throw refused(invoice, {
    code: 'TOO_MANY_LINES',
    message: `Invoice ${invoiceName(invoice)} has ${all.length} lines, ${lines.length} when those of one G/L account and cost center are summed; a bill takes ${maxBillLines}.`,
    nextStep:
      'Raise "invoices.maxBillLines" in the configuration if BILL takes more and retry, or enter the bill by hand and skip this.',
    sapValues: { lines: String(all.length) },
  });
}

function taxDrafts({ invoice, config }: InvoiceFacts): Draft[] {
  const { tax } = config;
  if (tax.as !== 'own-lines') return [];
  return invoice.taxes.map(({ taxCode, amount }) => ({
    amount,
    glAccount: tax.glAccount,
    description: taxCode === '' ? 'Tax' : `Tax ${taxCode}`,
    name: `tax ${taxCode}`,
  }));
}

/** `PO 4500000101/00010, Consulting March, 12 H, cost center 17101301`. */
function describe(line: InvoiceLine, { invoice, itemTexts }: InvoiceFacts): string {
  const item = itemTexts.find(
    (each) => each.purchaseOrder === line.purchaseOrder && each.purchaseOrderItem === line.purchaseOrderItem,
  );
  const parts = [
    line.purchaseOrder && `PO ${[line.purchaseOrder, line.purchaseOrderItem].filter(Boolean).join('/')}`,
    line.text ||
      item?.text ||
      line.material ||
      invoice.headerText ||
      `G/L account ${line.glAccount ?? 'not set'}`,
    quantityOf(line, invoice),
    line.costCenter && `cost center ${line.costCenter}`,
  ];
  return cutText(parts.filter(Boolean).join(', '), DESCRIPTION_LIMIT);
}

/** A subsequent debit or credit corrects the price of goods that were invoiced before: its quantity is no new one. */
function quantityOf({ quantity, unit, isSubsequent, amount }: InvoiceLine, invoice: SupplierInvoice) {
  const text = quantity && [quantity, unit].filter(Boolean).join(' ');
  if (!isSubsequent) return text;
  const credits = amount.startsWith('-') !== invoice.isCreditMemo;
  return [`subsequent ${credits ? 'credit' : 'debit'}`, text && `for ${text}`].filter(Boolean).join(' ');
}

function nameOf(line: InvoiceLine): string {
  const order =
    line.purchaseOrder === undefined ? '' : ` (PO ${line.purchaseOrder}/${line.purchaseOrderItem ?? ''})`;
  return `${line.kind} item ${line.item}${order}`;
}

function mapped(
  { invoice, config, chart, reference = {} }: InvoiceFacts,
  lines: readonly Draft[],
): BillLine[] {
  const homeless = lines.filter((line) => line.glAccount === undefined).map((line) => line.name);
  if (homeless.length > 0) throw withoutAccount(invoice, homeless);
  const uncoded = lines.map(({ name: _, glAccount = '', ...line }) => ({ ...line, glAccount }));
  return codeLines(invoice, uncoded, config, { chart, reference });
}

function withoutAccount(invoice: SupplierInvoice, items: readonly string[]) {
  return refused(invoice, {
    code: 'ITEM_WITHOUT_ACCOUNT',
    message: `Invoice ${invoiceName(invoice)} has items that SAP assigns to no account: ${items.join(', ')}.`,
    nextStep:
      'Name a G/L account for them in the configuration ("accountForItemsWithoutAssignment"), then retry.',
    sapValues: { items: items.join(', ') },
  });
}

import type { ConnectorConfig } from '../config/connector-config.ts';
import { type Amount, isZero } from '../money.ts';
import { codeLines } from './bill-coding.ts';
import type { BillLine, ChartOfAccount, NewBill } from './bill-documents.ts';
import { checkCarriedByBill, checkPayable, checkSums, netDueDate, refused } from './invoice-checks.ts';
import { invoiceName } from './invoice-name.ts';
import type { ReferenceData } from './reference-data.ts';
import type { InvoiceLine, PayableLine, PurchaseOrderItemText, SupplierInvoice } from './sap-documents.ts';
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

/** A line of the bill before its account is mapped. */
interface Draft {
  readonly amount: Amount;
  readonly glAccount: string | undefined;
  readonly costCenter?: string | undefined;
  readonly description: string;
  /** Names the line to a person. */
  readonly name: string;
}

/**
 * The bill for an eligible invoice: one line per account-assignment share, tax spread or on lines of its own as
 * configured, zero lines left out. The same facts always give the same bill.
 *
 * Throws DocumentError, one code per cause: `CREDIT_MEMO`, `TOTAL_NOT_POSITIVE`, `CURRENCY_NOT_CARRIED`,
 * `INVOICE_NUMBER_TOO_LONG`, `DUE_DATE_MISSING`, `SEVERAL_DUE_DATES`, `SUMS_DIFFER` and `WITHHOLDING_TAX` (I3),
 * `TAX_WITHOUT_BASE`, `ITEM_WITHOUT_ACCOUNT`, and those of `codeLines`.
 */
export function billFromInvoice(facts: InvoiceFacts): NewBill {
  const { invoice, vendorId } = facts;
  const payable = facts.payable.filter((line) => line.specialGlCode === undefined);
  checkCarriedByBill(invoice);
  const invoiceNumber = numberOf(invoice);
  const dueDate = netDueDate(invoice, payable);
  checkSums(invoice);
  checkPayable(invoice, payable);
  const purchaseOrderNumber = purchaseOrders(invoice);
  return {
    vendorId,
    invoiceNumber,
    invoiceDate: invoice.documentDate,
    dueDate,
    description: `SAP ${invoiceName(invoice)}`,
    ...(purchaseOrderNumber === undefined ? {} : { purchaseOrderNumber }),
    lines: mapped(facts, drafts(facts)),
  };
}

/** The supplier's own number, else SAP's; never cut, because a cut number defeats every search for doubles. */
function numberOf(invoice: SupplierInvoice): string {
  const reference = invoice.reference?.trim() ?? '';
  const number = reference === '' ? invoice.key.supplierInvoice : reference;
  if (number.length <= NUMBER_LIMIT) return number;
  throw refused(invoice, {
    code: 'INVOICE_NUMBER_TOO_LONG',
    message: `The reference "${number}" of invoice ${invoiceName(invoice)} has ${number.length} characters; BILL takes ${NUMBER_LIMIT}.`,
    nextStep:
      'Shorten the reference in the FI document in SAP and retry, or enter the bill by hand and skip it here.',
    sapValues: { reference: number },
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
    glAccount: line.glAccount ?? config.accountForItemsWithoutAssignment,
    costCenter: line.costCenter,
    description: describe(line, facts),
    name: nameOf(line),
  }));
  return [...ofLines, ...taxDrafts(facts)].filter((draft) => !isZero(draft.amount, invoice.currency));
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
    line.quantity && [line.quantity, line.unit].filter(Boolean).join(' '),
    line.costCenter && `cost center ${line.costCenter}`,
  ];
  return parts.filter(Boolean).join(', ').slice(0, DESCRIPTION_LIMIT);
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

import type { ConnectorConfig } from '../../config/connector-config.ts';
import { type InvoiceRecord, invoiceId, liveBills } from '../../ledger/invoices.ts';
import type { PaymentRecord, Posting } from '../../ledger/payments.ts';
import { negate, sameAmount, sum } from '../../money.ts';
import type { OpenSupplierItem } from '../../rules/sap-accounting.ts';
import type { OpenInSap } from '../../rules/tie-out-facts.ts';
import { vendorOf } from './known-differences.ts';

/** What the ledger knows of the documents behind SAP's items. */
interface Known {
  readonly config: ConnectorConfig;
  readonly invoices: readonly InvoiceRecord[];
  readonly payments: readonly PaymentRecord[];
}

/**
 * Items of invoices that have a bill, of the payments that we posted for them, and of parts of them that are paid: a
 * partial clearing leaves a line that refers to the invoice. Where the original lines are debited, a payment leaves no
 * supplier item: it counts by what was posted for invoices that are still open.
 */
export function openInSap(known: Known, items: readonly OpenSupplierItem[]): OpenInSap[] {
  const ofSuppliers = itemsOfSuppliers(known, items);
  const open = new Set(ofSuppliers.map(({ document }) => document));
  return [...ofSuppliers, ...toBeWithheld(ofSuppliers, known.invoices), ...withoutSupplierItem(known, open)];
}

function itemsOfSuppliers(known: Known, items: readonly OpenSupplierItem[]): OpenInSap[] {
  const byReference = invoicesByReference(known.invoices);
  const byEntry = paymentsByEntry(known.payments);
  const invoiceOf = ({ companyCode, originalReference }: OpenSupplierItem) =>
    byReference.get(`${companyCode} ${originalReference}`);
  const byDocument = new Map(
    items.flatMap((item) => {
      const invoice = invoiceOf(item);
      return invoice === undefined ? [] : [[documentOf(item.companyCode, item), invoice] as const];
    }),
  );
  return items.flatMap((item): OpenInSap[] => {
    const { companyCode, currency, amount, paysInPart } = item;
    const common = { companyCode, currency, amount };
    const invoice = invoiceOf(item);
    const vendorId = invoice && vendorOf(invoice);
    if (invoice !== undefined && vendorId !== undefined)
      return [{ ...common, kind: 'invoice', document: invoiceId(invoice.key), vendorId }];
    const paid = paysInPart && byDocument.get(documentOf(companyCode, paysInPart));
    const payee = paid && vendorOf(paid);
    if (paid !== undefined && payee !== undefined)
      return [{ ...common, kind: 'payment', document: invoiceId(paid.key), vendorId: payee }];
    const entry = byEntry.get(documentOf(companyCode, item));
    if (entry === undefined) return [];
    const { paymentId, vendorId: paidVendor } = entry.payment;
    return [{ ...common, kind: 'payment', document: paymentId, vendorId: paidVendor, pays: entry.invoices }];
  });
}

function documentOf(
  companyCode: string,
  { accountingDocument, fiscalYear }: { readonly accountingDocument: string; readonly fiscalYear: string },
): string {
  return `${companyCode} ${accountingDocument} ${fiscalYear}`;
}

function invoicesByReference(invoices: readonly InvoiceRecord[]): Map<string, InvoiceRecord> {
  return new Map(
    invoices.map((invoice) => {
      const { companyCode, supplierInvoice, fiscalYear } = invoice.key;
      return [`${companyCode} ${supplierInvoice}${fiscalYear}`, invoice];
    }),
  );
}

function paymentsByEntry(payments: readonly PaymentRecord[]) {
  return new Map(
    payments.flatMap((payment) =>
      payment.postings
        .filter(({ reversal }) => reversal === undefined)
        .map(
          ({ invoices, ...posting }) =>
            [documentOf(posting.companyCode, posting), { payment, invoices }] as const,
        ),
    ),
  );
}

/** Tax that SAP withholds when it is paid still stands on the open items; it will never be paid to the vendor. */
function toBeWithheld(open: readonly OpenInSap[], invoices: readonly InvoiceRecord[]): OpenInSap[] {
  return invoices.flatMap((invoice) => {
    const items = open.filter(
      ({ kind, document }) => kind === 'invoice' && document === invoiceId(invoice.key),
    );
    const { currency } = invoice;
    const [first] = items;
    const withheld = sum(
      liveBills(invoice).map((bill) => bill.withheld ?? '0'),
      currency,
    );
    const owed = negate(
      sum(
        items.map(({ amount }) => amount),
        currency,
      ),
      currency,
    );
    const isGross = sameAmount(owed, invoice.amount, currency);
    return first === undefined || !isGross ? [] : [{ ...first, amount: withheld }];
  });
}

function withoutSupplierItem({ config, payments }: Known, openInvoices: ReadonlySet<string>): OpenInSap[] {
  const codes = config.companyCodes.filter((each) => each.postingProfile === 'original-lines');
  return payments.flatMap(({ paymentId, vendorId, postings }) =>
    postings
      .filter(
        ({ companyCode, reversal, invoices }) =>
          reversal === undefined &&
          codes.some((each) => each.companyCode === companyCode) &&
          invoices.some((each) => openInvoices.has(each)),
      )
      .map((posting) => ({
        kind: 'payment' as const,
        document: paymentId,
        companyCode: posting.companyCode,
        currency: posting.currency,
        vendorId,
        pays: posting.invoices,
        amount: paidOf(posting, openInvoices),
      })),
  );
}

/** An entry that does not tell its parts counts as a whole. */
function paidOf({ amount, currency, parts }: Posting, openInvoices: ReadonlySet<string>): string {
  if (parts === undefined) return amount;
  const open = parts.filter(({ invoice }) => openInvoices.has(invoice));
  return sum(
    open.map((part) => part.amount),
    currency,
  );
}

import { ConfigurationError } from '../../errors.ts';
import { type Alias, aliasPartition } from '../../ledger/aliases.ts';
import { type ForeignBill, foreignBills } from '../../ledger/foreign-bills.ts';
import { type InvoiceRecord, invoiceRecords } from '../../ledger/invoices.ts';
import { type PaymentRecord, paymentRecords } from '../../ledger/payments.ts';
import { bodyOf, type RecordType, readRecord } from '../../ledger/record.ts';
import type { Table } from '../../ledger/table.ts';
import { type DocumentName, type TimelineEvent, timeline } from '../../ledger/timeline.ts';
import { type KnownVendor, knownVendors, type VendorLink, vendorLinks } from '../../ledger/vendors.ts';

/** Of an invoice's files its own story tells. */
type TracedKind = Exclude<DocumentName['kind'], 'connection' | 'attachments'>;
type TracedRecord = InvoiceRecord | PaymentRecord | VendorLink | KnownVendor | ForeignBill;

/** A document's whole story across both systems. */
export interface Story {
  readonly kind: TracedKind;
  readonly id: string;
  readonly record: TracedRecord;
  readonly events: readonly TimelineEvent[];
}

/**
 * Finds documents by any of their numbers: `1710/5105600101/2026`, the SAP invoice or FI document number, the
 * supplier's reference, BILL's bill or payment id, a journal entry's number; suppliers and vendors by their own.
 * Throws ConfigurationError `NOTHING_FOUND`.
 */
export async function trace(table: Table, number: string): Promise<Story[]> {
  const stories = new Map<string, Story>();
  const add = async (kind: Story['kind'], id: string) => {
    const record = await readers[kind](table, id);
    if (record !== undefined)
      stories.set(`${kind} ${id}`, { kind, id, record, events: await timeline(table, { kind, id }) });
  };
  for (const kind of tracedKinds) await add(kind, number.trim());
  for (const item of (await table.query(aliasPartition(number))).items) {
    const { document } = item.body as Alias;
    await add(document.kind, document.id);
  }
  if (stories.size === 0) for (const id of await invoicesLike(table, number.trim())) await add('invoice', id);
  if (stories.size > 0) return [...stories.values()];
  throw new ConfigurationError({
    code: 'NOTHING_FOUND',
    message: `No document is known by "${number}".`,
    nextStep: "Try the SAP invoice number, the supplier's reference, a BILL id, or company code/number/year.",
  });
}

const reader =
  <R extends TracedRecord>(type: RecordType<R>) =>
  (table: Table, id: string): Promise<TracedRecord | undefined> =>
    readRecord(table, type, id);

const readers: Record<TracedKind, ReturnType<typeof reader>> = {
  invoice: reader(invoiceRecords),
  payment: reader(paymentRecords),
  supplier: reader(vendorLinks),
  vendor: reader(knownVendors),
  'foreign-bill': reader(foreignBills),
};
const tracedKinds = Object.keys(readers) as TracedKind[];

/** Documents that have no other numbers yet (kept back, in exception): by invoice number or reference. */
async function invoicesLike(table: Table, number: string): Promise<string[]> {
  const found: string[] = [];
  let after: string | undefined;
  do {
    const page = await table.queryIndex('kind', 'invoice', after === undefined ? {} : { after });
    for (const item of page.items) {
      const record = bodyOf<InvoiceRecord>(item);
      if (record === undefined) continue;
      const { companyCode, supplierInvoice, fiscalYear } = record.key;
      if (supplierInvoice === number || record.reference === number)
        found.push(`${companyCode}/${supplierInvoice}/${fiscalYear}`);
    }
    after = page.next;
  } while (after !== undefined);
  return found;
}

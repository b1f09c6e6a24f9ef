import type { InvoiceRecord } from '../../ledger/invoices.ts';
import type { PaymentRecord, Posting } from '../../ledger/payments.ts';
import { compareAmounts, sum } from '../../money.ts';
import type { InvoiceStage } from './desk.ts';

/**
 * The state of the record, and of an invoice in BILL whether it is paid: the live journal entries that name it come
 * to its gross amount. An entry for several invoices counts for each of them in full.
 */
export function invoiceStage(record: InvoiceRecord, postings: readonly Posting[]): InvoiceStage {
  if (record.state !== 'handed-over' || postings.length === 0) return record.state;
  const paid = sum(
    postings.map(({ amount }) => amount),
    record.currency,
  );
  return compareAmounts(paid, record.amount, record.currency) >= 0 ? 'paid' : 'handed-over';
}

/** The live journal entries of each invoice, by its id. */
export function postingsByInvoice(payments: readonly PaymentRecord[]): ReadonlyMap<string, Posting[]> {
  const byInvoice = new Map<string, Posting[]>();
  for (const posting of payments.flatMap(({ postings }) => postings)) {
    if (posting.reversal !== undefined) continue;
    for (const id of posting.invoices) byInvoice.set(id, [...(byInvoice.get(id) ?? []), posting]);
  }
  return byInvoice;
}

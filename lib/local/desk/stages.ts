import { type InvoiceRecord, liveBills } from '../../ledger/invoices.ts';
import type { PaymentRecord, Posting } from '../../ledger/payments.ts';
import { compareAmounts, sum } from '../../money.ts';
import type { InvoiceStage } from './desk.ts';

/**
 * The state of the record, and of an invoice in BILL whether it is paid: the live journal entries that name it come
 * to what its bills say (the gross amount, less tax that is withheld). An entry for several invoices counts for each of them in full.
 */
export function invoiceStage(record: InvoiceRecord, postings: readonly Posting[]): InvoiceStage {
  if (record.state !== 'handed-over' || postings.length === 0) return record.state;
  const paid = sum(
    postings.map(({ amount }) => amount),
    record.currency,
  );
  return compareAmounts(paid, payable(record), record.currency) >= 0 ? 'paid' : 'handed-over';
}

function payable(record: InvoiceRecord): string {
  const lines = liveBills(record).flatMap(({ sent }) => sent.lines);
  if (lines.length === 0) return record.amount;
  return sum(
    lines.map(({ amount }) => amount),
    record.currency,
  );
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

import { type InvoiceRecord, invoiceId } from '../../ledger/invoices.ts';
import type { PaymentRecord, Posting } from '../../ledger/payments.ts';
import type { Table } from '../../ledger/table.ts';
import { negate } from '../../money.ts';
import { allInvoices, allPayments } from '../run/ledger-lists.ts';
import type { DocumentRow } from './desk.ts';
import type { Parties } from './parties.ts';
import { invoiceStage, postingsByInvoice } from './stages.ts';

/** Every document that the ledger knows, invoices first, each kind oldest change first. */
export async function allRows(table: Table, parties: Parties): Promise<DocumentRow[]> {
  const [invoices, payments] = [await allInvoices(table), await allPayments(table)];
  const postings = postingsByInvoice(payments);
  const rows: DocumentRow[] = [];
  for (const record of invoices)
    rows.push(await invoiceRow(record, postings.get(invoiceId(record.key)) ?? [], parties));
  for (const record of payments) rows.push(await paymentRow(record, parties));
  return rows;
}

/** `postings`: the live journal entries that pay the invoice. */
export async function invoiceRow(
  record: InvoiceRecord,
  postings: readonly Posting[],
  parties: Parties,
): Promise<DocumentRow> {
  const { key, supplier, reference, amount, currency, postingDate, bills = [], credit } = record;
  const inBill = bills.flatMap(({ billId, vendorId }) => [billId, vendorId]);
  const numbers = [...new Set([key.supplierInvoice, reference, supplier, credit?.creditId, ...inBill])];
  const stage = invoiceStage(record, postings);
  return {
    kind: 'invoice',
    id: invoiceId(key),
    stage,
    reason: stage === 'paid' ? 'paid through BILL and posted in SAP' : record.reason,
    party: await parties.ofInvoice(record),
    ...(reference !== undefined && { reference }),
    amount: record.isCreditMemo ? negate(amount, currency) : amount,
    currency,
    date: postingDate,
    numbers: [
      ...numbers.filter((number) => number !== undefined),
      ...postings.map(({ accountingDocument }) => accountingDocument),
    ],
  };
}

export async function paymentRow(record: PaymentRecord, parties: Parties): Promise<DocumentRow> {
  const { paymentId, vendorId, vendorName, amount, currency, state, reason, firstSeenAt, postings } = record;
  const entries = postings.flatMap(({ accountingDocument, reversal }) =>
    reversal === undefined ? [accountingDocument] : [accountingDocument, reversal.accountingDocument],
  );
  return {
    kind: 'payment',
    id: paymentId,
    stage: state,
    reason,
    party: vendorName ?? (vendorId === '' ? '' : await parties.vendor(vendorId)),
    amount: amount === '' ? (record.exception?.billValues.amount ?? '') : amount,
    ...(currency !== undefined && { currency }),
    date: firstSeenAt,
    numbers: [vendorId, ...entries].filter((number) => number !== ''),
  };
}

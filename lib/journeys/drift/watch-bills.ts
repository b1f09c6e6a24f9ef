import type { BillCalls } from '../../bill/bill.ts';
import { DocumentError } from '../../errors.ts';
import { isMadeInBill } from '../../ledger/drifts.ts';
import { type InvoiceRecord, invoiceId, liveBills } from '../../ledger/invoices.ts';
import { paymentRecords } from '../../ledger/payments.ts';
import { readRecord } from '../../ledger/record.ts';
import { amount, compareDecimals, subtractDecimals, sumDecimals } from '../../money.ts';
import type { Bill, Payment } from '../../rules/bill-documents.ts';
import { billsOf } from '../../rules/payments/payment-parts.ts';
import type { Connector } from '../doors.ts';
import { raiseOnInvoice } from '../exceptions/raise.ts';
import { isDealtWith } from '../payments/find-payments.ts';
import { sendSapWork } from '../payments/send-sap-work.ts';
import { coveredByCredits } from '../payments/used-credits.ts';
import { worklistPages } from '../worklist-pages.ts';
import { driftNews } from './find-drift.ts';

/**
 * Bills that BILL shows as paid although no posted payment explains it (BILL dossier §13.16). Covered by vendor
 * credits: no money moved and no event told of it, so the invoice waits for its clearing in SAP. Otherwise a payment
 * was missed and is looked for at the vendor. Beside them those that people changed without a newer `updatedTime`.
 * Gives back what it set going.
 */
export async function watchBills(connector: Connector): Promise<number> {
  let found = 0;
  for await (const records of worklistPages<InvoiceRecord>(connector, 'open')) {
    const ids = (record: InvoiceRecord) => liveBills(record).map(({ billId }) => billId);
    found += await lookAtEach(connector, records, ids, async (bill, record, calls) => {
      const missed = bill.paymentStatus === 'PAID' ? await lookAt(connector, bill, record, calls) : 0;
      return missed + (await lookForDrift(connector, bill, record));
    });
  }
  for await (const records of worklistPages<InvoiceRecord>(connector, 'exception')) {
    const ids = ({ drifts = [] }: InvoiceRecord) => drifts.filter(isMadeInBill).map(({ billId }) => billId);
    found += await lookAtEach(connector, records, ids, (bill, record) =>
      lookForDrift(connector, bill, record),
    );
  }
  return found;
}

async function lookAtEach(
  connector: Connector,
  records: readonly InvoiceRecord[],
  idsOf: (record: InvoiceRecord) => string[],
  look: (bill: Bill, record: InvoiceRecord, calls: BillCalls) => Promise<number>,
): Promise<number> {
  const byBill = new Map(records.flatMap((record) => idsOf(record).map((id) => [id, record] as const)));
  if (byBill.size === 0) return 0;
  return connector.bill.withLease('poll', async (calls) => {
    let found = 0;
    for (const bill of await calls.billsById([...byBill.keys()])) {
      const record = byBill.get(bill.id);
      if (record !== undefined) found += await look(bill, record, calls);
    }
    return found;
  });
}

/** Whether a denial, or anything else, moves a bill's `updatedTime` is not documented (BILL dossier §13.33). */
async function lookForDrift(connector: Connector, bill: Bill, { key }: InvoiceRecord): Promise<number> {
  const news = await driftNews(connector, invoiceId(key), bill);
  if (news === undefined) return 0;
  await connector.queues.send('bill-work', [news]);
  return 1;
}

async function lookAt(
  connector: Connector,
  bill: Bill,
  record: InvoiceRecord,
  calls: BillCalls,
): Promise<number> {
  const unexplained = creditsOf(bill, record);
  if (compareDecimals(unexplained, '0') > 0) return raiseCovered(connector, bill, record, unexplained);
  if ((record.paidBy ?? []).length > 0 || (record.creditedBy ?? []).length > 0) return 0;
  if (record.recordedPayments?.some(({ billId }) => billId === bill.id)) return 0;
  return queueMissed(connector, bill, calls);
}

/** Vendor credits on the bill whose credit memo in SAP is not known from a payment. A missing amount is unknown. */
function creditsOf({ creditAmount }: Bill, { creditedBy = [] }: InvoiceRecord): string {
  const known = creditedBy.filter(({ creditMemo }) => creditMemo !== undefined);
  return subtractDecimals(creditAmount ?? '0', sumDecimals(known.map(({ amount }) => amount)));
}

async function raiseCovered(
  connector: Connector,
  bill: Bill,
  record: InvoiceRecord,
  credits: string,
): Promise<number> {
  const id = invoiceId(record.key);
  const error = new DocumentError({
    code: coveredByCredits,
    message: `Bill ${bill.id} of invoice ${id} is paid in BILL, ${amount(credits, record.currency)} of it by vendor credits: no money moved for that part, and SAP shows the invoice as open.`,
    nextStep: "Clear the invoice in SAP against the supplier's credit memos, then retry.",
    sapValues: { invoice: id, amount: record.amount, currency: record.currency },
    billValues: {
      bill: bill.id,
      amount: bill.amount ?? 'unknown',
      creditAmount: bill.creditAmount ?? 'unknown',
    },
  });
  const done = record.done ?? { version: record.seenVersion, attempt: record.attempt };
  await raiseOnInvoice(connector, id, error, done);
  return 1;
}

/** The payments of this bill that the ledger does not know, or knows otherwise. */
async function queueMissed(connector: Connector, bill: Bill, calls: BillCalls): Promise<number> {
  const payments = await calls.paymentsOfVendor(bill.vendorId, bill.createdTime);
  const missed: Payment[] = [];
  for (const payment of payments.filter((each) => billsOf(each).includes(bill.id))) {
    const known = await readRecord(connector.table, paymentRecords, payment.id);
    if (!isDealtWith(known, payment) && known?.recordedFor === undefined) missed.push(payment);
  }
  await sendSapWork(
    connector,
    missed.map(({ id, vendorId, updatedTime }) => ({
      message: { kind: 'payment', paymentId: id, vendorId, updatedTime, reason: 'its bill is paid' },
      deduplicationId: `${id}-${updatedTime.replace(/\W/g, '')}`.slice(0, 128),
    })),
  );
  return missed.length;
}

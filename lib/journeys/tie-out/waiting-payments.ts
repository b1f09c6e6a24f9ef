import type { BillCalls } from '../../bill/bill.ts';
import { type PaymentRecord, paymentRecords } from '../../ledger/payments.ts';
import { updateRecord } from '../../ledger/record.ts';
import { compareDecimals, sumDecimals } from '../../money.ts';
import { paysItsBills } from '../../rules/payments/payment-status-rows.ts';
import type { Connector } from '../doors.ts';
import { billPaymentsOf } from '../payments/payment-head.ts';

/** Paid in BILL, and not all of it posted. What the connector recorded there came from SAP. */
export function isWaiting(record: PaymentRecord): boolean {
  const { amount, postings, recordedFor } = record;
  if (!paysItsBills(record) || recordedFor !== undefined) return false;
  const live = postings.filter(({ reversal }) => reversal === undefined);
  const posted = sumDecimals(live.map((each) => each.amount));
  return compareDecimals(posted, amount) < 0;
}

/**
 * The payments, those that wait with what they pay of which bill. What people skip waits for ever, so BILL is asked only
 * where the record does not tell, and never twice.
 */
export async function withBillPayments(
  connector: Pick<Connector, 'table' | 'clock'>,
  calls: Pick<BillCalls, 'payment'>,
  payments: readonly PaymentRecord[],
): Promise<PaymentRecord[]> {
  const known: PaymentRecord[] = [];
  for (const record of payments) {
    const isToBeRead = isWaiting(record) && record.billPayments === undefined;
    known.push(isToBeRead ? await readBillPayments(connector, calls, record) : record);
  }
  return known;
}

async function readBillPayments(
  connector: Pick<Connector, 'table' | 'clock'>,
  calls: Pick<BillCalls, 'payment'>,
  record: PaymentRecord,
): Promise<PaymentRecord> {
  const payment = await calls.payment(record.paymentId);
  if (payment === undefined) return record;
  const read = billPaymentsOf(payment);
  await updateRecord(connector, paymentRecords, record.paymentId, (current) =>
    current === undefined || current.billPayments !== undefined ? undefined : { ...current, ...read },
  );
  return { ...record, ...read };
}

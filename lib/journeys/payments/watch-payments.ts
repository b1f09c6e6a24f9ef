import { type PaymentRecord, paymentRecords } from '../../ledger/payments.ts';
import { updateRecord, without } from '../../ledger/record.ts';
import type { Payment } from '../../rules/bill-documents.ts';
import type { SapWork } from '../../work/messages.ts';
import type { Connector } from '../doors.ts';
import { watchBills } from '../drift/watch-bills.ts';
import type { PollReport } from '../use-cases.ts';
import { worklistPages } from '../worklist-pages.ts';
import { sendSapWork } from './send-sap-work.ts';

/**
 * Journey 2, slow schedule: what neither a notification nor the poll by `updatedTime` told of. Payments that are on
 * their way, posted ones that may still be returned (BILL dossier §13.19), those that wait for a person, and bills
 * that are paid without a payment. A few dozen documents a call.
 */
export async function watchPayments(connector: Connector): Promise<PollReport> {
  let found = 0;
  for await (const records of worklistPages<PaymentRecord>(connector, 'watched')) {
    await stopWatching(
      connector,
      records.filter((record) => isOver(connector, record)),
    );
    const watched = records.filter((record) => !isOver(connector, record));
    found += await lookAt(connector, watched, (payment, record) => hasMoved(payment, record));
  }
  for await (const records of worklistPages<PaymentRecord>(connector, 'exception')) {
    const payments = records.filter((record) => 'paymentId' in record);
    found += await lookAt(
      connector,
      payments,
      (payment, record) => payment !== undefined && hasMoved(payment, record),
    );
  }
  found += await watchBills(connector);
  return { found, queued: found };
}

function isOver({ clock }: Connector, { state, watchUntil }: PaymentRecord): boolean {
  return state !== 'in-transit' && watchUntil !== undefined && Date.parse(watchUntil) <= clock.now();
}

async function stopWatching(connector: Connector, records: readonly PaymentRecord[]): Promise<void> {
  for (const { paymentId } of records) {
    await updateRecord(connector, paymentRecords, paymentId, (current) =>
      current?.watchUntil === undefined ? undefined : without(current, 'watchUntil'),
    );
  }
}

/** One call for all of them. */
async function lookAt(
  connector: Connector,
  records: readonly PaymentRecord[],
  concernsUs: (payment: Payment | undefined, record: PaymentRecord) => boolean,
): Promise<number> {
  if (records.length === 0) return 0;
  const payments = await connector.bill.withLease('poll', (calls) =>
    calls.paymentsById(records.map(({ paymentId }) => paymentId)),
  );
  const byId = new Map(payments.map((payment) => [payment.id, payment]));
  const moved = records.filter((record) => concernsUs(byId.get(record.paymentId), record));
  await sendSapWork(
    connector,
    moved.map((record) => messageOf(record, byId.get(record.paymentId))),
  );
  return moved.length;
}

/** One that BILL no longer shows has moved too: it is read by its id then. */
function hasMoved(payment: Payment | undefined, record: PaymentRecord): boolean {
  return payment?.singleStatus !== record.singleStatus || payment?.updatedTime !== record.doneUpdatedTime;
}

/** Without an `updatedTime`, which may not have moved: the payment is looked at whatever the ledger has seen. */
function messageOf(
  { paymentId, vendorId }: PaymentRecord,
  payment: Payment | undefined,
): { message: SapWork; deduplicationId: string } {
  const seen = `${payment?.singleStatus ?? 'none'}-${payment?.updatedTime ?? 'gone'}`.replace(/[^\w-]/g, '');
  return {
    message: { kind: 'payment', paymentId, vendorId, reason: 'watched' },
    deduplicationId: `${paymentId}-${seen}`.slice(0, 128),
  };
}

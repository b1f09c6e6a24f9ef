import type { BillCalls } from '../../bill/bill.ts';
import { isoTime } from '../../clock.ts';
import { cursors } from '../../ledger/cursors.ts';
import { type PaymentRecord, paymentRecords } from '../../ledger/payments.ts';
import { readRecord, updateRecord } from '../../ledger/record.ts';
import type { Payment } from '../../rules/bill-documents.ts';
import type { SapWork } from '../../work/messages.ts';
import type { Connector } from '../doors.ts';
import type { PollReport } from '../use-cases.ts';
import { watchSubscription } from '../webhooks/watch-subscription.ts';
import { sendSapWork } from './send-sap-work.ts';

/**
 * Journey 2, on a schedule: the payments that BILL changed and no webhook told us of, and the health of the
 * subscription itself. The cursor moves only after the queue has everything (I6).
 */
export async function findPayments(connector: Connector): Promise<PollReport> {
  return connector.bill.withLease('poll', async (calls) => {
    await watchSubscription(connector, calls);
    return pollPayments(connector, calls);
  });
}

async function pollPayments(connector: Connector, calls: BillCalls): Promise<PollReport> {
  const cursor = await readRecord(connector.table, cursors, 'payments');
  const report = { found: 0, queued: 0 };
  let position = cursor?.position ?? `${connector.config.goLiveDate}T00:00:00.000Z`;
  const since = isoTime(Date.parse(position) - connector.config.polling.overlapMinutes * 60_000);
  let page: string | undefined;
  do {
    const answer = await calls.paymentsUpdatedSince(since, page);
    const news = await notDealtWith(connector, answer.items);
    await sendSapWork(connector, news.map(pollMessage));
    report.found += news.length;
    report.queued += news.length;
    for (const { updatedTime } of answer.items) {
      if (Date.parse(updatedTime) > Date.parse(position)) position = isoTime(Date.parse(updatedTime));
    }
    page = answer.next;
  } while (page !== undefined);
  await moveCursor(connector, position, report.found);
  connector.observe.count('PaymentsFound', report.found);
  return report;
}

/** The overlap brings back what the ledger has dealt with; compared by id and updatedTime. */
async function notDealtWith({ table }: Connector, payments: readonly Payment[]): Promise<Payment[]> {
  const news: Payment[] = [];
  for (const payment of payments) {
    const record = await readRecord(table, paymentRecords, payment.id);
    if (!isDealtWith(record, payment)) news.push(payment);
  }
  return news;
}

/** Also what a person has skipped is looked at when BILL moves it: an entry of ours may have to be reversed. */
export function isDealtWith(record: PaymentRecord | undefined, { updatedTime }: Payment): boolean {
  return record?.doneUpdatedTime === updatedTime;
}

function pollMessage(payment: Payment): { message: SapWork; deduplicationId: string } {
  const { id, vendorId, updatedTime } = payment;
  return {
    message: { kind: 'payment', paymentId: id, vendorId, updatedTime, reason: 'poll' },
    deduplicationId: `${id}-${updatedTime.replace(/\W/g, '')}`.slice(0, 128),
  };
}

async function moveCursor(connector: Connector, position: string, found: number): Promise<void> {
  const polledAt = isoTime(connector.clock.now());
  await updateRecord(connector, cursors, 'payments', (current) => ({
    name: 'payments',
    position: current !== undefined && current.position > position ? current.position : position,
    polledAt,
    found,
  }));
}

import type { ListPage } from '../../bill/bill.ts';
import { isoTime } from '../../clock.ts';
import { type Cursor, cursors } from '../../ledger/cursors.ts';
import { foreignBills } from '../../ledger/foreign-bills.ts';
import { readRecord, updateRecord } from '../../ledger/record.ts';
import { knownVendors } from '../../ledger/vendors.ts';
import type { Bill, Vendor } from '../../rules/bill-documents.ts';
import type { SapWork } from '../../work/messages.ts';
import type { OutgoingMessage } from '../../work/queue.ts';
import type { Connector } from '../doors.ts';
import { driftNews } from '../drift/find-drift.ts';
import { noteNumberInBill } from '../invoices/numbers-in-bill.ts';
import { sendSapWork } from '../payments/send-sap-work.ts';
import { invoiceOf } from '../payments/used-credits.ts';
import type { PollReport } from '../use-cases.ts';
import { keepVendor } from './vendor-directory.ts';

/**
 * On a schedule: vendors that BILL changed and no webhook told us of, bills that are not ours, and bills of ours that
 * people changed there. What was in BILL before the first poll is nobody's news. Each cursor moves page by page, in the
 * order of the changes, and only after the queues have everything of the page (I6).
 */
export async function findVendors(connector: Connector): Promise<PollReport> {
  return connector.bill.withLease('poll', async (calls) => {
    const vendors = await pollList(connector, 'vendor-changes', calls.vendorsUpdatedSince, vendorNews);
    const bills = await pollList(connector, 'bills', calls.billsUpdatedSince, billNews);
    return { found: vendors.found + bills.found, queued: vendors.queued + bills.queued };
  });
}

/** ISO time of the first poll of a list; what was created before belongs to the time before the connector. */
export async function startOfList(
  { table, clock }: Connector,
  name: 'vendor-changes' | 'bills',
): Promise<string> {
  return (await readRecord(table, cursors, name))?.startedAt ?? isoTime(clock.now());
}

/** Work for one of the queues. */
type News =
  | { readonly message: SapWork; readonly deduplicationId: string }
  | { readonly billWork: OutgoingMessage };

async function pollList<T extends Vendor | Bill>(
  connector: Connector,
  name: 'vendor-changes' | 'bills',
  read: (since: string, page?: string) => Promise<ListPage<T>>,
  newsOf: (connector: Connector, item: T, startedAt: string) => Promise<News | undefined>,
): Promise<PollReport> {
  const now = isoTime(connector.clock.now());
  const cursor: Pick<Cursor, 'position' | 'startedAt'> = (await readRecord(
    connector.table,
    cursors,
    name,
  )) ?? {
    position: now,
    startedAt: now,
  };
  const { startedAt = now } = cursor;
  const since = isoTime(Date.parse(cursor.position) - connector.config.polling.overlapMinutes * 60_000);
  let { position } = cursor;
  let page: string | undefined;
  let found = 0;
  do {
    const answer = await read(since, page);
    const news: News[] = [];
    for (const item of answer.items) {
      const each = await newsOf(connector, item, startedAt);
      if (each !== undefined) news.push(each);
      if (Date.parse(item.updatedTime) > Date.parse(position))
        position = isoTime(Date.parse(item.updatedTime));
    }
    await sendNews(connector, news);
    found += news.length;
    const seen = { name, position, startedAt, polledAt: now, found };
    await updateRecord(connector, cursors, name, () => seen);
    page = answer.next;
  } while (page !== undefined);
  return { found, queued: found };
}

async function sendNews(connector: Connector, news: readonly News[]): Promise<void> {
  const billWork = news.flatMap((each) => ('billWork' in each ? each.billWork : []));
  if (billWork.length > 0) await connector.queues.send('bill-work', billWork);
  await sendSapWork(
    connector,
    news.filter((each) => 'message' in each),
  );
}

async function vendorNews(
  connector: Connector,
  vendor: Vendor,
  startedAt: string,
): Promise<News | undefined> {
  await keepVendor(connector, vendor);
  const { id, updatedTime, createdTime } = vendor;
  const known = await readRecord(connector.table, knownVendors, id);
  if (known?.doneUpdatedTime === updatedTime) return undefined;
  const concerns = known?.supplier ?? known?.exception ?? known?.intent;
  if (concerns === undefined && Date.parse(createdTime) < Date.parse(startedAt)) return undefined;
  return {
    message: { kind: 'vendor', vendorId: id, updatedTime, reason: 'poll' },
    deduplicationId: `${id}-${updatedTime.replace(/\W/g, '')}`.slice(0, 128),
  };
}

async function billNews(connector: Connector, bill: Bill, startedAt: string): Promise<News | undefined> {
  const invoice = await invoiceOf(connector, bill.id);
  if (invoice === undefined) return foreignBillNews(connector, bill, startedAt);
  const billWork = await driftNews(connector, invoice, bill);
  return billWork && { billWork };
}

async function foreignBillNews(
  connector: Connector,
  bill: Bill,
  startedAt: string,
): Promise<News | undefined> {
  await noteNumberInBill(connector, bill);
  const { id, vendorId, updatedTime, createdTime } = bill;
  if (connector.config.vendors.foreignBills === 'ignore') return undefined;
  const record = await readRecord(connector.table, foreignBills, id);
  if (record === undefined && Date.parse(createdTime) < Date.parse(startedAt)) return undefined;
  if (record?.doneUpdatedTime === updatedTime) return undefined;
  return {
    message: { kind: 'foreign-bill', billId: id, vendorId, updatedTime, reason: 'poll' },
    deduplicationId: `${id}-${updatedTime.replace(/\W/g, '')}`.slice(0, 128),
  };
}

import { isoDate, isoTime } from '../../clock.ts';
import { type Cursor, cursors } from '../../ledger/cursors.ts';
import { type InvoiceFacts, type InvoiceRecord, invoiceId, invoiceRecords } from '../../ledger/invoices.ts';
import { readRecord, updateRecord } from '../../ledger/record.ts';
import { tell } from '../../ledger/timeline.ts';
import { eligibility } from '../../rules/invoices/eligibility.ts';
import type { SupplierInvoice } from '../../rules/sap-invoices.ts';
import type { ChangeStamp, InvoicePage, InvoicePosition, UnreadableInvoice } from '../../sap/sap.ts';
import type { InvoiceWork } from '../../work/messages.ts';
import type { Connector } from '../doors.ts';
import type { PollReport } from '../use-cases.ts';
import { headOf, keepFacts, readFacts, versionOf } from './read-facts.ts';
import { stampBefore } from './stamps.ts';
import { raiseUnreadable } from './unreadable-invoices.ts';

/** In a tenant without change stamps, invoices of this many days are read again with every poll. */
const reReadDays = 7;

/**
 * Journey 1, first step: SAP's changed invoices, page by page, into the ledger and the `bill-work` queue.
 * The cursor moves only after the queue has everything (I6).
 */
export async function findInvoices(connector: Connector): Promise<PollReport> {
  const cursor = await readRecord(connector.table, cursors, 'invoices');
  const changeStamp = (cursor?.changeStamp as ChangeStamp | undefined) ?? (await connector.sap.changeStamp());
  const companyCodes = codesOf(connector);
  const joined = companyCodes.filter((code) => cursor?.companyCodes?.includes(code) === false);
  const report = { found: 0, queued: 0 };
  const take = async (page: InvoicePage) => {
    const taken = await takePage(connector, page.invoices);
    report.found += taken.found + (await raiseUnreadable(connector, page.unreadable));
    report.queued += taken.queued;
  };
  for await (const page of pagesOf(connector, changeStamp, joined, undefined)) await take(page);
  let position = cursor?.position ?? '';
  for await (const page of pagesOf(connector, changeStamp, companyCodes, cursor)) {
    await take(page);
    position = greatest(connector, position, [...page.invoices, ...page.unreadable], changeStamp);
    // Without stamps pages are in the order of the invoices: what is still to come may be older.
    const isPassed = changeStamp !== 'dates' || page.next === undefined;
    if (isPassed) await moveCursor(connector, changeStamp, position, report.found);
  }
  return report;
}

function codesOf({ config }: Connector): string[] {
  return config.companyCodes.map((each) => each.companyCode);
}

/** All pages from where the cursor stands; without one from the go-live date, as for company codes that joined later. */
async function* pagesOf(
  connector: Connector,
  changeStamp: ChangeStamp,
  companyCodes: readonly string[],
  cursor: Cursor | undefined,
): AsyncGenerator<InvoicePage> {
  if (companyCodes.length === 0) return;
  let after: InvoicePosition | undefined = startOf(connector, changeStamp, cursor);
  while (after !== undefined) {
    const page = await connector.sap.invoicesChangedSince({ changeStamp, companyCodes, after, reReadDays });
    yield page;
    after = page.next;
  }
}

function startOf(
  { config, clock }: Connector,
  changeStamp: ChangeStamp,
  cursor: Cursor | undefined,
): InvoicePosition {
  const position = cursor?.position ?? '';
  const start = { supplierInvoice: '', fiscalYear: '' };
  if (changeStamp === 'dates') return { stamp: position === '' ? config.goLiveDate : position, ...start };
  if (position !== '') return { stamp: stampBefore(position, config.polling.overlapMinutes), ...start };
  const first = Date.parse(`${config.goLiveDate}T00:00:00Z`);
  const stamp = isoTime(Math.min(first, clock.now()));
  return {
    stamp: changeStamp === 'LastChangeDateTime' ? stamp : stamp.replace(/\D/g, '').slice(0, 14),
    ...start,
  };
}

/** A posting date that lies ahead says nothing: what is posted until then must not lie behind the cursor. */
function greatest(
  { clock }: Connector,
  position: string,
  invoices: readonly Pick<UnreadableInvoice, 'changeStamp' | 'creationDate' | 'postingDate'>[],
  changeStamp: ChangeStamp,
): string {
  const today = isoDate(clock.now());
  const dateOf = ({ creationDate, postingDate }: (typeof invoices)[number]) =>
    creationDate ?? postingDate ?? '';
  const stamps =
    changeStamp === 'dates'
      ? invoices.map(dateOf).filter((date) => date <= today)
      : invoices.map((invoice) => invoice.changeStamp);
  return [position, ...stamps].reduce((left, right) => (left >= right ? left : right), '');
}

async function moveCursor(
  connector: Connector,
  changeStamp: ChangeStamp,
  position: string,
  found: number,
): Promise<void> {
  await updateRecord(connector, cursors, 'invoices', (current) => ({
    name: 'invoices',
    position: current !== undefined && current.position > position ? current.position : position,
    changeStamp,
    companyCodes: codesOf(connector),
    polledAt: isoTime(connector.clock.now()),
    found,
  }));
}

/** Takes over what is new on a page; what the ledger has dealt with already is left out. */
async function takePage(connector: Connector, invoices: readonly SupplierInvoice[]): Promise<PollReport> {
  const fresh: SupplierInvoice[] = [];
  for (const invoice of invoices) {
    const record = await readRecord(connector.table, invoiceRecords, invoiceId(invoice.key));
    if (record?.done?.version !== versionOf(invoice)) fresh.push(invoice);
  }
  const messages: InvoiceWork[] = [];
  for (const facts of await readFacts(connector, fresh)) {
    const message = await takeInvoice(connector, facts);
    if (message !== undefined) messages.push(message);
  }
  await sendBillWork(connector, messages, fresh);
  connector.observe.count('InvoicesFound', fresh.length);
  return { found: fresh.length, queued: messages.length };
}

/** Notes one invoice; gives back its message where the consumer has something to do. */
async function takeInvoice(connector: Connector, facts: InvoiceFacts): Promise<InvoiceWork | undefined> {
  const id = invoiceId(facts.invoice.key);
  await keepFacts(connector, facts);
  const verdict = eligibility({ invoice: facts.invoice, payable: facts.payable, config: connector.config });
  const before = await readRecord(connector.table, invoiceRecords, id);
  const after = await updateRecord(connector, invoiceRecords, id, (current) => {
    const seen = seenRecord(facts, current);
    if (current?.skipped !== undefined)
      return { ...seen, done: { version: facts.version, attempt: seen.attempt } };
    if (verdict.kind === 'eligible' || mustBeLookedAt(current)) return seen;
    return {
      ...seen,
      state: verdict.kind,
      reason: verdict.reason,
      done: { version: facts.version, attempt: seen.attempt },
    };
  });
  if (before?.seenVersion !== facts.version) await tellFound(connector, id, facts, after);
  if (after === undefined || after.done?.version === facts.version) return undefined;
  return { kind: 'invoice', key: facts.invoice.key, changeStamp: facts.version, attempt: after.attempt };
}

/** An invoice with a bill, an exception or an intent is the consumer's to judge. */
function mustBeLookedAt(record: InvoiceRecord | undefined): boolean {
  return (
    record?.bills !== undefined ||
    record?.credit !== undefined ||
    record?.intent !== undefined ||
    record?.exception !== undefined
  );
}

function seenRecord({ invoice, version }: InvoiceFacts, current: InvoiceRecord | undefined): InvoiceRecord {
  return {
    state: 'queued',
    reason: 'waits for its turn',
    attempt: 1,
    ...current,
    ...headOf(invoice),
    seenVersion: version,
  };
}

async function tellFound(
  connector: Connector,
  id: string,
  { invoice }: InvoiceFacts,
  record: InvoiceRecord | undefined,
): Promise<void> {
  const { supplier, reference, grossAmount, currency, status } = invoice;
  const what = `supplier ${supplier}, reference ${reference ?? 'none'}, ${grossAmount} ${currency}, status ${status}`;
  connector.observe.log('info', record?.state === 'kept-back' ? 'invoice-kept-back' : 'invoice-found', {
    document: id,
  });
  await tell(connector, { kind: 'invoice', id }, `Seen in SAP: ${what}; ${record?.reason ?? 'not kept'}`);
}

/** One message an invoice; the group is the supplier, so that one supplier's invoices stay in order. */
export async function sendBillWork(
  connector: Connector,
  messages: readonly InvoiceWork[],
  invoices: readonly SupplierInvoice[],
): Promise<void> {
  if (messages.length === 0) return;
  const suppliers = new Map(invoices.map((invoice) => [invoiceId(invoice.key), invoice.supplier]));
  await connector.queues.send(
    'bill-work',
    messages.map((message) => billWorkMessage(message, suppliers.get(invoiceId(message.key)) ?? 'unknown')),
  );
}

/** The queue's message: the deduplication id carries the change stamp and the attempt (five-minute memory). */
export function billWorkMessage(message: InvoiceWork, supplier: string) {
  const id = invoiceId(message.key).replaceAll('/', '-');
  return {
    group: supplier,
    deduplicationId: `${id}-${message.changeStamp}-${message.attempt}`.slice(0, 128),
    body: JSON.stringify(message),
  };
}

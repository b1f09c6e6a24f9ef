import { isoDate, isoTime } from '../../clock.ts';
import { cursors } from '../../ledger/cursors.ts';
import { readRecord, updateRecord } from '../../ledger/record.ts';
import { knownVendors, vendorLinks } from '../../ledger/vendors.ts';
import type { ChangedSupplier } from '../../rules/sap-suppliers.ts';
import type { SupplierPosition } from '../../sap/sap.ts';
import type { VendorWork } from '../../work/messages.ts';
import type { Connector } from '../doors.ts';
import { sendSapWork } from '../payments/send-sap-work.ts';
import type { PollReport } from '../use-cases.ts';
import { isLinked, isNews, type Linked } from './supplier-news.ts';
import { vendorsByName } from './vendor-directory.ts';

const dayMs = 24 * 60 * 60_000;

/**
 * SAP's changed suppliers, page by page, for those that a vendor stands for, or may stand for by now. Which time
 * zone SAP's stamps are in is unknown (SAP dossier §6), so a whole day is read again; what was dealt with is left
 * out by its stamp. The cursor moves only after the queue has everything (I6).
 */
export async function findSuppliers(connector: Connector): Promise<PollReport> {
  const cursor = await readRecord(connector.table, cursors, 'suppliers');
  let position = cursor?.position ?? isoTime(connector.clock.now()).slice(0, 19);
  let after: SupplierPosition | undefined = { changedAt: dayBefore(position), businessPartner: '' };
  const report = { found: 0, queued: 0 };
  while (after !== undefined) {
    const page = await connector.sap.suppliersChangedSince(after);
    const messages = await newsOf(connector, page.changed);
    await sendSapWork(connector, messages.map(stamped));
    report.found += messages.length;
    report.queued += messages.length;
    for (const { changedAt } of page.changed) if (changedAt > position) position = changedAt;
    await moveCursor(connector, position, report.found);
    after = page.next;
  }
  return report;
}

function dayBefore(position: string): string {
  const [day, time] = [position.slice(0, 10), position.slice(11)];
  return `${isoDate(Date.parse(`${day}T00:00:00Z`) - dayMs)}T${time}`;
}

async function newsOf(connector: Connector, changed: readonly ChangedSupplier[]): Promise<VendorWork[]> {
  const messages: VendorWork[] = [];
  const moved: Moved[] = [];
  for (const change of changed) {
    const link = await readRecord(connector.table, vendorLinks, change.supplier);
    if (!isLinked(link)) messages.push(...(await newsForWaiting(connector, change)));
    else if (link.doneChangedAt !== change.changedAt) moved.push({ link, change });
  }
  for (const { link, change } of await withNews(connector, moved)) {
    messages.push(messageOf(change, link.vendorId));
  }
  return messages;
}

/** A linked supplier whose stamp has moved. */
interface Moved {
  readonly link: Linked;
  readonly change: ChangedSupplier;
}

/** The stamp moves for much that BILL does not know of, and for what we have changed ourselves: that ends here. */
async function withNews(connector: Connector, moved: readonly Moved[]): Promise<Moved[]> {
  if (moved.length === 0) return [];
  const suppliers = await connector.sap.suppliers(moved.map(({ link }) => link.supplier));
  const byNumber = new Map(suppliers.map((each) => [each.supplier, each]));
  const news: Moved[] = [];
  for (const each of moved) {
    if (isNews(connector, each.link, byNumber.get(each.link.supplier))) news.push(each);
    else await noteDone(connector, each.change);
  }
  return news;
}

async function noteDone(connector: Connector, { supplier, changedAt }: ChangedSupplier): Promise<void> {
  await updateRecord(connector, vendorLinks, supplier, (current) =>
    current === undefined ? undefined : { ...current, doneChangedAt: changedAt },
  );
}

/** Vendors of this name that need a supplier: this may be the one that a person has created for them. */
async function newsForWaiting(connector: Connector, change: ChangedSupplier): Promise<VendorWork[]> {
  const messages: VendorWork[] = [];
  for (const { id } of await vendorsByName(connector, change.name)) {
    const known = await readRecord(connector.table, knownVendors, id);
    const isDone = known?.suppliersSeen?.[change.supplier] === change.changedAt;
    if (known?.exception !== undefined && !isDone) messages.push(messageOf(change, id));
  }
  return messages;
}

function messageOf({ supplier, changedAt }: ChangedSupplier, vendorId: string): VendorWork {
  const reason = `supplier ${supplier} changed in SAP`;
  return { kind: 'vendor', vendorId, supplier, changedAt, reason };
}

function stamped(message: VendorWork): { message: VendorWork; deduplicationId: string } {
  const { vendorId, supplier = '', changedAt = '' } = message;
  const stamp = changedAt.replace(/\W/g, '');
  return { message, deduplicationId: `${vendorId}-sap-${supplier}-${stamp}`.slice(0, 128) };
}

async function moveCursor(connector: Connector, position: string, found: number): Promise<void> {
  const polledAt = isoTime(connector.clock.now());
  await updateRecord(connector, cursors, 'suppliers', (current) => ({
    name: 'suppliers',
    position: current !== undefined && current.position > position ? current.position : position,
    polledAt,
    found,
  }));
}

import { isoDate, isoTime } from '../clock.ts';
import { cursors } from '../ledger/cursors.ts';
import { readRecord, updateRecord } from '../ledger/record.ts';
import { knownVendors, vendorLinks } from '../ledger/vendors.ts';
import type { ChangedSupplier } from '../rules/sap-documents.ts';
import type { SupplierPosition } from '../sap/sap.ts';
import type { VendorWork } from '../work/messages.ts';
import type { Connector } from './doors.ts';
import { sendSapWork } from './find-payments.ts';
import type { PollReport } from './use-cases.ts';
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
  for (const each of changed) {
    const { supplier, changedAt } = each;
    const link = await readRecord(connector.table, vendorLinks, supplier);
    const reason = `supplier ${supplier} changed in SAP`;
    if (link?.vendorId === undefined) {
      for (const vendorId of await waitingFor(connector, each))
        messages.push({ kind: 'vendor', vendorId, changedAt, reason });
    } else if (link.doneChangedAt !== changedAt) {
      messages.push({ kind: 'vendor', vendorId: link.vendorId, changedAt, reason });
    }
  }
  return messages;
}

/** Vendors of this name that need a supplier: this may be the one that a person has created for them. */
async function waitingFor(connector: Connector, { name, changedAt }: ChangedSupplier): Promise<string[]> {
  const waiting: string[] = [];
  for (const { id } of await vendorsByName(connector, name)) {
    const known = await readRecord(connector.table, knownVendors, id);
    if (known?.exception !== undefined && known.doneChangedAt !== changedAt) waiting.push(id);
  }
  return waiting;
}

function stamped(message: VendorWork): { message: VendorWork; deduplicationId: string } {
  const { vendorId, changedAt = '' } = message;
  return { message, deduplicationId: `${vendorId}-sap-${changedAt.replace(/\W/g, '')}`.slice(0, 128) };
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

import { readRecord, updateRecord } from '../../ledger/record.ts';
import { type KnownVendor, knownVendors, type VendorLink, vendorLinks } from '../../ledger/vendors.ts';
import type { Vendor } from '../../rules/bill-documents.ts';
import type { VendorWork } from '../../work/messages.ts';
import type { Connector } from '../doors.ts';
import { keepVendor } from './vendor-directory.ts';
import { waitForCreation } from './vendor-in-the-making.ts';

/**
 * The states of both sides that made us look were dealt with already. Throws WorldError while the hand-over of an
 * invoice may be creating this very vendor.
 */
export async function isDone(connector: Connector, work: VendorWork): Promise<boolean> {
  const { table } = connector;
  const { vendorId, updatedTime, changedAt, retry } = work;
  const known = await readRecord(table, knownVendors, vendorId);
  const supplier = known?.supplier;
  const link = supplier === undefined ? undefined : await readRecord(table, vendorLinks, supplier);
  await waitForCreation(connector, known, link);
  if (known === undefined) return false;
  if (retry === true || (updatedTime === undefined && changedAt === undefined)) return false;
  if (isUnfinished(known, link)) return false;
  return isDoneInSap(work, known, link) && (updatedTime === undefined || isDealtWith(known, updatedTime));
}

/** A write is open, or the link is not made yet. */
function isUnfinished(known: KnownVendor, link: VendorLink | undefined): boolean {
  if (known.intent !== undefined || link?.intent !== undefined) return true;
  return known.supplier !== undefined && link?.vendorId !== known.vendor.id;
}

function isDoneInSap(
  { supplier = '', changedAt }: VendorWork,
  { suppliersSeen = {} }: KnownVendor,
  link: VendorLink | undefined,
): boolean {
  if (changedAt === undefined) return true;
  return (link === undefined ? suppliersSeen[supplier] : link.doneChangedAt) === changedAt;
}

function isDealtWith({ doneUpdatedTime }: KnownVendor, updatedTime: string): boolean {
  return doneUpdatedTime !== undefined && Date.parse(doneUpdatedTime) >= Date.parse(updatedTime);
}

/** What made us look is dealt with: BILL's state as it was read, and SAP's change where there was one. */
export async function noteDone(connector: Connector, vendor: Vendor, work: VendorWork): Promise<void> {
  const { supplier, changedAt } = work;
  const seen = supplier === undefined || changedAt === undefined ? {} : { [supplier]: changedAt };
  const known = await updateRecord(connector, knownVendors, vendor.id, (current) =>
    current === undefined
      ? undefined
      : {
          ...current,
          doneUpdatedTime: later(current.doneUpdatedTime, vendor.updatedTime),
          ...(current.supplier === undefined ? { suppliersSeen: { ...current.suppliersSeen, ...seen } } : {}),
        },
  );
  if (known?.supplier === undefined || changedAt === undefined) return;
  await updateRecord(connector, vendorLinks, known.supplier, (current) =>
    current === undefined ? undefined : { ...current, doneChangedAt: changedAt },
  );
}

/** A state of the vendor that its link begins with: neither its event nor the poll makes us look again. */
export async function noteTakenOver(connector: Connector, vendor: Vendor): Promise<void> {
  await keepVendor(connector, vendor);
  await updateRecord(connector, knownVendors, vendor.id, (current) =>
    current === undefined
      ? undefined
      : { ...current, doneUpdatedTime: later(current.doneUpdatedTime, vendor.updatedTime) },
  );
}

function later(done: string | undefined, time: string): string {
  return done !== undefined && Date.parse(done) >= Date.parse(time) ? done : time;
}

import { DocumentError, WorldError } from '../errors.ts';
import { readRecord, updateRecord } from '../ledger/record.ts';
import { type KnownVendor, knownVendors, vendorLinks } from '../ledger/vendors.ts';
import type { Vendor } from '../rules/bill-documents.ts';
import type { VendorWork } from '../work/messages.ts';
import { alignLink } from './align-link.ts';
import { settleChanges } from './change-vendor.ts';
import { settleSupplierCreation } from './create-supplier.ts';
import type { Connector } from './doors.ts';
import { introduceVendor } from './introduce-vendor.ts';
import { raiseOn } from './raise.ts';
import { keepVendor } from './vendor-directory.ts';

/**
 * One vendor that changed on either side: a linked one is compared with its supplier field by field, one that was
 * born in BILL gets a supplier or an exception. Nothing of the message is believed: both sides are read. Returns
 * when the message is done; throws WorldError when it must wait.
 */
export async function alignVendor(connector: Connector, work: VendorWork): Promise<void> {
  if (await isDone(connector, work)) return;
  const vendor = await connector.bill.withLease('align-vendor', async (calls) => {
    await settleChanges(connector, work.vendorId, calls);
    return calls.vendor(work.vendorId);
  });
  if (vendor === undefined) throw notThere(work.vendorId);
  await keepVendor(connector, vendor);
  await follow(connector, vendor, work);
  await noteDone(connector, vendor, work);
}

async function follow(connector: Connector, vendor: Vendor, work: VendorWork): Promise<void> {
  try {
    await settleSupplierCreation(connector, vendor.id);
    const known = await readRecord(connector.table, knownVendors, vendor.id);
    const supplier = known?.supplier ?? (await introduceVendor(connector, vendor, work.retry === true));
    if (supplier !== undefined) await alignLink(connector, supplier, vendor, work.retry === true);
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    await raiseOn(connector, knownVendors, { kind: 'vendor', id: vendor.id }, error);
  }
}

/** The states of both sides that made us look were dealt with already. */
async function isDone({ table }: Connector, work: VendorWork): Promise<boolean> {
  const { vendorId, updatedTime, changedAt, retry } = work;
  if (retry === true || (updatedTime === undefined && changedAt === undefined)) return false;
  const known = await readRecord(table, knownVendors, vendorId);
  if (known === undefined || known.intent !== undefined) return false;
  const link =
    known.supplier === undefined ? undefined : await readRecord(table, vendorLinks, known.supplier);
  if (known.supplier !== undefined && (link?.vendorId !== vendorId || link.intent !== undefined))
    return false;
  const sapDone = changedAt === undefined || (link ?? known).doneChangedAt === changedAt;
  return sapDone && (updatedTime === undefined || isDealtWith(known, updatedTime));
}

function isDealtWith({ doneUpdatedTime }: KnownVendor, updatedTime: string): boolean {
  return doneUpdatedTime !== undefined && Date.parse(doneUpdatedTime) >= Date.parse(updatedTime);
}

/** A change of our own moves BILL's time once more: the later one counts, so that it does not come back as news. */
async function noteDone(connector: Connector, vendor: Vendor, { changedAt }: VendorWork): Promise<void> {
  const known = await updateRecord(connector, knownVendors, vendor.id, (current) => {
    if (current === undefined) return undefined;
    const doneUpdatedTime = isDealtWith(current, vendor.updatedTime)
      ? current.doneUpdatedTime
      : vendor.updatedTime;
    return {
      ...current,
      ...(doneUpdatedTime === undefined ? {} : { doneUpdatedTime }),
      ...(changedAt === undefined ? {} : { doneChangedAt: changedAt }),
    };
  });
  if (known?.supplier === undefined || changedAt === undefined) return;
  await updateRecord(connector, vendorLinks, known.supplier, (current) =>
    current === undefined ? undefined : { ...current, doneChangedAt: changedAt },
  );
}

function notThere(vendorId: string): WorldError {
  return new WorldError({
    code: 'NOT_VISIBLE_YET',
    message: `BILL does not show vendor ${vendorId} yet.`,
    nextStep: 'Nothing: it is read again by itself.',
    retryAfterMs: 30_000,
  });
}

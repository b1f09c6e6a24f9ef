import { DocumentError, WorldError } from '../../errors.ts';
import { readRecord } from '../../ledger/record.ts';
import { knownVendors } from '../../ledger/vendors.ts';
import type { Vendor } from '../../rules/bill-documents.ts';
import type { VendorWork } from '../../work/messages.ts';
import type { Connector } from '../doors.ts';
import { clearOn, raiseOn } from '../exceptions/raise.ts';
import { alignLink } from './align-link.ts';
import { settleChanges } from './change-vendor.ts';
import { settleSupplierCreation } from './create-supplier.ts';
import { introduceVendor } from './introduce-vendor.ts';
import { keepVendor } from './vendor-directory.ts';
import { isDone, noteDone } from './vendor-done.ts';

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
  await noteDone(connector, await follow(connector, vendor, work), work);
}

/** Gives back the newest state of the vendor that was dealt with: our own change does not come back as news. */
async function follow(connector: Connector, vendor: Vendor, work: VendorWork): Promise<Vendor> {
  try {
    await settleSupplierCreation(connector, vendor.id);
    const known = await readRecord(connector.table, knownVendors, vendor.id);
    const supplier = known?.supplier ?? (await introduceVendor(connector, vendor, work.retry === true));
    if (supplier === undefined) return vendor;
    const newest = await alignLink(connector, supplier, vendor, work.retry === true);
    await clearOn(connector, knownVendors, { kind: 'vendor', id: vendor.id });
    return newest;
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    await raiseOn(connector, knownVendors, { kind: 'vendor', id: vendor.id }, error);
  }
  return vendor;
}

function notThere(vendorId: string): WorldError {
  return new WorldError({
    code: 'NOT_VISIBLE_YET',
    message: `BILL does not show vendor ${vendorId} yet.`,
    nextStep: 'Nothing: it is read again by itself.',
    retryAfterMs: 30_000,
  });
}

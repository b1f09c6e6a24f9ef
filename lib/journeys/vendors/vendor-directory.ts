import type { BillCalls } from '../../bill/bill.ts';
import { isoTime } from '../../clock.ts';
import { cursors } from '../../ledger/cursors.ts';
import { readRecord, updateRecord } from '../../ledger/record.ts';
import { knownVendors, vendorNamePartition, vendorNames } from '../../ledger/vendors.ts';
import type { Vendor } from '../../rules/bill-documents.ts';
import { normalizedName } from '../../rules/vendors/vendor-matching.ts';
import type { Connector } from '../doors.ts';

/** Changes this old are read again, because BILL may commit late (BILL dossier §13, trap 32). */
const overlapMs = 15 * 60_000;
const beginning = '2000-01-01T00:00:00.000Z';

/**
 * The ledger's directory of BILL vendors: what changed in BILL since the last look is taken over, so that a
 * look-up by name costs one call however many vendors there are, and no filter by name is needed, whose case
 * rules are unknown (BILL dossier §4.4). Pages come in the order of the changes, so the cursor moves with each: a look
 * that breaks off goes on where it was.
 */
export async function refreshVendorDirectory(connector: Connector, calls: BillCalls): Promise<number> {
  const cursor = await readRecord(connector.table, cursors, 'vendors');
  const since = cursor === undefined ? beginning : isoTime(Date.parse(cursor.position) - overlapMs);
  let position = cursor?.position ?? beginning;
  let page: string | undefined;
  let found = 0;
  do {
    const answer = await calls.vendorsUpdatedSince(since, page);
    for (const vendor of answer.items) {
      if (await keepVendor(connector, vendor)) found += 1;
      if (Date.parse(vendor.updatedTime) > Date.parse(position)) position = vendor.updatedTime;
    }
    const seen = { name: 'vendors', position, polledAt: isoTime(connector.clock.now()), found };
    await updateRecord(connector, cursors, 'vendors', () => seen);
    page = answer.next;
  } while (page !== undefined);
  return found;
}

/** Keeps a vendor as it is now, never an older state of it; true when it was new or changed. */
export async function keepVendor(connector: Connector, vendor: Vendor): Promise<boolean> {
  const name = normalizedName(vendor.name);
  const known = await readRecord(connector.table, knownVendors, vendor.id);
  if (known !== undefined && Date.parse(known.vendor.updatedTime) >= Date.parse(vendor.updatedTime))
    return false;
  await updateRecord(connector, vendorNames, `${name}#${vendor.id}`, (current) =>
    current === undefined ? { vendorId: vendor.id } : undefined,
  );
  await updateRecord(connector, knownVendors, vendor.id, (current) => {
    if (current !== undefined && Date.parse(current.vendor.updatedTime) > Date.parse(vendor.updatedTime))
      return undefined;
    return { ...current, vendor, normalizedName: name };
  });
  return true;
}

/** The vendors that bear this name now, archived ones too. */
export async function vendorsByName(connector: Connector, name: string): Promise<Vendor[]> {
  const normalized = normalizedName(name);
  const vendors: Vendor[] = [];
  let after: string | undefined;
  do {
    const page = await connector.table.query(
      vendorNamePartition(normalized),
      after === undefined ? {} : { after },
    );
    for (const item of page.items) {
      const known = await readRecord(connector.table, knownVendors, item.sk);
      if (known !== undefined && known.normalizedName === normalized) vendors.push(known.vendor);
    }
    after = page.next;
  } while (after !== undefined);
  return vendors;
}

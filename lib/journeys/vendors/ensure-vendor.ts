import type { BillCalls } from '../../bill/bill.ts';
import { isoTime } from '../../clock.ts';
import { DocumentError } from '../../errors.ts';
import { readRecord, updateRecord } from '../../ledger/record.ts';
import { type VendorLink, vendorLinks } from '../../ledger/vendors.ts';
import type { NewVendor, Vendor } from '../../rules/bill-documents.ts';
import type { Supplier } from '../../rules/sap-suppliers.ts';
import { matchVendor, vendorFromSupplier } from '../../rules/vendors/vendor-matching.ts';
import type { Connector } from '../doors.ts';
import { noteBillsOfVendor } from '../invoices/numbers-in-bill.ts';
import { earliestOf, settle, type Write, writeOnce } from '../once.ts';
import { claimVendor, completeLink, linkOf, tellLinked } from './link-supplier.ts';
import { refreshVendorDirectory, vendorsByName } from './vendor-directory.ts';
import { noteTakenOver } from './vendor-done.ts';
import { creating, inTheMaking } from './vendor-in-the-making.ts';

/** A link that is complete. */
export type LinkedVendor = VendorLink & { readonly vendorId: string };

/**
 * The BILL vendor of a supplier: the ledger's link, else exactly one vendor that matches by name and a second
 * sign, else a new one (I2). Throws DocumentError when that is not clear, WorldError when it must wait.
 */
export async function ensureVendor(
  connector: Connector,
  supplier: Supplier,
  currency: string,
): Promise<LinkedVendor> {
  const link = await readRecord(connector.table, vendorLinks, supplier.supplier);
  if (isLinked(link)) return link;
  return connector.bill.withLease('ensure-vendor', async (calls) => {
    await openLink(connector, supplier);
    await settleCreation(connector, supplier, calls);
    const settled = await readRecord(connector.table, vendorLinks, supplier.supplier);
    if (isLinked(settled)) return settled;
    await refreshVendorDirectory(connector, calls);
    return matchOrCreate(connector, supplier, currency, calls);
  });
}

function isLinked(link: VendorLink | undefined): link is LinkedVendor {
  return link?.vendorId !== undefined && link.intent?.action !== creating;
}

async function openLink(connector: Connector, { supplier, name }: Supplier): Promise<void> {
  const at = isoTime(connector.clock.now());
  await updateRecord(connector, vendorLinks, supplier, (current) =>
    current === undefined ? { supplier, supplierName: name, signs: [], at } : undefined,
  );
}

async function settleCreation(connector: Connector, supplier: Supplier, calls: BillCalls): Promise<void> {
  const link = await readRecord(connector.table, vendorLinks, supplier.supplier);
  if (link?.intent?.action !== creating) return;
  await settle(connector, creation(connector, supplier, link.intent.sent as NewVendor, calls), link.intent);
}

async function matchOrCreate(
  connector: Connector,
  supplier: Supplier,
  currency: string,
  calls: BillCalls,
): Promise<LinkedVendor> {
  const candidates = await withDetails(await vendorsByName(connector, supplier.name), calls);
  const match = matchVendor(supplier, candidates);
  if (match.kind === 'match') {
    await noteTakenOver(connector, match.vendor);
    await noteBillsOfVendor(connector, match.vendor.id, calls);
    await claimVendor(connector, supplier, match.vendor);
    await completeLink(connector, supplier, match.vendor, match.signs);
    return linkOf(connector, supplier, match.vendor, match.signs);
  }
  if (match.kind !== 'none')
    throw notClear(supplier, match.candidates, match.kind === 'unsure' ? match.why : undefined);
  const vendor = await writeOnce(
    connector,
    creation(connector, supplier, vendorFromSupplier(supplier, currency), calls),
  );
  connector.observe.count('VendorsCreated');
  connector.observe.log('info', 'vendor-created', {
    document: `supplier ${supplier.supplier}`,
    vendor: vendor.id,
  });
  await tellLinked(connector, supplier, vendor, ['created']);
  return linkOf(connector, supplier, vendor, ['created']);
}

/** List rows may be thinner than the single read (BILL dossier §4.1): the few that matter are read whole. */
async function withDetails(vendors: readonly Vendor[], calls: BillCalls): Promise<Vendor[]> {
  const whole: Vendor[] = [];
  for (const vendor of vendors) {
    if (vendor.archived) continue;
    whole.push((await calls.vendor(vendor.id)) ?? vendor);
  }
  return whole;
}

function creation(
  connector: Connector,
  supplier: Supplier,
  vendor: NewVendor,
  calls: BillCalls,
): Write<VendorLink, Vendor> {
  return {
    type: vendorLinks,
    id: supplier.supplier,
    action: creating,
    sent: vendor,
    lagMs: connector.config.bill.visibilityLagSeconds * 1000,
    mayBegin: ({ vendorId }) => {
      if (vendorId !== undefined) throw inTheMaking(supplier.supplier);
    },
    find: async (intent) => {
      await refreshVendorDirectory(connector, calls);
      const since = earliestOf(intent);
      const found = await vendorsByName(connector, vendor.name);
      const ours = found.filter(
        (each) => Date.parse(each.createdTime) >= since && each.shortName === vendor.shortName,
      );
      return withDetails(ours, calls);
    },
    act: () => calls.createVendor(vendor),
    remember: async (created) => {
      await noteTakenOver(connector, created);
      await claimVendor(connector, supplier, created);
    },
    record: (current, created) => ({ ...current, ...linkOf(connector, supplier, created, ['created']) }),
  };
}

function notClear(supplier: Supplier, candidates: readonly Vendor[], why: string | undefined): DocumentError {
  return new DocumentError({
    code: why === undefined ? 'VENDOR_NOT_UNIQUE' : 'VENDOR_NOT_SURE',
    message:
      why === undefined
        ? `${candidates.length} BILL vendors match SAP supplier ${supplier.supplier} "${supplier.name}".`
        : `A BILL vendor has the name of SAP supplier ${supplier.supplier} "${supplier.name}", but ${why}.`,
    nextStep:
      'In BILL, give the right vendor the tax id, e-mail or address of the supplier and archive the wrong ones; then retry.',
    sapValues: {
      supplier: supplier.supplier,
      name: supplier.name,
      city: supplier.address?.city ?? '',
      email: supplier.email ?? '',
    },
    billValues: Object.fromEntries(
      candidates.map((each) => [each.id, `${each.name}, ${each.address?.city ?? 'no city'}`]),
    ),
  });
}

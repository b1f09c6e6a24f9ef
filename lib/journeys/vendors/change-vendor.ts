import type { BillCalls } from '../../bill/bill.ts';
import { readRecord } from '../../ledger/record.ts';
import { knownVendors, type VendorLink, vendorLinks } from '../../ledger/vendors.ts';
import type { Vendor, VendorChange } from '../../rules/bill-documents.ts';
import type { Supplier, SupplierContact } from '../../rules/sap-suppliers.ts';
import { takeOver } from '../../rules/vendors/vendor-alignment.ts';
import {
  comparable,
  type FieldPair,
  fieldsOfSupplier,
  fieldsOfVendor,
  type VendorFieldName,
  type VendorFields,
  vendorFieldNames,
} from '../../rules/vendors/vendor-fields.ts';
import type { Connector } from '../doors.ts';
import { settle, type Write } from '../once.ts';
import { keepVendor } from './vendor-directory.ts';

/** What is sent to BILL, and what both sides are to say when it is done: kept on the intent. */
export interface ToBill {
  readonly vendorId: string;
  readonly change: VendorChange;
  readonly fields: readonly VendorFieldName[];
  readonly sap: VendorFields;
  /** What BILL said when the two were compared. */
  readonly bill: VendorFields;
}

/** SAP's values of the fields go to BILL, once; what both sides say then is agreed. */
export function vendorChange(
  connector: Connector,
  supplier: string,
  wanted: ToBill,
  calls: BillCalls,
): Write<VendorLink, Vendor> {
  const { vendorId, change, fields, sap } = wanted;
  return {
    type: vendorLinks,
    id: supplier,
    action: 'change-vendor',
    sent: wanted,
    lagMs: connector.config.bill.visibilityLagSeconds * 1000,
    find: async () => {
      const vendor = await calls.vendor(vendorId);
      return vendor !== undefined && tookOver(fieldsOfVendor(vendor), wanted) ? [vendor] : [];
    },
    act: () => calls.changeVendor(vendorId, change),
    remember: async (vendor) => void (await keepVendor(connector, vendor)),
    record: (link, vendor) => {
      const now = { sap, bill: fieldsOfVendor(vendor) };
      const taken = fields.filter((field) => isAlike(field, now));
      return { ...link, vendorName: vendor.name, agreed: takeOver(link.agreed ?? now, now, taken) };
    },
  };
}

/** The fields that BILL did not take as they were sent: a connected vendor keeps its own data (BILL dossier §4.4). */
export function notTaken(vendor: Vendor, { fields, sap }: ToBill): VendorFieldName[] {
  const now = { sap, bill: fieldsOfVendor(vendor) };
  return fields.filter((field) => !isAlike(field, now));
}

export interface ToSap {
  readonly contact: SupplierContact;
  readonly fields: readonly VendorFieldName[];
  readonly bill: VendorFields;
}

/** BILL's e-mail and phone go to SAP, once. */
export function contactChange(
  connector: Connector,
  supplier: string,
  wanted: ToSap,
): Write<VendorLink, Supplier> {
  const { contact, fields, bill } = wanted;
  const pairOf = (found: Supplier): FieldPair => ({ sap: fieldsOfSupplier(found, []), bill });
  return {
    type: vendorLinks,
    id: supplier,
    action: 'change-supplier',
    sent: wanted,
    lagMs: connector.config.sap.visibilityLagSeconds * 1000,
    find: async () => {
      const found = await connector.sap.suppliers([supplier]);
      return found.filter((each) => fields.every((field) => isAlike(field, pairOf(each))));
    },
    act: () => connector.sap.changeSupplierContact(supplier, contact),
    record: (link, found) => ({
      ...link,
      agreed: takeOver(link.agreed ?? pairOf(found), pairOf(found), fields),
    }),
  };
}

/** Settles what was being changed on the vendor's link when a worker died or an answer was lost. */
export async function settleChanges(connector: Connector, vendorId: string, calls: BillCalls): Promise<void> {
  const known = await readRecord(connector.table, knownVendors, vendorId);
  if (known?.supplier === undefined) return;
  const link = await readRecord(connector.table, vendorLinks, known.supplier);
  if (link?.intent?.action === 'change-vendor')
    await settle(
      connector,
      vendorChange(connector, link.supplier, link.intent.sent as ToBill, calls),
      link.intent,
    );
  if (link?.intent?.action === 'change-supplier')
    await settle(connector, contactChange(connector, link.supplier, link.intent.sent as ToSap), link.intent);
}

/** Nobody has changed anything else between our reading and our writing. */
export function isOnlyOurs(vendor: Vendor, { fields, bill }: ToBill): boolean {
  const now = fieldsOfVendor(vendor);
  const others = vendorFieldNames.filter((field) => !fields.includes(field));
  return !vendor.archived && others.every((field) => isAlike(field, { sap: now, bill }));
}

function tookOver(bill: VendorFields, { fields, sap }: ToBill): boolean {
  return fields.every((field) => isAlike(field, { sap, bill }));
}

/** A side that does not tell cannot be said to differ. */
function isAlike(field: VendorFieldName, { sap, bill }: FieldPair): boolean {
  if (sap[field] === undefined || bill[field] === undefined) return true;
  return comparable(field, sap[field]) === comparable(field, bill[field]);
}

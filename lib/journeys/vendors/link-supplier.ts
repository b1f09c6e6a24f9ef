import { isoTime } from '../../clock.ts';
import { DocumentError } from '../../errors.ts';
import { readRecord, updateRecord, without } from '../../ledger/record.ts';
import { tell } from '../../ledger/timeline.ts';
import { knownVendors, type VendorLink, vendorLinks } from '../../ledger/vendors.ts';
import type { Vendor } from '../../rules/bill-documents.ts';
import type { Supplier } from '../../rules/sap-suppliers.ts';
import { differingFields } from '../../rules/vendors/vendor-alignment.ts';
import {
  type FieldPair,
  fieldsOfSupplier,
  fieldsOfVendor,
  shown,
} from '../../rules/vendors/vendor-fields.ts';
import type { Connector } from '../doors.ts';
import { keepVendor } from './vendor-directory.ts';
import { beingIntroduced, inTheMaking } from './vendor-in-the-making.ts';

/** What both sides say now. */
export function fieldPair({ config }: Connector, supplier: Supplier, vendor: Vendor): FieldPair {
  const codes = config.companyCodes.map((each) => each.companyCode);
  return { sap: fieldsOfSupplier(supplier, codes), bill: fieldsOfVendor(vendor) };
}

/** The link's fields for a supplier and its vendor; what they say now is the base of all later comparisons. */
export function linkOf(
  connector: Connector,
  supplier: Supplier,
  vendor: Vendor,
  signs: readonly string[],
): VendorLink & { readonly vendorId: string } {
  return {
    supplier: supplier.supplier,
    supplierName: supplier.name,
    vendorId: vendor.id,
    vendorName: vendor.name,
    ...(vendor.billCurrency === undefined ? {} : { billCurrency: vendor.billCurrency }),
    signs,
    at: isoTime(connector.clock.now()),
    agreed: fieldPair(connector, supplier, vendor),
  };
}

/**
 * One vendor stands for one supplier; a second supplier that matches it needs a person. Throws WorldError while a
 * supplier is being created for it.
 */
export async function claimVendor(connector: Connector, supplier: Supplier, vendor: Vendor): Promise<void> {
  await keepVendor(connector, vendor);
  await updateRecord(connector, knownVendors, vendor.id, (current) => {
    if (current === undefined || current.supplier === supplier.supplier) return undefined;
    if (current.supplier !== undefined) throw takenVendor(supplier, vendor, current.supplier);
    if (current.intent !== undefined) throw beingIntroduced(vendor);
    const free = without(without(current, 'exception'), 'skipped');
    return { ...free, supplier: supplier.supplier };
  });
}

/** The link is made where there is none; throws DocumentError `SUPPLIER_LINKED_ALREADY` where another vendor has it. */
export async function completeLink(
  connector: Connector,
  supplier: Supplier,
  vendor: Vendor,
  signs: readonly string[],
): Promise<void> {
  let isNew = false;
  await updateRecord(connector, vendorLinks, supplier.supplier, (current) => {
    isNew = false;
    if (current?.vendorId === vendor.id) return undefined;
    if (current?.vendorId !== undefined) throw linkedAlready(supplier, vendor, current.vendorId);
    if (current?.intent !== undefined) throw inTheMaking(supplier.supplier);
    isNew = true;
    return { ...current, ...linkOf(connector, supplier, vendor, signs) };
  });
  if (isNew) await tellLinked(connector, supplier, vendor, signs);
}

/** Tells of the link, and of what the two differ in from the beginning: it stays until one of them changes. */
export async function tellLinked(
  connector: Connector,
  supplier: Supplier,
  vendor: Vendor,
  signs: readonly string[],
): Promise<void> {
  const document = { kind: 'supplier', id: supplier.supplier } as const;
  connector.observe.log('info', 'vendor-linked', {
    document: `supplier ${supplier.supplier}`,
    vendor: vendor.id,
  });
  await tell(connector, document, `Linked to BILL vendor ${vendor.id} (${signs.join(', ')}).`);
  const pair = fieldPair(connector, supplier, vendor);
  const differences = differingFields(pair).map(
    (field) => `${field} (SAP ${shown(field, pair.sap[field])}, BILL ${shown(field, pair.bill[field])})`,
  );
  if (differences.length === 0) return;
  const text = `The two differ from the beginning, and are left as they are until one changes: ${differences.join('; ')}.`;
  await tell(connector, document, text);
}

/** Throws unless the supplier is free for this vendor: linked to none, and no vendor of its own in the making. */
export async function checkSupplierFree(
  { table }: Connector,
  supplier: Supplier,
  vendor: Vendor,
): Promise<void> {
  const link = await readRecord(table, vendorLinks, supplier.supplier);
  if (link?.vendorId !== undefined && link.vendorId !== vendor.id)
    throw linkedAlready(supplier, vendor, link.vendorId);
  if (link?.vendorId === undefined && link?.intent !== undefined) throw inTheMaking(supplier.supplier);
}

function linkedAlready(supplier: Supplier, vendor: Vendor, other: string): DocumentError {
  return new DocumentError({
    code: 'SUPPLIER_LINKED_ALREADY',
    message: `BILL vendor ${vendor.id} "${vendor.name}" looks like SAP supplier ${supplier.supplier} "${supplier.name}", which vendor ${other} stands for already.`,
    nextStep:
      'If somebody created the vendor a second time, archive the newer one in BILL. If it is another firm, give it its own tax id, then retry.',
    sapValues: { supplier: supplier.supplier, name: supplier.name },
    billValues: { vendor: vendor.id, name: vendor.name, linkedVendor: other },
  });
}

function takenVendor(supplier: Supplier, vendor: Vendor, other: string): DocumentError {
  return new DocumentError({
    code: 'VENDOR_LINKED_TO_ANOTHER_SUPPLIER',
    message: `BILL vendor ${vendor.id} "${vendor.name}" matches SAP supplier ${supplier.supplier}, but is linked to supplier ${other}.`,
    nextStep:
      'If both suppliers are one firm, block one of them in SAP; if not, create a vendor of its own in BILL. Then retry.',
    sapValues: { supplier: supplier.supplier, otherSupplier: other },
    billValues: { vendor: vendor.id, name: vendor.name },
  });
}

import { DocumentError } from '../../errors.ts';
import { readRecord, updateRecord, without } from '../../ledger/record.ts';
import { type KnownVendor, knownVendors, vendorLinks } from '../../ledger/vendors.ts';
import type { Vendor } from '../../rules/bill-documents.ts';
import type { NewSupplier, Supplier } from '../../rules/sap-suppliers.ts';
import type { Connector } from '../doors.ts';
import { settle, type Write, writeOnce } from '../once.ts';
import { linkOf, tellLinked } from './link-supplier.ts';
import { beingIntroduced } from './vendor-in-the-making.ts';

/** Creates the supplier of a vendor in SAP, once; the intent stands on the vendor, the look-up key on the supplier. */
export async function createSupplierOf(
  connector: Connector,
  vendor: Vendor,
  wanted: NewSupplier,
): Promise<Supplier> {
  const supplier = await writeOnce(connector, creation(connector, vendor, wanted));
  connector.observe.log('info', 'supplier-created', {
    document: `vendor ${vendor.id}`,
    supplier: supplier.supplier,
  });
  await tellLinked(connector, supplier, vendor, ['created in SAP']);
  return supplier;
}

/** Looks for a supplier that was being created when a worker died or an answer was lost. */
export async function settleSupplierCreation(connector: Connector, vendorId: string): Promise<void> {
  const known = await readRecord(connector.table, knownVendors, vendorId);
  if (known?.intent === undefined) return;
  const wanted = known.intent.sent as NewSupplier;
  await settle(connector, creation(connector, known.vendor, wanted), known.intent);
}

function creation(connector: Connector, vendor: Vendor, wanted: NewSupplier): Write<KnownVendor, Supplier> {
  return {
    type: knownVendors,
    id: vendor.id,
    action: 'create-supplier',
    sent: wanted,
    lagMs: connector.config.sap.visibilityLagSeconds * 1000,
    mayBegin: (known) => {
      if (known.supplier !== undefined) throw beingIntroduced(vendor);
    },
    find: () => connector.sap.suppliersBySearchKey(wanted.searchKey),
    act: () => connector.sap.createSupplier(wanted),
    remember: (supplier) => rememberLink(connector, supplier, vendor),
    record: (known, supplier) => ({
      ...without(without(known, 'exception'), 'skipped'),
      supplier: supplier.supplier,
    }),
  };
}

/** The supplier is new and ours: nobody else can have linked it, unless an invoice was faster. */
async function rememberLink(connector: Connector, supplier: Supplier, vendor: Vendor): Promise<void> {
  await updateRecord(connector, vendorLinks, supplier.supplier, (current) => {
    if (current?.vendorId !== undefined || current?.intent !== undefined) return undefined;
    return { ...current, ...linkOf(connector, supplier, vendor, ['created in SAP']) };
  });
}

/** A supplier that SAP did not take is the vendor's exception. */
export function notCreated(vendor: Vendor, cause: DocumentError): DocumentError {
  return new DocumentError({
    code: 'VENDOR_NOT_IN_SAP',
    message: `BILL vendor ${vendor.id} "${vendor.name}" is no supplier in SAP, and SAP refused to create it: ${cause.message}`,
    nextStep: cause.nextStep,
    sapValues: cause.sapValues,
    billValues: { vendor: vendor.id, name: vendor.name },
    cause,
  });
}

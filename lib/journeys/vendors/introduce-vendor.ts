import { DocumentError } from '../../errors.ts';
import { readRecord, updateRecord, without } from '../../ledger/record.ts';
import { knownVendors } from '../../ledger/vendors.ts';
import type { Vendor } from '../../rules/bill-documents.ts';
import type { Supplier } from '../../rules/sap-suppliers.ts';
import { supplierFromVendor } from '../../rules/vendors/supplier-from-vendor.ts';
import { matchSupplier, type ScoredSupplier } from '../../rules/vendors/supplier-matching.ts';
import type { Connector } from '../doors.ts';
import { clearOn } from '../exceptions/raise.ts';
import { createSupplierOf, notCreated } from './create-supplier.ts';
import { startOfList } from './find-vendors.ts';
import { checkSupplierFree, claimVendor, completeLink } from './link-supplier.ts';

/**
 * A vendor without a supplier: matched to exactly one in SAP, else created there where the configuration allows it.
 * Gives back the supplier's number; undefined where the vendor is none of ours (archived, older than the connector,
 * put aside by a person). Throws DocumentError `VENDOR_NOT_IN_SAP`, `VENDOR_MATCH_UNSURE`, `SUPPLIER_LINKED_ALREADY`.
 */
export async function introduceVendor(
  connector: Connector,
  vendor: Vendor,
  retry: boolean,
): Promise<string | undefined> {
  const known = await readRecord(connector.table, knownVendors, vendor.id);
  if (known?.skipped !== undefined && !retry) return undefined;
  if (known?.skipped !== undefined) await undoSkip(connector, vendor);
  if (vendor.archived || (!retry && known?.exception === undefined && (await isOld(connector, vendor)))) {
    await clearOn(connector, knownVendors, { kind: 'vendor', id: vendor.id });
    return undefined;
  }
  const { suppliers, complete } = await connector.sap.suppliersLike(traitsOf(vendor));
  const match = matchSupplier(vendor, suppliers, complete);
  if (match.kind === 'unsure') throw unsure(vendor, match.candidates, complete);
  if (match.kind === 'match') return linkTo(connector, match.found, vendor);
  const { createInSap } = connector.config.vendors;
  if (createInSap === undefined || !complete) throw notInSap(vendor, complete);
  return (await create(connector, vendor, supplierFromVendor(vendor, createInSap))).supplier;
}

async function linkTo(
  connector: Connector,
  { supplier, signs, score }: ScoredSupplier,
  vendor: Vendor,
): Promise<string> {
  await checkSupplierFree(connector, supplier, vendor);
  await claimVendor(connector, supplier, vendor);
  await completeLink(connector, supplier, vendor, [...signs, `score ${score}`]);
  return supplier.supplier;
}

async function create(
  connector: Connector,
  vendor: Vendor,
  wanted: ReturnType<typeof supplierFromVendor>,
): Promise<Supplier> {
  try {
    return await createSupplierOf(connector, vendor, wanted);
  } catch (error) {
    if (error instanceof DocumentError) throw notCreated(vendor, error);
    throw error;
  }
}

async function undoSkip(connector: Connector, { id }: Vendor): Promise<void> {
  await updateRecord(connector, knownVendors, id, (current) =>
    current === undefined ? undefined : without(current, 'skipped'),
  );
}

/** It was in BILL before the connector first looked: it is matched when an invoice needs it. */
async function isOld(connector: Connector, { createdTime }: Vendor): Promise<boolean> {
  return Date.parse(createdTime) < Date.parse(await startOfList(connector, 'vendor-changes'));
}

function traitsOf({ name, taxId = '', email }: Vendor) {
  return {
    name,
    ...(taxId === '' || /[*•]/u.test(taxId) ? {} : { taxId }),
    ...(email === undefined ? {} : { email }),
  };
}

function unsure(
  { id, name }: Vendor,
  candidates: readonly ScoredSupplier[],
  complete: boolean,
): DocumentError {
  const sign = complete ? 'tax id, e-mail or address' : 'tax id';
  return new DocumentError({
    code: 'VENDOR_MATCH_UNSURE',
    message: `BILL vendor ${id} "${name}" may be ${candidates.length === 1 ? 'a supplier' : 'one of several suppliers'} in SAP, but nothing makes it sure which.${complete ? '' : ' More suppliers there have a name like it than can be compared.'}`,
    nextStep: `Give the vendor in BILL the ${sign} of the right supplier and retry; if it is none of them, give it another name or tax id.`,
    sapValues: Object.fromEntries(
      candidates
        .slice(0, 10)
        .map(({ supplier, score, signs }) => [
          supplier.supplier,
          `${supplier.name}, ${supplier.address?.city ?? 'no city'}: score ${score} (${signs.join(', ')})${supplier.deletionFlag ? ', marked for deletion' : ''}`,
        ]),
    ),
    billValues: { vendor: id, name },
  });
}

function notInSap({ id, name }: Vendor, complete: boolean): DocumentError {
  return new DocumentError({
    code: 'VENDOR_NOT_IN_SAP',
    message: complete
      ? `BILL vendor ${id} "${name}" was created in BILL and is no supplier in SAP.`
      : `BILL vendor ${id} "${name}" was created in BILL; too many suppliers in SAP have a name like it to be sure that it is none of them.`,
    nextStep:
      'Create the supplier in SAP with the same name and address or tax id: it is linked by itself then. Or archive the vendor in BILL, or skip this.',
    billValues: { vendor: id, name },
  });
}

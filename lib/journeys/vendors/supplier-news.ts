import type { VendorLink } from '../../ledger/vendors.ts';
import type { Supplier } from '../../rules/sap-suppliers.ts';
import { supplierBlock } from '../../rules/vendors/supplier-blocks.ts';
import {
  comparable,
  fieldsOfSupplier,
  type VendorFields,
  vendorFieldNames,
} from '../../rules/vendors/vendor-fields.ts';
import type { Connector } from '../doors.ts';

/** A link that is complete. */
export type Linked = VendorLink & { readonly vendorId: string };

export function isLinked(link: VendorLink | undefined): link is Linked {
  return link?.vendorId !== undefined;
}

/**
 * Whether the supplier says anything that was not compared with its vendor yet. A change of what does not travel,
 * and a change that the connector made itself, are none: they cost no call to BILL. `supplier`: undefined where SAP
 * does not show it.
 */
export function isNews({ config }: Connector, link: Linked, supplier: Supplier | undefined): boolean {
  if (supplier === undefined) return !wasGone(link);
  if (wasGone(link) || link.intent !== undefined) return true;
  const codes = config.companyCodes.map((each) => each.companyCode);
  if (supplierBlock(supplier, codes, config.handOverBlock) !== link.block) return true;
  const before = link.seen?.sap ?? link.agreed?.sap;
  return before === undefined || !areAlike(before, fieldsOfSupplier(supplier, codes));
}

/** When it was looked at last, SAP did not show the supplier: whatever else was known then has to be looked at anew. */
export function wasGone({ exception, skipped }: VendorLink): boolean {
  return (exception ?? skipped)?.code === 'SUPPLIER_NOT_FOUND';
}

function areAlike(before: VendorFields, now: VendorFields): boolean {
  return vendorFieldNames.every(
    (field) => comparable(field, before[field] ?? '') === comparable(field, now[field] ?? ''),
  );
}

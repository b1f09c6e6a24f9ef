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
  const wasGone = link.exception?.code === 'SUPPLIER_NOT_FOUND';
  if (supplier === undefined) return link.exception === undefined;
  if (wasGone || link.intent !== undefined) return true;
  const codes = config.companyCodes.map((each) => each.companyCode);
  if (supplierBlock(supplier, codes, config.handOverBlock) !== link.block) return true;
  const before = link.seen?.sap ?? link.agreed?.sap;
  return before === undefined || !areAlike(before, fieldsOfSupplier(supplier, codes));
}

function areAlike(before: VendorFields, now: VendorFields): boolean {
  return vendorFieldNames.every(
    (field) => comparable(field, before[field] ?? '') === comparable(field, now[field] ?? ''),
  );
}

import type { Vendor } from '../rules/bill-documents.ts';
import type { Intent } from './intent.ts';
import type { RecordType } from './record.ts';

/** The link that joins an SAP supplier to its BILL vendor (I2). */
export interface VendorLink {
  readonly supplier: string;
  readonly supplierName: string;
  readonly vendorId?: string;
  readonly vendorName?: string;
  /** The currency of all the vendor's bills. */
  readonly billCurrency?: string;
  /** What made us sure: `created`, or the signs of the match. */
  readonly signs: readonly string[];
  /** ISO time. */
  readonly at: string;
  readonly intent?: Intent;
}

export const vendorLinks: RecordType<VendorLink> = {
  key: (supplier) => ({ pk: `LINK#${supplier}`, sk: 'STATE' }),
  listing: (link) => ({ kind: 'link', ...(link.intent === undefined ? {} : { worklist: 'open-intent' }) }),
};

/** A BILL vendor as last seen, and the supplier that it is linked to: one vendor, one supplier. */
export interface KnownVendor {
  readonly vendor: Vendor;
  readonly normalizedName: string;
  readonly supplier?: string;
}

export const knownVendors: RecordType<KnownVendor> = {
  key: (vendorId) => ({ pk: `VENDOR#${vendorId}`, sk: 'STATE' }),
  listing: () => ({ kind: 'vendor' }),
};

/** Finds vendors by normalised name: one small item per vendor beneath its name. */
export function vendorNamePartition(normalizedName: string): string {
  return `VENDOR-NAME#${normalizedName}`;
}

export const vendorNames: RecordType<{ vendorId: string }> = {
  key: (nameAndId) => {
    const at = nameAndId.lastIndexOf('#');
    return { pk: vendorNamePartition(nameAndId.slice(0, at)), sk: nameAndId.slice(at + 1) };
  },
  listing: () => ({}),
};

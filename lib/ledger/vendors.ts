import type { Vendor } from '../rules/bill-documents.ts';
import type { FieldPair } from '../rules/vendors/vendor-fields.ts';
import type { Decision, Exception } from './exception.ts';
import type { Intent } from './intent.ts';
import { worklistOf } from './invoices.ts';
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
  /** What both sides said when they last agreed: the base of the three-way comparison (I9). */
  readonly agreed?: FieldPair;
  /** What both sides said at the last comparison; a person who skips accepts it. */
  readonly seen?: FieldPair;
  /** Why the supplier must not be paid, as of the last comparison. */
  readonly block?: string;
  /** SAP's change stamp that was dealt with last. */
  readonly doneChangedAt?: string;
  readonly intent?: Intent;
  readonly exception?: Exception;
  /** The exception that a person has skipped: it holds as long as nothing else is to be said. */
  readonly skipped?: Decision & Pick<Exception, 'code' | 'what'>;
}

export const vendorLinks: RecordType<VendorLink> = {
  key: (supplier) => ({ pk: `LINK#${supplier}`, sk: 'STATE' }),
  // Others look for a vendor that is being created, whatever else is open on the link.
  listing: (link) => ({
    kind: 'link',
    ...(link.intent === undefined ? worklistOf(link, false) : { worklist: 'open-intent' }),
  }),
};

/** A BILL vendor as last seen, and the supplier that it is linked to: one vendor, one supplier. */
export interface KnownVendor {
  readonly vendor: Vendor;
  readonly normalizedName: string;
  readonly supplier?: string;
  /** BILL's updatedTime of the newest state that was dealt with. */
  readonly doneUpdatedTime?: string;
  /** For a vendor without a supplier: those that were looked at, each with its change stamp. */
  readonly suppliersSeen?: Readonly<Record<string, string>>;
  /** Of the supplier's creation in SAP. */
  readonly intent?: Intent;
  /** A vendor that has no supplier. */
  readonly exception?: Exception;
  readonly skipped?: Decision;
}

export const knownVendors: RecordType<KnownVendor> = {
  key: (vendorId) => ({ pk: `VENDOR#${vendorId}`, sk: 'STATE' }),
  listing: (known) => ({ kind: 'vendor', ...worklistOf(known, false) }),
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

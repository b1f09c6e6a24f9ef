import type { RecordType } from './record.ts';

/** Where a poll stands (I6): everything before it is durably queued. */
export interface Cursor {
  /** `invoices`, `payments`, `vendors` (the directory), `vendor-changes`, `bills`, `suppliers`. */
  readonly name: string;
  /** Greatest change stamp or updatedTime seen; empty before the first poll. */
  readonly position: string;
  /** ISO time of the first poll: what is older was there before the connector. */
  readonly startedAt?: string;
  /** How this tenant tells changes, for invoices. */
  readonly changeStamp?: string;
  /** Whose invoices were read up to the position; one that joins the configuration later is read from the start. */
  readonly companyCodes?: readonly string[];
  /** ISO time of the last poll that ended well, and what it found. */
  readonly polledAt: string;
  readonly found: number;
}

export const cursors: RecordType<Cursor> = {
  key: (name) => ({ pk: 'CURSOR', sk: name }),
  listing: () => ({}),
};

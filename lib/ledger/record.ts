import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Clock } from '../clock.ts';
import { isoTime } from '../clock.ts';
import { type Item, type Key, StaleItem, type Table } from './table.ts';

/** Where a record shows up besides its key: see the indexes of table.ts. */
interface Listing {
  readonly kind?: string;
  readonly worklist?: string;
}

/** One item of the ledger whose content is a plain JSON `body`, packed where it is long. */
export interface RecordType<T extends object> {
  key(id: string): Key;
  listing(body: T): Listing;
}

/** How often a write is tried anew when others keep writing the same item. */
const tries = 20;

/** Consistent read of one record. */
export async function readRecord<T extends object>(
  table: Table,
  type: RecordType<T>,
  id: string,
): Promise<T | undefined> {
  return bodyOf<T>(await table.get(type.key(id)));
}

/**
 * Reads the record, applies `change` to what is there now and writes the result by compare-and-swap; when
 * somebody was faster, all of it again. `change` must be pure; `undefined` leaves the record as it is.
 * Gives back the record as it stands afterwards.
 */
export async function updateRecord<T extends object>(
  { table, clock }: { table: Table; clock: Clock },
  type: RecordType<T>,
  id: string,
  change: (current: T | undefined) => T | undefined,
): Promise<T | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    const item = await table.get(type.key(id));
    const current = bodyOf<T>(item);
    const changed = change(current);
    if (changed === undefined) return current;
    try {
      await table.put(itemOf(type, id, changed, item?.version ?? 0, isoTime(clock.now())));
      return changed;
    } catch (error) {
      if (!(error instanceof StaleItem) || attempt === tries) throw error;
    }
  }
}

/** The bodies of an index's items, for lists. */
export function bodyOf<T extends object>(item: Item | undefined): T | undefined {
  if (typeof item?.packed !== 'string') return item?.body as T | undefined;
  return JSON.parse(inflateRawSync(Buffer.from(item.packed, 'base64')).toString()) as T;
}

/** An item holds 400 KB (storable.ts); an invoice of some thousand lines is longer, and packs to a tenth or less. */
const longestPlainBody = 100 * 1024;

function contentOf(body: object): { body: object } | { packed: string } {
  const text = JSON.stringify(body);
  if (Buffer.byteLength(text) <= longestPlainBody) return { body };
  return { packed: deflateRawSync(text).toString('base64') };
}

function itemOf<T extends object>(
  type: RecordType<T>,
  id: string,
  body: T,
  version: number,
  now: string,
): Item {
  const listing = type.listing(body);
  const listed = listing.kind !== undefined || listing.worklist !== undefined;
  return { ...type.key(id), version, ...listing, ...(listed ? { sort: now } : {}), ...contentOf(body) };
}

/** A copy of the record without one of its optional parts (an intent that is closed, an exception that is cleared). */
export function without<R extends object>(record: R, part: keyof R): R {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== part)) as R;
}

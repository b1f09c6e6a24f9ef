import * as z from 'zod';
import type { Item } from './table.ts';

/** The place of an item in a listing: what a paging token holds. `sort` is empty in a listing by `sk`. */
export interface Place {
  readonly pk: string;
  readonly sk: string;
  readonly sort: string;
}

const placeSchema = z.tuple([z.string().min(1), z.string().min(1), z.string()]);

/** The token that continues a listing after this item. */
export function tokenAfter({ pk, sk, sort = '' }: Pick<Item, 'pk' | 'sk' | 'sort'>): string {
  return Buffer.from(JSON.stringify([pk, sk, sort])).toString('base64url');
}

/** Throws RangeError for anything that is not a token of `tokenAfter`: tokens travel through pages and URLs. */
export function placeOf(token: string): Place {
  try {
    const [pk, sk, sort] = placeSchema.parse(JSON.parse(Buffer.from(token, 'base64url').toString()));
    return { pk, sk, sort };
  } catch (cause) {
    throw new RangeError('This is not a paging token of the ledger; start again at the first page.', {
      cause,
    });
  }
}

/**
 * The table door: all the connector keeps lives in one table behind these five operations.
 * Every write is a compare-and-swap on one item's `version`; there is no other condition and no transaction
 * (decision 2), so the in-memory twin and DynamoDB behave alike.
 */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** Plain JSON; an item never holds undefined, a float amount, or a secret. */
export interface Item extends Key {
  /** 1 when first written, one more with every write. */
  readonly version: number;
  /** Sparse index `worklist`: `exception`, `waiting`, `follow-up`, `open-intent`, `open`, `watched`; absent when the item is at rest. */
  readonly worklist?: string;
  /** Sparse index `kind`: `invoice`, `payment`, `link`, `vendor`, …; absent on helper items. */
  readonly kind?: string;
  /** Sort value of both indexes: an ISO time, optionally with a suffix. */
  readonly sort?: string;
  readonly [attribute: string]: unknown;
}

export interface Page {
  readonly items: Item[];
  /** Pass it on to read the next page; undefined on the last one. */
  readonly next?: string;
}

export interface Range {
  /** Only items whose `sk` begins so. */
  readonly prefix?: string;
  readonly limit?: number;
  /** Newest (greatest sort value) first. */
  readonly descending?: boolean;
  readonly after?: string;
}

export interface Table {
  /** Consistent read. */
  get(key: Key): Promise<Item | undefined>;
  /**
   * Writes the item if the stored version is still `item.version` (0: only if there is none yet) and gives back
   * the item with its new version. Throws StaleItem when somebody was faster.
   */
  put(item: Item): Promise<Item>;
  /** Deletes the item if the stored version is still `version`; throws StaleItem otherwise. */
  delete(key: Key, version: number): Promise<void>;
  /** Items of one partition in the order of `sk`; consistent. */
  query(pk: string, range?: Range): Promise<Page>;
  /** Items of a sparse index in the order of `sort`; may lag behind: for lists, never for decisions. */
  queryIndex(index: 'worklist' | 'kind', value: string, range?: Omit<Range, 'prefix'>): Promise<Page>;
}

/** Somebody else wrote the item in between: read it again and decide anew. */
export class StaleItem extends Error {
  constructor(key: Key) {
    super(`The ledger item ${key.pk} / ${key.sk} was changed by somebody else in between.`);
    this.name = 'StaleItem';
  }
}

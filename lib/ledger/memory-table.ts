import { placeOf, tokenAfter } from './paging-token.ts';
import { storable } from './storable.ts';
import { type Item, type Key, type Page, type Range, StaleItem, type Table } from './table.ts';

type Partition = ReadonlyMap<string, Item>;

/** The whole table at one moment; taking one and going back to it cost no copy of an item. */
export type TableSnapshot = ReadonlyMap<string, Partition>;

export interface MemoryTable extends Table {
  snapshot(): TableSnapshot;
  restore(snapshot: TableSnapshot): void;
}

/**
 * The in-memory twin of the DynamoDB table; it passes the same contract tests. Items are copied on their way in
 * and out, and a stored item or partition is never changed but replaced, which is what makes snapshots cheap.
 */
export function createMemoryTable(start: TableSnapshot = new Map()): MemoryTable {
  let partitions = new Map(start);
  const find = ({ pk, sk }: Key) => partitions.get(pk)?.get(sk);
  const replace = ({ pk, sk }: Key, item: Item | undefined) => {
    const partition = new Map(partitions.get(pk));
    if (item === undefined) partition.delete(sk);
    else partition.set(sk, item);
    if (partition.size === 0) partitions.delete(pk);
    else partitions.set(pk, partition);
  };

  return {
    snapshot: () => new Map(partitions),
    restore: (snapshot) => {
      partitions = new Map(snapshot);
    },
    get: async (key) => {
      const item = find(key);
      return item && copyOf(item);
    },
    put: async (item) => {
      const next = storable({ ...item, version: item.version + 1 });
      if ((find(item)?.version ?? 0) !== item.version) throw new StaleItem(item);
      replace(item, next);
      return copyOf(next);
    },
    delete: async (key, version) => {
      if (find(key)?.version !== version) throw new StaleItem(key);
      replace(key, undefined);
    },
    query: async (pk, { prefix = '', ...range } = {}) => {
      const items = [...(partitions.get(pk)?.values() ?? [])].filter(({ sk }) => sk.startsWith(prefix));
      return pageOf(items, range, ({ sk }) => [sk]);
    },
    queryIndex: async (index, value, range = {}) => {
      const items = [...partitions.values()]
        .flatMap((partition) => [...partition.values()])
        .filter((item) => item[index] === value && item.sort !== undefined);
      return pageOf(items, range, ({ sort = '', pk, sk }) => [sort, pk, sk]);
    },
  };
}

/** What an item (or a token's place) is ordered by, the most significant first. */
type Order = (place: Pick<Item, 'pk' | 'sk' | 'sort'>) => string[];

function pageOf(items: Item[], { limit, descending = false, after }: Range, order: Order): Page {
  const sign = descending ? -1 : 1;
  const start = after === undefined ? undefined : order(placeOf(after));
  const ordered = items
    .filter((item) => start === undefined || sign * compare(order(item), start) > 0)
    .sort((one, other) => sign * compare(order(one), order(other)));
  const page = ordered.slice(0, limit);
  const last = page.at(-1);
  const more = last !== undefined && page.length < ordered.length;
  return { items: page.map(copyOf), ...(more && { next: tokenAfter(last) }) };
}

/** DynamoDB orders strings by their UTF-8 bytes, JavaScript by UTF-16 code units. */
function compare(some: string[], others: string[]): number {
  for (const [index, one] of some.entries()) {
    const difference = Buffer.compare(Buffer.from(one), Buffer.from(others[index] ?? ''));
    if (difference !== 0) return difference;
  }
  return 0;
}

function copyOf(item: Item): Item {
  return structuredClone(item);
}

import type { Item } from './table.ts';

/** Amazon DynamoDB, "Quotas": an item holds at most 400 KB. Counted here in bytes of JSON, which is a little more. */
const MAX_ITEM_BYTES = 400 * 1024;

/**
 * A copy of the item as the table holds it: JSON, hence without undefined.
 * Throws RangeError for an item that DynamoDB would refuse (too large, or a key attribute is empty).
 */
export function storable(item: Item): Item {
  const text = JSON.stringify(item);
  if (Buffer.byteLength(text) > MAX_ITEM_BYTES) {
    throw new RangeError(`The ledger item ${item.pk} / ${item.sk} is larger than 400 KB.`);
  }
  for (const name of ['pk', 'sk', 'worklist', 'kind', 'sort'] as const) {
    if (item[name] === '') throw new RangeError(`The key attribute ${name} of a ledger item is empty.`);
  }
  return JSON.parse(text);
}

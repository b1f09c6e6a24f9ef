import { isDeepStrictEqual } from 'node:util';
import { type DynamoDBDocumentClient, PutCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { Item } from '../../ledger/table.ts';
import { tableIndexes } from '../../ledger/table-definition.ts';

/**
 * Brings the indexes of a dynalite table back in step with its items after the process was killed.
 *
 * dynalite writes the indexes before the item, each in a write of its own. A kill in between leaves an index
 * without an entry, or with one that is newer than the item. Such an entry is a write that was never answered, so
 * it is completed; every other difference is mended by writing the item again, which writes its entries too.
 */
export async function repairIndexes(client: DynamoDBDocumentClient, tableName: string): Promise<void> {
  const items = await readAll(client, tableName);
  const indexes = await Promise.all(
    tableIndexes.map(async (index) => ({ ...index, entries: await readAll(client, tableName, index.name) })),
  );
  const unfinished = new Map<string, Item>();
  for (const { entries } of indexes) {
    for (const [id, entry] of entries) {
      if (entry.version > (items.get(id)?.version ?? 0)) unfinished.set(id, entry);
    }
  }
  for (const [id, item] of new Map([...items, ...unfinished])) {
    const inStep = indexes.every(({ partitionKey, entries }) =>
      isDeepStrictEqual(entries.get(id), partitionKey in item && 'sort' in item ? item : undefined),
    );
    if (!inStep || unfinished.has(id))
      await client.send(new PutCommand({ TableName: tableName, Item: item }));
  }
}

async function readAll(client: DynamoDBDocumentClient, tableName: string, index?: string) {
  const found = new Map<string, Item>();
  const input = { TableName: tableName, ...(index !== undefined && { IndexName: index }) };
  for await (const page of paginateScan({ client }, input)) {
    for (const item of (page.Items ?? []) as Item[]) found.set(JSON.stringify([item.pk, item.sk]), item);
  }
  return found;
}

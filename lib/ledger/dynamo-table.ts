import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { worldOr } from '../aws-failure.ts';
import { placeOf, tokenAfter } from './paging-token.ts';
import { storable } from './storable.ts';
import { type Item, type Key, type Page, type Range, StaleItem, type Table } from './table.ts';

export interface DynamoTableOptions {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
}

/**
 * The ledger's table in DynamoDB (keys and indexes: table-definition.ts).
 *
 * Throws WorldError `LEDGER_UNAVAILABLE` when DynamoDB throttles or cannot be reached, with `mayHaveHappened` for a
 * write. A put whose answer was lost and that the SDK repeats ends as StaleItem although it took effect; that is
 * safe, since whoever gets StaleItem reads the item again and decides anew.
 */
export function createDynamoTable({ client, tableName: TableName }: DynamoTableOptions): Table {
  const query = async (input: Omit<QueryCommandInput, 'TableName'>, range: Range): Promise<Page> => {
    const { descending = false, limit } = range;
    const answer = await client.send(
      new QueryCommand({
        TableName,
        ScanIndexForward: !descending,
        // One more than asked for, because DynamoDB does not say whether anything follows the last one asked for.
        ...(limit !== undefined && { Limit: limit + 1 }),
        ...input,
      }),
    );
    return pageOf((answer.Items ?? []) as Item[], limit, answer.LastEvaluatedKey !== undefined);
  };

  return {
    get: ({ pk, sk }) =>
      reading(async () => {
        const answer = await client.send(
          new GetCommand({ TableName, Key: { pk, sk }, ConsistentRead: true }),
        );
        return answer.Item as Item | undefined;
      }),
    put: (item) =>
      writing(item, async () => {
        const next = storable({ ...item, version: item.version + 1 });
        await client.send(new PutCommand({ TableName, Item: next, ...storedVersionIs(item.version) }));
        return next;
      }),
    delete: ({ pk, sk }, version) =>
      writing({ pk, sk }, async () => {
        await client.send(new DeleteCommand({ TableName, Key: { pk, sk }, ...onlyVersion(version) }));
      }),
    query: (pk, range = {}) =>
      reading(() =>
        query({ ...partition(pk, range.prefix), ConsistentRead: true, ...startKey(range) }, range),
      ),
    queryIndex: (index, value, range = {}) =>
      reading(() =>
        query({ IndexName: index, ...equals(index, value), ...startKey(range, { [index]: value }) }, range),
      ),
  };
}

function storedVersionIs(version: number) {
  if (version > 0) return onlyVersion(version);
  return { ConditionExpression: 'attribute_not_exists(pk)' };
}

function onlyVersion(version: number) {
  return { ConditionExpression: 'version = :version', ExpressionAttributeValues: { ':version': version } };
}

function partition(pk: string, prefix = '') {
  if (prefix === '') return equals('pk', pk);
  return {
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: { ':pk': pk, ':prefix': prefix },
  };
}

function equals(attribute: string, value: string) {
  return {
    KeyConditionExpression: '#attribute = :value',
    ExpressionAttributeNames: { '#attribute': attribute },
    ExpressionAttributeValues: { ':value': value },
  };
}

function startKey({ after }: Range, indexKey?: Record<string, string>) {
  if (after === undefined) return {};
  const { pk, sk, sort } = placeOf(after);
  return { ExclusiveStartKey: { pk, sk, ...(indexKey && { ...indexKey, sort }) } };
}

function pageOf(found: Item[], limit: number | undefined, more: boolean): Page {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const goesOn = last !== undefined && (more || items.length < found.length);
  return { items, ...(goesOn && { next: tokenAfter(last) }) };
}

async function reading<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw unavailableOr(error, false);
  }
}

async function writing<T>(key: Key, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) throw new StaleItem(key);
    throw unavailableOr(error, true);
  }
}

function unavailableOr(error: unknown, mayHaveHappened: boolean): unknown {
  const message = 'The ledger (DynamoDB) cannot be reached or is busy.';
  return worldOr(error, { code: 'LEDGER_UNAVAILABLE', message, mayHaveHappened });
}

import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient, ResourceInUseException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import dynalite from 'dynalite';
import { tableIndexes, tableKeys } from '../../ledger/table-definition.ts';
import { embeddedClient, outsideClient } from './embedded-client.ts';
import { repairIndexes } from './repair-indexes.ts';

export interface EmbeddedTable {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
  close(): Promise<void>;
}

const tableName = 'ledger';

/**
 * The ledger's table in this process (dynalite), on a random port of the loopback interface; kept in
 * `stateDir`/table, or in memory without a state directory. `endpoint` names a DynamoDB elsewhere instead.
 */
export async function startEmbeddedTable(stateDir?: string, endpoint?: string): Promise<EmbeddedTable> {
  const server = endpoint === undefined ? await startDynalite(stateDir) : undefined;
  const plain = new DynamoDBClient(
    endpoint === undefined ? embeddedClient(server?.url ?? '') : outsideClient(endpoint),
  );
  const client = DynamoDBDocumentClient.from(plain);
  await createTable(plain);
  if (server !== undefined && stateDir !== undefined) await repairIndexes(client, tableName);
  return {
    client,
    tableName,
    close: async () => {
      plain.destroy();
      await server?.close();
    },
  };
}

async function startDynalite(stateDir: string | undefined) {
  const path = stateDir === undefined ? undefined : join(stateDir, 'table');
  if (path !== undefined) await mkdir(path, { recursive: true });
  const server = dynalite({ createTableMs: 0, ...(path !== undefined && { path }) });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve, reject) => {
      server.close((error) => (error ? reject(error) : resolve()));
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, close };
}

async function createTable(client: DynamoDBClient): Promise<void> {
  const attributes = new Set(
    [tableKeys, ...tableIndexes].flatMap((keys) => keySchema(keys).map((key) => key.AttributeName)),
  );
  try {
    await client.send(
      new CreateTableCommand({
        TableName: tableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [...attributes].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
        KeySchema: keySchema(tableKeys),
        GlobalSecondaryIndexes: tableIndexes.map((index) => ({
          IndexName: index.name,
          KeySchema: keySchema(index),
          Projection: { ProjectionType: 'ALL' },
        })),
      }),
    );
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
}

function keySchema({ partitionKey, sortKey }: { readonly partitionKey: string; readonly sortKey: string }) {
  return [
    { AttributeName: partitionKey, KeyType: 'HASH' as const },
    { AttributeName: sortKey, KeyType: 'RANGE' as const },
  ];
}

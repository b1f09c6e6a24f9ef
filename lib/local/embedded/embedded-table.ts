import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createTable } from './create-table.ts';
import { startDynalite } from './dynalite-server.ts';
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
  if (endpoint !== undefined) return openTable(new DynamoDBClient(outsideClient(endpoint)));
  if (stateDir === undefined) return startTable();
  const path = join(stateDir, 'table');
  if (!existsSync(path)) await prepare(path);
  const table = await startTable(path);
  await repairIndexes(table.client, tableName);
  return table;
}

async function startTable(path?: string): Promise<EmbeddedTable> {
  const server = await startDynalite(path);
  const table = await openTable(new DynamoDBClient(embeddedClient(server.url)));
  return {
    ...table,
    close: async () => {
      await table.close();
      await server.close();
    },
  };
}

async function openTable(client: DynamoDBClient): Promise<EmbeddedTable> {
  await createTable(client, tableName);
  return { client: DynamoDBDocumentClient.from(client), tableName, close: async () => client.destroy() };
}

/**
 * A kill while dynalite creates a table would leave it in creation for ever. So the table is created in another
 * directory, which gets its name only when it is complete.
 */
async function prepare(path: string): Promise<void> {
  const draft = `${path}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  const table = await startTable(draft);
  await table.close();
  await rename(draft, path);
}

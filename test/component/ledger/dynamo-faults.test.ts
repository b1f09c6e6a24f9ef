import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  DynamoDBClient,
  InternalServerError,
  ProvisionedThroughputExceededException,
  ResourceNotFoundException,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WorldError } from '../../../lib/errors.ts';
import { createDynamoTable } from '../../../lib/ledger/dynamo-table.ts';
import { StaleItem } from '../../../lib/ledger/table.ts';
import { embeddedClient } from '../../../lib/local/embedded/embedded-client.ts';
import { startEmbeddedTable } from '../../../lib/local/embedded/embedded-table.ts';

const key = { pk: 'invoice#1710#5105600001#2026', sk: 'state' };
const metadata = (httpStatusCode: number) => ({ message: 'forced', $metadata: { httpStatusCode } });

describe('a fault of DynamoDB', () => {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(embeddedClient('http://127.0.0.1:9')));
  const dynamo = mockClient(client);
  const table = createDynamoTable({ client, tableName: 'ledger' });
  afterEach(() => dynamo.reset());

  it.each([
    new ProvisionedThroughputExceededException(metadata(400)),
    new InternalServerError(metadata(500)),
    Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
    Object.assign(new Error('Connection timed out'), { name: 'TimeoutError' }),
  ])('lets the message wait: $name $code', async (fault) => {
    dynamo.onAnyCommand().rejects(fault);
    const read = await table.get(key).catch((error) => error);
    expect(read).toBeInstanceOf(WorldError);
    expect(read).toMatchObject({ code: 'LEDGER_UNAVAILABLE', mayHaveHappened: false });
    await expect(table.query(key.pk)).rejects.toMatchObject({ code: 'LEDGER_UNAVAILABLE' });
    await expect(table.queryIndex('kind', 'invoice')).rejects.toMatchObject({ code: 'LEDGER_UNAVAILABLE' });
    await expect(table.put({ ...key, version: 0 })).rejects.toMatchObject({
      code: 'LEDGER_UNAVAILABLE',
      mayHaveHappened: true,
    });
    await expect(table.delete(key, 1)).rejects.toMatchObject({ mayHaveHappened: true });
  });

  it('stays an error of ours where waiting would not help', async () => {
    const fault = new ResourceNotFoundException(metadata(400));
    dynamo.on(GetCommand).rejects(fault);
    dynamo.on(PutCommand).rejects(fault);
    await expect(table.get(key)).rejects.toBe(fault);
    await expect(table.put({ ...key, version: 0 })).rejects.toBe(fault);
  });

  it('goes on after a page that DynamoDB cut at its own limit of 1 MB', async () => {
    const first = { ...key, version: 1 };
    dynamo
      .on(QueryCommand)
      .resolvesOnce({ Items: [first], LastEvaluatedKey: key })
      .resolves({ Items: [] });
    const page = await table.query(key.pk, { limit: 5 });
    expect(page.items).toEqual([first]);
    await table.query(key.pk, { limit: 5, after: page.next ?? '' });
    expect(dynamo.commandCalls(QueryCommand)[1]?.args[0].input.ExclusiveStartKey).toEqual(key);
  });
});

describe('a put whose answer is lost', () => {
  let proxy: Server;
  let answersToLose = 0;
  beforeEach(async () => {
    proxy = createServer();
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
  });
  afterEach(() => {
    proxy.closeAllConnections();
    proxy.close();
  });

  it('ends as StaleItem when the SDK repeats it, and the item is there', async () => {
    const embedded = await startEmbeddedTable();
    const behind = await embedded.client.config.endpoint?.();
    proxy.on('request', async (request, response) => {
      const body = await request.toArray();
      const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [
        name,
        String(value),
      ]);
      const answer = await fetch(`http://${behind?.hostname}:${behind?.port}`, {
        method: 'POST',
        headers: headers.filter(([name]) => !['host', 'connection', 'content-length'].includes(name)),
        body: Buffer.concat(body),
      });
      if (answersToLose > 0) {
        answersToLose -= 1;
        request.socket.destroy();
        return;
      }
      response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(await answer.text());
    });
    const { port } = proxy.address() as AddressInfo;
    const client = DynamoDBDocumentClient.from(
      new DynamoDBClient(embeddedClient(`http://127.0.0.1:${port}`)),
    );
    const table = createDynamoTable({ client, tableName: embedded.tableName });
    answersToLose = 1;
    await expect(table.put({ ...key, version: 0 })).rejects.toBeInstanceOf(StaleItem);
    expect(await table.get(key)).toEqual({ ...key, version: 1 });
    client.destroy();
    await embedded.close();
  });
});

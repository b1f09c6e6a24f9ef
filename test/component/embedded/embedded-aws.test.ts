import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetSecretValueCommand, ListSecretsCommand } from '@aws-sdk/client-secrets-manager';
import { expect, it } from 'vitest';
import { createDynamoTable } from '../../../lib/ledger/dynamo-table.ts';
import { startEmbeddedAws } from '../../../lib/local/embedded/embedded-aws.ts';
import { createSqsQueues } from '../../../lib/work/sqs-queues.ts';
import { createSqsReceiver } from '../../../lib/work/sqs-receiver.ts';

const environment = {};
const item = { pk: 'invoice', sk: 'state', version: 0 };
const message = { group: 'supplier-1', deduplicationId: '1', body: '"1"' };

it('starts with nothing, and forgets everything without a state directory', async () => {
  for (let n = 0; n < 2; n += 1) {
    const aws = await startEmbeddedAws({ environment });
    expect(await createDynamoTable(aws.table).put(item)).toMatchObject({ version: 1 });
    await createSqsQueues(aws.queues).send('sap-work', [message]);
    expect(await aws.queues.queueDepth('sap-work')).toEqual({ messages: 1, deadLetters: 0 });
    await aws.close();
  }
});

it('says so where its state directory cannot be written', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'ml-connector-')), 'file');
  await writeFile(file, '');
  for (const stateDir of [file, join(file, 'in')]) {
    await expect(startEmbeddedAws({ stateDir, environment })).rejects.toMatchObject({
      code: 'STATE_UNWRITABLE',
      message: expect.stringContaining(stateDir),
    });
  }
});

it('keeps items, messages and dead letters in its state directory, for one process at a time', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'ml-connector-'));
  const stateDir = join(directory, 'not', 'yet', 'there');
  const first = await startEmbeddedAws({ stateDir, environment });
  await createDynamoTable(first.table).put(item);
  await createSqsQueues(first.queues).send('sap-work', [message]);
  await createSqsQueues(first.queues).sendToDeadLetters('sap-work', message);
  await createSqsReceiver(first.queues).receive('sap-work', { max: 1, visibilitySeconds: 3600 });
  await expect(startEmbeddedAws({ stateDir, environment })).rejects.toMatchObject({ code: 'STATE_IN_USE' });
  await first.close();

  const second = await startEmbeddedAws({ stateDir, environment });
  expect(await createDynamoTable(second.table).get(item)).toEqual({ ...item, version: 1 });
  expect(await second.queues.queueDepth('sap-work')).toEqual({ messages: 1, deadLetters: 1 });
  const receiver = createSqsReceiver(second.queues);
  const [again] = await receiver.receive('sap-work', { max: 1, visibilitySeconds: 3600, waitSeconds: 10 });
  expect(again).toMatchObject({ body: message.body, attributes: { ApproximateReceiveCount: '2' } });
  await createSqsQueues(second.queues).hide('sap-work', again?.receiptHandle ?? '', 0);
  const [third] = await receiver.receive('sap-work', { max: 1, visibilitySeconds: 3600, waitSeconds: 10 });
  await receiver.delete('sap-work', third?.receiptHandle ?? '');
  expect(await second.queues.queueDepth('sap-work')).toEqual({ messages: 0, deadLetters: 1 });
  await second.close();
  await rm(directory, { recursive: true });
});

it('begins again when it was killed while it created the table', async () => {
  const stateDir = await mkdtemp(join(tmpdir(), 'ml-connector-'));
  await mkdir(join(stateDir, 'table.new'));
  await writeFile(join(stateDir, 'table.new', 'CURRENT'), 'half of a dat');
  const aws = await startEmbeddedAws({ stateDir, environment });
  expect(await createDynamoTable(aws.table).put(item)).toMatchObject({ version: 1 });
  await aws.close();
  expect(await readdir(stateDir)).not.toContain('table.new');
  await rm(stateDir, { recursive: true });
});

it('answers for the secrets it was given, and for nothing else', async () => {
  const secrets: Record<string, string> = { sap: '{"one":1}' };
  const aws = await startEmbeddedAws({ secrets, environment });
  const read = async (SecretId: string) =>
    (await aws.secrets.client.send(new GetSecretValueCommand({ SecretId }))).SecretString;
  expect(await read('sap')).toBe('{"one":1}');
  secrets.sap = '{"two":2}';
  expect(await read('sap')).toBe('{"two":2}');
  await expect(read('bill')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await expect(read('toString')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await expect(aws.secrets.client.send(new ListSecretsCommand({}))).rejects.toMatchObject({
    name: 'InvalidRequestException',
  });
  await aws.close();
});

it('uses the servers that the environment names, and creates in them what is missing', async () => {
  const elsewhere = await startEmbeddedAws({ environment, secrets: { sap: '{"elsewhere":true}' } });
  const urlOf = async ({
    config,
  }: {
    config: { endpoint?: () => Promise<{ hostname: string; port?: number }> };
  }) => {
    const { hostname = '', port = 0 } = (await config.endpoint?.()) ?? {};
    return `http://${hostname}:${port}`;
  };
  const named = await startEmbeddedAws({
    environment: {
      AWS_ENDPOINT_URL_DYNAMODB: await urlOf(elsewhere.table.client),
      AWS_ENDPOINT_URL_SQS: await urlOf(elsewhere.queues.client),
      AWS_ENDPOINT_URL_SECRETS_MANAGER: await urlOf(elsewhere.secrets.client),
    },
  });
  await createDynamoTable(named.table).put(item);
  await createSqsQueues(named.queues).send('bill-work', [message]);
  expect(await createDynamoTable(elsewhere.table).get(item)).toEqual({ ...item, version: 1 });
  expect(await elsewhere.queues.queueDepth('bill-work')).toEqual({ messages: 1, deadLetters: 0 });
  const secret = await named.secrets.client.send(new GetSecretValueCommand({ SecretId: 'sap' }));
  expect(secret.SecretString).toBe('{"elsewhere":true}');
  await named.close();
  await elsewhere.close();
});

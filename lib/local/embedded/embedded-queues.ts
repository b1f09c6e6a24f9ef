import { join } from 'node:path';
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import type { QueueName } from '../../work/queue.ts';
import { queueNames, RETENTION_DAYS, VISIBILITY_SECONDS } from '../../work/queue-definition.ts';
import type { QueueUrls } from '../../work/sqs-queues.ts';
import { embeddedClient, outsideClient } from './embedded-client.ts';
import { loopbackOnly } from './loopback-only.ts';

export interface EmbeddedQueues {
  readonly client: SQSClient;
  readonly urls: QueueUrls;
  /** Messages of a queue, in flight ones included; its dead letters apart. */
  queueDepth(queue: QueueName): Promise<{ messages: number; deadLetters: number }>;
  close(): Promise<void>;
}

/**
 * Both FIFO queues and their dead-letter queues in this process (fauxqs), for this machine only; kept in
 * `stateDir`/queues, or in memory without a state directory. `endpoint` names an SQS elsewhere instead.
 *
 * The queues have no redrive policy of their own: fauxqs deletes a message before it writes it to the dead-letter
 * queue, so that a kill in between would lose it. `handleBatch` puts aside what was received too often.
 */
export async function startEmbeddedQueues(stateDir?: string, endpoint?: string): Promise<EmbeddedQueues> {
  const server = endpoint === undefined ? await startServer(stateDir) : undefined;
  const client = new SQSClient(
    endpoint === undefined ? embeddedClient(`http://127.0.0.1:${server?.port}`) : outsideClient(endpoint),
  );
  const urls = await createQueues(client);
  if (server !== undefined) {
    if (stateDir !== undefined) neverHideForZeroSeconds(client);
    await showInFlight(client, urls, server);
  }
  return {
    client,
    urls,
    queueDepth: async (queue) => ({
      messages: await depth(client, urls[queue].url),
      deadLetters: await depth(client, urls[queue].deadLetterUrl),
    }),
    close: async () => {
      client.destroy();
      await server?.stop();
    },
  };
}

type Server = Pick<FauxqsServer, 'port' | 'stop' | 'inspectQueue'>;

async function startServer(stateDir: string | undefined): Promise<Server> {
  const dataDir = stateDir === undefined ? {} : { dataDir: join(stateDir, 'queues') };
  const server = await startFauxqs({ port: 0, logger: false, ...dataDir });
  const letAnyoneIn = loopbackOnly(server.port);
  return {
    port: server.port,
    inspectQueue: server.inspectQueue,
    stop: async () => {
      await server.stop();
      letAnyoneIn();
    },
  };
}

const attributes = {
  VisibilityTimeout: `${VISIBILITY_SECONDS}`,
  MessageRetentionPeriod: `${RETENTION_DAYS * 24 * 60 * 60}`,
};

async function createQueues(client: SQSClient): Promise<QueueUrls> {
  const create = async (name: string) => {
    const created = await client.send(
      new CreateQueueCommand({ QueueName: fifo(name), Attributes: { FifoQueue: 'true' } }),
    );
    const QueueUrl = created.QueueUrl ?? '';
    // Apart from the creation, because a queue that an earlier version left behind may have other values.
    await client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: attributes }));
    return QueueUrl;
  };
  const both = async (queue: QueueName) => ({
    url: await create(queue),
    deadLetterUrl: await create(`${queue}-dead-letters`),
  });
  return { 'bill-work': await both('bill-work'), 'sap-work': await both('sap-work') };
}

function fifo(name: string): string {
  return `${name}.fifo`;
}

/** fauxqs 2.4 loses a message that is to be visible at once from its memory while it keeps its state on disk. */
function neverHideForZeroSeconds(client: SQSClient): void {
  client.middlewareStack.add(
    (next) => (args) => {
      const { input } = args;
      if (!('ReceiptHandle' in input && 'VisibilityTimeout' in input)) return next(args);
      return next({
        ...args,
        input: { ...input, VisibilityTimeout: Math.max(1, input.VisibilityTimeout ?? 1) },
      });
    },
    { step: 'initialize', name: 'neverHideForZeroSeconds' },
  );
}

/** Whoever had these messages in flight is gone with the process before: they may be received again. */
async function showInFlight(client: SQSClient, urls: QueueUrls, server: Server): Promise<void> {
  for (const queue of queueNames) {
    for (const { receiptHandle } of server.inspectQueue(fifo(queue))?.messages.inflight ?? []) {
      const input = { QueueUrl: urls[queue].url, ReceiptHandle: receiptHandle, VisibilityTimeout: 1 };
      await client.send(new ChangeMessageVisibilityCommand(input));
    }
  }
}

async function depth(client: SQSClient, QueueUrl: string): Promise<number> {
  const { Attributes = {} } = await client.send(
    new GetQueueAttributesCommand({
      QueueUrl,
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  return Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0);
}

import {
  type BatchResultErrorEntry,
  ChangeMessageVisibilityCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { worldOr } from '../aws-failure.ts';
import { WorldError } from '../errors.ts';
import { checkMessage, MAX_BODY_BYTES } from './check-message.ts';
import type { OutgoingMessage, QueueName, Queues } from './queue.ts';
import { BATCH_SIZE } from './queue-definition.ts';

export type QueueUrls = Record<QueueName, { readonly url: string; readonly deadLetterUrl: string }>;

export interface SqsOptions {
  readonly client: SQSClient;
  readonly urls: QueueUrls;
}

/**
 * The queues in SQS. Throws WorldError `QUEUE_UNAVAILABLE` when SQS throttles, cannot be reached or did not take
 * every message (some may be in the queue then), RangeError for a message that SQS would never take.
 */
export function createSqsQueues({ client, urls }: SqsOptions): Queues {
  return {
    send: async (queue, messages) => {
      messages.forEach(checkMessage);
      for (const batch of batchesOf(messages)) {
        const left = await sendBatch(client, urls[queue].url, batch);
        const failed =
          left.length === 0
            ? []
            : await sendBatch(
                client,
                urls[queue].url,
                left.map(({ message }) => message),
              );
        if (failed.length > 0) throw notTaken(queue, failed);
      }
    },
    sendToDeadLetters: async (queue, message) => {
      checkMessage(message);
      const command = new SendMessageCommand({ QueueUrl: urls[queue].deadLetterUrl, ...entryOf(message) });
      await orUnavailable(client.send(command));
    },
    hide: async (queue, ReceiptHandle, VisibilityTimeout) => {
      const input = { QueueUrl: urls[queue].url, ReceiptHandle, VisibilityTimeout };
      await orUnavailable(client.send(new ChangeMessageVisibilityCommand(input)));
    },
  };
}

interface NotTaken {
  readonly message: OutgoingMessage;
  readonly reason: BatchResultErrorEntry;
}

/** Sends up to ten messages and gives back those that the queue did not take. */
async function sendBatch(
  client: SQSClient,
  QueueUrl: string,
  batch: readonly OutgoingMessage[],
): Promise<NotTaken[]> {
  const Entries = batch.map((message, index) => ({ Id: `${index}`, ...entryOf(message) }));
  const answer = await orUnavailable(client.send(new SendMessageBatchCommand({ QueueUrl, Entries })));
  const reasons = new Map((answer.Failed ?? []).map((reason) => [reason.Id, reason]));
  return batch.flatMap((message, index) => {
    const reason = reasons.get(`${index}`);
    return reason === undefined ? [] : [{ message, reason }];
  });
}

function entryOf({ group, deduplicationId, body }: OutgoingMessage) {
  return { MessageBody: body, MessageGroupId: group, MessageDeduplicationId: deduplicationId };
}

/** At most ten messages, and together no more bytes than one message may have. */
function* batchesOf(messages: readonly OutgoingMessage[]): Generator<OutgoingMessage[]> {
  let batch: OutgoingMessage[] = [];
  let bytes = 0;
  for (const message of messages) {
    const size = Buffer.byteLength(message.body);
    if (batch.length === BATCH_SIZE || (batch.length > 0 && bytes + size > MAX_BODY_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(message);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

function notTaken(queue: QueueName, failed: NotTaken[]): Error {
  const codes = [...new Set(failed.map(({ reason }) => reason.Code))].join(', ');
  const message = `The queue ${queue} did not take ${failed.length} message(s): ${codes}.`;
  if (failed.some(({ reason }) => reason.SenderFault)) return new Error(message);
  const nextStep = 'Nothing: what was to be queued is found again and queued later.';
  return new WorldError({ code: 'QUEUE_UNAVAILABLE', message, nextStep, mayHaveHappened: true });
}

async function orUnavailable<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    const message = 'A queue (SQS) cannot be reached or is busy.';
    throw worldOr(error, { code: 'QUEUE_UNAVAILABLE', message, mayHaveHappened: true });
  }
}

import type { Clock } from '../clock.ts';
import { ConfigurationError, ConnectorError, CredentialsError, WorldError } from '../errors.ts';
import { StaleItem } from '../ledger/table.ts';
import type { Observe } from '../observe/observe.ts';
import type { Random } from '../random.ts';
import { backOffSeconds, MAX_RECEIVE_COUNT, OUR_TRIES } from './back-off.ts';
import type { QueueName, Queues } from './queue.ts';
import type { QueueRecord } from './receiver.ts';

export interface Batch<T> {
  readonly queue: QueueName;
  /** `Records` of the event. */
  readonly records: readonly QueueRecord[];
  /** Reads a body; throws when it cannot be read. */
  readonly parse: (body: string) => T;
  /** Returns when the message is done, throws WorldError when it must wait, any other error when it is our fault. */
  readonly handle: (message: T) => Promise<void>;
  /** Told once, before the message goes to the dead letters. */
  readonly reportOurFailure: (message: T, error: unknown) => Promise<void>;
  readonly queues: Queues;
  readonly clock: Clock;
  readonly random: Random;
  readonly observe: Observe;
  /** No message is begun from this moment (milliseconds) on, so that none is cut off by the function's time-out. */
  readonly stopAt?: number;
}

/** What Lambda expects with `ReportBatchItemFailures`: the messages that are not done. */
export interface BatchAnswer {
  readonly batchItemFailures: { itemIdentifier: string }[];
}

/** SQS hides a message for at most 12 hours from its receive; this leaves room for the time that has passed since. */
const LONGEST_HIDE_SECONDS = 11 * 60 * 60;

/**
 * Handles a batch of a FIFO queue, one message after the other, and gives each failure its answer:
 *
 * - done, a raised exception included: Lambda deletes the message;
 * - the world's failure: the message waits, at least as long as the error says, and longer each time. A wrong
 *   configuration and an item that somebody else was faster to write wait too: nothing is wrong with the message;
 * - ours: after `OUR_TRIES` receives the message is put aside in the dead-letter queue, and is done. A body that
 *   cannot be read, or a message received more often than the queue allows, is put aside at once.
 *
 * What follows a failed message in its group is not tried; it waits as long, because SQS keeps the group blocked
 * while one of its messages is hidden. Never throws, and never loses a message: what could not be hidden or put
 * aside is returned as failed and comes again after the visibility time-out.
 *
 * Powertools' FIFO processor is not used: it skips the rest of a group without telling us, so that the rest would
 * stay hidden, and the group blocked, for the whole visibility time-out.
 */
export async function handleBatch<T>(batch: Batch<T>): Promise<BatchAnswer> {
  const waits = new Map<string, number>();
  const failed: QueueRecord[] = [];
  for (const record of batch.records) {
    const group = record.attributes.MessageGroupId ?? record.messageId;
    const seconds = waits.get(group) ?? (await secondsToWait(batch, record));
    if (seconds === undefined) continue;
    waits.set(group, seconds);
    failed.push(record);
    await hide(batch, record, seconds);
  }
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

/** Handles one message; undefined when it is done, else how long it waits. */
async function secondsToWait<T>(batch: Batch<T>, record: QueueRecord): Promise<number | undefined> {
  if (batch.stopAt !== undefined && batch.clock.now() >= batch.stopAt) return 0;
  let message: T;
  try {
    message = batch.parse(record.body);
  } catch (error) {
    return putAside(batch, record, error);
  }
  try {
    if (receiveCount(record) > MAX_RECEIVE_COUNT)
      throw new Error('The message was received too often without an answer.');
    await batch.handle(message);
    return undefined;
  } catch (error) {
    if (mustWait(error)) return wait(batch, record, error);
    if (receiveCount(record) >= OUR_TRIES) {
      return putAside(batch, record, error, () => batch.reportOurFailure(message, error));
    }
    return tryAgain(batch, record, error);
  }
}

function mustWait(error: unknown): error is Error {
  return error instanceof WorldError || error instanceof ConfigurationError || error instanceof StaleItem;
}

function wait<T>({ observe, random }: Batch<T>, record: QueueRecord, error: Error): number {
  const asked = error instanceof WorldError ? Math.ceil((error.retryAfterMs ?? 0) / 1000) : 0;
  const seconds = Math.min(
    LONGEST_HIDE_SECONDS,
    Math.max(asked, backOffSeconds(receiveCount(record), random)),
  );
  observe.log('info', 'message-waits', { ...factsOf(record), ...told(error), seconds });
  observe.count('MessagesWaiting');
  // Also a right that is missing for one kind of work alone: no poll would meet it.
  if (error instanceof CredentialsError) observe.count('CredentialsRefused');
  return seconds;
}

function tryAgain<T>({ observe, random }: Batch<T>, record: QueueRecord, error: unknown): number {
  const seconds = backOffSeconds(receiveCount(record), random);
  observe.log('warn', 'message-failed', { ...factsOf(record), ...told(error), seconds });
  return seconds;
}

async function putAside<T>(
  batch: Batch<T>,
  record: QueueRecord,
  error: unknown,
  report: () => Promise<void> = async () => undefined,
): Promise<number | undefined> {
  const { queue, queues, observe } = batch;
  const { MessageGroupId: group = record.messageId } = record.attributes;
  // As SQS itself does. Not the message's own id: a redrive and a second failure may come within its five minutes.
  const deduplicationId = record.messageId;
  try {
    await report();
    await queues.sendToDeadLetters(queue, { group, deduplicationId, body: record.body });
  } catch (failure) {
    return tryAgain(batch, record, failure);
  }
  observe.log('error', 'message-put-aside', { queue, ...factsOf(record), ...told(error) });
  observe.count('MessagesPutAside');
  return undefined;
}

async function hide<T>(
  { queue, queues, observe }: Batch<T>,
  record: QueueRecord,
  seconds: number,
): Promise<void> {
  try {
    await queues.hide(queue, record.receiptHandle, seconds);
  } catch (error) {
    observe.log('warn', 'message-failed', { ...factsOf(record), ...told(error), hidden: false });
  }
}

function receiveCount({ attributes }: QueueRecord): number {
  return Number(attributes.ApproximateReceiveCount);
}

function factsOf(record: QueueRecord) {
  const { MessageGroupId: group } = record.attributes;
  return { group, messageId: record.messageId, receiveCount: receiveCount(record) };
}

function told(error: unknown) {
  if (error instanceof ConnectorError) return { code: error.code, reason: error.message };
  if (error instanceof Error) return { code: error.name, reason: error.message, stack: error.stack };
  return { reason: String(error) };
}

import type { BatchAnswer } from '../../work/batch.ts';
import type { QueueName } from '../../work/queue.ts';
import { BATCH_SIZE, VISIBILITY_SECONDS } from '../../work/queue-definition.ts';
import type { QueueRecord, Receiver } from '../../work/receiver.ts';
import { pause } from './repeat.ts';

/** As in the cloud: the consumer's maximum concurrency. */
const BATCHES_IN_FLIGHT = 3;
const LONGEST_POLL_SECONDS = 20;
const AFTER_FAILURE_MS = 1_000;

export interface Consumer {
  readonly queue: QueueName;
  readonly receiver: Receiver;
  /** The function that works on the queue. */
  readonly invoke: (records: readonly QueueRecord[]) => Promise<BatchAnswer>;
  readonly onFailure: (error: unknown) => void;
  /** Told the number of messages in work and, with the end of a batch, how many of them are done. */
  readonly onWork: (change: { inWork: number; done: number }) => void;
}

/**
 * What the event-source mapping does in the cloud: long-polls the queue with at most three batches in flight,
 * deletes what the function has done and leaves what it has not. Resolves after `signal` is raised, when every
 * batch in flight has ended.
 */
export async function consume(consumer: Consumer, signal: AbortSignal): Promise<void> {
  await Promise.all(Array.from({ length: BATCHES_IN_FLIGHT }, () => pollOn(consumer, signal)));
}

async function pollOn(consumer: Consumer, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const records = await receive(consumer, signal);
      if (records.length > 0) await work(consumer, records);
    } catch (error) {
      consumer.onFailure(error);
      await pause(AFTER_FAILURE_MS, signal);
    }
  }
}

function receive({ receiver, queue }: Consumer, signal: AbortSignal): Promise<QueueRecord[]> {
  return receiver.receive(queue, {
    max: BATCH_SIZE,
    visibilitySeconds: VISIBILITY_SECONDS,
    waitSeconds: LONGEST_POLL_SECONDS,
    signal,
  });
}

async function work(consumer: Consumer, records: readonly QueueRecord[]): Promise<void> {
  const { queue, receiver, invoke, onWork } = consumer;
  onWork({ inWork: records.length, done: 0 });
  let done = 0;
  try {
    const { batchItemFailures } = await invoke(records);
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    for (const { messageId, receiptHandle } of records) {
      if (failed.has(messageId)) continue;
      await receiver.delete(queue, receiptHandle);
      done += 1;
    }
  } finally {
    onWork({ inWork: -records.length, done });
  }
}

import type { QueueName } from './queue.ts';

/** What the stack and the embedded queues have in common. */
export const queueNames: readonly QueueName[] = ['bill-work', 'sap-work'];

/** One run of a consumer: a batch of up to ten messages. */
export const CONSUMER_TIMEOUT_SECONDS = 300;

/** At least six times the consumer's time-out (AWS Lambda, "Creating and configuring an Amazon SQS event source mapping"). */
export const VISIBILITY_SECONDS = 6 * CONSUMER_TIMEOUT_SECONDS;

/** The longest that SQS keeps a message. */
export const RETENTION_DAYS = 14;

/** Messages that one batch of a FIFO queue can hold at most. */
export const BATCH_SIZE = 10;

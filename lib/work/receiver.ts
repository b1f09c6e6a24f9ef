import type { QueueName } from './queue.ts';

/** A received message, in the shape in which Lambda hands it to a function (a part of `SQSRecord`). */
export interface QueueRecord {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: {
    readonly ApproximateReceiveCount: string;
    readonly MessageGroupId?: string | undefined;
    readonly MessageDeduplicationId?: string | undefined;
  };
}

interface ReceiveOptions {
  /** 1 to 10. */
  readonly max: number;
  /** What is received stays hidden this long. */
  readonly visibilitySeconds: number;
  /** Wait up to this long (at most 20) for a first message; default 0. */
  readonly waitSeconds?: number;
  /** Ends the wait early; the answer is then an empty list. */
  readonly signal?: AbortSignal;
}

/** The receiving side of a queue: what Lambda's pollers do in the cloud. */
export interface Receiver {
  receive(queue: QueueName, options: ReceiveOptions): Promise<QueueRecord[]>;
  /** Deletes a received message; one whose visibility time-out has passed stays, and comes again. */
  delete(queue: QueueName, receiptHandle: string): Promise<void>;
}

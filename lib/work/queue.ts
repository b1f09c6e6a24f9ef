/** The queue door. Two FIFO queues exist, each with a dead-letter queue: `bill-work` and `sap-work`. */
export type QueueName = 'bill-work' | 'sap-work';

export interface OutgoingMessage {
  /** Work on one group is done one message after the other, in order; at most 128 characters. */
  readonly group: string;
  /** Repeats within five minutes are swallowed by the queue; at most 128 characters. */
  readonly deduplicationId: string;
  /** JSON. */
  readonly body: string;
}

export interface Queues {
  /** Resolves when the queue holds every message; throws when one of them may be missing. */
  send(queue: QueueName, messages: readonly OutgoingMessage[]): Promise<void>;
  /** Puts a message aside in the queue's dead-letter queue, for a person and a redrive. */
  sendToDeadLetters(queue: QueueName, message: OutgoingMessage): Promise<void>;
  /** Hides a received message for `seconds` (0 to 43,200) from now. */
  hide(queue: QueueName, receiptHandle: string, seconds: number): Promise<void>;
}

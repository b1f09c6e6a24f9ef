import { DeleteMessageCommand, type Message, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { QueueRecord, Receiver } from './receiver.ts';
import type { SqsOptions } from './sqs-queues.ts';

/** Receives from SQS, or from any server that speaks its protocol; the local run's own poller. */
export function createSqsReceiver({ client, urls }: SqsOptions): Receiver {
  return {
    receive: async (queue, { max, visibilitySeconds, waitSeconds = 0, signal }) => {
      const command = new ReceiveMessageCommand({
        QueueUrl: urls[queue].url,
        MaxNumberOfMessages: max,
        VisibilityTimeout: visibilitySeconds,
        WaitTimeSeconds: waitSeconds,
        MessageSystemAttributeNames: ['ApproximateReceiveCount', 'MessageGroupId', 'MessageDeduplicationId'],
      });
      try {
        const answer = await client.send(command, signal === undefined ? {} : { abortSignal: signal });
        return (answer.Messages ?? []).map(recordOf);
      } catch (error) {
        if (signal?.aborted) return [];
        throw error;
      }
    },
    delete: async (queue, ReceiptHandle) => {
      try {
        await client.send(new DeleteMessageCommand({ QueueUrl: urls[queue].url, ReceiptHandle }));
      } catch (error) {
        // Too late is no fault: the message comes again, as if it had not been answered.
        if (!isExpired(error)) throw error;
      }
    },
  };
}

function recordOf({ MessageId = '', ReceiptHandle = '', Body = '', Attributes = {} }: Message): QueueRecord {
  const { ApproximateReceiveCount = '1', MessageGroupId, MessageDeduplicationId } = Attributes;
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    attributes: { ApproximateReceiveCount, MessageGroupId, MessageDeduplicationId },
  };
}

/** Amazon SQS, DeleteMessage: a FIFO queue refuses a handle after its visibility time-out. */
function isExpired(error: unknown): boolean {
  return error instanceof Error && /receipt handle has expired/i.test(error.message);
}

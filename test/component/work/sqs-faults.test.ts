import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  RequestThrottled,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, it } from 'vitest';
import { WorldError } from '../../../lib/errors.ts';
import { embeddedClient } from '../../../lib/local/embedded/embedded-client.ts';
import { createSqsQueues } from '../../../lib/work/sqs-queues.ts';
import { createSqsReceiver } from '../../../lib/work/sqs-receiver.ts';

const client = new SQSClient(embeddedClient('http://127.0.0.1:9'));
const sqs = mockClient(client);
afterEach(() => sqs.reset());

const url = (name: string) => `http://127.0.0.1:9/000000000000/${name}.fifo`;
const urls = {
  'bill-work': { url: url('bill-work'), deadLetterUrl: url('bill-dead') },
  'sap-work': { url: url('sap-work'), deadLetterUrl: url('sap-dead') },
};
const queues = createSqsQueues({ client, urls });
const messages = Array.from({ length: 12 }, (_, n) => ({
  group: 'a',
  deduplicationId: `${n}`,
  body: `${n}`,
}));
const refused = (Id: string, SenderFault = false) => ({ Id, Code: 'InternalError', SenderFault });
const sent = () =>
  sqs
    .commandCalls(SendMessageBatchCommand)
    .map(({ args }) => args[0].input.Entries?.map((entry) => entry.MessageBody));

describe('a batch of which SQS took only a part', () => {
  it('is completed with the messages that failed, before the next batch', async () => {
    sqs
      .on(SendMessageBatchCommand)
      .resolvesOnce({ Failed: [refused('2'), refused('7')], Successful: [] })
      .resolves({ Failed: [], Successful: [] });
    await queues.send('bill-work', messages);
    expect(sent()).toEqual([
      ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
      ['2', '7'],
      ['10', '11'],
    ]);
  });

  it('fails as unavailable when they fail again, and nothing further is sent', async () => {
    sqs
      .on(SendMessageBatchCommand)
      .resolvesOnce({ Failed: [refused('2'), refused('7')], Successful: [] })
      .resolvesOnce({ Failed: [refused('1')], Successful: [] });
    const error = await queues.send('bill-work', messages).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(WorldError);
    expect(error).toMatchObject({
      code: 'QUEUE_UNAVAILABLE',
      mayHaveHappened: true,
      message: 'The queue bill-work did not take 1 message(s): InternalError.',
    });
    expect(sent()).toHaveLength(2);
  });

  it('is our own failure when SQS blames the messages', async () => {
    sqs.on(SendMessageBatchCommand).resolves({ Failed: [refused('0', true)], Successful: [] });
    const error = await queues.send('bill-work', messages.slice(0, 1)).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(WorldError);
  });
});

it('lets the work wait while SQS throttles', async () => {
  sqs.onAnyCommand().rejects(new RequestThrottled({ message: 'forced', $metadata: { httpStatusCode: 400 } }));
  for (const call of [
    () => queues.send('bill-work', messages),
    () => queues.hide('bill-work', 'handle', 15),
    () => queues.sendToDeadLetters('bill-work', { group: 'a', deduplicationId: '1', body: '1' }),
  ]) {
    await expect(call()).rejects.toMatchObject({ name: 'WorldError', code: 'QUEUE_UNAVAILABLE' });
  }
});

it('does not take a missing queue for an outage', async () => {
  const missing = new QueueDoesNotExist({ message: 'forced', $metadata: { httpStatusCode: 400 } });
  sqs.on(ChangeMessageVisibilityCommand).rejects(missing);
  sqs.on(ReceiveMessageCommand).rejects(missing);
  await expect(queues.hide('bill-work', 'handle', 15)).rejects.toBe(missing);
  const receiver = createSqsReceiver({ client, urls });
  await expect(receiver.receive('bill-work', { max: 1, visibilitySeconds: 30 })).rejects.toBe(missing);
});

it('takes a delete that comes too late for what it is', async () => {
  const receiver = createSqsReceiver({ client, urls });
  const late = 'Value AQEB for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.';
  sqs.on(DeleteMessageCommand).rejectsOnce(Object.assign(new Error(late), { name: 'InvalidParameterValue' }));
  await receiver.delete('bill-work', 'AQEB');
  sqs.on(DeleteMessageCommand).rejects(new Error('forced'));
  await expect(receiver.delete('bill-work', 'AQEB')).rejects.toThrow('forced');
});

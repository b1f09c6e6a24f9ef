import type { SQSRecord } from 'aws-lambda';
import { expect, test } from 'vitest';
import { createHandler as createWriteBill } from '../../../functions/write-bill.ts';
import { createHandler as createWriteSap } from '../../../functions/write-sap.ts';
import { WorldError } from '../../../lib/errors.ts';
import { contextWith, recordingRuntime } from './recording.ts';

const invoice = (supplierInvoice: string) => ({
  kind: 'invoice' as const,
  key: { companyCode: '1710', supplierInvoice, fiscalYear: '2026' },
  changeStamp: '20261124050000.0000000',
  attempt: 1,
});
const payment = { kind: 'payment' as const, paymentId: 'stp-example-1', reason: 'poll' };

function record(messageId: string, body: unknown, group = 'supplier-1'): SQSRecord {
  return {
    messageId,
    receiptHandle: `handle-${messageId}`,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '0',
      SenderId: 'sender',
      ApproximateFirstReceiveTimestamp: '0',
      MessageGroupId: group,
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:111122223333:example.fifo',
    awsRegion: 'us-east-1',
  };
}

test('write-bill hands over each invoice of the batch, in order', async () => {
  const done: string[] = [];
  const { runtime } = recordingRuntime({
    handOverInvoice: async ({ key }) => {
      done.push(key.supplierInvoice);
    },
  });
  const Records = [record('m1', invoice('5100000001')), record('m2', invoice('5100000002'))];
  expect(await createWriteBill(() => runtime)({ Records }, contextWith(300_000))).toEqual({
    batchItemFailures: [],
  });
  expect(done).toEqual(['5100000001', '5100000002']);
});

test('write-bill tells the files of an invoice from the invoice', async () => {
  const done: string[] = [];
  const { runtime } = recordingRuntime({
    sendAttachments: async ({ key, attempt }) => {
      done.push(`${key.supplierInvoice} ${attempt}`);
    },
  });
  const { kind: _, changeStamp: __, ...named } = invoice('5100000001');
  const Records = [record('m1', { ...named, kind: 'attachments' }, 'files')];
  expect(await createWriteBill(() => runtime)({ Records }, contextWith(300_000))).toEqual({
    batchItemFailures: [],
  });
  expect(done).toEqual(['5100000001 1']);
});

test('write-bill returns what must wait and the rest of its group, and goes on with other groups', async () => {
  const outage = new WorldError({ code: 'BILL_UNAVAILABLE', message: 'BILL is down.', nextStep: 'Nothing.' });
  const done: string[] = [];
  const { runtime } = recordingRuntime({
    handOverInvoice: async ({ key }) => {
      if (key.supplierInvoice === '5100000001') throw outage;
      done.push(key.supplierInvoice);
    },
  });
  const Records = [
    record('m1', invoice('5100000001')),
    record('m2', invoice('5100000002')),
    record('m3', invoice('5100000003'), 'supplier-2'),
  ];
  const answer = await createWriteBill(() => runtime)({ Records }, contextWith(300_000));
  expect(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual(['m1', 'm2']);
  expect(done).toEqual(['5100000003']);
});

test('nothing is begun that the time of the function may cut off', async () => {
  const { runtime } = recordingRuntime({});
  const Records = [record('m1', invoice('5100000001'))];
  const answer = await createWriteBill(() => runtime)({ Records }, contextWith(119_000));
  expect(answer.batchItemFailures).toEqual([{ itemIdentifier: 'm1' }]);
});

test('write-sap returns each payment', async () => {
  const done: string[] = [];
  const { runtime } = recordingRuntime({
    returnPayment: async ({ paymentId }) => {
      done.push(paymentId);
    },
  });
  expect(await createWriteSap(() => runtime)({ Records: [record('m1', payment)] })).toEqual({
    batchItemFailures: [],
  });
  expect(done).toEqual(['stp-example-1']);
});

test.each([
  ['what is no JSON', 'not JSON'],
  ['a message of the other journey', invoice('5100000001')],
])('write-sap puts aside %s', async (_name, body) => {
  const { runtime, told } = recordingRuntime({});
  expect(await createWriteSap(() => runtime)({ Records: [record('m1', body)] })).toEqual({
    batchItemFailures: [],
  });
  expect(told).toContain('MessagesPutAside');
});

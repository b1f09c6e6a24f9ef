import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../lib/clock.ts';
import { type EmbeddedQueues, startEmbeddedQueues } from '../../../lib/local/embedded/embedded-queues.ts';
import { createMemoryQueues } from '../../../lib/work/memory-queues.ts';
import type { OutgoingMessage, Queues } from '../../../lib/work/queue.ts';
import type { QueueRecord, Receiver } from '../../../lib/work/receiver.ts';
import { createSqsQueues } from '../../../lib/work/sqs-queues.ts';
import { createSqsReceiver } from '../../../lib/work/sqs-receiver.ts';

let embedded: EmbeddedQueues;

beforeAll(async () => {
  embedded = await startEmbeddedQueues();
});
afterAll(() => embedded.close());

interface Door extends Queues, Receiver {
  deadLetterCount(): Promise<number>;
}

const doors: [string, () => Door][] = [
  [
    'in memory',
    () => {
      const queues = createMemoryQueues(systemClock);
      return { ...queues, deadLetterCount: async () => queues.deadLetters('bill-work').length };
    },
  ],
  [
    'in SQS',
    () => ({
      ...createSqsQueues(embedded),
      ...createSqsReceiver(embedded),
      deadLetterCount: async () => (await embedded.queueDepth('bill-work')).deadLetters,
    }),
  ],
];

/** All tests share one SQS queue, so each works on groups of its own and leaves none of its messages behind. */
const newGroup = () => `supplier-${randomUUID()}`;
const message = (group: string, body: string): OutgoingMessage => ({
  group,
  deduplicationId: randomUUID(),
  body,
});
const bodies = (records: QueueRecord[]) => records.map(({ body }) => body);
const receive = (door: Door) => door.receive('bill-work', { max: 10, visibilitySeconds: 600 });

/** Receives and deletes until nothing comes any more. */
async function drain(door: Door): Promise<QueueRecord[]> {
  const records = await receive(door);
  for (const { receiptHandle } of records) await door.delete('bill-work', receiptHandle);
  return records.length === 0 ? [] : [...records, ...(await drain(door))];
}

describe.each(doors)('the queues %s', (_, open) => {
  it('hands out every message once, a group in its order', async () => {
    const door = open();
    const groups = [newGroup(), newGroup(), newGroup()];
    const sent = Array.from({ length: 25 }, (_, n) => message(groups[n % 3] ?? '', `{"n":${n}}`));
    await door.send('bill-work', sent);
    const records = await drain(door);
    expect(records).toHaveLength(25);
    for (const group of groups) {
      const ofGroup = records.filter(({ attributes }) => attributes.MessageGroupId === group);
      expect(bodies(ofGroup)).toEqual(sent.filter((one) => one.group === group).map(({ body }) => body));
    }
    expect(await receive(door)).toEqual([]);
  });

  it('gives a record what Lambda would give it', async () => {
    const door = open();
    const sent = message(newGroup(), '{"ä":"€"}');
    await door.send('bill-work', [sent]);
    const [record] = await drain(door);
    expect(record).toMatchObject({
      body: sent.body,
      messageId: expect.stringMatching(/.+/),
      receiptHandle: expect.stringMatching(/.+/),
      attributes: {
        ApproximateReceiveCount: '1',
        MessageGroupId: sent.group,
        MessageDeduplicationId: sent.deduplicationId,
      },
    });
  });

  it('keeps the two queues apart', async () => {
    const door = open();
    await door.send('sap-work', [message(newGroup(), '"sap"')]);
    expect(await receive(door)).toEqual([]);
    const [record] = await door.receive('sap-work', { max: 1, visibilitySeconds: 600 });
    expect(record?.body).toBe('"sap"');
    await door.delete('sap-work', record?.receiptHandle ?? '');
  });

  it('swallows a repeat, even of a message that was deleted', async () => {
    const door = open();
    const sent = message(newGroup(), '"once"');
    await door.send('bill-work', [sent, sent]);
    await door.send('bill-work', [sent]);
    expect(bodies(await drain(door))).toEqual(['"once"']);
    await door.send('bill-work', [{ ...sent, body: '"again"' }]);
    expect(await drain(door)).toEqual([]);
  });

  it('blocks a group, and no other, while one of its messages is in flight', async () => {
    const door = open();
    const [blocked, other] = [newGroup(), newGroup()];
    await door.send('bill-work', [message(blocked, '"1"')]);
    const [first] = await receive(door);
    await door.send('bill-work', [message(blocked, '"2"'), message(other, '"3"')]);
    expect(bodies(await drain(door))).toEqual(['"3"']);
    await door.delete('bill-work', first?.receiptHandle ?? '');
    expect(bodies(await drain(door))).toEqual(['"2"']);
  });

  it('shows a message again at once when it is hidden for no time, and counts its receives', async () => {
    const door = open();
    const group = newGroup();
    await door.send('bill-work', [message(group, '"1"'), message(group, '"2"')]);
    for (const record of await receive(door)) await door.hide('bill-work', record.receiptHandle, 0);
    const again = await drain(door);
    expect(bodies(again)).toEqual(['"1"', '"2"']);
    expect(again[0]?.attributes.ApproximateReceiveCount).toBe('2');
  });

  it('hides nothing that is not in flight', async () => {
    const door = open();
    await door.send('bill-work', [message(newGroup(), '"1"')]);
    const [record] = await drain(door);
    await expect(door.hide('bill-work', record?.receiptHandle ?? '', 60)).rejects.toThrow();
  });

  it('puts dead letters where nobody receives them, once', async () => {
    const door = open();
    const before = await door.deadLetterCount();
    const dead = message(newGroup(), '"dead"');
    await door.sendToDeadLetters('bill-work', dead);
    await door.sendToDeadLetters('bill-work', dead);
    expect(await receive(door)).toEqual([]);
    expect(await door.deadLetterCount()).toBe(before + 1);
  });

  it.each([
    ['without a group', { group: '' }],
    ['of a group of 129 characters', { group: 'g'.repeat(129) }],
    ['of a group with a space', { group: 'supplier 17' }],
    ['with a deduplication id of 129 characters', { deduplicationId: 'd'.repeat(129) }],
    ['over 256 KB', { body: 'x'.repeat(256 * 1024 + 1) }],
    ['without a body', { body: '' }],
  ])('refuses a message %s, and sends none of those beside it', async (_, part) => {
    const door = open();
    const good = message(newGroup(), '"good"');
    await expect(door.send('bill-work', [good, { ...good, ...part }])).rejects.toBeInstanceOf(RangeError);
    await expect(door.sendToDeadLetters('bill-work', { ...good, ...part })).rejects.toBeInstanceOf(
      RangeError,
    );
    expect(await receive(door)).toEqual([]);
  });

  it('takes many large messages', async () => {
    const door = open();
    const body = 'x'.repeat(100 * 1024);
    const group = newGroup();
    await door.send(
      'bill-work',
      [1, 2, 3, 4, 5].map((n) => message(group, `${n}${body}`)),
    );
    expect(bodies(await drain(door)).map((text) => text[0])).toEqual(['1', '2', '3', '4', '5']);
  });
});

describe('the embedded queues', () => {
  it('end a wait for messages at once when told to stop', async () => {
    const stop = new AbortController();
    const waiting = createSqsReceiver(embedded).receive('sap-work', {
      max: 10,
      visibilitySeconds: 600,
      waitSeconds: 20,
      signal: stop.signal,
    });
    stop.abort();
    expect(await waiting).toEqual([]);
  });

  const outside = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

  it.runIf(outside !== undefined)('talk to this machine only', async () => {
    const { port = 0 } = (await embedded.client.config.endpoint?.()) ?? {};
    const socket = connect({ port, host: outside ?? '' });
    socket.on('error', () => undefined);
    socket.write('GET /health HTTP/1.1\r\nhost: outside\r\n\r\n');
    const answer: Buffer[] = [];
    socket.on('data', (data) => answer.push(data));
    await Promise.race([once(socket, 'close'), once(socket, 'data')]);
    expect(Buffer.concat(answer).toString()).toBe('');
  });
});

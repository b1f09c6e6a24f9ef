import { beforeEach, describe, expect, it } from 'vitest';
import { MAX_RECEIVE_COUNT } from '../../../lib/work/back-off.ts';
import { createMemoryQueues, type MemoryQueues } from '../../../lib/work/memory-queues.ts';
import type { QueueRecord } from '../../../lib/work/receiver.ts';
import { type ManualClock, manualClock } from '../../support/manual-clock.ts';

let clock: ManualClock;
let queues: MemoryQueues;
beforeEach(() => {
  clock = manualClock();
  queues = createMemoryQueues(clock);
});

let sent = 0;
const send = (group: string, ...bodies: string[]) =>
  queues.send(
    'bill-work',
    bodies.map((body) => {
      sent += 1;
      return { group, deduplicationId: `${sent}`, body };
    }),
  );
const receive = (max = 10, visibilitySeconds = 30) => queues.receive('bill-work', { max, visibilitySeconds });
const remove = (record: QueueRecord | undefined) => queues.delete('bill-work', record?.receiptHandle ?? '');
const bodies = (records: QueueRecord[]) => records.map(({ body }) => body);

describe('one receive', () => {
  it('hands out up to ten messages of one group, in order', async () => {
    await send('a', ...Array.from({ length: 12 }, (_, n) => `${n}`));
    expect(bodies(await receive())).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    expect(await receive()).toEqual([]);
  });

  it('fills up with further groups, group by group', async () => {
    await send('a', 'a1');
    await send('b', 'b1');
    await send('a', 'a2');
    await send('c', 'c1');
    expect(bodies(await receive(3))).toEqual(['a1', 'a2', 'b1']);
    expect(bodies(await receive())).toEqual(['c1']);
  });
});

describe('a group', () => {
  it('stays blocked until all of its messages in flight are answered', async () => {
    await send('a', '1', '2', '3');
    const [first, second] = await receive(2);
    await remove(first);
    expect(await receive()).toEqual([]);
    await remove(second);
    expect(bodies(await receive())).toEqual(['3']);
  });

  it('comes back from its first unanswered message on after the visibility time-out', async () => {
    await send('a', '1', '2', '3');
    const [first] = await receive(2, 30);
    await remove(first);
    clock.advance(29_999);
    expect(await receive()).toEqual([]);
    clock.advance(1);
    const again = await receive();
    expect(bodies(again)).toEqual(['2', '3']);
    expect(again.map(({ attributes }) => attributes.ApproximateReceiveCount)).toEqual(['2', '1']);
  });

  it('waits for its hidden message although the others are visible', async () => {
    await send('a', '1', '2');
    const [first, second] = await receive();
    await queues.hide('bill-work', first?.receiptHandle ?? '', 60);
    await queues.hide('bill-work', second?.receiptHandle ?? '', 0);
    clock.advance(59_000);
    expect(await receive()).toEqual([]);
    clock.advance(1_000);
    expect(bodies(await receive())).toEqual(['1', '2']);
  });
});

it('keeps a message that is deleted too late, or with an old handle', async () => {
  await send('a', '1');
  const [first] = await receive(1, 30);
  clock.advance(30_000);
  await remove(first);
  const [second] = await receive(1, 30);
  expect(second?.body).toBe('1');
  await remove(first);
  expect(queues.isEmpty()).toBe(false);
  await expect(queues.hide('bill-work', first?.receiptHandle ?? '', 60)).rejects.toThrow(
    'MessageNotInflight',
  );
  await remove(second);
  expect(queues.isEmpty()).toBe(true);
});

it('forgets a deduplication id after five minutes', async () => {
  const message = { group: 'a', deduplicationId: 'same', body: '1' };
  await queues.send('bill-work', [message]);
  await remove((await receive())[0]);
  clock.advance(5 * 60_000 - 1);
  await queues.send('bill-work', [message]);
  expect(queues.isEmpty()).toBe(true);
  clock.advance(1);
  await queues.send('bill-work', [message]);
  expect(queues.isEmpty()).toBe(false);
});

it('moves a message that was received too often to the dead letters, and goes on with its group', async () => {
  await send('a', 'poison', 'good');
  for (let n = 0; n < MAX_RECEIVE_COUNT; n += 1) {
    expect(bodies(await receive(1, 30))).toEqual(['poison']);
    clock.advance(30_000);
  }
  expect(bodies(await receive(1, 30))).toEqual(['good']);
  expect(queues.deadLetters('bill-work')).toEqual([
    { group: 'a', deduplicationId: expect.any(String), body: 'poison' },
  ]);
  expect(queues.deadLetters('sap-work')).toEqual([]);
});

it('says from when on a message can be received', async () => {
  expect(queues.nextVisibleAt()).toBeUndefined();
  await send('a', '1', '2');
  expect(queues.nextVisibleAt()).toBe(clock.now());
  const [first] = await receive(2, 30);
  const start = clock.now();
  expect(queues.nextVisibleAt()).toBe(start + 30_000);
  await queues.hide('bill-work', first?.receiptHandle ?? '', 90);
  expect(queues.nextVisibleAt()).toBe(start + 90_000);
  await queues.send('sap-work', [{ group: 'b', deduplicationId: 'b', body: '3' }]);
  expect(queues.nextVisibleAt()).toBe(start);
  clock.advance(100_000);
  await queues.receive('sap-work', { max: 1, visibilitySeconds: 30 });
  expect(queues.nextVisibleAt()).toBe(clock.now());
});

it('goes back to a snapshot as often as asked', async () => {
  await send('a', '1', '2');
  const [first] = await receive(1);
  const snapshot = queues.snapshot();
  for (let n = 0; n < 2; n += 1) {
    queues.restore(snapshot);
    await remove(first);
    await send('b', '3');
    await queues.sendToDeadLetters('bill-work', { group: 'c', deduplicationId: 'c', body: 'dead' });
    expect(bodies(await receive())).toEqual(['2', '3']);
    expect(queues.deadLetters('bill-work')).toHaveLength(1);
  }
  queues.restore(snapshot);
  expect(queues.deadLetters('bill-work')).toEqual([]);
  expect(await receive()).toEqual([]);
});

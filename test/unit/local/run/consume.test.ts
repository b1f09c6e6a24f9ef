import { expect, test } from 'vitest';
import { consume } from '../../../../lib/local/run/consume.ts';
import type { QueueRecord, Receiver } from '../../../../lib/work/receiver.ts';

const record = (messageId: string): QueueRecord => ({
  messageId,
  receiptHandle: `handle of ${messageId}`,
  body: '{}',
  attributes: { ApproximateReceiveCount: '1' },
});

/** Hands out the batches one by one, then waits until it is stopped. */
function receiverOf(batches: QueueRecord[][], deleted: string[]): Receiver {
  return {
    receive: (_queue, { signal }) => {
      const next = batches.shift();
      if (next !== undefined) return Promise.resolve(next);
      return new Promise((resolve) => {
        if (signal?.aborted) resolve([]);
        signal?.addEventListener('abort', () => resolve([]));
      });
    },
    delete: async (_queue, handle) => void deleted.push(handle),
  };
}

test('three batches at most are in flight; what is done is deleted, what is not stays; stopping waits', async () => {
  const deleted: string[] = [];
  const stopping = new AbortController();
  const ends: (() => void)[] = [];
  const work = { now: 0, done: 0, most: 0 };
  const running = consume(
    {
      queue: 'bill-work',
      receiver: receiverOf(
        ['a', 'b', 'c', 'd'].map((name) => [record(`${name}1`), record(`${name}2`)]),
        deleted,
      ),
      invoke: async (records) => {
        await new Promise<void>((resolve) => ends.push(resolve));
        return { batchItemFailures: [{ itemIdentifier: records[1]?.messageId ?? '' }] };
      },
      onFailure: (error) => expect.unreachable(String(error)),
      onWork: ({ inWork, done }) => {
        work.now += inWork;
        work.done += done;
        work.most = Math.max(work.most, work.now);
      },
    },
    stopping.signal,
  );
  await expect.poll(() => ends.length).toBe(3);
  expect(work).toEqual({ now: 6, done: 0, most: 6 });
  ends.shift()?.();
  await expect.poll(() => ends.length).toBe(3);
  stopping.abort();
  let stopped = false;
  void running.then(() => {
    stopped = true;
  });
  await expect.poll(() => work.now).toBe(6);
  expect(stopped).toBe(false);
  for (const end of ends) end();
  await running;
  expect(work).toEqual({ now: 0, done: 4, most: 6 });
  expect(deleted.sort()).toEqual(['a1', 'b1', 'c1', 'd1'].map((name) => `handle of ${name}`));
});

test('a failed batch is told and nothing of it deleted; the next one is worked on', async () => {
  const deleted: string[] = [];
  const told: unknown[] = [];
  const stopping = new AbortController();
  const running = consume(
    {
      queue: 'sap-work',
      receiver: receiverOf([[record('bad')], [record('good')]], deleted),
      invoke: async ([first]) => {
        if (first?.messageId === 'bad') throw new Error('broken');
        return { batchItemFailures: [] };
      },
      onFailure: (error) => told.push(error),
      onWork: () => undefined,
    },
    stopping.signal,
  );
  await expect.poll(() => deleted).toEqual(['handle of good']);
  stopping.abort();
  await running;
  expect(told).toEqual([new Error('broken')]);
});

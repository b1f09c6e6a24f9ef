import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { ConfigurationError, CredentialsError, WorldError } from '../../../lib/errors.ts';
import { StaleItem } from '../../../lib/ledger/table.ts';
import { seededRandom } from '../../../lib/random.ts';
import { MAX_RECEIVE_COUNT, OUR_TRIES } from '../../../lib/work/back-off.ts';
import { type Batch, handleBatch } from '../../../lib/work/batch.ts';
import { createMemoryQueues, type MemoryQueues } from '../../../lib/work/memory-queues.ts';
import type { QueueRecord } from '../../../lib/work/receiver.ts';
import { type ManualClock, manualClock } from '../../support/manual-clock.ts';
import { type RecordedObserve, recordedObserve } from '../../support/recorded-observe.ts';

const VISIBILITY_SECONDS = 1800;
const told = { code: 'BILL_DOWN', message: 'BILL is down.', nextStep: 'Nothing.' };
const outage = (retryAfterMs?: number) => new WorldError({ ...told, retryAfterMs });
const bug = () => new TypeError('x is undefined');
/** The latest that the back-off can give, so that waits are round. */
const noJitter = { next: () => 0, uuid: () => '' };

let clock: ManualClock;
let queues: MemoryQueues;
let observe: RecordedObserve;
let reported: { message: unknown; error: unknown }[];
let handled: string[];

beforeEach(() => {
  clock = manualClock();
  queues = createMemoryQueues(clock);
  observe = recordedObserve();
  reported = [];
  handled = [];
});

type Answer = (message: string) => Error | undefined;

const batchOf = (records: QueueRecord[], answer: Answer): Batch<string> => ({
  queue: 'bill-work',
  records,
  parse: (body) => JSON.parse(body),
  handle: async (message) => {
    const error = answer(message);
    if (error !== undefined) throw error;
    handled.push(message);
  },
  reportOurFailure: async (message, error) => {
    reported.push({ message, error });
  },
  queues,
  clock,
  random: noJitter,
  observe,
});

const send = (...messages: [group: string, body: string][]) =>
  queues.send(
    'bill-work',
    messages.map(([group, body], n) => ({
      group,
      deduplicationId: `${clock.now()}-${n}`,
      body: JSON.stringify(body),
    })),
  );
const receive = () => queues.receive('bill-work', { max: 10, visibilitySeconds: VISIBILITY_SECONDS });

/** What Lambda does with one batch: receive, handle, delete what is not returned. Gives back the failed bodies. */
async function poll(answer: Answer, change: Partial<Batch<string>> = {}): Promise<string[]> {
  const records = await receive();
  const { batchItemFailures } = await handleBatch({ ...batchOf(records, answer), ...change });
  const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  for (const { messageId, receiptHandle } of records) {
    if (!failed.has(messageId)) await queues.delete('bill-work', receiptHandle);
  }
  return records.filter(({ messageId }) => failed.has(messageId)).map(({ body }) => JSON.parse(body));
}

const secondsUntilVisible = () => ((queues.nextVisibleAt() ?? Number.NaN) - clock.now()) / 1000;
const well: Answer = () => undefined;

describe('a batch', () => {
  it('is done when every message is', async () => {
    await send(['a', 'a1'], ['b', 'b1'], ['a', 'a2']);
    expect(await poll(well)).toEqual([]);
    expect(handled).toEqual(['a1', 'a2', 'b1']);
    expect(queues.isEmpty()).toBe(true);
    expect(observe.logs).toEqual([]);
  });

  it('returns what follows a failure in its group, untried and visible as soon; other groups go on', async () => {
    await send(['a', 'a1'], ['b', 'b1'], ['a', 'a2'], ['a', 'a3']);
    const failed = await poll((message) => (message === 'a2' ? outage() : undefined));
    expect(failed).toEqual(['a2', 'a3']);
    expect(handled).toEqual(['a1', 'b1']);
    expect(secondsUntilVisible()).toBe(15);
    clock.advance(15_000);
    expect(await poll(well)).toEqual([]);
    expect(handled).toEqual(['a1', 'b1', 'a2', 'a3']);
  });

  it('begins no message after its last moment', async () => {
    await send(['a', 'a1'], ['b', 'b1']);
    const stopAt = clock.now() + 1000;
    const slow: Answer = () => void clock.advance(1000);
    expect(await poll(slow, { stopAt })).toEqual(['b1']);
    expect(secondsUntilVisible()).toBe(0);
    expect(await poll(well)).toEqual([]);
    expect(handled).toEqual(['a1', 'b1']);
  });

  it('takes messages without a group one by one', async () => {
    await send(['a', 'a1'], ['b', 'b1']);
    const records = (await receive()).map((record) => ({
      ...record,
      attributes: { ApproximateReceiveCount: '1' },
    }));
    const answer = await handleBatch(
      batchOf(records, (message) => (message === 'a1' ? outage() : undefined)),
    );
    expect(answer.batchItemFailures).toEqual([{ itemIdentifier: records[0]?.messageId }]);
  });
});

describe("the world's failure", () => {
  it.each([
    ['an outage', outage()],
    ['refused credentials', new CredentialsError(told)],
    ['an empty secret', new ConfigurationError(told)],
    ['a faster writer', new StaleItem({ pk: 'invoice', sk: 'state' })],
  ])('lets the message wait, longer each time, and tells nobody: %s', async (_, error) => {
    await send(['a', 'a1']);
    const waits: number[] = [];
    for (let n = 0; n < 8; n += 1) {
      expect(await poll(() => error)).toEqual(['a1']);
      waits.push(secondsUntilVisible());
      clock.advanceTo(queues.nextVisibleAt() ?? 0);
    }
    expect(waits).toEqual([15, 30, 60, 120, 240, 480, 900, 900]);
    expect(reported).toEqual([]);
    expect(queues.deadLetters('bill-work')).toEqual([]);
    expect(observe.counts).toMatchObject({ MessagesWaiting: 8 });
  });

  it('is counted for the alarm where credentials or a right are refused, and only there', async () => {
    await send(['a', 'a1'], ['b', 'b1']);
    await poll((message) => (message === 'a1' ? new CredentialsError(told) : outage()));
    expect(observe.counts).toEqual({ MessagesWaiting: 2, CredentialsRefused: 1 });
  });

  it('waits as long as it asks for, but never beyond what SQS can hide', async () => {
    await send(['a', 'a1'], ['b', 'b1']);
    await poll((message) => outage(message === 'a1' ? 61_001 : 48 * 60 * 60 * 1000));
    expect(secondsUntilVisible()).toBe(62);
    clock.advance(62_000);
    await poll(well);
    expect(secondsUntilVisible()).toBe(11 * 60 * 60 - 62);
  });

  it('spreads the waits', async () => {
    await send(['a', 'a1'], ['b', 'b1'], ['c', 'c1']);
    await poll(() => outage(), { random: seededRandom(7) });
    const waits = observe.logs.map(({ fields }) => fields.seconds);
    expect(new Set(waits).size).toBeGreaterThan(1);
    expect(observe.logs[0]).toMatchObject({
      level: 'info',
      event: 'message-waits',
      fields: { group: 'a', receiveCount: 1, code: 'BILL_DOWN', reason: 'BILL is down.' },
    });
  });

  it('may last six hours: nothing is put aside, and all is done in order afterwards', async () => {
    const soonest = { next: () => 1 - Number.EPSILON, uuid: () => '' };
    const names = Array.from({ length: 30 }, (_, n): [string, string] => [`supplier-${n % 4}`, `${n}`]);
    await send(...names);
    const end = clock.now() + 6 * 60 * 60 * 1000;
    while (!queues.isEmpty()) {
      clock.advanceTo(queues.nextVisibleAt() ?? 0);
      await poll(() => (clock.now() < end ? outage() : undefined), { random: soonest });
    }
    expect(queues.deadLetters('bill-work')).toEqual([]);
    expect(reported).toEqual([]);
    for (const group of new Set(names.map(([name]) => name))) {
      const inOrder = names.filter(([name]) => name === group).map(([, body]) => body);
      expect(handled.filter((body) => inOrder.includes(body))).toEqual(inOrder);
    }
    expect(clock.now()).toBeLessThanOrEqual(end + 15 * 60 * 1000);
  });
});

describe('a failure of our own', () => {
  const untilPutAside = async (answer: Answer) => {
    let tries = 0;
    for (; queues.deadLetters('bill-work').length === 0; tries += 1) {
      clock.advanceTo(queues.nextVisibleAt() ?? 0);
      await poll(answer);
    }
    return tries;
  };

  it('is tried a few times, then reported and put aside, and its group goes on', async () => {
    await send(['a', 'a1'], ['a', 'a2']);
    const error = bug();
    expect(await untilPutAside((message) => (message === 'a1' ? error : undefined))).toBe(OUR_TRIES);
    expect(reported).toEqual([{ message: 'a1', error }]);
    expect(queues.deadLetters('bill-work')).toMatchObject([{ group: 'a', body: '"a1"' }]);
    expect(handled).toEqual(['a2']);
    expect(queues.isEmpty()).toBe(true);
    expect(observe.counts).toEqual({ MessagesPutAside: 1 });
    expect(observe.logs.at(-1)).toMatchObject({
      level: 'error',
      event: 'message-put-aside',
      fields: { group: 'a', code: 'TypeError', reason: 'x is undefined' },
    });
  });

  it('takes a body that cannot be read at once', async () => {
    await queues.send('bill-work', [{ group: 'a', deduplicationId: '1', body: 'not JSON' }]);
    await send(['a', 'a1']);
    expect(await poll(well)).toEqual([]);
    expect(queues.deadLetters('bill-work')).toMatchObject([{ group: 'a', body: 'not JSON' }]);
    expect(reported).toEqual([]);
    expect(handled).toEqual(['a1']);
  });

  it('takes a message that came too often without an answer, as one that stops the process would', async () => {
    await send(['a', 'a1']);
    const record = { ...(await receive())[0] } as QueueRecord;
    const attributes = { ...record.attributes, ApproximateReceiveCount: `${MAX_RECEIVE_COUNT + 1}` };
    expect(await handleBatch(batchOf([{ ...record, attributes }], well))).toEqual({ batchItemFailures: [] });
    expect(handled).toEqual([]);
    expect(reported).toMatchObject([{ message: 'a1' }]);
    expect(queues.deadLetters('bill-work')).toHaveLength(1);
  });

  it('is put aside a second time within five minutes, after a redrive', async () => {
    await queues.send('bill-work', [{ group: 'a', deduplicationId: '1', body: 'not JSON' }]);
    await poll(well);
    await queues.send('bill-work', [{ group: 'a', deduplicationId: 'redriven', body: 'not JSON' }]);
    await poll(well);
    expect(queues.deadLetters('bill-work')).toHaveLength(2);
  });
});

describe('a message is never lost', () => {
  const broken = async () => {
    throw outage();
  };

  it('when it cannot be hidden: it comes again after the visibility time-out', async () => {
    await send(['a', 'a1'], ['a', 'a2']);
    expect(await poll(() => outage(), { queues: { ...queues, hide: broken } })).toEqual(['a1', 'a2']);
    expect(secondsUntilVisible()).toBe(VISIBILITY_SECONDS);
    expect(observe.logs.at(-1)).toMatchObject({
      level: 'warn',
      event: 'message-failed',
      fields: { hidden: false },
    });
  });

  it.each([
    ['the dead-letter queue does not take it', { queues: 'broken' }],
    ['the report fails', { report: 'broken' }],
  ])('when %s: it is tried again', async (_, what) => {
    await queues.send('bill-work', [{ group: 'a', deduplicationId: '1', body: '"a1"' }]);
    const record = { ...(await receive())[0] } as QueueRecord;
    const attributes = { ...record.attributes, ApproximateReceiveCount: `${OUR_TRIES}` };
    const answer = await handleBatch({
      ...batchOf([{ ...record, attributes }], bug),
      ...('queues' in what && { queues: { ...queues, sendToDeadLetters: broken } }),
      ...('report' in what && { reportOurFailure: broken }),
    });
    expect(answer.batchItemFailures).toEqual([{ itemIdentifier: record.messageId }]);
    expect(queues.deadLetters('bill-work')).toEqual([]);
    expect(secondsUntilVisible()).toBe(240);
  });

  it('whatever fails, and a group keeps its order', async () => {
    const failure = fc.constantFrom(
      'none',
      'none',
      'world',
      'bug',
      'lost answer',
      'hide fails',
      'aside fails',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat()), { minLength: 1, maxLength: 25 }),
        fc.array(failure, { maxLength: 60 }),
        fc.integer(),
        async (groups, failures, seed) => {
          clock = manualClock();
          queues = createMemoryQueues(clock);
          [handled, reported] = [[], []];
          const names = groups.map(([group], n): [string, string] => [group, `${group}${n}`]);
          await send(...names);
          let call = 0;
          while (!queues.isEmpty()) {
            clock.advanceTo(queues.nextVisibleAt() ?? 0);
            const next = () => failures[call++] ?? 'none';
            const answer: Answer = () => {
              const now = next();
              if (now === 'world') return outage();
              return now === 'bug' ? bug() : undefined;
            };
            const orFail = (name: string) => () => (next() === name ? broken() : undefined);
            const doors = {
              ...queues,
              hide: async (...input: Parameters<typeof queues.hide>) => {
                await orFail('hide fails')();
                await queues.hide(...input);
              },
              sendToDeadLetters: async (...input: Parameters<typeof queues.sendToDeadLetters>) => {
                await orFail('aside fails')();
                await queues.sendToDeadLetters(...input);
              },
            };
            await poll(answer, { queues: doors, random: seededRandom(seed) });
          }
          const aside = queues.deadLetters('bill-work').map(({ body }) => JSON.parse(body));
          expect([...handled, ...aside].sort()).toEqual(names.map(([, body]) => body).sort());
          for (const group of ['a', 'b', 'c']) {
            const inOrder = names.filter(([name, body]) => name === group && !aside.includes(body));
            expect(handled.filter((body) => body.startsWith(group))).toEqual(inOrder.map(([, body]) => body));
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

import { expect, test } from 'vitest';
import { oneAtATime, tieOutWhenDue } from '../../../../lib/local/run/tie-out-when-due.ts';

const dayMs = 24 * 60 * 60_000;
const queues = (messages: number) => ({
  'bill-work': { messages, deadLetters: 0 },
  'sap-work': { messages: 0, deadLetters: 0 },
});

/** A connector whose work, time and luck the test decides. */
function connector() {
  const now = { at: 0, progress: 0, waiting: 0, hasLooked: true, fails: false, runs: 0 };
  const tieOut = async () => {
    if (now.fails) throw new Error('BILL does not answer.');
    now.runs += 1;
  };
  const look = tieOutWhenDue({
    clock: { now: () => now.at, sleep: async () => undefined },
    tieOut,
    progress: () => now.progress,
    rest: async () => ({ queues: queues(now.waiting), messagesInWork: 0, openIntents: 0 }),
    hasLooked: () => now.hasLooked,
  });
  return { now, look };
}

test('at the start, after work, and after a day; not when nothing has happened', async () => {
  const { now, look } = connector();
  for (const [change, runs] of [
    [{}, 1],
    [{}, 1],
    [{ progress: 3 }, 2],
    [{ at: dayMs - 1 }, 2],
    [{ at: dayMs }, 3],
    [{ at: dayMs + 1 }, 3],
  ] as const) {
    Object.assign(now, change);
    await look();
    expect(now.runs).toBe(runs);
  }
});

test.each([
  ['what is on its way', { waiting: 1 }, { waiting: 0 }],
  ['the first look at both sides', { hasLooked: false }, { hasLooked: true }],
])('%s is waited for', async (_what, before, after) => {
  const { now, look } = connector();
  Object.assign(now, before);
  await look();
  expect(now.runs).toBe(0);
  Object.assign(now, after);
  await look();
  expect(now.runs).toBe(1);
});

test('one that failed is tried again with the next look', async () => {
  const { now, look } = connector();
  Object.assign(now, { fails: true });
  await look();
  Object.assign(now, { fails: false });
  await look();
  expect(now.runs).toBe(1);
});

test('two who ask at once share one run, the next one starts another', async () => {
  let runs = 0;
  const ask = oneAtATime(async () => {
    runs += 1;
    return runs;
  });
  expect(await Promise.all([ask(), ask()])).toEqual([1, 1]);
  expect(await ask()).toBe(2);
});

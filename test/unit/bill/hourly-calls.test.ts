import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createHourlyCalls } from '../../../lib/bill/hourly-calls.ts';
import { WorldError } from '../../../lib/errors.ts';
import { createMemoryTable } from '../../../lib/ledger/memory-table.ts';
import { virtualTime } from './virtual-time.ts';

const hourMs = 3_600_000;

test('never more calls in a clock hour than the budget, over all processes and hours', async () => {
  const step = fc.record({ process: fc.nat(3), waitMs: fc.constantFrom(0, 0, 0, 60_000, 20 * 60_000) });
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 300 }),
      fc.array(step, { maxLength: 700 }),
      async (budget, steps) => {
        const time = virtualTime();
        const table = createMemoryTable();
        const processes = [0, 1, 2, 3].map(() => createHourlyCalls({ table, clock: time }, budget));
        const byHour = new Map<number, number>();
        for (const { process, waitMs } of steps) {
          time.advance(waitMs);
          const calls = processes[process];
          if (calls === undefined) continue;
          if (!calls.take()) {
            const spent = await calls.reserve().then(() => false, isSpent);
            if (spent || !calls.take()) continue;
          }
          const hour = Math.floor(time.now() / hourMs);
          byHour.set(hour, (byHour.get(hour) ?? 0) + 1);
        }
        for (const count of byHour.values()) expect(count).toBeLessThanOrEqual(budget);
      },
    ),
  );
});

test('a block that is left over is not carried into the next hour', async () => {
  const time = virtualTime(Date.parse('2026-11-24T05:59:59.000Z'));
  const calls = createHourlyCalls({ table: createMemoryTable(), clock: time }, 18_000);
  await calls.reserve();
  expect(calls.take()).toBe(true);

  time.advance(1_000);

  expect(calls.take()).toBe(false);
});

test('all of the budget can be used by one process, and then the next hour has to come', async () => {
  const time = virtualTime(Date.parse('2026-11-24T05:30:00.000Z'));
  const calls = createHourlyCalls({ table: createMemoryTable(), clock: time }, 45);
  let made = 0;
  const error = await (async () => {
    for (;;)
      if (calls.take()) made += 1;
      else await calls.reserve();
  })().catch((thrown: unknown) => thrown);

  expect(made).toBe(45);
  expect(error).toMatchObject({
    code: 'BILL_BUDGET_SPENT',
    retryAfterMs: hourMs / 2,
    mayHaveHappened: false,
  });
});

test('blocks: 20 calls of a large budget, few of a small one, so that idle processes hold little', async () => {
  const table = createMemoryTable();
  const time = virtualTime();
  const reserved = async () => (await table.get({ pk: 'BILL-GATE', sk: 'BUDGET' }))?.body;

  await createHourlyCalls({ table, clock: time }, 18_000).reserve();
  expect(await reserved()).toEqual({ hour: '2026-11-24T05', reserved: 20 });
  await createHourlyCalls({ table, clock: time }, 100).reserve();
  expect(await reserved()).toEqual({ hour: '2026-11-24T05', reserved: 22 });
});

test('a process whose clock is behind counts in the hour that others have reached', async () => {
  const table = createMemoryTable();
  const ahead = virtualTime(Date.parse('2026-11-24T06:00:00.500Z'));
  const behind = virtualTime(Date.parse('2026-11-24T05:59:59.900Z'));
  await createHourlyCalls({ table, clock: ahead }, 1_000).reserve();
  const late = createHourlyCalls({ table, clock: behind }, 1_000);

  await late.reserve();

  expect(late.take()).toBe(true);
  expect((await table.get({ pk: 'BILL-GATE', sk: 'BUDGET' }))?.body).toEqual({
    hour: '2026-11-24T06',
    reserved: 40,
  });
});

function isSpent(error: unknown): boolean {
  if (!(error instanceof WorldError)) throw error;
  expect(error.code).toBe('BILL_BUDGET_SPENT');
  return true;
}

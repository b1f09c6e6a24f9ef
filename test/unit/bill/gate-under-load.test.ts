import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBill } from '../../../lib/bill/create-bill.ts';
import { readGateState } from '../../../lib/bill/gate-state.ts';
import { mostLoginsPerHour } from '../../../lib/bill/session.ts';
import { WorldError } from '../../../lib/errors.ts';
import { type Http, HttpFailure, type HttpRequest, type HttpResponse } from '../../../lib/http/http.ts';
import { createMemoryTable } from '../../../lib/ledger/memory-table.ts';
import type { Table } from '../../../lib/ledger/table.ts';
import { type Random, seededRandom } from '../../../lib/random.ts';
import { answer, isLogin, observed, refusal, secret, secretsOf } from './bill-world.ts';
import { between, type VirtualTime, virtualTime } from './virtual-time.ts';

/** BILL as the law sees it: counts what is in flight, whoever lives or dies on our side. */
interface Bill {
  readonly http: Http;
  readonly mostInFlight: () => number;
  readonly mostLoginsInFlight: () => number;
  readonly callsByHour: Map<number, number>;
  readonly logins: number[];
}

const vendor = { id: '009EXAMPLE', name: 'Example Ltd', createdTime: 'a', updatedTime: 'b' };

function slowBill(time: VirtualTime, random: Random): Bill {
  const callsByHour = new Map<number, number>();
  const logins: number[] = [];
  let inFlight = 0;
  let most = 0;
  let loginsInFlight = 0;
  let mostLogins = 0;
  let session = 0;
  const sessionIsGood = (request: HttpRequest) => request.headers.sessionid === `session-${session}`;

  function answerTo(request: HttpRequest): HttpResponse {
    const chance = random.next();
    if (chance < 0.02) return refusal(422, 'BDC_1322');
    if (chance < 0.04) return answer(503, '<html>Service unavailable</html>');
    if (chance < 0.05) throw new HttpFailure('ECONNRESET', true, 'The connection broke.');
    if (isLogin(request)) {
      session += 1;
      return answer(200, { sessionId: `session-${session}` });
    }
    if (chance < 0.08 || !sessionIsGood(request)) return refusal(401, 'BDC_1109');
    return answer(200, vendor);
  }

  return {
    callsByHour,
    logins,
    mostInFlight: () => most,
    mostLoginsInFlight: () => mostLogins,
    http: async (request) => {
      const hour = Math.floor(time.now() / 3_600_000);
      callsByHour.set(hour, (callsByHour.get(hour) ?? 0) + 1);
      if (isLogin(request)) logins.push(time.now());
      inFlight += 1;
      loginsInFlight += isLogin(request) ? 1 : 0;
      most = Math.max(most, inFlight);
      mostLogins = Math.max(mostLogins, loginsInFlight);
      try {
        await time.sleep(random.next() < 0.4 ? between(random, 30_000, 60_000) : between(random, 50, 3_000));
        return answerTo(request);
      } finally {
        inFlight -= 1;
        loginsInFlight -= isLogin(request) ? 1 : 0;
      }
    },
  };
}

/** Doors that take time, and behind which a worker dies for ever once its lives are spent. */
function mortal(time: VirtualTime, random: Random, table: Table, http: Http, lives: number) {
  let left = lives;
  const through = async <T>(act: () => Promise<T>): Promise<T> => {
    left -= 1;
    if (left < 0) return new Promise<T>(() => {});
    await time.sleep(random.next() < 0.02 ? between(random, 500, 2_000) : between(random, 1, 20));
    const result = await act();
    await time.sleep(between(random, 1, 20));
    return left === 0 ? new Promise<T>(() => {}) : result;
  };
  const doors: { table: Table; http: Http } = {
    table: {
      get: (key) => through(() => table.get(key)),
      put: (item) => through(() => table.put(item)),
      delete: (key, version) => through(() => table.delete(key, version)),
      query: (pk, range) => through(() => table.query(pk, range)),
      queryIndex: (index, value, range) => through(() => table.queryIndex(index, value, range)),
    },
    http: (request) => (left <= 0 ? new Promise(() => {}) : http(request)),
  };
  return doors;
}

async function work(seed: number, { workers, rounds, callsPerHour }: Record<string, number>) {
  const random = seededRandom(seed);
  const time = virtualTime(Date.parse('2026-11-24T05:58:30.000Z'));
  const table = createMemoryTable();
  const bill = slowBill(time, random);
  let served = 0;
  const refused = new Map<string, number>();

  async function worker(number: number): Promise<void> {
    const lives = random.next() < 0.3 ? between(random, 1, 60) : Number.POSITIVE_INFINITY;
    const gateway = createBill({
      ...mortal(time, random, table, bill.http, lives),
      clock: time,
      random,
      observe: observed(),
      secrets: secretsOf({ secret }),
      callsPerHour: callsPerHour ?? 0,
      holder: `worker-${number}`,
    });
    for (let round = 0; round < (rounds ?? 0); round += 1) {
      try {
        await gateway.withLease('hand-over-invoice', async (calls) => {
          for (let call = between(random, 1, 6); call > 0; call -= 1) await calls.vendor('009EXAMPLE');
        });
        served += 1;
      } catch (error) {
        if (!(error instanceof WorldError)) throw error;
        refused.set(error.code, (refused.get(error.code) ?? 0) + 1);
        await time.sleep(Math.min(error.retryAfterMs ?? 5_000, 30_000) + between(random, 0, 5_000));
      }
    }
  }

  const failures: unknown[] = [];
  for (let number = 1; number <= (workers ?? 0); number += 1)
    worker(number).catch((error) => failures.push(error));
  await time.run();
  if (failures.length > 0) throw failures[0];
  return { bill, table, time, served, refused };
}

/** The greatest number of `times` within any hour. */
function mostWithinAnHour(times: readonly number[]): number {
  return Math.max(
    0,
    ...times.map((start) => times.filter((time) => time >= start && time < start + 3_600_000).length),
  );
}

test('three calls at once, the budget, one login at a time: whatever the timing, whoever dies', async () => {
  let served = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.integer(),
      fc.integer({ min: 2, max: 9 }),
      fc.constantFrom(20, 60, 18_000),
      async (seed, workers, callsPerHour) => {
        const result = await work(seed, { workers, rounds: 6, callsPerHour });
        const { bill } = result;
        served += result.served;
        expect(bill.mostInFlight()).toBeLessThanOrEqual(3);
        expect(bill.mostLoginsInFlight()).toBeLessThanOrEqual(1);
        expect(mostWithinAnHour(bill.logins)).toBeLessThanOrEqual(mostLoginsPerHour);
        for (const calls of bill.callsByHour.values()) expect(calls).toBeLessThanOrEqual(callsPerHour);
      },
    ),
    { numRuns: 60 },
  );
  expect(served).toBeGreaterThan(200);
});

test('the property is not idle: all three leases are used, and the smallest budget is spent', async () => {
  const { bill, refused, table, time } = await work(7, { workers: 9, rounds: 8, callsPerHour: 8 });

  expect(bill.mostInFlight()).toBe(3);
  expect(refused.get('BILL_BUDGET_SPENT')).toBeGreaterThan(0);
  expect((await readGateState(table, time)).mostInFlight).toBeGreaterThan(1);
});

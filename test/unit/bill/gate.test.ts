import { describe, expect, test } from 'vitest';
import { nextClosure } from '../../../lib/bill/gate-closing.ts';
import { readGateState } from '../../../lib/bill/gate-state.ts';
import { WorldError } from '../../../lib/errors.ts';
import { createMemoryTable } from '../../../lib/ledger/memory-table.ts';
import type { Table } from '../../../lib/ledger/table.ts';
import { answer, billWorld, refusal, withLogins } from './bill-world.ts';
import { virtualTime } from './virtual-time.ts';

const vendor = { id: '009EXAMPLE', name: 'Example Ltd', createdTime: 'a', updatedTime: 'b' };
const good = withLogins(async () => answer(200, vendor)).http;

const thrownBy = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('leases', () => {
  test('a lease is held during the work and free after it, also when the work fails', async () => {
    const world = billWorld(good);
    const { bill, table, clock } = world;

    await bill.withLease('poll', async (calls) => {
      await calls.vendor('009EXAMPLE');
      expect((await readGateState(table, clock)).leasesInUse).toEqual([
        { holder: 'holder-1', purpose: 'poll', since: '2026-11-24T05:30:00.000Z' },
      ]);
    });
    const failed = await thrownBy(
      bill.withLease('poll', async () => {
        throw new Error('The work failed.');
      }),
    );

    expect(failed).toEqual(new Error('The work failed.'));
    expect((await readGateState(table, clock)).leasesInUse).toEqual([]);
  });

  test('a fourth caller waits with pauses, then gives up after ten seconds without a call', async () => {
    const world = billWorld(good);
    const { bill, time } = world;
    const started = time.now();
    const release: (() => void)[] = [];
    const holders = [1, 2, 3].map(() =>
      bill.withLease('poll', () => new Promise<void>((done) => release.push(done))),
    );
    await time.settle();
    const fourth = thrownBy(bill.withLease('poll', async () => undefined));

    await time.run();

    expect(await fourth).toMatchObject({ code: 'BILL_GATE_BUSY', mayHaveHappened: false });
    expect(await fourth).toBeInstanceOf(WorldError);
    expect(time.now() - started).toBeGreaterThan(7_000);
    expect(time.now() - started).toBeLessThanOrEqual(10_000);
    for (const done of release) done();
    await Promise.all(holders);
  });

  test('a waiting caller gets the lease that becomes free', async () => {
    const { bill, time } = billWorld(good);
    const others = [1, 2, 3].map(() => bill.withLease('poll', () => time.sleep(3_000)));
    await time.settle();
    const fourth = bill.withLease('poll', async () => time.now());
    const started = time.now();

    await time.run();

    await Promise.all(others);
    expect((await fourth) - started).toBeGreaterThanOrEqual(3_000);
  });

  test('the leases of a dead process are free after ninety seconds', async () => {
    const table = createMemoryTable();
    const dead = billWorld(good, { table });
    for (const _ of [1, 2, 3]) dead.bill.withLease('poll', () => new Promise(() => {}));
    await dead.time.run();

    const soon = billWorld(good, { table, seed: 2 });
    const refused = thrownBy(soon.bill.withLease('poll', async () => 'done'));
    await soon.time.run();
    const late = billWorld(good, { table, clock: virtualTime(dead.time.now() + 90_000), seed: 3 });

    expect(await refused).toMatchObject({ code: 'BILL_GATE_BUSY' });
    expect(await late.bill.withLease('poll', async () => 'done')).toBe('done');
  });

  test('a lease that somebody else took meanwhile is lost: no call is made', async () => {
    const { http, requests } = withLogins(async () => answer(200, vendor));
    const table = createMemoryTable();
    const slow = billWorld(http, { table });

    const error = await thrownBy(
      slow.bill.withLease('poll', async (calls) => {
        slow.time.advance(91_000);
        const other = billWorld(good, { table, clock: slow.time, seed: 2 });
        await Promise.all([1, 2, 3].map(() => other.bill.withLease('poll', async () => undefined)));
        await calls.vendor('009EXAMPLE');
      }),
    );

    expect(error).toMatchObject({ code: 'BILL_LEASE_LOST', mayHaveHappened: false });
    expect(requests).toEqual([]);
  });

  test('a long work renews its lease before a call, and nobody can take it', async () => {
    const { bill, time, table } = billWorld(good);
    const until = async () => {
      const { items } = await table.query('BILL-GATE', { prefix: 'LEASE#' });
      return items
        .map((item) => (item.body as { held?: { expiresAt: string } }).held?.expiresAt)
        .find(Boolean);
    };

    await bill.withLease('poll', async (calls) => {
      const before = await until();
      time.advance(19_000);
      await calls.vendor('009EXAMPLE');
      expect(await until()).toBe(before);
      time.advance(2_000);
      await calls.vendor('009EXAMPLE');
      expect(await until()).toBe('2026-11-24T05:31:51.000Z');
    });
  });

  test('calls that a work makes at once go out one after the other', async () => {
    let inFlight = 0;
    let most = 0;
    const world = billWorld(
      withLogins(async () => {
        inFlight += 1;
        most = Math.max(most, inFlight);
        await world.time.sleep(100);
        inFlight -= 1;
        return answer(200, vendor);
      }).http,
    );

    const work = world.bill.withLease('poll', (calls) =>
      Promise.all([1, 2, 3].map(() => calls.vendor('009EXAMPLE'))),
    );
    await world.time.run();

    expect(await work).toHaveLength(3);
    expect(most).toBe(1);
  });

  test('a call after the lease was given back is our own fault, and is not made', async () => {
    const { http, requests } = withLogins(async () => answer(200, vendor));
    const { bill } = billWorld(http);
    const calls = await bill.withLease('poll', async (given) => given);

    await expect(calls.vendor('009EXAMPLE')).rejects.toThrow('after its lease was given back');
    expect(requests).toEqual([]);
  });

  test('a lease that cannot be given back hides neither the result nor the failure of the work', async () => {
    const table = createMemoryTable();
    let broken = false;
    const fragile: Table = {
      ...table,
      put: async (item) => {
        if (broken) throw new Error('The ledger is away.');
        return table.put(item);
      },
    };
    const { bill, observe } = billWorld(good, { table: fragile });

    const result = await bill.withLease('poll', async () => {
      broken = true;
      return 'done';
    });

    expect(result).toBe('done');
    expect(observe.events).toEqual(['lease-left-to-expire']);
  });
});

describe('closing', () => {
  const at = Date.parse('2026-11-24T05:30:00.000Z');

  test.each([422, 429, 400, 200])(
    'BDC_1322 with HTTP %i closes the gate for everybody for some seconds',
    async (status) => {
      const table = createMemoryTable();
      const { http, requests } = withLogins(async () => refusal(status, 'BDC_1322'));
      const { bill, clock, observe } = billWorld(http, { table });

      const refused = await thrownBy(bill.withLease('poll', (calls) => calls.vendor('009EXAMPLE')));
      const made = requests.length;
      const other = billWorld(http, { table, clock, seed: 2 });
      const kept = await thrownBy(other.bill.withLease('poll', (calls) => calls.vendor('009EXAMPLE')));

      expect(refused).toMatchObject({ code: 'BDC_1322', mayHaveHappened: false });
      expect(kept).toMatchObject({ code: 'BILL_GATE_CLOSED' });
      expect((kept as WorldError).retryAfterMs).toBeGreaterThanOrEqual(2_000);
      expect((kept as WorldError).retryAfterMs).toBeLessThanOrEqual(2_500);
      expect(requests).toHaveLength(made);
      expect(observe.events).toContain('gate-closed');
    },
  );

  test.each([422, 200])('BDC_1144 with HTTP %i closes it until the next clock hour', async (status) => {
    const { http } = withLogins(async () => refusal(status, 'BDC_1144'));
    const { bill, table, clock } = billWorld(http);

    await thrownBy(bill.withLease('poll', (calls) => calls.vendor('009EXAMPLE')));

    expect((await readGateState(table, clock)).closed).toEqual({
      until: '2026-11-24T06:00:05.000Z',
      reason: 'hour-spent',
    });
  });

  test('an outage closes it too, and the calls after that of the same work are not made', async () => {
    const { http, requests } = withLogins(async () => answer(503, '<html>Service unavailable</html>'));
    const { bill } = billWorld(http);

    const errors = await bill.withLease('poll', async (calls) => [
      await thrownBy(calls.vendor('009EXAMPLE')),
      await thrownBy(calls.vendor('009EXAMPLE')),
    ]);

    expect(errors).toMatchObject([{ code: 'BILL_UNAVAILABLE' }, { code: 'BILL_GATE_CLOSED' }]);
    expect(requests).toHaveLength(2);
  });

  test('it opens by itself', async () => {
    let down = true;
    const { http } = withLogins(async () => (down ? answer(503, '') : answer(200, vendor)));
    const { bill, time } = billWorld(http);
    await thrownBy(bill.withLease('poll', (calls) => calls.vendor('009EXAMPLE')));
    down = false;
    time.advance(7_000);

    expect(await bill.withLease('poll', (calls) => calls.vendor('009EXAMPLE'))).toMatchObject({
      id: '009EXAMPLE',
    });
  });

  test('the wait doubles while closures follow each other, up to its limit', () => {
    let closure = nextClosure(undefined, 'too-many-at-once', at, 0);
    const waits: number[] = [];
    for (let count = 0; count < 8 && closure; count += 1) {
      waits.push(Date.parse(closure.until) - Date.parse(closure.since));
      closure = nextClosure(closure, 'too-many-at-once', Date.parse(closure.until) + 1_000, 0);
    }

    expect(waits).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 64_000, 64_000]);
  });

  test('after a good while it begins anew', () => {
    const first = nextClosure(undefined, 'outage', at, 0);
    expect(nextClosure(first, 'outage', at + 5_000 + 34_999, 0)?.strikes).toBe(2);
    expect(nextClosure(first, 'outage', at + 5_000 + 35_000, 0)?.strikes).toBe(1);
  });

  test('three workers who meet one outage count once; a spent hour outweighs it, never the other way round', () => {
    const outage = nextClosure(undefined, 'outage', at, 0);
    expect(nextClosure(outage, 'outage', at + 1_000, 0)).toBeUndefined();
    const hour = nextClosure(outage, 'hour-spent', at + 1_000, 0);
    expect(hour?.until).toBe('2026-11-24T06:00:05.000Z');
    expect(nextClosure(hour, 'outage', at + 2_000, 0)).toBeUndefined();
    expect(nextClosure(hour, 'hour-spent', at + 2_000, 0)).toBeUndefined();
  });

  test('jitter lengthens the wait by a quarter at most', () => {
    const closure = nextClosure(undefined, 'outage', at, 0.999);
    expect(closure?.until).toBe('2026-11-24T05:30:06.249Z');
  });
});

describe('books', () => {
  test('calls per purpose, logins and reserved calls add up over processes and hours', async () => {
    const table = createMemoryTable();
    const clock = virtualTime();
    const one = billWorld(good, { table, clock });
    const other = billWorld(good, { table, clock, seed: 2 });
    const calls = (count: number) => async (bill: { vendor(id: string): Promise<unknown> }) => {
      for (let left = count; left > 0; left -= 1) await bill.vendor('009EXAMPLE');
    };

    await one.bill.withLease('hand-over-invoice', calls(3));
    await other.bill.withLease('poll', calls(2));
    clock.advance(3_600_000);
    await one.bill.withLease('poll', calls(1));

    expect(await readGateState(table, clock)).toEqual({
      leasesInUse: [],
      mostInFlight: 1,
      reservedThisHour: 20,
      calls: 7,
      callsByPurpose: { 'hand-over-invoice': 3, poll: 3, login: 1 },
      logins: 1,
    });
    expect(one.observe.counts).toEqual({ BillCalls: 5, BillLogins: 1 });
  });

  test('nothing is there before the first call', async () => {
    expect(await readGateState(createMemoryTable(), virtualTime())).toEqual({
      leasesInUse: [],
      mostInFlight: 0,
      reservedThisHour: 0,
      calls: 0,
      callsByPurpose: {},
      logins: 0,
    });
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sealOf } from '../../../lib/bill/session-seal.ts';
import { CredentialsError } from '../../../lib/errors.ts';
import type { HttpRequest } from '../../../lib/http/http.ts';
import { createMemoryTable } from '../../../lib/ledger/memory-table.ts';
import { answer, billWorld, isLogin, refusal, secret, secretsOf, withLogins } from './bill-world.ts';
import { virtualTime } from './virtual-time.ts';

const vendor = { id: '009EXAMPLE', name: 'Example Ltd', createdTime: 'a', updatedTime: 'b' };
const thrownBy = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );
const sessionOf = (request: HttpRequest | undefined) => request?.headers.sessionid;

/** A BILL that knows only the session of the last login, and refuses passwords other than `password`. */
function strictBill(password = secret.password) {
  let count = 0;
  let current = '';
  const requests: HttpRequest[] = [];
  return {
    requests,
    logins: () => requests.filter(isLogin).length,
    endSession: () => {
      current = '';
    },
    http: async (request: HttpRequest) => {
      requests.push(request);
      if (!isLogin(request))
        return sessionOf(request) === current ? answer(200, vendor) : refusal(401, 'BDC_1109');
      if (JSON.parse(request.body ?? '').password !== password)
        return refusal(400, 'BDC_1101', 'Wrong password.');
      count += 1;
      current = `session-${count}`;
      return answer(200, { sessionId: current });
    },
  };
}

const readVendor = (world: ReturnType<typeof billWorld>) =>
  world.bill.withLease('poll', (calls) => calls.vendor('009EXAMPLE'));

describe('the shared session', () => {
  test('one login serves all processes', async () => {
    const table = createMemoryTable();
    const bill = strictBill();
    for (const seed of [1, 2, 3]) {
      const world = billWorld(bill.http, { table, seed });
      await readVendor(world);
      await readVendor(world);
    }

    expect(bill.logins()).toBe(1);
    expect(bill.requests[0]).toEqual({
      method: 'POST',
      url: 'https://bill.example/connect/v3/login',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: '{"username":"connector@example.com","password":"example-password","organizationId":"008EXAMPLEORGANIZATI","devKey":"example-developer-key"}',
    });
    expect(bill.requests[1]?.headers).toEqual({
      accept: 'application/json',
      devkey: 'example-developer-key',
      sessionid: 'session-1',
    });
  });

  test.each([
    ['401 and BDC_1109', refusal(401, 'BDC_1109')],
    ['BDC_1109 with another status', refusal(400, 'BDC_1109')],
    ['401 without a body', answer(401, '')],
  ])('%s: one login, and the call once more; a create too, for it had no effect', async (_what, ended) => {
    const world = withLogins(async (request) =>
      sessionOf(request) === 'session-1' ? ended : answer(201, vendor),
    );
    const { bill } = billWorld(world.http);
    const address = { line1: 'Example Road 1', city: 'Exampleton', zipOrPostalCode: '00000', country: 'US' };

    const made = await bill.withLease('ensure-vendor', (calls) =>
      calls.createVendor({
        name: 'Example Ltd',
        accountType: 'BUSINESS',
        address,
        billCurrency: 'USD',
        payeeName: 'Example Ltd',
      }),
    );

    expect(made.id).toBe('009EXAMPLE');
    expect(world.requests.map(({ url }) => url.slice(url.lastIndexOf('/')))).toEqual([
      '/login',
      '/vendors',
      '/login',
      '/vendors',
    ]);
  });

  test('a new session that is refused too is not tried a third time', async () => {
    const world = withLogins(async () => refusal(401, 'BDC_1109'));

    const error = await thrownBy(readVendor(billWorld(world.http)));

    expect(error).toBeInstanceOf(CredentialsError);
    expect(error).toMatchObject({ code: 'BILL_SESSION_REFUSED' });
    expect(world.requests).toHaveLength(4);
  });

  test('who was refused takes the session that another process opened meanwhile', async () => {
    const table = createMemoryTable();
    const bill = strictBill();
    const one = billWorld(bill.http, { table });
    const other = billWorld(bill.http, { table, seed: 2 });
    await readVendor(one);
    await readVendor(other);
    bill.endSession();

    await readVendor(one);
    await readVendor(other);

    expect(bill.logins()).toBe(2);
    expect(bill.requests.filter((request) => !isLogin(request)).map(sessionOf)).toEqual([
      'session-1',
      'session-1',
      'session-1',
      'session-2',
      'session-1',
      'session-2',
    ]);
  });

  test('while one logs in the others wait and take its session', async () => {
    const table = createMemoryTable();
    const clock = virtualTime();
    const bill = strictBill();
    const http = async (request: HttpRequest) => {
      if (isLogin(request)) await clock.sleep(5_000);
      return bill.http(request);
    };

    const all = [1, 2, 3].map((seed) => readVendor(billWorld(http, { table, clock, seed })));
    await clock.run();

    expect(await Promise.all(all)).toHaveLength(3);
    expect(bill.logins()).toBe(1);
  });

  test('a process that dies while it logs in holds the others up for a while, not for ever', async () => {
    const table = createMemoryTable();
    const clock = virtualTime();
    const bill = strictBill();
    readVendor(billWorld(() => new Promise(() => {}), { table, clock }));
    await clock.run();

    const waited = thrownBy(readVendor(billWorld(bill.http, { table, clock, seed: 2 })));
    await clock.run();
    clock.advance(90_000);
    const vendorRead = await readVendor(billWorld(bill.http, { table, clock, seed: 3 }));

    expect(await waited).toMatchObject({ code: 'BILL_LOGIN_BUSY' });
    expect(vendorRead?.id).toBe('009EXAMPLE');
    expect(bill.logins()).toBe(1);
  });

  test('an outage of the login closes the gate and leaves no renewal behind', async () => {
    const { bill, time, table } = billWorld(async () => answer(503, ''));

    const error = await thrownBy(bill.withLease('poll', (calls) => calls.vendor('009EXAMPLE')));

    expect(error).toMatchObject({ code: 'BILL_UNAVAILABLE', mayHaveHappened: false });
    time.advance(7_000);
    await readVendor(billWorld(strictBill().http, { table, clock: time, seed: 2 }));
  });

  test('six logins an hour of our own, then it waits until the oldest is an hour ago', async () => {
    const { http, logins } = withLogins(async () => refusal(401, 'BDC_1109'));
    const world = billWorld(http);
    for (const _ of [1, 2, 3, 4, 5]) {
      await thrownBy(readVendor(world));
      world.time.advance(60_000);
    }

    const error = await thrownBy(readVendor(world));

    expect(logins()).toBe(6);
    expect(error).toMatchObject({ code: 'BILL_LOGINS_SPENT', retryAfterMs: 3_600_000 - 5 * 60_000 });
    world.time.advance(3_600_000 - 5 * 60_000);
    await thrownBy(readVendor(world));
    expect(logins()).toBeGreaterThan(6);
  });
});

describe('refused credentials', () => {
  const wrong = { ...secret, password: 'wrong-password' };

  test('are tried once, then left alone for an hour by everybody', async () => {
    const table = createMemoryTable();
    const clock = virtualTime();
    const bill = strictBill();
    const parts = { table, clock, secrets: secretsOf({ secret: wrong }) };
    const one = billWorld(bill.http, parts);

    const error = await thrownBy(readVendor(one));
    await thrownBy(readVendor(one));
    await thrownBy(readVendor(billWorld(bill.http, { ...parts, seed: 2 })));

    expect(error).toBeInstanceOf(CredentialsError);
    expect(error).toMatchObject({
      code: 'BILL_CREDENTIALS_REFUSED',
      message: expect.stringContaining('BDC_1101'),
    });
    expect(bill.logins()).toBe(1);
    expect(one.observe.events).toEqual(['credentials-refused']);
    clock.advance(3_600_000);
    await thrownBy(readVendor(one));
    expect(bill.logins()).toBe(2);
  });

  test('a corrected secret is tried at once, even where a cache still holds the wrong one', async () => {
    const bill = strictBill();
    const current = { secret: wrong, stale: wrong };
    const world = billWorld(bill.http, { secrets: secretsOf(current) });
    await thrownBy(readVendor(world));

    current.secret = secret;

    expect(await readVendor(world)).toMatchObject({ id: '009EXAMPLE' });
    expect(bill.logins()).toBe(2);
  });

  test('a cache that is behind does not cost the user a wrong login', async () => {
    const bill = strictBill();

    await readVendor(billWorld(bill.http, { secrets: secretsOf({ secret, stale: wrong }) }));

    expect(bill.logins()).toBe(1);
  });

  test.each(['BDC_1101', 'BDC_1102', 'BDC_1103', 'BDC_1107', 'BDC_1110', 'BDC_1111', 'BDC_1113', 'BDC_1999'])(
    '%s at the login means the credentials, known code or not',
    async (code) => {
      const world = billWorld(async () => refusal(400, code));

      const error = await thrownBy(readVendor(world));
      await thrownBy(readVendor(world));

      expect(error).toMatchObject({
        code: 'BILL_CREDENTIALS_REFUSED',
        message: expect.stringContaining(code),
      });
      expect(world.observe.counts).toEqual({ BillCalls: 1, BillLogins: 1, CredentialsRefused: 2 });
    },
  );
});

describe('what the ledger holds of it (I8)', () => {
  test('no session id and no part of the secret', async () => {
    const { http } = withLogins(async () => answer(200, vendor));
    const world = billWorld(http);
    await readVendor(world);

    const ledger = JSON.stringify([
      await world.table.query('BILL-SESSION'),
      await world.table.query('BILL-GATE'),
    ]);

    expect(ledger).toContain('sealed');
    for (const value of ['session-1', secret.password, secret.devKey, secret.username])
      expect(ledger).not.toContain(value);
  });

  test('only the same credentials open it', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (sessionId, password) => {
        const seal = sealOf(secret);
        const sealed = seal.seal(sessionId);
        expect(sealOf({ ...secret }).open(sealed)).toBe(sessionId);
        expect(sealOf({ ...secret, password: `${password}!` }).open(sealed)).toBeUndefined();
        expect(seal.open(`${sealed.slice(0, -6)}AAAAAA`)).not.toBe(sessionId);
      }),
    );
    expect(sealOf(secret).open('')).toBeUndefined();
  });

  test('the fingerprint follows every part of the credentials, and nothing else', () => {
    const { fingerprint } = sealOf(secret);
    for (const part of ['baseUrl', 'devKey', 'organizationId', 'username', 'password'] as const) {
      expect(sealOf({ ...secret, [part]: 'https://other.example' }).fingerprint).not.toBe(fingerprint);
    }
    expect(sealOf({ ...secret, webhookSecurityKey: 'rotated' }).fingerprint).toBe(fingerprint);
  });

  test('one id is sealed differently each time', () => {
    expect(sealOf(secret).seal('session-1')).not.toBe(sealOf(secret).seal('session-1'));
  });
});

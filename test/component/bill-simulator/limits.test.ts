import { expect, test } from 'vitest';
import { play, refusal } from './played.ts';

const HOUR = 3_600_000;

test('three calls in flight are answered, a fourth is refused whatever the others do (§2.1)', async () => {
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const played = play({ latency: () => gate });
  const waiting = [1, 2, 3].map(() => played.send('GET', '/v3/health'));
  const fourth = played.login();
  open();
  expect(refusal(await fourth)).toEqual([422, 'BDC_1322']);
  expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([200, 200, 200]);
  expect((await played.login()).status).toBe(200);
  expect(played.bill.statistics()).toMatchObject({ mostInFlight: 4, refusedByCode: { BDC_1322: 1 } });
});

test('calls one after the other are never in flight together; another key has three of its own', async () => {
  const { login, send, bill } = play();
  await login();
  for (let call = 0; call < 5; call += 1) await send('GET', '/v3/vendors');
  expect(bill.statistics()).toMatchObject({
    calls: 6,
    mostInFlight: 1,
    perOperation: { 'GET /v3/vendors': 5 },
  });
  const other = { devkey: bill.books.developerKeys[1] ?? '' };
  const replies = await Promise.all([
    ...[1, 2, 3].map(() => send('GET', '/v3/vendors')),
    ...[1, 2, 3].map(() => send('GET', '/v3/health', undefined, other)),
  ]);
  expect(replies.every(({ status }) => status === 200)).toBe(true);
});

test('calls of other programs with the same key count (§2.1)', async () => {
  const { login, bill } = play({ switches: { othersInFlight: 3 } });
  expect(refusal(await login())).toEqual([422, 'BDC_1322']);
  bill.switches.othersInFlight = 2;
  expect((await login()).status).toBe(200);
});

test.each([422, 429, 400, 200] as const)(
  'the hour ends at the call after its last one, status %i',
  async (status) => {
    const { login, send, office, clock } = play({ switches: { rateLimitStatus: status } });
    clock.advance(HOUR / 2);
    await login();
    office.spendCalls(19_998);
    expect((await send('GET', '/v3/vendors')).status).toBe(200);
    expect(refusal(await send('GET', '/v3/vendors'))).toEqual([status, 'BDC_1144']);
    clock.advance(HOUR / 2);
    expect((await send('GET', '/v3/vendors')).status).toBe(200);
  },
);

test('200 logins an hour per developer key, wrong ones included (§1.3)', async () => {
  const { login, clock } = play();
  for (let count = 0; count < 200; count += 1) await login();
  expect(refusal(await login())).toEqual([422, 'BDC_1144']);
  clock.advance(HOUR);
  expect((await login()).status).toBe(200);
});

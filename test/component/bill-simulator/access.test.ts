import { expect, test } from 'vitest';
import { at, play, refusal } from './played.ts';

const MINUTE = 60_000;

test('a login answers session, organization and user (§1.3)', async () => {
  const { login, secret } = play();
  const reply = await login();
  expect(reply.status).toBe(200);
  expect(reply.json).toEqual({
    sessionId: expect.stringMatching(/^[A-Za-z0-9]{20,}$/),
    organizationId: secret.organizationId,
    userId: expect.stringMatching(/^006/),
    trusted: false,
  });
  expect(secret.organizationId).toMatch(/^008.{17}$/);
});

test.each([
  ['a wrong password', { password: 'wrong' }, [400, 'BDC_1101']],
  ['an unknown user', { username: 'nobody' }, [400, 'BDC_1101']],
  ['an unknown developer key', { devKey: 'other' }, [400, 'BDC_1102']],
  ['another organization', { organizationId: '008OTHER' }, [400, 'BDC_1123']],
  ['no organization', { organizationId: undefined }, [400, 'BDC_1108']],
])('a login with %s is refused', async (_what, change, expected) => {
  const { send, bill } = play();
  const { username, password, organizationId, devKey } = bill.secret('');
  const body = { username, password, organizationId, devKey, ...change };
  expect(refusal(await send('POST', '/v3/login', body, { devkey: '' }))).toEqual(expected);
  expect(bill.statistics()).toMatchObject({ logins: 0, refused: 1 });
});

test.each([
  ['user', 35],
  ['sync-token', 48 * 60],
] as const)('a session of a %s dies %i minutes after its last call', async (kind, minutes) => {
  const { login, send, clock } = play();
  await login(kind);
  for (let call = 0; call < 3; call += 1) {
    clock.advance(minutes * MINUTE - 1);
    expect((await send('GET', '/v3/login/session')).status).toBe(200);
  }
  clock.advance(minutes * MINUTE);
  const dead = await send('GET', '/v3/login/session');
  expect(dead.status).toBe(401);
  expect(dead.json).toEqual([
    {
      timestamp: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T[\d:.]{12}\+00:00$/),
      code: 'BDC_1109',
      severity: 'ERROR',
      category: 'DOWNSTREAM',
      message: expect.stringContaining('log in'),
    },
  ]);
});

test('a session is worth nothing with another developer key, after a logout, or without its headers', async () => {
  const { login, send, bill } = play();
  await login();
  const otherKey = { devkey: bill.books.developerKeys[1] ?? '' };
  expect(refusal(await send('GET', '/v3/vendors', undefined, otherKey))).toEqual([401, 'BDC_1109']);
  expect(refusal(await send('GET', '/v3/vendors', undefined, { devkey: 'x' }))).toEqual([400, 'BDC_1102']);
  expect(refusal(await send('GET', '/v3/vendors', undefined, { devkey: '' }))).toEqual([400, 'BDC_1108']);
  expect(refusal(await send('GET', '/v3/vendors', undefined, { sessionid: '' }))).toEqual([400, 'BDC_1108']);
  expect(refusal(await send('GET', '/v3/vendors', undefined, { sessionid: 'constructor' }))[0]).toBe(401);
  expect((await send('POST', '/v3/logout')).status).toBe(200);
  expect(refusal(await send('GET', '/v3/vendors'))).toEqual([401, 'BDC_1109']);
});

test('rights are per operation (§1.5)', async () => {
  const { login, send } = play({ switches: { withoutRights: ['GET /v3/bills'] } });
  await login();
  expect(refusal(await send('GET', '/v3/bills'))).toEqual([403, 'BDC_1145']);
  expect((await send('GET', '/v3/vendors')).status).toBe(200);
});

test('an unknown path and a body that is no JSON are refused', async () => {
  const { login, send } = play();
  await login();
  expect(refusal(await send('GET', '/v3/bank-accounts'))).toEqual([404, 'BDC_1121']);
  expect(refusal(await send('GET', '/v3/vendors/%zz'))).toEqual([404, 'BDC_1120']);
  expect(refusal(await send('GET', '/v3/vendors/a/b/c'))).toEqual([404, 'BDC_1121']);
  expect(refusal(await send('POST', '/v3/vendors', '{'))).toEqual([400, 'BDC_1122']);
  const asText = { 'content-type': 'text/plain' };
  expect(refusal(await send('POST', '/v3/vendors', '{}', asText))).toEqual([400, 'BDC_1122']);
});

test('an error comes in each of its forms, an outage as a page (§2.2)', async () => {
  const { send, bill } = play();
  const refused = () => send('GET', '/v3/vendors');
  bill.switches.errorForm = 'object';
  expect(at((await refused()).json, 'code')).toBe('BDC_1108');
  bill.switches.errorForm = 'html';
  expect((await refused()).text).toMatch(/^<html>/);
  bill.switches.errorForm = 'empty';
  expect(await refused()).toMatchObject({ status: 400, text: '' });
  bill.switches.outage = true;
  expect(await refused()).toMatchObject({ status: 503, text: expect.stringMatching(/^<html>/) });
});

test('health needs nobody', async () => {
  expect((await play().send('GET', '/v3/health', undefined, { devkey: '' })).status).toBe(200);
});

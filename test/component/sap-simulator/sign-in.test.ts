import { expect, test } from 'vitest';
import {
  at,
  basic,
  invoicesPath,
  origin,
  partnersPath,
  play,
  tokenForm,
  tokenHeaders,
  tokenPath,
} from './played.ts';

const root = `${invoicesPath}/`;

test('a token opens the services for as long as expires_in says', async () => {
  const { get, clock, sap } = await play();
  expect((await get(root)).status).toBe(200);
  clock.advance(3_599_000);
  expect((await get(root)).status).toBe(200);
  clock.advance(1_000);
  const late = await get(root);
  expect(late.status).toBe(401);
  expect(late.headers['content-type']).toContain('text/html');
  expect(sap.books.requests).toEqual({ token: 1, API_SUPPLIERINVOICE_PROCESS_SRV: 3 });
});

test.each([
  ['another grant', tokenForm.replace('client_credentials', 'password'), {}, 400, 'unsupported_grant_type'],
  ['no grant', '', {}, 400, 'invalid_request'],
  ['no form', tokenForm, { 'content-type': 'application/json' }, 400, 'invalid_request'],
  ['a wrong secret', tokenForm, { authorization: basic('BILLCONN', 'wrong') }, 401, 'invalid_client'],
  ['no client', tokenForm, { authorization: '' }, 401, 'invalid_client'],
])('the token endpoint refuses %s', async (_what, form, more, status, error) => {
  const { send, sap } = await play();
  const { auth } = sap.secret(origin);
  if (auth.type !== 'oauth2') throw new Error('OAuth expected');
  const headers = { ...tokenHeaders(auth.clientId, auth.clientSecret), ...more };
  const reply = await send('POST', tokenPath, headers, form);
  expect(reply.status).toBe(status);
  expect(at(reply.json, 'error')).toBe(error);
});

test('too many wrong secrets lock the user, the right one included, until someone unlocks it', async () => {
  const { send, sap, get, people } = await play({ switches: { lockAfterWrongSecrets: 2 } });
  const { auth } = sap.secret(origin);
  if (auth.type !== 'oauth2') throw new Error('OAuth expected');
  const ask = (secret: string) => send('POST', tokenPath, tokenHeaders(auth.clientId, secret), tokenForm);
  await ask('wrong');
  expect((await ask(auth.clientSecret)).status).toBe(200);
  await ask('wrong');
  await ask('wrong');
  expect((await ask(auth.clientSecret)).status).toBe(401);
  expect((await get(root)).status).toBe(401);
  people.unlockUser();
  expect((await ask(auth.clientSecret)).status).toBe(200);
});

test('an arrangement with Basic takes user and password, and no token', async () => {
  const { get, sap, headers } = await play({ switches: { authentication: 'basic' } });
  expect(sap.secret(origin).auth.type).toBe('basic');
  expect((await get(root)).status).toBe(200);
  headers.authorization = 'Bearer something';
  expect((await get(root)).status).toBe(401);
});

test('an arrangement with OAuth takes no Basic', async () => {
  const { get, sap } = await play();
  const { auth } = sap.secret(origin);
  if (auth.type !== 'oauth2') throw new Error('OAuth expected');
  const reply = await get(root, { authorization: basic(auth.clientId, auth.clientSecret) });
  expect(reply.status).toBe(401);
});

test('a service without its communication arrangement, and one that does not exist, answer 403', async () => {
  const { get } = await play({ switches: { missingArrangements: ['API_SUPPLIERINVOICE_PROCESS_SRV'] } });
  const missing = await get(root);
  expect([missing.status, at(missing.json, 'error.code')]).toEqual([403, '/IWFND/CM_CONSUMER/101']);
  expect(missing.headers['x-csrf-token']).toBeUndefined();
  expect((await get(`${partnersPath}/`)).status).toBe(200);
  const unknown = await get('/sap/opu/odata/sap/API_NOTHING_SRV/');
  expect([unknown.status, at(unknown.json, 'error.code')]).toEqual([403, '/IWFND/MED/170']);
  const unknownV4 = await get('/sap/opu/odata4/sap/api_purchaseorder/srvd_a2x/sap/purchaseorder/0001/');
  expect([unknownV4.status, at(unknownV4.json, 'error.message')]).toEqual([
    403,
    "No service found for namespace '', name 'api_purchaseorder', version '0001'",
  ]);
  expect((await get('/somewhere')).status).toBe(404);
});

test('in maintenance everything answers 503 as a page with Retry-After; throttling answers 429', async () => {
  const { get, send, sap } = await play();
  sap.switches.outage = 'maintenance';
  for (const reply of [await get(root), await send('POST', tokenPath)]) {
    expect([reply.status, reply.headers['retry-after']]).toEqual([503, '60']);
    expect(reply.json).toBeUndefined();
  }
  sap.switches.outage = undefined;
  sap.switches.throttleEvery = 3;
  const statuses = [];
  for (let call = 0; call < 6; call += 1) statuses.push((await get(root)).status);
  expect(statuses).toEqual([200, 200, 429, 200, 200, 429]);
});

test('a request target that is too long answers 414', async () => {
  const { get, sap } = await play();
  const target = `${invoicesPath}/A_SupplierInvoice?$filter=`;
  const longest = sap.switches.longestTarget;
  expect((await get(target.padEnd(longest, 'x'))).status).toBe(400);
  expect((await get(target.padEnd(longest + 1, 'x'))).status).toBe(414);
});

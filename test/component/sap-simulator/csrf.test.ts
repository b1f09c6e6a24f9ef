import { expect, test } from 'vitest';
import { at, invoicesPath, type Played, partnersPath, play } from './played.ts';

const release = `${invoicesPath}/Release?SupplierInvoice='5105600101'&FiscalYear='2026'&DiscountDaysHaveToBeShifted=false`;

async function fetchToken({ get }: Played, path = `${invoicesPath}/`, more: Record<string, string> = {}) {
  const reply = await get(path, { 'x-csrf-token': 'Fetch', ...more });
  const setCookie = reply.headers['set-cookie'];
  const cookies = Array.isArray(setCookie) ? setCookie.map((each) => each.split(';')[0] ?? '') : [];
  return { status: reply.status, token: String(reply.headers['x-csrf-token']), cookies };
}

function refusal({ status, headers }: Awaited<ReturnType<Played['send']>>) {
  return [status, headers['x-csrf-token']];
}

test('a write needs the token and all cookies of one live session', async () => {
  const played = await play();
  played.postInvoice({ paymentBlock: 'R' });
  const { token, cookies } = await fetchToken(played);
  expect(cookies).toHaveLength(3);
  const cookie = cookies.join('; ');
  expect(refusal(await played.send('POST', release))).toEqual([403, 'Required']);
  expect(refusal(await played.send('POST', release, { 'x-csrf-token': token }))).toEqual([403, 'Required']);
  expect(refusal(await played.send('POST', release, { cookie }))).toEqual([403, 'Required']);
  expect(refusal(await played.send('POST', release, { 'x-csrf-token': 'other', cookie }))).toEqual([
    403,
    'Required',
  ]);
  for (const left of cookies) {
    const incomplete = cookies.filter((each) => each !== left).join('; ');
    const reply = await played.send('POST', release, { 'x-csrf-token': token, cookie: incomplete });
    expect(refusal(reply)).toEqual([403, 'Required']);
  }
  const other = await fetchToken(played);
  expect(refusal(await played.send('POST', release, { 'x-csrf-token': other.token, cookie }))).toEqual([
    403,
    'Required',
  ]);
  const good = await played.send('POST', release, { 'x-csrf-token': token, cookie });
  expect([good.status, at(good.json, 'd.Release.Success')]).toEqual([200, true]);
  expect((await played.list(`${invoicesPath}/A_SupplierInvoice`)).rows[0]?.PaymentBlockingReason).toBe('');
});

test('one token serves all services, a session with cookies keeps its token, and it ends when idle', async () => {
  const played = await play();
  played.postInvoice();
  const { token, cookies } = await fetchToken(played, `${partnersPath}/`);
  const cookie = cookies.join('; ');
  expect(await fetchToken(played, undefined, { cookie })).toEqual({ status: 200, token, cookies: [] });
  played.clock.advance(29 * 60_000);
  expect((await played.send('POST', release, { 'x-csrf-token': token, cookie })).status).toBe(200);
  played.clock.advance(29 * 60_000);
  await played.signIn();
  expect((await played.send('POST', release, { 'x-csrf-token': token, cookie })).status).toBe(200);
  played.clock.advance(31 * 60_000);
  expect(refusal(await played.send('POST', release, { 'x-csrf-token': token, cookie }))).toEqual([
    403,
    'Required',
  ]);
});

test('a token comes with refusals too, never with a write', async () => {
  const played = await play();
  expect(await fetchToken(played, `${invoicesPath}/A_Nothing`)).toMatchObject({
    status: 404,
    cookies: { length: 3 },
  });
  expect(refusal(await played.send('POST', release, { 'x-csrf-token': 'Fetch' }))).toEqual([403, 'Required']);
});

test('HEAD gives a token without a body, or is refused where the switch says so', async () => {
  const played = await play();
  const head = await played.send('HEAD', `${invoicesPath}/`, { 'x-csrf-token': 'fetch' });
  expect([head.status, head.body]).toEqual([200, '']);
  expect(head.headers['x-csrf-token']).toMatch(/==$/);
  played.sap.switches.refusesHead = true;
  expect((await played.send('HEAD', `${invoicesPath}/`)).status).toBe(405);
});

test('functions take each parameter once, as a literal of its type', async () => {
  const played = await play();
  const key = played.postInvoice();
  const { token, cookies } = await fetchToken(played);
  const call = (target: string) =>
    played.send('POST', `${invoicesPath}/${target}`, { 'x-csrf-token': token, cookie: cookies.join('; ') });
  const invoice = `SupplierInvoice='${key.supplierInvoice}'&FiscalYear='2026'`;
  expect((await call(`Release?${invoice}`)).status).toBe(400);
  expect((await call(`Release?${invoice}&DiscountDaysHaveToBeShifted='no'`)).status).toBe(400);
  expect((await call(`Release?${invoice}&DiscountDaysHaveToBeShifted=true&More=1`)).status).toBe(400);
  expect((await call(`Post?${invoice}`)).status).toBe(400);
  const cancel = await call(
    `Cancel?${invoice}&ReversalReason='01'&PostingDate=datetime'2026-11-24T00:00:00'`,
  );
  expect(at(cancel.json, 'd.Cancel')).toMatchObject({
    Success: true,
    ReverseDocument: '5105600102',
    FiscalYear: '2026',
  });
  expect((await played.get(`${invoicesPath}/Post?${invoice}`)).status).toBe(405);
});

test('entity sets are not written: a supplier invoice is not updatable', async () => {
  const played = await play();
  const { token, cookies } = await fetchToken(played);
  const target = `${invoicesPath}/A_SupplierInvoice(SupplierInvoice='5105600101',FiscalYear='2026')`;
  const reply = await played.send(
    'PATCH',
    target,
    { 'x-csrf-token': token, cookie: cookies.join('; ') },
    '{}',
  );
  expect(reply.status).toBe(405);
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createBillSimulator } from '../../../lib/local/bill-simulator/create-bill-simulator.ts';
import { createHttpDelivery } from '../../../lib/local/bill-simulator/http-delivery.ts';
import { serveBillSimulator } from '../../../lib/local/bill-simulator/serve.ts';
import { seededRandom } from '../../../lib/random.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { newVendor } from './played.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A receiver that answers the statuses one after the other, then 200. */
async function receiver(statuses: number[]) {
  const received: { signature: string | undefined; body: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      received.push({ signature: String(request.headers['x-bill-sha-signature']), body });
      response.writeHead(statuses.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise((resolve) => server.close(resolve)));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/webhooks/bill`, received };
}

test('the same API on a real socket', async () => {
  const bill = createBillSimulator({ clock: manualClock(), random: seededRandom(1) });
  const { url, close } = await serveBillSimulator(bill, 0);
  closers.push(close);
  const { baseUrl, username, password, organizationId, devKey } = bill.secret(url);
  const json = { 'content-type': 'application/json' };
  const login = await fetch(`${baseUrl}/v3/login`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ username, password, organizationId, devKey }),
  });
  expect(login.headers.get('content-type')).toContain('application/json');
  const { sessionId } = (await login.json()) as { sessionId: string };
  const headers = { devKey, sessionId };
  const body = JSON.stringify({ ...newVendor, name: 'Müller & Söhne' });
  const created = await fetch(`${baseUrl}/v3/vendors`, {
    method: 'POST',
    headers: { ...headers, ...json },
    body,
  });
  expect(created.status).toBe(201);
  const filters = new URLSearchParams({ filters: 'name:eq:Müller & Söhne' });
  const found = await fetch(`${baseUrl}/v3/vendors?${filters}`, { headers });
  expect(await found.json()).toMatchObject({ results: [{ name: 'Müller & Söhne' }] });
  expect((await fetch(`${baseUrl}/v3/nothing`, { headers })).status).toBe(404);
});

test('four real requests at once: one is refused', async () => {
  let waiting = 0;
  let open = () => {};
  const all = new Promise<void>((resolve) => {
    open = resolve;
  });
  const latency = async () => {
    waiting += 1;
    if (waiting === 4) open();
    await all;
  };
  const bill = createBillSimulator({ clock: manualClock(), random: seededRandom(1), latency });
  const { url, close } = await serveBillSimulator(bill, 0);
  closers.push(close);
  const { baseUrl, devKey } = bill.secret(url);
  const headers = { devKey, sessionId: 'none' };
  const replies = await Promise.all([1, 2, 3, 4].map(() => fetch(`${baseUrl}/v3/vendors`, { headers })));
  expect(replies.map(({ status }) => status).sort()).toEqual([401, 401, 401, 422]);
  expect(bill.statistics().mostInFlight).toBe(4);
});

test.each([
  ['once when it is taken', [], 1, true],
  ['again after 2, 4, 8 and 16 seconds, until it is taken', [500, 202, 503, 404], 5, true],
  ['five times in vain: the subscription is switched off', [500, 500, 500, 500, 500], 5, false],
])('a notification is delivered %s (§9.4)', async (_what, statuses, times, enabled) => {
  const { url, received } = await receiver([...statuses]);
  const clock = manualClock();
  const started = clock.now();
  let finished = () => {};
  const done = new Promise<void>((resolve) => {
    finished = resolve;
  });
  const delivery = createHttpDelivery(clock, (eventId, status) => {
    bill.office.noteDelivery(eventId, status);
    finished();
  });
  closers.push(async () => delivery.close());
  const bill = createBillSimulator({
    clock,
    random: seededRandom(1),
    deliver: delivery.deliver,
    subscription: { notificationUrl: url },
  });
  bill.office.addVendor({ name: 'Acme' });
  await done;
  expect(received).toHaveLength(times);
  expect(new Set(received.map(({ body }) => body)).size).toBe(1);
  expect(clock.now() - started).toBe(([0, 2, 6, 14, 30][times - 1] as number) * 1000);
  const [subscription] = Object.values(bill.books.subscriptions);
  const [event] = Object.values(bill.books.events);
  expect(subscription?.enabled).toBe(enabled);
  expect(event?.statusCode).toBe(enabled ? 200 : 500);
});

test('a receiver that is not there counts as failed; a closed delivery tells nothing', async () => {
  const outcomes: number[] = [];
  const told = new Promise<void>((resolve) => {
    const delivery = createHttpDelivery(manualClock(), (_eventId, status) => {
      outcomes.push(status);
      resolve();
    });
    delivery.deliver({ url: 'http://127.0.0.1:1/', headers: {}, body: '{}', eventId: 'one' });
  });
  await told;
  expect(outcomes).toEqual([0]);
  const { url, received } = await receiver([]);
  const closed = createHttpDelivery(manualClock(), (_eventId, status) => outcomes.push(status));
  closed.close();
  closed.deliver({ url, headers: {}, body: '{}', eventId: 'two' });
  await fetch(url);
  expect([outcomes, received.length]).toEqual([[0], 1]);
});

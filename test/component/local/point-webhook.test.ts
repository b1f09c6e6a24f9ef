import { expect, test } from 'vitest';
import { createBill } from '../../../lib/bill/create-bill.ts';
import { systemClock } from '../../../lib/clock.ts';
import { createMemoryTable } from '../../../lib/ledger/memory-table.ts';
import { createBillSimulator } from '../../../lib/local/bill-simulator/create-bill-simulator.ts';
import { pointWebhook } from '../../../lib/local/run/point-webhook.ts';
import { seededRandom } from '../../../lib/random.ts';

const observe = { log: () => undefined, count: () => undefined };
const ownUrl = 'http://127.0.0.1:8787/webhooks/bill';
const tunnel = 'https://tunnel.example/webhooks/bill';
const elsewhere = 'https://stack.example/webhooks/bill';

/** BILL at an origin, with or without a subscription, and what pointing did to it. */
async function point(options: { origin: string; subscribed: boolean; webhookUrl?: string }) {
  const clock = systemClock;
  const bill = createBillSimulator({
    clock,
    random: seededRandom(1),
    ...(options.subscribed && { subscription: { notificationUrl: elsewhere } }),
  });
  const secret = bill.secret(options.origin);
  const secrets = { bill: async () => secret, sap: () => Promise.reject(new Error('SAP is not asked.')) };
  const random = seededRandom(2);
  const gateway = createBill({
    secrets,
    http: bill.handle,
    table: createMemoryTable(),
    clock,
    random,
    observe,
    callsPerHour: 100,
  });
  const keys: string[] = [];
  const { webhookUrl } = options;
  await pointWebhook({
    bill: gateway,
    secrets,
    random,
    webhookUrl,
    ownUrl,
    onSecurityKey: (key) => keys.push(key),
  });
  const urls = Object.values(bill.books.subscriptions).map(({ notificationUrl }) => notificationUrl);
  return { urls, keys, calls: bill.statistics().calls };
}

const loopback = 'http://127.0.0.1:8002';
const real = 'https://gateway.stage.bill.com';

test('a simulator on this machine is pointed here', async () => {
  expect(await point({ origin: loopback, subscribed: true })).toMatchObject({ urls: [ownUrl], keys: [] });
});

test('the subscription of a real organization is left alone, BILL is not even asked', async () => {
  expect(await point({ origin: real, subscribed: true })).toEqual({ urls: [elsewhere], keys: [], calls: 0 });
});

test('an address that is given counts everywhere', async () => {
  const given = { origin: real, webhookUrl: tunnel };
  expect(await point({ ...given, subscribed: true })).toMatchObject({ urls: [tunnel], keys: [] });
});

test('a subscription is made only for an address that is given, and its key is told', async () => {
  const made = await point({ origin: real, webhookUrl: tunnel, subscribed: false });
  expect(made).toMatchObject({ urls: [tunnel], keys: [expect.stringMatching(/^\w{20,}$/)] });
  expect(await point({ origin: loopback, subscribed: false })).toMatchObject({ urls: [], keys: [] });
});

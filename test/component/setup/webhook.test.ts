import { afterEach, beforeEach, expect, test } from 'vitest';
import { createBill } from '../../../lib/bill/create-bill.ts';
import type { Http } from '../../../lib/http/http.ts';
import { createMemoryTable } from '../../../lib/ledger/memory-table.ts';
import { createSubscription } from '../../../lib/local/setup/webhook.ts';
import { seededRandom } from '../../../lib/random.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { recordedObserve } from '../../support/recorded-observe.ts';
import { run } from './run.ts';
import { secretsFile, startTwoSides } from './two-sides.ts';

const url = 'https://hooks.example/webhooks/bill';
let sides: Awaited<ReturnType<typeof startTwoSides>>;

beforeEach(async () => {
  sides = await startTwoSides({ subscription: false });
});

afterEach(() => sides.close());

/** The secrets of somebody who has no subscription yet. */
const newcomer = () => {
  const { sap, bill } = sides.secrets;
  return secretsFile({ sap, bill: { ...bill, webhookSecurityKey: '' } });
};
const subscriptions = () => Object.values(sides.bill.books.subscriptions);

test('create makes the subscription, and --store writes its key into the secrets and shows it to nobody', async () => {
  const file = newcomer();
  const { code, stdout } = await run('webhook', 'create', '--url', url, '--secrets', file.path, '--store');
  const [made, ...others] = subscriptions();
  expect([code, others, made?.notificationUrl]).toEqual([0, [], url]);
  expect(made?.events.map(({ type }) => type)).toEqual([
    'payment.updated',
    'payment.failed',
    'vendor.created',
    'vendor.updated',
    'vendor.archived',
    'vendor.restored',
  ]);
  expect(file.read().bill).toEqual({ ...sides.secrets.bill, webhookSecurityKey: made?.securityKey });
  expect(stdout).not.toContain(made?.securityKey);
  expect(stdout).toContain(file.path);
});

test('create without --store shows the key once, and where to put it', async () => {
  const { stdout } = await run('webhook', 'create', '--url', url, '--secrets', newcomer().path);
  expect(stdout).toContain(subscriptions()[0]?.securityKey);
  expect(stdout).toContain('"webhookSecurityKey"');
});

test('create again makes no second one and says what to do', async () => {
  const file = newcomer();
  await run('webhook', 'create', '--url', url, '--secrets', file.path, '--store');
  const { code, stderr } = await run('webhook', 'create', '--url', url, '--secrets', file.path);
  expect([code, subscriptions().length]).toEqual([1, 1]);
  expect(stderr).toMatch(/already.*\n.*webhook rotate/);
});

test('an answer that was lost is asked for again with the same idempotent key: BILL makes one subscription', async () => {
  let lost = 0;
  const http: Http = async (request) => {
    const answer = await sides.bill.handle(request);
    const isCreate = request.method === 'POST' && request.url.endsWith('/v3/subscriptions');
    if (!isCreate || lost > 0) return answer;
    lost += 1;
    return { ...answer, status: 502, body: '' };
  };
  const clock = manualClock(Date.parse('2026-11-24T05:00:00.000Z'));
  const doors = { clock, random: seededRandom(3) };
  const secrets = { sap: async () => sides.secrets.sap, bill: async () => sides.secrets.bill };
  const gate = { table: createMemoryTable(), observe: recordedObserve(), callsPerHour: 1_000 };
  const bill = createBill({ ...doors, ...gate, secrets, http });
  const created = await createSubscription({ bill }, doors, { url, name: 'ml-connector' });
  expect([lost, subscriptions().length]).toEqual([1, 1]);
  expect(created.securityKey).toBe(subscriptions()[0]?.securityKey);
});

test('list, test and rotate: the key before stays valid beside the new one', async () => {
  const file = newcomer();
  const at = ['--secrets', file.path];
  expect((await run('webhook', 'list', ...at)).stdout).toBe('BILL has no webhook subscription.\n');
  await run('webhook', 'create', '--url', url, ...at, '--store');
  const before = file.read().bill.webhookSecurityKey;
  const id = subscriptions()[0]?.id ?? '';
  expect((await run('webhook', 'list', ...at)).stdout).toContain(`${id}  on  ${url}`);
  expect((await run('webhook', 'test', ...at)).stdout).toContain(`BILL sends a sample event to ${url}`);
  expect((await run('webhook', 'rotate', ...at, '--store')).code).toBe(0);
  const after = file.read().bill;
  expect(after.webhookSecurityKey).toBe(subscriptions()[0]?.securityKey);
  expect(after.webhookSecurityKey).not.toBe(before);
  expect(after.webhookSecurityKeyPrevious).toBe(before);
});

test.each([
  [['webhook', 'rotate'], /has no subscription.*\n.*webhook create/],
  [['webhook', 'test', 'nonsense'], /no subscription nonsense/],
  [['webhook', 'create'], /address.*\n.*--url/],
  [['webhook', 'create', '--url', 'http://plain.example/x'], /whole https address/],
])('%j is told in words', async (args, told) => {
  const { code, stderr } = await run(...args, '--secrets', newcomer().path);
  expect([code, stderr]).toEqual([1, expect.stringMatching(told)]);
  expect(stderr).not.toMatch(/\n\s+at /);
});

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createHandler as createPollBill } from '../../../functions/poll-bill.ts';
import { createHandler as createPollSap } from '../../../functions/poll-sap.ts';
import { createHandler as createReadBothSides } from '../../../functions/read-both-sides.ts';
import { createHandler as createReceiveBillEvent } from '../../../functions/receive-bill-event.ts';
import { createHandler as createWriteBill } from '../../../functions/write-bill.ts';
import { createHandler as createWriteSap } from '../../../functions/write-sap.ts';
import { isoDate, systemClock } from '../../../lib/clock.ts';
import { createBillSimulator } from '../../../lib/local/bill-simulator/create-bill-simulator.ts';
import type { Notification } from '../../../lib/local/bill-simulator/notifications.ts';
import { serveBillSimulator } from '../../../lib/local/bill-simulator/serve.ts';
import { createSapSimulator } from '../../../lib/local/sap-simulator/create-sap-simulator.ts';
import { serveSapSimulator } from '../../../lib/local/sap-simulator/serve.ts';
import { seededRandom } from '../../../lib/random.ts';
import { isAllowed } from '../../stack/iam.ts';
import { functionNames, namedResources, statementsOf } from '../../stack/named-resources.ts';
import { Synthesized } from '../../stack/synthesized.ts';
import { Cloud } from './cloud.ts';

/** The functions as they are deployed, both sides as servers; each AWS call is judged by the role of its function. */
const clock = systemClock;
const today = isoDate(clock.now());
const notifications: Notification[] = [];
const sap = createSapSimulator({ clock, random: seededRandom(1) });
const bill = createBillSimulator({
  clock,
  random: seededRandom(2),
  subscription: { notificationUrl: 'http://127.0.0.1:1/webhooks/bill', events: ['payment.updated'] },
  deliver: (notification) => notifications.push(notification),
});
const closing: (() => Promise<void>)[] = [];
let cloud: Cloud;
let played: Awaited<ReturnType<typeof playBothJourneys>>;

beforeAll(async () => {
  const servedSap = await serveSapSimulator(sap, 0);
  const servedBill = await serveBillSimulator(bill, 0);
  cloud = await Cloud.start({
    sap: JSON.stringify(sap.secret(servedSap.url)),
    bill: JSON.stringify(bill.secret(servedBill.url)),
  });
  closing.push(() => cloud.close(), servedSap.close, servedBill.close);
  for (const [name, value] of Object.entries(cloud.environment)) vi.stubEnv(name, value);
  setUpTheFirm();
  played = await playBothJourneys();
});

afterAll(async () => {
  vi.unstubAllEnvs();
  for (const close of closing) await close();
});

test('an approved invoice becomes a bill, and its cleared payment a journal entry', () => {
  expect(played).toEqual({
    found: { found: 1, queued: 1 },
    rechecked: expect.objectContaining({ queued: 0 }),
    handedOver: { batchItemFailures: [] },
    looks: [{ batchItemFailures: [] }, { batchItemFailures: [] }, 1],
    notified: expect.objectContaining({ statusCode: 200, body: '{"code":"TAKEN"}' }),
    paymentsFound: expect.objectContaining({ found: 1 }),
    returned: { batchItemFailures: [] },
  });
  expect(Object.values(bill.books.bills)).toMatchObject([{ invoiceNumber: 'ES-2026-1', archived: false }]);
  const [payment = ''] = Object.keys(bill.books.payments);
  expect(JSON.stringify(sap.canonical())).toContain(payment.slice(0, 20).toUpperCase());
});

test('a forged notification changes nothing and reaches no queue', async () => {
  const before = cloud.callsOf('ReceiveBillEvent').length;
  const { body = '' } = notifications.at(-1) ?? {};
  const forged = { body, headers: { 'x-bill-sha-signature': 'Zm9yZ2Vk' } };
  expect(await deliver(forged)).toMatchObject({ statusCode: 401, body: '{"code":"WRONG_SIGNATURE"}' });
  expect(cloud.callsOf('ReceiveBillEvent')).toHaveLength(before);
});

test('while a secret is empty, the function fails and says which and what to do', async () => {
  const { sap: filled = '' } = cloud.secrets;
  cloud.secrets.sap = '{}';
  cloud.endProcess('PollSap');
  const poll = createPollSap(cloud.runtimeOf('PollSap'))({ task: 'find-invoices' });
  await expect(poll).rejects.toMatchObject({ code: 'SECRET_EMPTY', message: expect.stringContaining('sap') });
  cloud.secrets.sap = filled;
});

describe('every AWS call that a function made is allowed by its role', () => {
  const stack = new Synthesized();
  const resources: Record<string, string> = namedResources(stack);

  test.each(functionNames)('%s', (name) => {
    const statements = statementsOf(stack, `Functions/${name}/Role`);
    const calls = cloud.callsOf(name);
    expect(calls.length).toBeGreaterThan(0);
    const denied = calls.filter(
      ({ action, on }) => !isAllowed(statements, { action, resource: resources[on] ?? on }),
    );
    expect(denied).toEqual([]);
  });

  test('and the webhook touches nothing but its secret and its queue', () => {
    const calls = new Set(cloud.callsOf('ReceiveBillEvent').map(({ action, on }) => `${action} ${on}`));
    expect([...calls]).toEqual(['secretsmanager:GetSecretValue bill-secret', 'sqs:SendMessage sap-work']);
  });
});

/** What each function answers, in the order of the journeys. */
async function playBothJourneys() {
  const pollSap = createPollSap(cloud.runtimeOf('PollSap'));
  const found = await pollSap({ task: 'find-invoices' });
  const rechecked = await pollSap({ task: 'recheck-invoices' });
  const writeBill = createWriteBill(cloud.runtimeOf('WriteBill'));
  const handedOver = await writeBill(await cloud.batchOf('bill-work'));
  const looks = await editAndRestore(Object.keys(bill.books.bills)[0] ?? '');
  payInBill(Object.keys(bill.books.bills)[0] ?? '');
  const notified = await deliver(notifications.at(-1));
  await createReadBothSides(cloud.runtimeOf('ReadBothSides'))({ task: 'read-reference-data' });
  const paymentsFound = await createPollBill(cloud.runtimeOf('PollBill'))({ task: 'find-payments' });
  const writeSap = createWriteSap(cloud.runtimeOf('WriteSap'));
  const returned = await writeSap(await cloud.batchOf('sap-work'));
  return { found, rechecked, handedOver, looks, notified, paymentsFound, returned };
}

/** Somebody changes the bill in BILL and takes it back: an exception, and the invoice goes its normal way again. */
async function editAndRestore(billId: string) {
  const pollBill = createPollBill(cloud.runtimeOf('PollBill'));
  const writeBill = createWriteBill(cloud.runtimeOf('WriteBill'));
  const looks = [];
  await pollBill({ task: 'find-vendors' });
  for (const invoiceNumber of ['ES-2026-1B', 'ES-2026-1']) {
    bill.office.editBill(billId, { invoiceNumber });
    await pollBill({ task: 'find-vendors' });
    looks.push(await writeBill(await cloud.batchOf('bill-work')));
  }
  return [...looks, await cloud.batchOf('bill-work').then(({ Records }) => Records.length)];
}

function setUpTheFirm(): void {
  bill.office.addChartOfAccount({ name: 'Office supplies', number: '61003000', type: 'EXPENSE' });
  const supplier = sap.tenant.addSupplier({
    name: 'Example Supplies LLC',
    address: {
      street: 'Example Street',
      city: 'Sampleton',
      postalCode: '00001',
      region: 'NY',
      country: 'US',
    },
    companies: [{ companyCode: '1710' }],
  });
  const assignment = { glAccount: '61003000', costCenter: '17101401', profitCenter: 'YB600' };
  sap.tenant.postInvoice({
    companyCode: '1710',
    supplier,
    reference: 'ES-2026-1',
    documentDate: today,
    postingDate: today,
    lines: [{ kind: 'gl-account', ...assignment, amount: '99.99' }],
  });
}

function payInBill(billId: string): void {
  const { office } = bill;
  const fundingAccountId = office.addFundingAccount({
    bankName: 'Example Bank',
    nameOnAccount: 'Example Inc.',
  });
  const bills = [{ billId, amount: '99.99' }];
  const payment = office.pay({ bills, disbursementType: 'ACH', fundingAccountId, processDate: today });
  for (const status of ['FUNDING_STARTED', 'PROCESSED', 'SENT', 'CLEARED']) office.advance(payment, status);
}

/** What API Gateway makes of BILL's POST. */
function deliver({ headers, body }: Pick<Notification, 'headers' | 'body'> = { headers: {}, body: '' }) {
  const encoded = Buffer.from(body).toString('base64');
  const receive = createReceiveBillEvent(cloud.webhookRuntime());
  return receive({ headers, body: encoded, isBase64Encoded: true });
}

import { afterEach, describe, expect, test } from 'vitest';
import { createBill } from '../../../lib/bill/create-bill.ts';
import { readGateState } from '../../../lib/bill/gate-state.ts';
import { parseEvent } from '../../../lib/bill/webhook-event.ts';
import { signatureHeader, verifySignature } from '../../../lib/bill/webhook-signature.ts';
import type { Clock } from '../../../lib/clock.ts';
import type { BillSecret } from '../../../lib/config/secrets.ts';
import { gotHttp } from '../../../lib/http/got-http.ts';
import { wiretap } from '../../../lib/http/wiretap.ts';
import { createMemoryTable } from '../../../lib/ledger/memory-table.ts';
import {
  createBillSimulator,
  type Notification,
} from '../../../lib/local/bill-simulator/create-bill-simulator.ts';
import { serveBillSimulator } from '../../../lib/local/bill-simulator/serve.ts';
import type { BillSwitches } from '../../../lib/local/bill-simulator/switches.ts';
import { seededRandom } from '../../../lib/random.ts';
import type { NewBill } from '../../../lib/rules/bill-documents.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { observed, secretsOf } from '../../unit/bill/bill-world.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const webhookUrl = 'https://connector.example/webhooks/bill';

/** The strict simulator on a real socket, and our side before it. */
async function connected({
  switches = {},
  latency,
  subscribed = false,
  clock = manualClock(Date.parse('2026-11-24T05:30:00.000Z')),
}: {
  switches?: Partial<BillSwitches>;
  latency?: () => Promise<void>;
  subscribed?: boolean;
  clock?: Clock;
} = {}) {
  const delivered: Notification[] = [];
  const simulator = createBillSimulator({
    clock,
    random: seededRandom(1),
    switches,
    deliver: (notification) => delivered.push(notification),
    ...(latency && { latency }),
    ...(subscribed && { subscription: { notificationUrl: webhookUrl } }),
  });
  const server = await serveBillSimulator(simulator, 0);
  closers.push(server.close);
  const table = createMemoryTable();
  const wire: string[] = [];
  const http = wiretap(gotHttp(), 'bill', (line) => wire.push(line), clock);
  const gateway = (secret: BillSecret, seed = 1) =>
    createBill({
      secrets: secretsOf({ secret }),
      http,
      table,
      clock,
      random: seededRandom(seed),
      observe: observed(),
      callsPerHour: 18_000,
    });
  const secret = simulator.secret(server.url);
  return {
    simulator,
    office: simulator.office,
    delivered,
    clock,
    table,
    wire,
    secret,
    gateway,
    bill: gateway(secret),
    url: server.url,
  };
}

const newVendor = {
  name: 'Müller & Söhne "Musik"',
  shortName: '17300001',
  accountType: 'BUSINESS',
  email: 'info@mueller.example',
  address: { line1: 'Musterweg 1', city: 'Musterstadt', zipOrPostalCode: '00000', country: 'DE' },
  taxId: 'DE000000000',
  billCurrency: 'EUR',
  payeeName: 'Müller & Söhne',
} as const;

const newBill = (vendorId: string, chartOfAccountId: string): NewBill => ({
  vendorId,
  invoiceNumber: 'RE-2026-11',
  invoiceDate: '2026-11-20',
  dueDate: '2026-12-31',
  description: 'SAP 1710/5105600101/2026',
  purchaseOrderNumber: '4500000001',
  lines: [
    { amount: '149.00', description: 'USB audio interface', chartOfAccountId },
    { amount: '79.99', description: 'Drum foot pedal', chartOfAccountId },
  ],
});

test.each(['sync-token', 'user'] as const)(
  'the life of a vendor and a bill, signed in with a %s',
  async (kind) => {
    const { simulator, gateway, office, url, clock, table, wire } = await connected();
    const bill = gateway(simulator.secret(url, kind));
    const account = office.addChartOfAccount({ name: 'Consulting', number: '61008000' });

    await bill.withLease('hand-over-invoice', async (calls) => {
      expect(await calls.chartOfAccounts()).toMatchObject([
        { id: account, name: 'Consulting', number: '61008000' },
      ]);
      const vendor = await calls.createVendor(newVendor);
      expect(vendor).toMatchObject({
        name: newVendor.name,
        taxId: newVendor.taxId,
        billCurrency: 'EUR',
        archived: false,
      });
      expect(await calls.vendor(vendor.id)).toEqual(vendor);
      expect((await calls.vendorsUpdatedSince('2026-11-24T05:00:00.000Z')).items).toEqual([vendor]);

      const wanted = newBill(vendor.id, account);
      const made = await calls.createBill(wanted);
      expect(made).toMatchObject({
        ...wanted,
        amount: '228.99',
        dueAmount: '228.99',
        paymentStatus: 'UNPAID',
      });
      expect(await calls.bill(made.id)).toEqual(made);

      const [first, second] = made.lines;
      const patched = await calls.patchBill(made.id, {
        dueDate: '2026-12-15',
        lines: [{ ...first, amount: '150.01' }],
      });
      expect(patched).toMatchObject({
        dueDate: '2026-12-15',
        amount: '230.00',
        lines: [{ id: first?.id }, { id: second?.id }],
      });

      const replaced = await calls.replaceBill(made.id, {
        ...wanted,
        lines: [
          { ...first, amount: '150.01' },
          { amount: '0.99', chartOfAccountId: account },
        ],
      });
      expect(replaced.amount).toBe('151.00');
      expect(replaced.lines).toHaveLength(2);

      expect((await calls.archiveBill(made.id)).archived).toBe(true);
      expect(await calls.billsOfVendor(vendor.id, '2026-11-24T05:25:00.000Z')).toMatchObject([
        { id: made.id, archived: true },
      ]);
      expect((await calls.restoreBill(made.id)).archived).toBe(false);
    });

    const { calls, logins, leasesInUse } = await readGateState(table, clock);
    expect({ calls, logins, leasesInUse }).toEqual({ calls: wire.length, logins: 1, leasesInUse: [] });
    expect(simulator.statistics()).toMatchObject({
      calls: wire.length,
      logins: 1,
      refused: 0,
      mostInFlight: 1,
    });
  },
);

test('payments, with their split over bills', async () => {
  const { bill, office } = await connected({ switches: { emptyPages: true } });
  const vendorId = office.addVendor({ name: 'Happy Music Supplies', billCurrency: 'USD' });
  const fundingAccountId = office.addFundingAccount({
    bankName: 'Example Bank',
    nameOnAccount: 'Example Firm',
  });
  const bills = ['100.10', '250.25'].map((amount, index) =>
    office.addForeignBill({
      vendorId,
      invoiceNumber: `RE-${index}`,
      invoiceDate: '2026-11-20',
      dueDate: '2026-12-31',
      lines: [{ amount }],
    }),
  );
  const [one = '', other = ''] = bills;
  const id = office.pay({
    bills: [
      { billId: one, amount: '100.10' },
      { billId: other, amount: '50.25' },
    ],
    disbursementType: 'ACH',
    fundingAccountId,
    processDate: '2026-11-24',
  });
  office.advance(id, 'CLEARED');

  const payment = await bill.withLease('return-payment', (calls) => calls.payment(id));
  const listed = await bill.withLease('poll', (calls) =>
    calls.paymentsUpdatedSince('2026-11-24T05:15:00.000Z'),
  );

  expect(payment).toMatchObject({
    amount: '150.35',
    singleStatus: 'CLEARED',
    disbursementType: 'ACH',
    fundingAccount: { id: fundingAccountId },
    billPayments: [
      { billId: one, amount: '100.10', vendorCredits: [] },
      { billId: other, amount: '50.25', vendorCredits: [] },
    ],
  });
  expect(listed.items).toEqual([payment]);
  expect(await bill.withLease('poll', (calls) => calls.payment('stpNOTTHERE'))).toBeUndefined();
});

test('the webhook subscription, and an event that its key has signed', async () => {
  const { bill, office, delivered } = await connected();
  const uuid = seededRandom(3).uuid;
  const wanted = {
    name: 'ml-connector',
    events: ['payment.updated', 'payment.failed'],
    notificationUrl: webhookUrl,
  };

  await bill.withLease('set-up', async (calls) => {
    const { securityKey, ...made } = await calls.createSubscription(wanted, uuid());
    expect(made).toMatchObject({ ...wanted, enabled: true });
    expect(await calls.subscriptions()).toEqual([made]);
    office.switchSubscriptionOff(made.id);
    expect(await calls.subscriptions()).toEqual([{ ...made, enabled: false }]);
    expect(await calls.changeSubscription(made.id, { enabled: true })).toEqual(made);
    const rotated = await calls.rotateSecurityKey(made.id, uuid());
    expect(rotated.securityKey).not.toBe(securityKey);
    await calls.testSubscription(made.id);

    const [event] = delivered;
    const body = Buffer.from(event?.body ?? '');
    const signature = event?.headers[signatureHeader];
    expect(parseEvent(body)).toMatchObject({ eventType: 'payment.updated' });
    expect(verifySignature(body, signature, [rotated.securityKey, securityKey])).toBe(true);
    expect(verifySignature(body, signature, [securityKey])).toBe(false);
  });
});

test('six processes at once: BILL never sees more than three calls', async () => {
  const pause = () => new Promise<void>((resolve) => setImmediate(resolve));
  const clock = { now: () => Date.parse('2026-11-24T05:30:00.000Z'), sleep: pause };
  const { gateway, secret, office, simulator } = await connected({ latency: pause, clock });
  const vendorId = office.addVendor({ name: 'Happy Music Supplies' });

  const works = [1, 2, 3, 4, 5, 6].map((seed) =>
    gateway(secret, seed).withLease('poll', async (calls) => {
      for (let count = 0; count < 5; count += 1) await calls.vendor(vendorId);
    }),
  );
  await Promise.all(works);

  expect(simulator.statistics()).toMatchObject({ logins: 1, refused: 0 });
  expect(simulator.statistics().mostInFlight).toBeLessThanOrEqual(3);
  expect(simulator.statistics().mostInFlight).toBeGreaterThan(1);
});

test.each(['array', 'object', 'html', 'empty'] as const)(
  'a session that ended, told as %s, is renewed once',
  async (errorForm) => {
    const { bill, office, simulator } = await connected({ switches: { errorForm } });
    const vendorId = office.addVendor({ name: 'Happy Music Supplies' });
    const read = () => bill.withLease('poll', (calls) => calls.vendor(vendorId));
    await read();
    office.endSessions();

    expect(await read()).toMatchObject({ id: vendorId });
    expect(simulator.statistics().logins).toBe(2);
  },
);

test('a connection that nobody takes: nothing has happened, and the gate closes', async () => {
  const { gateway, secret, table, clock } = await connected();
  const nobody = { ...secret, baseUrl: 'http://127.0.0.1:1/connect' };

  const error = await gateway(nobody)
    .withLease('hand-over-invoice', (calls) => calls.createBill(newBill('009', '0ca')))
    .catch((thrown: unknown) => thrown);

  expect(error).toMatchObject({ code: 'BILL_UNAVAILABLE', mayHaveHappened: false });
  expect((await readGateState(table, clock)).closed).toMatchObject({ reason: 'outage' });
});

test('no secret and no session is in the recording of the wire or in the ledger (I8)', async () => {
  const { bill, office, wire, table, secret, simulator } = await connected();
  const vendorId = office.addVendor({ name: 'Happy Music Supplies' });
  await bill.withLease('poll', (calls) => calls.vendor(vendorId));

  const ledger = JSON.stringify([await table.query('BILL-SESSION'), await table.query('BILL-GATE')]);
  const secrets = [secret.devKey, secret.password, ...Object.keys(simulator.books.sessions)];
  expect(secrets).toHaveLength(3);
  for (const value of secrets) expect(wire.join('') + ledger).not.toContain(value);
});

describe('ping', () => {
  const marks = (probes: readonly { what: string; ok: boolean }[]) =>
    probes.map(({ ok }) => (ok ? '✓' : '✗')).join('');

  test('all is well', async () => {
    const { bill, office, wire } = await connected({ subscribed: true });
    office.addChartOfAccount({ name: 'Consulting', number: '61008000' });

    const probes = await bill.probe();

    expect(probes.map(({ what, found }) => `${what}: ${found}`)).toEqual([
      expect.stringMatching(/^BILL login: logged in to organization 008/),
      'BILL vendors: may be read',
      'BILL bills: may be read',
      'BILL payments: may be read',
      'BILL chart of accounts: 1 active accounts, 1 with a number',
      expect.stringContaining(`payment.updated to ${webhookUrl}`),
    ]);
    expect(marks(probes)).toBe('✓✓✓✓✓✓');
    expect(probes.every(({ fix }) => fix === undefined)).toBe(true);
    expect(wire).toHaveLength(7);
  });

  test.each([
    ['password', 'BDC_1101', 'Correct username and password'],
    ['devKey', 'BDC_1102', 'Correct devKey'],
    ['organizationId', 'BDC_1123', 'Correct organizationId'],
  ])('a wrong %s', async (field, code, fix) => {
    const { gateway, secret, wire } = await connected({ subscribed: true });

    const probes = await gateway({ ...secret, [field]: 'wrong' }).probe();

    expect(marks(probes)).toBe('✗✗✗✗✗✗');
    expect(probes[0]).toMatchObject({
      found: expect.stringContaining(code),
      fix: expect.stringContaining(fix),
    });
    expect(probes[1]).toMatchObject({ found: 'not tried without a login' });
    expect(wire).toHaveLength(1);
  });

  test('a wrong address', async () => {
    const { gateway, secret } = await connected();
    const [login] = await gateway({ ...secret, baseUrl: `${secret.baseUrl}/wrong` }).probe();
    expect(login).toMatchObject({ ok: false, fix: expect.stringContaining('baseUrl') });
  });

  test('a user without a right', async () => {
    const { bill, office } = await connected({
      subscribed: true,
      switches: { withoutRights: ['GET /v3/payments'] },
    });
    office.addChartOfAccount({ name: 'Consulting' });

    const probes = await bill.probe();

    expect(marks(probes)).toBe('✓✓✓✗✓✓');
    expect(probes[3]).toMatchObject({
      found: expect.stringContaining('BDC_1145'),
      fix: expect.stringContaining('right'),
    });
  });

  test('a subscription that BILL switched off, and none at all', async () => {
    const off = await connected({ subscribed: true });
    off.office.switchSubscriptionOff();
    const none = await connected();

    expect((await off.bill.probe()).at(-1)).toMatchObject({
      ok: false,
      found: expect.stringContaining('switched off'),
      fix: expect.stringContaining('switches it on again'),
    });
    expect((await none.bill.probe()).at(-1)).toMatchObject({
      ok: false,
      found: 'none reports payment.updated',
      fix: expect.stringContaining('Create a subscription'),
    });
  });

  test('BILL is down: said once, and not hammered', async () => {
    const { bill, wire } = await connected({ switches: { outage: true } });

    const probes = await bill.probe();

    expect(marks(probes)).toBe('✗✗✗✗✗✗');
    expect(probes[0]?.found).toContain('HTTP 503');
    expect(wire).toHaveLength(1);
  });
});

import { expect, test } from 'vitest';
import { createBill } from '../../../lib/bill/create-bill.ts';
import { createMemoryTable } from '../../../lib/ledger/memory-table.ts';
import type { BillSwitches } from '../../../lib/local/bill-simulator/switches.ts';
import { seededRandom } from '../../../lib/random.ts';
import type { NewVendor } from '../../../lib/rules/bill-documents.ts';
import { recordedObserve } from '../../support/recorded-observe.ts';
import { ORIGIN, play } from './played.ts';

const supplier: NewVendor = {
  name: 'Happy Music Supplies',
  accountType: 'BUSINESS',
  address: { line1: '123 Main Street', city: 'San Jose', zipOrPostalCode: '95002', country: 'US' },
  billCurrency: 'USD',
  payeeName: 'Happy Music Supplies',
};

/** The connector's own client against the simulator, in one process. */
function connected(switches: Partial<BillSwitches> = {}) {
  const { bill, clock, office } = play({
    switches,
    subscription: { notificationUrl: 'https://hooks.example.com' },
  });
  const gateway = createBill({
    secrets: {
      bill: async () => bill.secret(ORIGIN),
      sap: async () => {
        throw new Error('BILL needs no secret of SAP.');
      },
    },
    http: bill.handle,
    table: createMemoryTable(),
    clock,
    random: seededRandom(3),
    observe: recordedObserve(),
    callsPerHour: 18_000,
  });
  return { bill, clock, office, gateway };
}

test.each([
  ['as usual', {}],
  ['with empty pages', { emptyPages: true }],
  ['with errors as objects', { errorForm: 'object' }],
  ['with a refusal of duplicates', { duplicateInvoiceNumbers: 'refused' }],
] as const)('the connector finds its way, %s', async (_how, switches) => {
  const { gateway, office, bill, clock } = connected(switches);
  const accountId = office.addChartOfAccount({ name: 'Office supplies', number: '61008000' });
  const fundingAccountId = office.addFundingAccount({ bankName: 'Example Bank', nameOnAccount: 'Acme' });
  const since = new Date(clock.now()).toISOString();

  await gateway.withLease('set-up', async (calls) => {
    expect(await calls.chartOfAccounts()).toMatchObject([
      { id: accountId, number: '61008000', type: 'EXPENSE' },
    ]);
    const vendor = await calls.createVendor(supplier);
    expect(await calls.vendor(vendor.id)).toEqual(vendor);
    expect(await calls.vendor('009none')).toBeUndefined();

    const made = await calls.createBill({
      vendorId: vendor.id,
      invoiceNumber: '202501',
      invoiceDate: '2026-11-23',
      dueDate: '2026-12-31',
      lines: [{ amount: '149.00', chartOfAccountId: accountId }, { amount: '79.99' }],
    });
    expect(made).toMatchObject({ amount: '228.99', dueAmount: '228.99', paymentStatus: 'UNPAID' });
    expect(await calls.billsOfVendor(vendor.id, since)).toMatchObject([
      { id: made.id, invoiceNumber: '202501' },
    ]);
    const [first] = made.lines;
    expect(await calls.patchBill(made.id, { lines: [{ ...first, amount: '20.01' }] })).toMatchObject({
      amount: '100.00',
    });
    await calls.archiveBill(made.id);
    expect(await calls.restoreBill(made.id)).toMatchObject({ archived: false });

    const bills = [{ billId: made.id, amount: '100.00' }];
    const paymentId = office.pay({
      bills,
      disbursementType: 'ACH',
      fundingAccountId,
      processDate: '2026-11-27',
    });
    office.advance(paymentId, 'CLEARED');
    expect(await calls.payment(paymentId)).toMatchObject({
      amount: '100.00',
      singleStatus: 'CLEARED',
      billPayments: bills,
      fundingAccount: { id: fundingAccountId },
    });
    expect((await calls.paymentsUpdatedSince(since)).items.length).toBeLessThanOrEqual(1);
    await expect(calls.archiveBill(made.id)).rejects.toMatchObject({ code: 'BDC_1143' });
    expect(await calls.subscriptions()).toMatchObject([{ enabled: true }]);
  });
  expect(bill.statistics()).toMatchObject({ logins: 1, mostInFlight: 1 });
});

test('a session that ended is renewed once', async () => {
  const { gateway, office, bill } = connected();
  await gateway.withLease('poll', (calls) => calls.chartOfAccounts());
  office.endSessions();
  await gateway.withLease('poll', (calls) => calls.chartOfAccounts());
  expect(bill.statistics()).toMatchObject({ logins: 2, refusedByCode: { BDC_1109: 1 } });
});

test('the probe sees everything in order, and each fault', async () => {
  const { gateway, office, bill } = connected();
  office.addChartOfAccount({ name: 'Office supplies', number: '61008000' });
  const failed = async () => (await gateway.probe()).filter(({ ok }) => !ok).map(({ what }) => what);
  expect(await failed()).toEqual([]);
  office.switchSubscriptionOff();
  expect(await failed()).toEqual(['BILL webhook subscription']);
  office.switchSubscriptionOn();
  bill.switches.withoutRights = ['GET /v3/bills'];
  expect(await failed()).toEqual(['BILL bills']);
});

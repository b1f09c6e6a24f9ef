import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBillSimulator } from '../../../lib/local/bill-simulator/create-bill-simulator.ts';
import { seededRandom } from '../../../lib/random.ts';
import { at, newBill, newVendor, play, playWithVendor } from './played.ts';

test('books that were saved as JSON are gone on with: sessions, ids, limits, events', async () => {
  let saved = '';
  const { send, office, bill, clock, vendorId, headers } = await playWithVendor({
    onChange: (books) => {
      saved = JSON.stringify(books);
    },
  });
  const created = await send('POST', '/v3/bills', newBill(vendorId));
  office.addSubscription({ notificationUrl: 'https://hooks.example.com' });
  const again = play({ clock, random: seededRandom(99), books: JSON.parse(saved) });
  again.headers.sessionid = headers.sessionid ?? '';
  expect(again.bill.books).toEqual(bill.books);
  expect(again.bill.canonical()).toEqual(bill.canonical());
  expect(again.secret).toEqual(bill.secret('http://bill.example'));
  const read = await again.send('GET', `/v3/bills/${at(created.json, 'id')}`);
  expect(read.json).toMatchObject(created.json as object);
  const [here, there] = [
    await send('POST', '/v3/bills', newBill(vendorId)),
    await again.send('POST', '/v3/bills', newBill(vendorId)),
  ];
  expect(there.json).toEqual(here.json);
});

test('a change is saved before it is told; reads and refusals save nothing', async () => {
  const order: string[] = [];
  const { send, office, vendorId } = await playWithVendor({
    onChange: () => order.push('saved'),
    deliver: () => order.push('told'),
    subscription: { notificationUrl: 'https://hooks.example.com' },
  });
  order.length = 0;
  await send('POST', '/v3/bills', newBill(vendorId));
  office.addVendor({ name: 'Second vendor' });
  expect(order).toEqual(['saved', 'told', 'saved', 'told']);
  await send('GET', '/v3/bills');
  await send('POST', '/v3/bills', {});
  expect(order).toHaveLength(4);
});

test('what is created in another order gets the same ids and the same canonical books', async () => {
  const vendors = ['A', 'B', 'C'];
  const numbers = ['1', '1', '2', '3'];
  const work = vendors.flatMap((vendor) => numbers.map((number) => ({ vendor, number })));
  const run = async (order: typeof work) => {
    const { send, login, bill, office } = play();
    await login();
    const ids = new Map<string, string>();
    for (const { vendor, number } of order) {
      const vendorId =
        ids.get(vendor) ??
        String(at((await send('POST', '/v3/vendors', { ...newVendor, name: vendor })).json, 'id'));
      ids.set(vendor, vendorId);
      const invoice = { invoiceNumber: number, invoiceDate: '2026-11-23' };
      await send('POST', '/v3/bills', newBill(vendorId, { invoice }));
    }
    const fundingAccountId = office.addFundingAccount({ bankName: 'Bank', nameOnAccount: 'Acme' });
    for (const id of Object.keys(bill.books.bills).sort()) {
      office.pay({
        bills: [{ billId: id, amount: '1' }],
        disbursementType: 'ACH',
        fundingAccountId,
        processDate: '2026-11-27',
      });
    }
    const keys = [bill.books.vendors, bill.books.bills, bill.books.payments].map((each) =>
      Object.keys(each).sort(),
    );
    return { keys, canonical: bill.canonical() };
  };
  const usual = await run(work);
  expect(new Set(usual.keys.flat()).size).toBe(3 + 12 + 12);
  expect(usual.keys.flat().every((id) => id.length === 20)).toBe(true);
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(work, { minLength: work.length }), async (order) => {
      expect(await run(order)).toEqual(usual);
    }),
    { numRuns: 10 },
  );
});

test('canonical books show what was done, without ids and times', async () => {
  const { send, bill, office, clock, vendorId, accountId, fundingAccountId } = await playWithVendor();
  const billLineItems = [
    { amount: 149, description: 'USB', classifications: { chartOfAccountId: accountId } },
  ];
  const billId = String(
    at((await send('POST', '/v3/bills', newBill(vendorId, { billLineItems }))).json, 'id'),
  );
  clock.advance(5000);
  const id = office.pay({
    bills: [{ billId, amount: '49.00' }],
    disbursementType: 'CHECK',
    fundingAccountId,
    processDate: '2026-11-27',
  });
  office.advance(id, 'CLEARED');
  expect(bill.canonical()).toEqual({
    vendors: [{ archived: false, fields: { billCurrency: 'USD', name: 'Happy Music Supplies' } }],
    bills: [
      {
        vendor: 'Happy Music Supplies',
        invoiceNumber: '202501',
        occurrence: 1,
        invoiceDate: '2026-11-23',
        dueDate: '2026-12-31',
        archived: false,
        approvalStatus: 'UNASSIGNED',
        paymentStatus: 'PARTIALLY_PAID',
        amount: '149.00',
        paid: '49.00',
        scheduled: '0.00',
        due: '100.00',
        lines: [{ amount: '149.00', description: 'USB', chartOfAccount: '61008000' }],
      },
    ],
    payments: [
      {
        vendor: 'Happy Music Supplies',
        amount: '49.00',
        splits: [
          {
            vendor: 'Happy Music Supplies',
            invoiceNumber: '202501',
            occurrence: 1,
            cash: '49.00',
            credits: '0.00',
          },
        ],
        processDate: '2026-11-27',
        singleStatus: 'CLEARED',
        onlinePayment: true,
        disbursementType: 'CHECK',
        voids: [],
      },
    ],
    vendorCredits: [],
    subscriptions: [],
  });
});

test('another seed gives other credentials and ids; a secret fits its origin', () => {
  const { clock } = play();
  const secretOf = (seed: number) =>
    createBillSimulator({ clock, random: seededRandom(seed) }).secret('http://127.0.0.1:1');
  expect(secretOf(1)).toEqual(secretOf(1));
  expect(secretOf(1).devKey).not.toBe(secretOf(2).devKey);
  expect(secretOf(1)).toMatchObject({
    baseUrl: 'http://127.0.0.1:1/connect',
    eventsBaseUrl: 'http://127.0.0.1:1/connect-events',
  });
});

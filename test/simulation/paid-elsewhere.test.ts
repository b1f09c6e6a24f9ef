import { beforeAll, describe, expect, it } from 'vitest';
import { readTieOut } from '../../lib/journeys/tie-out/read-tie-out.ts';
import { type InvoiceRecord, invoiceId, invoiceRecords } from '../../lib/ledger/invoices.ts';
import { type PaymentRecord, paymentRecords } from '../../lib/ledger/payments.ts';
import { readRecord } from '../../lib/ledger/record.ts';
import { timeline } from '../../lib/ledger/timeline.ts';
import { brokenInvariants } from './invariants.ts';
import { newCast, story } from './story.ts';
import { type Snapshot, World } from './world.ts';

const cast = newCast();
let handedOver: Snapshot;

/** KC-1 over 108.33 is in BILL, unpaid. */
beforeAll(async () => {
  const world = new World();
  for (const act of story.slice(0, 2)) {
    act.play(world, cast);
    world.clock.pass(60_000);
    await world.settleDown();
  }
  handedOver = world.snapshot();
});

const worldWith = (payments: Record<string, unknown> = {}) =>
  new World({ from: handedOver, config: { payments } });

function billOf({ bill }: World, number = 'KC-1') {
  const found = Object.values(bill.books.bills).find(({ invoiceNumber }) => invoiceNumber === number);
  if (found === undefined) throw new Error(`Bill ${number} is not in BILL.`);
  return found;
}

function keyOfFirst() {
  if (cast.invoices.first === undefined) throw new Error('The first invoice was not posted.');
  return cast.invoices.first;
}

async function invoiceIn({ table }: World): Promise<InvoiceRecord | undefined> {
  return readRecord(table, invoiceRecords, invoiceId(keyOfFirst()));
}

async function paymentIn({ table }: World, id: string): Promise<PaymentRecord | undefined> {
  return readRecord(table, paymentRecords, id);
}

const recordedIn = ({ bill }: World) =>
  Object.values(bill.books.payments).filter((payment) => !payment.onlinePayment);

function payOnline(world: World, amount = '108.33'): string {
  return world.bill.office.pay({
    bills: [{ billId: billOf(world).id, amount }],
    disbursementType: 'ACH',
    fundingAccountId: cast.funding,
    processDate: '2026-11-25',
  });
}

describe('SAP pays an invoice whose bill is open', () => {
  it('raises it once, unless the configuration says more', async () => {
    const world = worldWith();
    world.sap.tenant.payInSap(keyOfFirst(), '2026-11-24');
    await world.settleDown({ slowPolls: ['watchInvoices'] });
    expect(await invoiceIn(world)).toMatchObject({ state: 'exception', exception: { code: 'PAID_IN_SAP' } });
    expect(recordedIn(world)).toEqual([]);
  });

  it('records exactly what is due, once, and never posts it back', async () => {
    const world = worldWith({ paidInSap: 'record-payment', paidOutsideBill: 'post' });
    world.sap.tenant.payInSap(keyOfFirst(), '2026-11-24');
    await world.settleDown({ slowPolls: ['watchInvoices', 'watchPayments'] });
    expect(recordedIn(world).map(({ splits, processDate }) => [splits[0]?.cash, processDate])).toEqual([
      [10_833, '2026-11-24'],
    ]);
    const [recorded] = recordedIn(world);
    expect(await paymentIn(world, recorded?.id ?? '')).toMatchObject({ state: 'ignored', postings: [] });
    const record = await invoiceIn(world);
    expect(record).toMatchObject({ state: 'handed-over', reason: 'paid in SAP and recorded in BILL' });
    expect(record?.settledAt).toBeDefined();
    expect(await brokenInvariants(world)).toEqual([]);
  });

  it('archives the bill where that is configured', async () => {
    const world = worldWith({ paidInSap: 'archive-bill' });
    world.sap.tenant.payInSap(keyOfFirst(), '2026-11-24');
    await world.settleDown({ slowPolls: ['watchInvoices'] });
    expect(billOf(world).archived).toBe(true);
    expect(await invoiceIn(world)).toMatchObject({ state: 'settled' });
  });

  it.each(['record-payment', 'archive-bill'])(
    'never does "%s" beside a payment on its way',
    async (paidInSap) => {
      const world = worldWith({ paidInSap });
      payOnline(world);
      world.sap.tenant.payInSap(keyOfFirst(), '2026-11-24');
      await world.settleDown({ slowPolls: ['watchInvoices'] });
      expect(await invoiceIn(world)).toMatchObject({ exception: { code: 'PAID_IN_SAP_AND_BILL' } });
      expect(recordedIn(world)).toEqual([]);
      expect(billOf(world).archived).toBe(false);
    },
  );

  it('records nothing beside a part that BILL paid: a void would bring it back', async () => {
    const world = worldWith({ paidInSap: 'record-payment' });
    world.bill.office.advance(payOnline(world, '8.33'), 'CLEARED');
    await world.settleDown();
    world.sap.tenant.payInSap(keyOfFirst(), '2026-11-24');
    await world.settleDown({ slowPolls: ['watchInvoices'] });
    expect(await invoiceIn(world)).toMatchObject({ exception: { code: 'NO_LONGER_PAYABLE_IN_SAP' } });
    expect(recordedIn(world)).toEqual([]);
  });

  it('takes the clearing of our own entry for what it is', async () => {
    const world = worldWith({ paidInSap: 'record-payment' });
    world.bill.office.advance(payOnline(world), 'CLEARED');
    await world.settleDown();
    world.sap.tenant.payInSap(keyOfFirst(), '2026-11-24');
    await world.settleDown({ slowPolls: ['watchInvoices'] });
    expect(await invoiceIn(world)).toMatchObject({ reason: 'paid through BILL and cleared in SAP' });
    expect(recordedIn(world)).toEqual([]);
  });
});

describe('a payment that somebody recorded in BILL', () => {
  it.each([
    ['ignore', 'ignored', 0],
    ['exception', 'exception', 0],
    ['post', 'posted', 1],
  ])('with "%s" ends as %s', async (paidOutsideBill, state, postings) => {
    const world = worldWith({ paidOutsideBill });
    const id = world.bill.office.recordPayment({
      bills: [{ billId: billOf(world).id, amount: '108.33' }],
      processDate: '2026-11-20',
    });
    await world.settleDown();
    const record = await paymentIn(world, id);
    expect([record?.state, record?.postings.length]).toEqual([state, postings]);
  });
});

describe('the watch over payments', () => {
  it('finds a return of which nothing told, for 90 days, and then lets go', async () => {
    const world = worldWith();
    const id = payOnline(world);
    world.bill.office.advance(id, 'CLEARED');
    await world.settleDown();
    const returned = new World({ from: world.snapshot() });
    returned.clock.pass(89 * 86_400_000);
    returnInSilence(returned, id);
    await returned.settleDown({ slowPolls: ['watchPayments'] });
    expect(await paymentIn(returned, id)).toMatchObject({ exception: { code: 'DISBURSEMENT_FAILED' } });

    world.clock.pass(91 * 86_400_000);
    await world.settleDown({ slowPolls: ['watchPayments'] });
    expect((await paymentIn(world, id))?.watchUntil).toBeUndefined();
  });
});

function returnInSilence(world: World, id: string): void {
  const payment = world.bill.books.payments[id];
  if (payment === undefined) throw new Error('The payment is not in BILL.');
  const { updatedAt } = payment;
  world.bill.office.returnPayment(id);
  payment.updatedAt = updatedAt;
  world.loseNotifications();
}

describe('vendor credits', () => {
  it('are noted with bill, amount and credit memo; the entry is for the money alone; a void gives them back', async () => {
    const world = worldWith();
    const bill = billOf(world);
    const credit = world.bill.office.addVendorCredit({
      vendorId: bill.vendorId,
      referenceNumber: 'CM-9',
      creditDate: '2026-11-20',
      amount: '8.33',
    });
    const id = world.bill.office.pay({
      bills: [{ billId: bill.id, amount: '100.00' }],
      vendorCredits: [{ billId: bill.id, id: credit, amount: '8.33' }],
      disbursementType: 'ACH',
      fundingAccountId: cast.funding,
      processDate: '2026-11-25',
    });
    world.bill.office.advance(id, 'CLEARED');
    await world.settleDown();
    const invoice = invoiceId(keyOfFirst());
    expect(await paymentIn(world, id)).toMatchObject({
      postings: [{ amount: '100.00', parts: [{ invoice, amount: '100.00' }] }],
      credits: [{ creditId: credit, billId: bill.id, amount: '8.33', invoice }],
    });
    expect(await invoiceIn(world)).toMatchObject({ creditedBy: [{ paymentId: id, amount: '8.33' }] });
    world.bill.office.void(id, 'VOID_AND_CREDIT');
    await world.settleDown();
    expect((await paymentIn(world, id))?.credits).toBeUndefined();
    expect(await invoiceIn(world)).toMatchObject({ creditedBy: [] });
  });

  it('a used one whose memo SAP reverses is raised on the memo, and named by the tie-out', async () => {
    const world = worldWith();
    const bill = billOf(world);
    const memo = world.sap.tenant.postInvoice({
      companyCode: '1710',
      supplier: cast.suppliers.known ?? '',
      reference: 'CM-10',
      documentDate: '2026-11-20',
      postingDate: '2026-11-21',
      creditMemo: true,
      lines: [{ kind: 'gl-account', glAccount: '61003000', costCenter: '17101401', amount: '8.33' }],
    });
    await world.settleDown();
    const [credit] = Object.values(world.bill.books.vendorCredits);
    const id = world.bill.office.pay({
      bills: [{ billId: bill.id, amount: '100.00' }],
      vendorCredits: [{ billId: bill.id, id: credit?.id ?? '', amount: '8.33' }],
      disbursementType: 'ACH',
      fundingAccountId: cast.funding,
      processDate: '2026-11-25',
    });
    world.bill.office.advance(id, 'CLEARED');
    await world.settleDown();
    world.sap.tenant.reverseInvoice(memo, { postingDate: '2026-11-24' });
    world.clock.pass(60_000);
    await world.settleDown();
    const record = await readRecord(world.table, invoiceRecords, invoiceId(memo));
    expect(record?.exception?.code).toBe('CREDIT_USED_BUT_REVERSED');
    await world.run((cases) => cases.tieOut());
    const tieOut = await readTieOut(world.table);
    expect(tieOut?.totals).toMatchObject([{ notPosted: '8.33', difference: '0.00' }]);
  });
});

it('a payment that BILL could not create is told on the invoice; nothing is posted', async () => {
  const world = worldWith();
  world.bill.office.failPayment(
    {
      bills: [{ billId: billOf(world).id, amount: '108.33' }],
      disbursementType: 'ACH',
      fundingAccountId: cast.funding,
      processDate: '2026-11-25',
    },
    { code: 'BDC_1152', message: 'The process date is not valid.' },
  );
  await world.settleDown();
  const story = await timeline(world.table, { kind: 'invoice', id: invoiceId(keyOfFirst()) });
  expect(story.map(({ text }) => text)).toContainEqual(expect.stringContaining('BDC_1152'));
  expect((await world.table.queryIndex('kind', 'payment')).items).toEqual([]);
});

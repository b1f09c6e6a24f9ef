import { beforeAll, describe, expect, it } from 'vitest';
import {
  listExceptions,
  retryException,
  skipException,
} from '../../lib/journeys/exceptions/clear-exceptions.ts';
import { type PaymentRecord, paymentRecords } from '../../lib/ledger/payments.ts';
import { readRecord } from '../../lib/ledger/record.ts';
import { reverseFiDocument } from '../../lib/local/sap-simulator/tenant/fi-documents.ts';
import { seededRandom } from '../../lib/random.ts';
import { newCast, story } from './story.ts';
import { type Snapshot, World } from './world.ts';

const cast = newCast();
let handedOver: Snapshot;

/** KC-1 over 108.33 is in BILL, unpaid. */
beforeAll(async () => {
  const world = new World();
  for (const act of story.slice(0, 2)) {
    await act.play(world, cast);
    world.clock.pass(60_000);
    await world.settleDown();
  }
  handedOver = world.snapshot();
});

const worldHere = () => new World({ from: handedOver });

function pay({ bill }: World): string {
  const found = Object.values(bill.books.bills).find((each) => each.invoiceNumber === 'KC-1');
  const id = bill.office.pay({
    bills: [{ billId: found?.id ?? '', amount: '108.33' }],
    disbursementType: 'ACH',
    fundingAccountId: cast.funding,
    processDate: '2026-11-25',
  });
  bill.office.advance(id, 'CLEARED');
  return id;
}

function liveEntries({ sap }: World) {
  return (sap.books.tables.A_OperationalAcctgDocItemCube ?? []).filter(
    (row) =>
      row.AccountingDocumentType === 'KZ' &&
      row.FinancialAccountType === 'K' &&
      !row.ReverseDocument &&
      row.IsReversal !== true,
  );
}

/** As an accountant does it in SAP: the reversal takes over type and reference. */
function reverseByHand(world: World): void {
  const [row] = liveEntries(world);
  if (row === undefined) throw new Error('There is no entry to reverse.');
  const { clock } = world;
  const { books, switches } = world.sap;
  const [companyCode, fiscalYear] = [String(row.CompanyCode), String(row.FiscalYear)];
  reverseFiDocument(
    { books, switches, clock, random: seededRandom(1) },
    { companyCode, fiscalYear, accountingDocument: String(row.AccountingDocument) },
    {
      companyCode,
      accountingDocument: '1599999999',
      documentType: 'KZ',
      documentDate: '2026-11-25',
      postingDate: '2026-11-25',
      currency: 'USD',
      headerText: 'By hand',
      reference: String(row.DocumentReferenceID),
      referenceDocumentType: 'BKPFF',
      originalReferenceDocument: `1599999999${companyCode}${fiscalYear}`,
      createdBy: 'ACCOUNTANT',
    },
    '01',
  );
}

/** Up to the moment when the entry is in SAP and its answer is lost. */
async function postedWithoutAnswer(world: World): Promise<string> {
  world.sap.tenant.cutNextAnswers(1);
  const id = pay(world);
  for (let round = 0; round < 5 && liveEntries(world).length === 0; round += 1) await world.oneRound();
  expect((await paymentIn(world, id)).intent).toBeDefined();
  return id;
}

async function paymentIn({ table }: World, id: string): Promise<PaymentRecord> {
  const record = await readRecord(table, paymentRecords, id);
  if (record === undefined) throw new Error('The ledger does not know the payment.');
  return record;
}

const storeOf = ({ table, queues, clock }: World) => ({ table, queues, clock, random: seededRandom(3) });

async function codeOn(world: World, id: string): Promise<string | undefined> {
  return (await listExceptions(world)).find((each) => each.id === id)?.code;
}

describe('an entry whose answer was lost', () => {
  it.each([true, false])(
    'is never taken for posted when it was reversed by hand; once skipped, that is the end of it (%s)',
    async (reversalNamesOriginal) => {
      const world = new World({ from: handedOver, sap: { reversalNamesOriginal } });
      const id = await postedWithoutAnswer(world);
      reverseByHand(world);
      await world.settleDown();
      expect(await codeOn(world, id)).toBe('ENTRY_REVERSED_IN_SAP');
      await skipException(storeOf(world), id, 'clerk', 'posted by hand');
      world.clock.pass(60_000);
      world.bill.office.returnPayment(id);
      await world.settleDown();
      expect([await codeOn(world, id), (await paymentIn(world, id)).state]).toEqual([undefined, 'skipped']);
    },
  );

  it('and that is there twice is listed until one of them is reversed', async () => {
    const world = worldHere();
    const id = await postedWithoutAnswer(world);
    const [first] = liveEntries(world);
    const twin = { ...first, AccountingDocument: '1588888888' };
    world.sap.books.tables.A_OperationalAcctgDocItemCube?.push(twin);
    await world.settleDown();
    expect(await codeOn(world, id)).toBe('FOUND_TWICE');
    Object.assign(twin, { ReverseDocument: '1588888889', ReverseDocumentFiscalYear: '2026' });
    await retryException(storeOf(world), id, 'clerk');
    await world.settleDown();
    expect(await paymentIn(world, id)).toMatchObject({
      state: 'posted',
      postings: [{ accountingDocument: first?.AccountingDocument }],
    });
  });
});

describe('a payment that BILL takes back', () => {
  it('is at rest with the reversal that people made in SAP before', async () => {
    const world = worldHere();
    const id = pay(world);
    await world.settleDown();
    reverseByHand(world);
    world.bill.office.void(id, 'VOID_AND_CREDIT');
    await world.settleDown();
    expect(await codeOn(world, id)).toBeUndefined();
    expect(await paymentIn(world, id)).toMatchObject({
      state: 'reversed',
      postings: [{ reversal: { accountingDocument: '1599999999', fiscalYear: '2026' } }],
    });
  });

  it('is reversed although an earlier trouble of it was skipped', async () => {
    const world = worldHere();
    const id = await skippedReturn(world);
    world.bill.office.void(id, 'VOID_AND_CREDIT');
    await world.settleDown();
    expect([liveEntries(world), (await paymentIn(world, id)).state]).toEqual([[], 'reversed']);
  });

  it('is reversed and posted anew by a reissue although it was skipped', async () => {
    const world = worldHere();
    const id = await skippedReturn(world);
    world.bill.office.void(id, 'VOID_AND_REISSUE');
    world.bill.office.advance(id, 'CLEARED');
    await world.settleDown();
    const { state, postings } = await paymentIn(world, id);
    expect([state, postings.map(({ reversal }) => reversal !== undefined)]).toEqual([
      'posted',
      [true, false],
    ]);
    expect(liveEntries(world)).toHaveLength(1);
  });

  it('is not a matter again when the void itself was skipped', async () => {
    const world = worldHere();
    const id = pay(world);
    await world.settleDown();
    for (const row of liveEntries(world)) {
      Object.assign(row, {
        IsCleared: true,
        ClearingAccountingDocument: '0200009999',
        ClearingDocFiscalYear: '2026',
      });
    }
    world.bill.office.void(id, 'VOID_AND_CREDIT');
    await world.settleDown();
    expect(await codeOn(world, id)).toBe('ENTRY_CLEARED_RESET_FIRST');
    await skipException(storeOf(world), id, 'clerk', 'booked by hand');
    const payment = world.bill.books.payments[id];
    world.clock.pass(60_000);
    if (payment !== undefined) payment.updatedAt = world.clock.now();
    await world.settleDown();
    expect([await codeOn(world, id), (await paymentIn(world, id)).state]).toEqual([undefined, 'skipped']);
  });

  it('goes on by itself once a skip was undone by a retry', async () => {
    const world = worldHere();
    const id = await skippedReturn(world);
    await retryException(storeOf(world), id, 'clerk');
    await world.settleDown();
    expect(await codeOn(world, id)).toBe('DISBURSEMENT_FAILED');
    world.bill.office.void(id, 'VOID_AND_CREDIT');
    await world.settleDown();
    expect([liveEntries(world), (await paymentIn(world, id)).state]).toEqual([[], 'reversed']);
  });
});

/** Posted, sent back by the vendor's bank, and its exception skipped. */
async function skippedReturn(world: World): Promise<string> {
  const id = pay(world);
  await world.settleDown();
  world.bill.office.returnPayment(id);
  await world.settleDown();
  await skipException(storeOf(world), id, 'clerk', 'seen');
  world.clock.pass(60_000);
  return id;
}

it('a payment that BILL never showed, and whose vendor is not known, can be retried', async () => {
  const world = worldHere();
  const id = 'stp0neverShown000000';
  const body = JSON.stringify({ kind: 'payment', paymentId: id, reason: 'payment.updated' });
  await world.queues.send('sap-work', [{ group: id, deduplicationId: id, body }]);
  await world.settleDown();
  expect(await codeOn(world, id)).toBe('PAYMENT_NOT_IN_BILL');
  await retryException(storeOf(world), id, 'clerk');
  await world.settleDown();
  expect(await codeOn(world, id)).toBe('PAYMENT_NOT_IN_BILL');
});

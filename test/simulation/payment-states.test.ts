import { beforeAll, describe, expect, it } from 'vitest';
import { isoTime } from '../../lib/clock.ts';
import { retryException, skipException } from '../../lib/journeys/exceptions/clear-exceptions.ts';
import { type PaymentRecord, paymentRecords } from '../../lib/ledger/payments.ts';
import { readRecord } from '../../lib/ledger/record.ts';
import { seededRandom } from '../../lib/random.ts';
import { standingOf } from '../../lib/rules/payments/payment-states.ts';
import {
  approvingRow,
  type StatusRow,
  statusRows,
  unknownRow,
} from '../../lib/rules/payments/payment-status-rows.ts';
import { newCast, story } from './story.ts';
import { type Snapshot, World } from './world.ts';

/** How a payment's current generation comes to stand where a row finds it. */
const beginnings = {
  'nothing posted': [],
  posted: ['CLEARED'],
  reversed: ['CLEARED', 'void'],
  'nothing posted since the reissue': ['CLEARED', 'reissue'],
  'posted after the reissue': ['CLEARED', 'reissue', 'CLEARED'],
  'reversed after the reissue': ['CLEARED', 'reissue', 'CLEARED', 'void'],
} as const;

type Beginning = keyof typeof beginnings;

const unknownStatus = 'A_VALUE_OF_NEXT_YEAR';
const rows: readonly StatusRow[] = [...statusRows, approvingRow, unknownRow({ id: 'x' })];

let worlds: Map<Beginning, Snapshot>;
let paymentId = '';

beforeAll(async () => {
  const world = new World();
  const cast = newCast();
  for (const act of story.slice(0, 2)) {
    await act.play(world, cast);
    world.clock.pass(60_000);
    await world.settleDown();
  }
  const bill = Object.values(world.bill.books.bills).find(({ invoiceNumber }) => invoiceNumber === 'KC-1');
  paymentId = world.bill.office.pay({
    bills: [{ billId: bill?.id ?? '', amount: '108.33' }],
    disbursementType: 'ACH',
    fundingAccountId: cast.funding,
    processDate: '2026-11-25',
  });
  await world.settleDown();
  const start = world.snapshot();
  worlds = new Map();
  for (const beginning of Object.keys(beginnings) as Beginning[])
    worlds.set(beginning, await begun(start, beginning));
});

async function begun(start: Snapshot, beginning: Beginning): Promise<Snapshot> {
  const world = new World({ from: start });
  for (const step of beginnings[beginning]) {
    const { office } = world.bill;
    if (step === 'void') office.void(paymentId, 'VOID_AND_CREDIT');
    else if (step === 'reissue') office.void(paymentId, 'VOID_AND_REISSUE');
    else office.advance(paymentId, step);
    world.clock.pass(60_000);
    await world.settleDown();
  }
  return world.snapshot();
}

function worldAt(beginning: Beginning): World {
  const from = worlds.get(beginning);
  if (from === undefined) throw new Error(`The world "${beginning}" was not begun.`);
  return new World({ from, patience: 1 });
}

/** BILL shows the status from now on, however it came to it. */
function show(world: World, { singleStatus }: StatusRow): void {
  const payment = world.bill.books.payments[paymentId];
  if (payment === undefined) throw new Error('The payment is not in BILL.');
  const isNamed = /^[A-Z_]+$/.test(singleStatus);
  payment.singleStatus = isNamed
    ? singleStatus
    : singleStatus === approvingRow.singleStatus
      ? undefined
      : unknownStatus;
  world.clock.pass(60_000);
  payment.updatedAt = world.clock.now();
}

/** News of the payment: of the moment `ago` milliseconds before now. */
async function hear(world: World, ago: number, id: string): Promise<void> {
  const updatedTime = isoTime(world.clock.now() - ago);
  const message = { kind: 'payment', paymentId, updatedTime, reason: `test ${id}` };
  const body = JSON.stringify(message);
  await world.queues.send('sap-work', [
    { group: 'test', deduplicationId: `${id}-${world.clock.now()}`, body },
  ]);
}

async function recordOf(world: World): Promise<PaymentRecord> {
  const record = await readRecord(world.table, paymentRecords, paymentId);
  if (record === undefined) throw new Error('The ledger does not know the payment.');
  return record;
}

/** Entries of the payment in SAP itself. */
function entriesInSap(world: World): { live: number; reversed: number } {
  const supplierLines = (world.sap.books.tables.A_OperationalAcctgDocItemCube ?? []).filter(
    (row) =>
      row.AccountingDocumentType === 'KZ' && row.FinancialAccountType === 'K' && row.IsReversal !== true,
  );
  const live = supplierLines.filter((row) => !row.ReverseDocument).length;
  return { live, reversed: supplierLines.length - live };
}

async function seen(world: World) {
  const { state, exception, intent } = await recordOf(world);
  return { ...entriesInSap(world), state, code: exception?.code, intent };
}

const cases = rows.flatMap((row) =>
  (Object.keys(beginnings) as Beginning[]).map((beginning) => [row.singleStatus, beginning, row] as const),
);

describe('every row of the state machine, through the real journey', () => {
  it.each(cases)('%s, %s', async (_, beginning, row) => {
    const world = worldAt(beginning);
    const before = await recordOf(world);
    const generation = Math.max(1, beginnings[beginning].filter((step) => step === 'reissue').length + 1);
    const inSap = entriesInSap(world);
    const step = row.steps[standingOf(before.postings, generation)];

    show(world, row);
    await hear(world, 90_000, 'late');
    await hear(world, 0, 'first');
    await world.settleDown();
    const once = await seen(world);

    expect(once).toEqual({
      live: step.step === 'post' ? 1 : step.step === 'reverse' ? 0 : inSap.live,
      reversed: inSap.reversed + (step.step === 'reverse' ? inSap.live : 0),
      state: {
        post: 'posted',
        keep: 'posted',
        wait: 'in-transit',
        reverse: 'reversed',
        attend: 'exception',
        ignore: 'ignored',
      }[step.step],
      code: step.step === 'attend' ? step.code : undefined,
      intent: undefined,
    });

    // The same news again, the newest first, and a person who asks again.
    await hear(world, 0, 'again');
    await hear(world, 90_000, 'late-again');
    await world.queues.send('sap-work', [
      {
        group: 'test',
        deduplicationId: 'retry',
        body: JSON.stringify({ kind: 'payment', paymentId, reason: 'retry by a test' }),
      },
    ]);
    await world.settleDown();
    expect(await seen(world)).toEqual(once);
  });
});

describe('a payment that a person has skipped', () => {
  const store = ({ table, queues, clock }: World) => ({ table, queues, clock, random: seededRandom(7) });

  it('is left alone whatever BILL tells of it, until a person asks for it again', async () => {
    const world = worldAt('nothing posted');
    show(world, unknownRow({ id: 'x' }));
    await hear(world, 0, 'unknown');
    await world.settleDown();
    await skipException(store(world), paymentId, 'A. Clerk', 'booked by hand');
    show(world, rowOf('CLEARED'));
    await hear(world, 0, 'cleared');
    await world.settleDown();
    expect(await seen(world)).toMatchObject({ live: 0, state: 'skipped', code: undefined });

    await retryException(store(world), paymentId, 'A. Clerk');
    await world.settleDown();
    expect(await seen(world)).toMatchObject({ live: 1, state: 'posted' });
  });
});

function rowOf(status: string): StatusRow {
  const row = statusRows.find(({ singleStatus }) => singleStatus === status);
  if (row === undefined) throw new Error(`There is no row ${status}.`);
  return row;
}

import { describe, expect, it } from 'vitest';
import { readTieOut } from '../../lib/journeys/tie-out/read-tie-out.ts';
import type { PaymentRecord } from '../../lib/ledger/payments.ts';
import { without } from '../../lib/ledger/record.ts';
import { isTiedOut } from '../../lib/rules/tie-out.ts';
import { DriftCase, handOver } from './drift-case.ts';
import { runStory } from './run-story.ts';
import { World, type WorldOptions } from './world.ts';

async function tiedOut(options: WorldOptions = {}) {
  const world = await runStory(options);
  await world.run((cases) => cases.tieOut());
  return { world, tieOut: await readTieOut(world.table) };
}

function differences(tieOut: Awaited<ReturnType<typeof readTieOut>>) {
  return tieOut?.totals.map(({ companyCode, currency, difference }) => [companyCode, currency, difference]);
}

it('comes to 0.00 after both journeys with everything that happens in them, on each document too', async () => {
  const { tieOut } = await tiedOut();
  expect(tieOut?.lines.filter((line) => !isTiedOut(line))).toEqual([]);
  expect(differences(tieOut)).toEqual([
    ['1010', 'USD', '0.00'],
    ['1710', 'USD', '0.00'],
  ]);
});

it('a bill whose list row does not say what is paid is read by itself', async () => {
  const { tieOut } = await tiedOut({ bill: { thinListRows: true } });
  expect(differences(tieOut)).toEqual([
    ['1010', 'USD', '0.00'],
    ['1710', 'USD', '0.00'],
  ]);
});

/** BILL keeps these fields of the bill to itself, in lists and single reads. */
function silentOn(billId: string, names: readonly string[]): NonNullable<WorldOptions['http']> {
  const silenced = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(silenced);
    if (typeof value !== 'object' || value === null) return value;
    const kept = Object.entries(value).filter(
      ([name]) => !names.includes(name) || (value as { id?: string }).id !== billId,
    );
    return Object.fromEntries(kept.map(([name, each]) => [name, silenced(each)]));
  };
  return (door, side) => async (request) => {
    const answer = await door(request);
    if (side === 'sap' || !request.url.includes('/bills')) return answer;
    return { ...answer, body: JSON.stringify(silenced(JSON.parse(answer.body))) };
  };
}

it('does not take what BILL keeps to itself for unpaid: it names the bill and shows its invoice unexplained', async () => {
  const before = await runStory();
  const bill = openBill(before);
  const http = silentOn(bill.id, ['paidAmount', 'paymentStatus']);
  const world = new World({ from: before.snapshot(), http });
  await world.run((cases) => cases.tieOut());
  const [line] =
    (await readTieOut(world.table))?.lines.filter(({ vendorId }) => vendorId === bill.vendorId) ?? [];
  const open = `${(bill.lines[0]?.amount ?? 0) / 100}`;
  expect(line?.documents).toContainEqual({
    document: bill.description?.match(/1710\/\d+\/\d+/)?.[0],
    sap: expect.stringMatching(new RegExp(`^${open}`)),
    bill: '0.00',
    why: expect.stringContaining(bill.id),
    unexplained: true,
  });
  expect(line?.difference).toMatch(new RegExp(`^${open}`));
  expect(line !== undefined && isTiedOut(line)).toBe(false);
});

it('takes BILL at its word where it calls a bill unpaid and tells no amount', async () => {
  const before = await runStory();
  const http = silentOn(openBill(before).id, ['paidAmount']);
  const world = new World({ from: before.snapshot(), http });
  await world.run((cases) => cases.tieOut());
  const tieOut = await readTieOut(world.table);
  expect(tieOut?.lines.every(isTiedOut)).toBe(true);
});

/** A payment that BILL has cleared and SAP does not take, because the period is closed. */
async function withPaymentNotPosted(): Promise<World> {
  const world = await runStory();
  const { office } = world.bill;
  const bill = openBill(world);
  world.sap.tenant.closePeriod('1710', '2026-11');
  const payment = office.pay({
    bills: [{ billId: bill.id, amount: `${(bill.lines[0]?.amount ?? 0) / 100}` }],
    disbursementType: 'ACH',
    fundingAccountId: office.addFundingAccount({ bankName: 'Example Bank', nameOnAccount: 'Example Inc.' }),
    processDate: '2026-11-24',
  });
  for (const status of ['PROCESSING', 'SENT', 'CLEARED']) office.advance(payment, status);
  await world.settleDown();
  return world;
}

it('counts a document once that is written to while the ledger is being read', async () => {
  const world = new World({ from: (await withPaymentNotPosted()).snapshot() });
  const { queryIndex } = world.table;
  const touched = new Set<string>();
  world.table.queryIndex = async (index, value, range = {}) => {
    const page = await queryIndex(index, value, { ...range, limit: 1 });
    const [item] = page.items;
    if (index !== 'kind' || value !== 'payment' || item === undefined || touched.has(item.pk)) return page;
    touched.add(item.pk);
    world.clock.pass(1);
    await world.table.put({ ...item, sort: new Date(world.clock.now()).toISOString() });
    return page;
  };
  await world.run((cases) => cases.tieOut());
  const tieOut = await readTieOut(world.table);
  expect(tieOut?.totals.map(({ notPosted }) => notPosted)).toContainEqual(expect.not.stringMatching(/^0/));
  expect(differences(tieOut)).toEqual([
    ['1010', 'USD', '0.00'],
    ['1710', 'USD', '0.00'],
  ]);
});

describe('a payment that waits to be posted', () => {
  const tieOutCalls = async (world: World) => {
    world.points.splice(0);
    await world.run((cases) => cases.tieOut());
    return world.points.filter((point) => point.includes('/v3/payments/'));
  };

  it('costs the tie-out no call, however often: the ledger has what it pays', async () => {
    const world = await withPaymentNotPosted();
    expect(await tieOutCalls(world)).toEqual([]);
    const tieOut = await readTieOut(world.table);
    expect(tieOut?.totals.map(({ notPosted }) => notPosted)).toContainEqual(expect.not.stringMatching(/^0/));
  });

  it('is read once and then kept where its record is of an older version', async () => {
    const world = await withPaymentNotPosted();
    await forgetBillPayments(world);
    expect(await tieOutCalls(world)).toHaveLength(1);
    expect(await tieOutCalls(world)).toEqual([]);
    expect(differences(await readTieOut(world.table))).toEqual([
      ['1010', 'USD', '0.00'],
      ['1710', 'USD', '0.00'],
    ]);
  });
});

async function forgetBillPayments({ table }: World): Promise<void> {
  const { items } = await table.queryIndex('kind', 'payment', { limit: 1000 });
  for (const item of items)
    await table.put({ ...item, body: without(item.body as PaymentRecord, 'billPayments') });
}

it('shows to the cent what a person changed in BILL, and names the document', async () => {
  const { world } = await tiedOut();
  const bill = openBill(world);
  const [first] = bill.lines;
  if (first === undefined) throw new Error('The bill has no line.');
  const amount = `${(first.amount + 1) / 100}`;
  world.bill.office.editBill(bill.id, { lines: [{ id: first.id, amount }] });
  await world.run((cases) => cases.tieOut());
  const tieOut = await readTieOut(world.table);
  expect(differences(tieOut)).toEqual([
    ['1010', 'USD', '0.00'],
    ['1710', 'USD', '-0.01'],
  ]);
  const documents = tieOut?.lines.flatMap((line) => line.documents.map(({ document }) => document));
  expect(documents).toContain(bill.description?.match(/1710\/\d+\/\d+/)?.[0]);
});

it('names both documents where people moved an amount from one bill of a vendor to another', async () => {
  const found = new DriftCase(await handOver());
  const [more, less] = [found.bill('KC-1'), found.bill('KC-2')];
  const moved = ({ lines }: typeof more, cents: number) =>
    lines.map(({ id, amount }, index) => ({ id, amount: `${(amount + (index === 0 ? cents : 0)) / 100}` }));
  found.office.editBill(more.id, { lines: moved(more, 1000) });
  found.office.editBill(less.id, { lines: moved(less, -1000) });
  await found.world.run((cases) => cases.tieOut());
  const [line] = (await readTieOut(found.world.table))?.lines.filter((each) => !isTiedOut(each)) ?? [];
  expect(line).toMatchObject({
    difference: '0.00',
    documents: [
      { document: found.id('first'), sap: '108.33', bill: '118.33', unexplained: true },
      { document: found.id('second'), sap: '250.00', bill: '240.00', unexplained: true },
    ],
  });
});

function openBill({ bill }: World) {
  const paid = Object.values(bill.books.payments).flatMap(({ splits }) => splits.map(({ billId }) => billId));
  const found = Object.values(bill.books.bills).find(
    ({ archived, lines, id }) => !archived && lines.length === 1 && !paid.includes(id),
  );
  if (found === undefined) throw new Error('There is no open bill of one line.');
  return found;
}

import { describe, expect, it } from 'vitest';
import { listExceptions, retryException } from '../../lib/journeys/exceptions/clear-exceptions.ts';
import { seededRandom } from '../../lib/random.ts';
import { unlucky } from './faults.ts';
import { newCast, story } from './story.ts';
import { World } from './world.ts';

/** The answer of a bill's creation is lost, and before anybody looks a clerk has copied the bill in BILL. */
async function copied() {
  let isLost = false;
  const world = new World({
    http: (door, side) =>
      side === 'sap'
        ? door
        : unlucky(door, ({ method, url }) => {
            if (isLost || method !== 'POST' || !url.endsWith('/v3/bills')) return 'none';
            isLost = true;
            return 'lost';
          }),
  });
  const cast = newCast();
  await story[0]?.play(world, cast);
  world.sap.tenant.postInvoice({
    companyCode: '1710',
    supplier: cast.suppliers.fresh ?? '',
    documentDate: '2026-11-20',
    postingDate: '2026-11-21',
    reference: 'TW-1',
    lines: [{ kind: 'gl-account', glAccount: '61008000', costCenter: '17101101', amount: '99.99' }],
  });
  await world.oneRound();
  const [made] = Object.values(world.bill.books.bills);
  if (made === undefined) throw new Error('No bill was made.');
  const copy = world.bill.office.addForeignBill({
    vendorId: made.vendorId,
    invoiceNumber: made.invoiceNumber,
    invoiceDate: made.invoiceDate,
    dueDate: made.dueDate,
    description: made.description ?? '',
    lines: [{ amount: '99.99' }],
  });
  return { world, made, copy };
}

describe('a bill that is found twice after a lost answer', () => {
  it('is an exception that people see, and clears once one of the two is archived', async () => {
    const { world, made, copy } = await copied();
    for (let round = 0; round < 20; round += 1) await world.oneRound();
    expect(Object.keys(world.bill.books.bills)).toEqual([made.id, copy]);
    const open = await listExceptions(world);
    expect(open).toMatchObject([{ code: 'FOUND_TWICE' }]);
    world.bill.office.archiveBill(copy);
    const { table, queues, clock } = world;
    await retryException({ table, queues, clock, random: seededRandom(1) }, open[0]?.id ?? '', 'Ada Clerk');
    world.clock.pass(60_000);
    await world.settleDown();
    expect(await listExceptions(world)).toEqual([]);
    expect(await world.openIntents()).toBe(0);
  });
});

import { expect, it } from 'vitest';
import { type Http, HttpFailure } from '../../lib/http/http.ts';
import { cursors } from '../../lib/ledger/cursors.ts';
import { readRecord } from '../../lib/ledger/record.ts';
import { newCast, story } from './story.ts';
import { World } from './world.ts';

const address = { line1: '1 Sample Road', city: 'Sampleton', zipOrPostalCode: '00001', country: 'US' };

/** BILL has 250 vendors that came one after the other, and no answer comes for the third page of their list. */
function brokenWorld(): World {
  let pages = 0;
  const http =
    (door: Http): Http =>
    async (request) => {
      if (!request.url.includes('/v3/vendors?')) return door(request);
      pages += 1;
      if (pages === 3) throw new HttpFailure('ETIMEDOUT', true, 'no answer');
      return door(request);
    };
  const world = new World({ vendors: true, http });
  story[0]?.play(world, newCast());
  world.clock.pass(60_000);
  return world;
}

async function addVendors(world: World): Promise<string> {
  for (let number = 0; number < 250; number += 1) {
    world.bill.office.addVendor({ name: `Sample ${number} LLC`, address, billCurrency: 'USD' });
    world.clock.pass(10_000);
  }
  return new Date(world.clock.now() - 60 * 10_000).toISOString();
}

const position = async (world: World, name: string) =>
  Date.parse((await readRecord(world.table, cursors, name))?.position ?? '2000-01-01T00:00:00.000Z');

it('the directory of vendors that breaks off in the middle goes on where it was', async () => {
  const world = brokenWorld();
  const supplier = world.sap.tenant.addSupplier({
    name: 'Fresh Example LLC',
    address: { street: 'Sample Road', city: 'Sampleton', postalCode: '00001', region: 'NY', country: 'US' },
    companies: [{ companyCode: '1710' }],
  });
  const seen = await addVendors(world);
  const key = world.sap.tenant.postInvoice({
    companyCode: '1710',
    supplier,
    reference: 'FX-1',
    documentDate: '2026-11-20',
    postingDate: '2026-11-21',
    lines: [{ kind: 'gl-account', glAccount: '61003000', costCenter: '17101401', amount: '80.00' }],
  });
  await world.run((cases) => cases.findInvoices());
  const [item] = (await world.table.queryIndex('kind', 'invoice')).items;
  const { seenVersion = '' } = (item?.body ?? {}) as { seenVersion?: string };
  const work = { kind: 'invoice', key, changeStamp: seenVersion, attempt: 1 } as const;
  expect(await world.run((cases) => cases.handOverInvoice(work))).toBeUndefined();
  expect(Object.values(world.bill.books.bills)).toEqual([]);
  expect(await position(world, 'vendors')).toBeGreaterThan(Date.parse(seen) - 60 * 60_000);
});

it('a poll that breaks off in the middle of a long list goes on where it was', async () => {
  const world = brokenWorld();
  await world.run((cases) => cases.findVendors());
  const before = await position(world, 'vendor-changes');
  await addVendors(world);
  expect(await world.run((cases) => cases.findVendors())).toBeUndefined();
  expect(await position(world, 'vendor-changes')).toBeGreaterThan(before + 15 * 60_000);
  await world.settleDown();
  const { items } = await world.table.queryIndex('kind', 'vendor');
  expect(items.length).toBeGreaterThanOrEqual(250);
});

import { beforeAll, describe, expect, it } from 'vitest';
import { listExceptions } from '../../lib/journeys/clear-exceptions.ts';
import type { Act, Cast } from './act.ts';
import { crashAt } from './faults.ts';
import { brokenInvariants } from './invariants.ts';
import { newCast, story } from './story.ts';
import { type Snapshot, World, type WorldOptions } from './world.ts';

const options: WorldOptions = {
  vendors: true,
  config: {
    vendors: {
      createInSap: {
        grouping: 'BP02',
        companyCodes: [{ companyCode: '1710', payableAccount: '21100000', paymentTerms: 'NT30' }],
      },
    },
  },
};

/** Every write of the alignment: a vendor's PATCH, a supplier's e-mail, and a business partner. */
const acts: readonly Act[] = [
  {
    name: 'a supplier is renamed in SAP',
    play: ({ sap }, { suppliers }) =>
      sap.tenant.changeSupplier(suppliers.fresh ?? '', { name: 'Fresh Supplies of Newton LLC' }),
  },
  {
    name: 'a vendor gets another e-mail in BILL',
    play: ({ bill }) =>
      bill.office.editVendor(vendorNamed(bill, 'KNOWN CONSULTING, INC.'), { email: 'new@known.example' }),
  },
  {
    name: 'a vendor is born in BILL and SAP does not know it',
    play: ({ bill }) => {
      bill.office.addVendor({
        name: 'Born Example LLC',
        address: {
          line1: '5 Sample Road',
          city: 'Sampleton',
          stateOrProvince: 'NY',
          zipOrPostalCode: '00005',
          country: 'US',
        },
        email: 'born@example.test',
        billCurrency: 'USD',
      });
    },
  },
];

describe('the connector is killed before and after every single I/O call while vendors are aligned', () => {
  let before: Snapshot;
  let cast: Cast;
  beforeAll(async () => {
    const world = new World(options);
    cast = newCast();
    for (const act of story.slice(0, 2)) await play(world, act, cast);
    before = world.snapshot();
  }, 60_000);

  it.each(acts.map((act) => [act.name, act] as const))(
    'while %s',
    async (_, act) => {
      const rehearsed = new World({ ...options, from: before });
      await play(rehearsed, act, cast);
      const end = await endOf(rehearsed);
      const places = rehearsed.points.flatMap((_, index) => [`${index + 1} before`, `${index + 1} after`]);
      const broken: string[] = [];
      for (const place of places) {
        const world = new World({ ...options, from: before, fate: crashAt(new Set([place])) });
        await play(world, act, cast);
        const found = await brokenInvariants(world);
        if ((await endOf(world)) !== end) found.push('it ended otherwise than without faults');
        const at = rehearsed.points[Number(place.split(' ')[0]) - 1];
        broken.push(...found.map((each) => `killed ${place} (${at}): ${each}`));
      }
      expect(broken).toEqual([]);
    },
    300_000,
  );
});

async function play(world: World, act: Act, cast: Cast): Promise<void> {
  act.play(world, cast);
  world.clock.pass(60_000);
  await world.settleDown();
}

/** Vendors and suppliers by what they say, without ids and times, and what needs a person. */
async function endOf(world: World): Promise<string> {
  const { vendors } = world.bill.books;
  const tables = world.sap.books.tables;
  return JSON.stringify({
    vendors: Object.values(vendors).map(({ fields, archived }) => ({ fields, archived })),
    partners: tables.A_BusinessPartner?.map((row) => row.BusinessPartnerFullName).sort(),
    emails: tables.A_AddressEmailAddress?.map((row) => row.EmailAddress).sort(),
    exceptions: (await listExceptions(world)).map(({ kind, code }) => `${kind} ${code}`).sort(),
    links: (await world.table.queryIndex('kind', 'link')).items.length,
  });
}

function vendorNamed({ books }: World['bill'], name: string): string {
  return Object.values(books.vendors).find(({ fields }) => fields.name === name)?.id ?? '';
}

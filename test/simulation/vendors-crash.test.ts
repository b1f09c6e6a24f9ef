import { beforeAll, describe, expect, it } from 'vitest';
import { listExceptions } from '../../lib/journeys/exceptions/clear-exceptions.ts';
import { bodyOf, readRecord } from '../../lib/ledger/record.ts';
import { knownVendors, type VendorLink } from '../../lib/ledger/vendors.ts';
import type { Act, Cast } from './act.ts';
import { crashAt } from './faults.ts';
import { brokenInvariants } from './invariants.ts';
import { newCast, story } from './story.ts';
import { type Snapshot, World, type WorldOptions } from './world.ts';

/** The daily comparison is left out: what a crash loses it would mend a day later. */
const options: WorldOptions = {
  polls: ['findSuppliers', 'findVendors'],
  config: {
    vendors: {
      createInSap: {
        grouping: 'BP02',
        companyCodes: [{ companyCode: '1710', payableAccount: '21100000', paymentTerms: 'NT30' }],
      },
    },
  },
};

const here = {
  line1: '5 Sample Road',
  city: 'Sampleton',
  stateOrProvince: 'NY',
  zipOrPostalCode: '00005',
  country: 'US',
};

interface VendorAct extends Act {
  /** The calls that write. */
  readonly writes: readonly RegExp[];
  /** What both sides say once the change has arrived. */
  readonly arrives: readonly string[];
}

const patchOfVendor = /^bill PATCH .*\/vendors\//;
const patchOfEmail = /^sap PATCH .*A_AddressEmailAddress/;
const patchOfPhone = /^sap PATCH .*A_AddressPhoneNumber/;
const newPartner = /^sap POST .*A_BusinessPartner$/;

/** Every write of the alignment: a vendor's PATCH, a supplier's e-mail and phone, a business partner, a link. */
const acts: readonly VendorAct[] = [
  {
    name: 'a supplier is renamed in SAP',
    play: ({ sap }, { suppliers }) =>
      sap.tenant.changeSupplier(suppliers.fresh ?? '', { name: 'Fresh Supplies of Newton LLC' }),
    writes: [patchOfVendor],
    arrives: ['BILL Fresh Supplies of Newton LLC', 'SAP Fresh Supplies of Newton LLC'],
  },
  {
    name: 'a vendor gets another e-mail and phone in BILL',
    play: ({ bill }) =>
      bill.office.editVendor(vendorNamed(bill, 'KNOWN CONSULTING, INC.'), {
        email: 'new@known.example',
        phone: '555-0177',
      }),
    writes: [patchOfEmail, patchOfPhone],
    arrives: ['SAP new@known.example', 'SAP 555-0177', 'BILL new@known.example', 'BILL 555-0177'],
  },
  {
    name: 'one is renamed in SAP and gets another e-mail in BILL at the same time',
    play: ({ sap, bill }, { suppliers }) => {
      sap.tenant.changeSupplier(suppliers.known ?? '', { name: 'Known Advisers Inc.' });
      bill.office.editVendor(vendorNamed(bill, 'KNOWN CONSULTING, INC.'), { email: 'new@known.example' });
    },
    writes: [patchOfVendor, patchOfEmail],
    arrives: ['BILL Known Advisers Inc.', 'SAP new@known.example'],
  },
  {
    name: 'a vendor is born in BILL and SAP does not know it',
    play: ({ bill }) =>
      void bill.office.addVendor({
        name: 'Born Example LLC',
        address: here,
        email: 'born@example.test',
        billCurrency: 'USD',
      }),
    writes: [newPartner],
    arrives: ['SAP Born Example LLC', 'SAP born@example.test', 'linked Born Example LLC'],
  },
  {
    name: 'a vendor is born in BILL and SAP has exactly this supplier',
    play: ({ bill }) =>
      void bill.office.addVendor({ name: 'ONLY IN SAP, INC.', address: here, billCurrency: 'USD' }),
    writes: [],
    arrives: ['linked Only In SAP Inc'],
  },
];

describe('the connector is killed before and after every single I/O call while vendors are aligned', () => {
  let before: Snapshot;
  let cast: Cast;
  beforeAll(async () => {
    const { polls: _, ...withUsualPolls } = options;
    const world = new World({ ...withUsualPolls, vendors: true });
    cast = newCast();
    await play(world, story[0], cast);
    addWhatTheActsNeed(world, cast);
    await play(world, story[1], cast);
    before = world.snapshot();
  }, 60_000);

  it.each(acts.map((act) => [act.name, act] as const))(
    'while %s',
    async (_, act) => {
      const rehearsed = new World({ ...options, from: before });
      await play(rehearsed, act, cast);
      const end = await endOf(rehearsed);
      expect(end).toEqual(expect.arrayContaining([...act.arrives]));
      for (const write of act.writes)
        expect(
          rehearsed.points.filter((point) => write.test(point)),
          String(write),
        ).toHaveLength(1);
      const places = rehearsed.points.flatMap((_, index) => [`${index + 1} before`, `${index + 1} after`]);
      const broken: string[] = [];
      for (const place of places) {
        const world = new World({ ...options, from: before, fate: crashAt(new Set([place])) });
        await play(world, act, cast);
        const found = [...(await brokenInvariants(world)), ...(await brokenLinks(world))];
        const ended = await endOf(world);
        if (JSON.stringify(ended) !== JSON.stringify(end))
          found.push(`it ended otherwise than without faults: ${difference(ended, end)}`);
        if (world.crashes !== 1) found.push('it was not killed');
        const at = rehearsed.points[Number(place.split(' ')[0]) - 1];
        broken.push(...found.map((each) => `killed ${place} (${at}): ${each}`));
      }
      expect(broken).toEqual([]);
    },
    300_000,
  );
});

/** A phone number in SAP that BILL may change, and a supplier that BILL does not know yet. */
function addWhatTheActsNeed({ sap }: World, { suppliers }: Cast): void {
  sap.tenant.changeSupplier(suppliers.known ?? '', { phone: '555-0100' });
  sap.tenant.addSupplier({
    name: 'Only In SAP Inc',
    address: { street: 'Sample Road', city: 'Sampleton', postalCode: '00005', region: 'NY', country: 'US' },
    companies: [{ companyCode: '1710' }],
  });
}

async function play(world: World, act: Act | undefined, cast: Cast): Promise<void> {
  await act?.play(world, cast);
  world.clock.pass(60_000);
  await world.settleDown();
}

/** What both sides say of vendors and suppliers, without ids and times; the links, and what needs a person. */
async function endOf(world: World): Promise<string[]> {
  const { A_BusinessPartner: partners = [], A_AddressEmailAddress: emails = [] } = world.sap.books.tables;
  const phones = world.sap.books.tables.A_AddressPhoneNumber ?? [];
  const ofBill = Object.values(world.bill.books.vendors).flatMap(({ fields, archived }) => [
    `BILL ${fields.name}${archived ? ', archived' : ''}`,
    `BILL ${fields.email}`,
    `BILL ${fields.phone}`,
    `BILL ${fields.name} at ${JSON.stringify(fields.address)}`,
  ]);
  return [
    ...ofBill,
    ...partners.map((row) => `SAP ${row.BusinessPartnerFullName}`),
    ...emails.map((row) => `SAP ${row.EmailAddress}`),
    ...phones.map((row) => `SAP ${row.PhoneNumber}`),
    ...(await linksOf(world)).map(({ supplierName }) => `linked ${supplierName}`),
    ...(await listExceptions(world)).map(({ kind, code }) => `exception ${kind} ${code}`),
  ].sort();
}

/** I2 from both ends: one supplier, one vendor; no business partner is there twice. */
async function brokenLinks(world: World): Promise<string[]> {
  const broken: string[] = [];
  for (const { supplier, vendorId = '', intent } of await linksOf(world)) {
    const known = await readRecord(world.table, knownVendors, vendorId);
    if (known?.supplier !== supplier)
      broken.push(`I2: supplier ${supplier} is linked to ${vendorId} one way`);
    if ((intent ?? known?.intent) !== undefined) broken.push(`I5: a write of supplier ${supplier} is open`);
  }
  const partners = world.sap.books.tables.A_BusinessPartner ?? [];
  const byName = Map.groupBy(partners, (row) => row.BusinessPartnerFullName);
  for (const [name, rows] of byName)
    if (rows.length > 1) broken.push(`I2: business partner ${name} is there ${rows.length} times`);
  return broken;
}

async function linksOf({ table }: World): Promise<VendorLink[]> {
  return (await table.queryIndex('kind', 'link')).items.flatMap((item) => bodyOf<VendorLink>(item) ?? []);
}

function difference(found: readonly string[], wanted: readonly string[]): string {
  const more = found.filter((each) => !wanted.includes(each)).map((each) => `+ ${each}`);
  const less = wanted.filter((each) => !found.includes(each)).map((each) => `- ${each}`);
  return [...more, ...less].join('; ');
}

function vendorNamed({ books }: World['bill'], name: string): string {
  return Object.values(books.vendors).find(({ fields }) => fields.name === name)?.id ?? '';
}

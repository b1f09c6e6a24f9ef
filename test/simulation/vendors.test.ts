import { beforeEach, describe, expect, it } from 'vitest';
import type { Http } from '../../lib/http/http.ts';
import {
  listExceptions,
  retryException,
  skipException,
} from '../../lib/journeys/exceptions/clear-exceptions.ts';
import { type InvoiceRecord, invoiceId } from '../../lib/ledger/invoices.ts';
import { readRecord } from '../../lib/ledger/record.ts';
import { timeline } from '../../lib/ledger/timeline.ts';
import { knownVendors, vendorLinks } from '../../lib/ledger/vendors.ts';
import { seededRandom } from '../../lib/random.ts';
import { newCast, story } from './story.ts';
import { address, codes, createInSap, later, linkedWorld } from './vendor-case.ts';
import { World } from './world.ts';

describe('a linked vendor', () => {
  let given: Awaited<ReturnType<typeof linkedWorld>>;
  beforeEach(async () => {
    given = await linkedWorld();
  });

  it("gets SAP's new name and address once, and nothing echoes", async () => {
    const { world, supplier, vendorId } = given;
    const moved = {
      street: 'New Street',
      houseNumber: '9',
      city: 'Newton',
      postalCode: '00009',
      region: 'MA',
      country: 'US',
    };
    world.sap.tenant.changeSupplier(supplier, { name: 'Fresh Supplies of Newton LLC', address: moved });
    await later(world);
    // SAP's former address is valid to the end of the day.
    world.clock.pass(24 * 60 * 60_000);
    await later(world);
    expect(world.bill.books.vendors[vendorId]?.fields).toMatchObject({
      name: 'Fresh Supplies of Newton LLC',
      address: { line1: '9 New Street', city: 'Newton', zipOrPostalCode: '00009' },
    });
    expect(await codes(world)).toEqual([]);
    const changedAt = world.bill.books.vendors[vendorId]?.updatedAt;
    await later(world);
    expect(world.bill.books.vendors[vendorId]?.updatedAt).toBe(changedAt);
  });

  it("raises a name that was changed in BILL, touches neither, and clears when BILL's is put back", async () => {
    const { world, vendorId } = given;
    world.bill.office.editVendor(vendorId, { name: 'Other Name LLC' });
    await later(world);
    expect(await codes(world)).toEqual(['VENDOR_FIELD_CONFLICT']);
    expect(world.bill.books.vendors[vendorId]?.fields.name).toBe('Other Name LLC');
    world.bill.office.editVendor(vendorId, { name: 'Fresh Supplies LLC' });
    await later(world);
    expect(await codes(world)).toEqual([]);
  });

  it('stays as it is when a person skips the conflict', async () => {
    const { world, supplier, vendorId } = given;
    world.bill.office.editVendor(vendorId, { name: 'Other Name LLC' });
    await later(world);
    const store = {
      ...world,
      random: seededRandom(1),
      table: world.table,
      queues: world.queues,
      clock: world.clock,
    };
    await skipException(store, supplier, 'Ada Example', 'Both names are right.');
    await later(world);
    expect(await codes(world)).toEqual([]);
    expect(world.bill.books.vendors[vendorId]?.fields.name).toBe('Other Name LLC');
  });

  it('names the open bills of a supplier that is blocked, and clears when the block is lifted', async () => {
    const { world, supplier } = given;
    world.sap.tenant.changeSupplier(supplier, { postingBlocked: true });
    await later(world);
    const [exception] = (await listExceptions(world)).filter(({ kind }) => kind === 'supplier');
    expect(exception).toMatchObject({ code: 'SUPPLIER_BLOCKED_WITH_OPEN_BILLS', id: supplier });
    expect(exception?.what).toContain('FS-1');
    world.sap.tenant.changeSupplier(supplier, { postingBlocked: false });
    await later(world);
    expect(await codes(world)).toEqual([]);
  });

  it('raises an archived vendor while SAP uses the supplier', async () => {
    const { world, vendorId } = given;
    world.bill.office.archiveVendor(vendorId);
    await later(world);
    expect(await codes(world)).toEqual(['VENDOR_ARCHIVED_IN_BILL']);
    world.bill.office.restoreVendor(vendorId);
    await later(world);
    expect(await codes(world)).toEqual([]);
  });

  it.each([
    ['refused', 'VENDOR_CHANGE_REFUSED'],
    ['ignored', 'VENDOR_CHANGE_OVERRIDDEN'],
  ] as const)('of the network: a change that is %s becomes %s', async (change, code) => {
    const { world, supplier, vendorId } = given;
    world.bill.switches.changeOfConnectedVendor = change;
    world.bill.office.connectVendor(vendorId);
    await later(world);
    world.sap.tenant.changeSupplier(supplier, { name: 'Renamed Supplies LLC' });
    await later(world);
    expect(await codes(world)).toEqual([code]);
  });

  it('has its foreign bill raised with the same number as ours', async () => {
    const { world, vendorId } = given;
    const foreign = {
      vendorId,
      invoiceDate: '2026-11-20',
      dueDate: '2026-12-20',
      lines: [{ amount: '99.99' }],
    };
    const id = world.bill.office.addForeignBill({ ...foreign, invoiceNumber: 'FS-1' });
    world.bill.office.addForeignBill({ ...foreign, invoiceNumber: 'X-77' });
    await later(world);
    expect((await codes(world)).sort()).toEqual(['BILL_NOT_FROM_SAP', 'SAME_NUMBER_IN_BILL']);
    world.bill.office.archiveBill(id);
    await later(world);
    expect(await codes(world)).toEqual(['BILL_NOT_FROM_SAP']);
  });

  it.each(['raise', 'ignore'])(
    'whose invoice is in BILL by mail first gets no second bill for it (%s)',
    async (foreignBills) => {
      const { world, supplier, vendorId } = await linkedWorld({ config: { vendors: { foreignBills } } });
      const mailed = world.bill.office.addForeignBill({
        vendorId,
        invoiceNumber: 'fs-90',
        invoiceDate: '2026-11-20',
        dueDate: '2026-12-20',
        lines: [{ amount: '80.00' }],
      });
      await later(world);
      const key = world.sap.tenant.postInvoice({ ...invoiceOf(supplier), reference: 'FS-90' });
      await later(world);
      expect(billsNumbered(world, 'FS-90')).toEqual([[mailed, false]]);
      expect(await codes(world)).toContain('NUMBER_TAKEN_IN_BILL');
      world.bill.office.archiveBill(mailed);
      const { table, queues, clock } = world;
      const store = { table, queues, clock, random: seededRandom(5) };
      await retryException(store, invoiceId(key), 'A. Clerk');
      await later(world);
      expect(billsNumbered(world, 'FS-90').map(([, archived]) => archived)).toEqual([true, false]);
      expect(await codes(world)).toEqual([]);
    },
  );
});

it('a vendor that was in BILL before us has its bills looked through once, when it is linked', async () => {
  const world = new World({ vendors: true });
  story[0]?.play(world, newCast());
  const supplier = world.sap.tenant.addSupplier({
    name: 'Old Acquaintance LLC',
    email: 'old@acquaintance.example',
    address: {
      street: 'Sample Road',
      houseNumber: '5',
      city: 'Sampleton',
      postalCode: '00005',
      region: 'NY',
      country: 'US',
    },
    companies: [{ companyCode: '1710' }],
  });
  const vendorId = world.bill.office.addVendor({
    name: 'Old Acquaintance LLC',
    email: 'old@acquaintance.example',
    address,
    billCurrency: 'USD',
  });
  const keyed = world.bill.office.addForeignBill({
    vendorId,
    invoiceNumber: 'OA-1',
    invoiceDate: '2026-11-20',
    dueDate: '2026-12-20',
    lines: [{ amount: '80.00' }],
  });
  await later(world);
  for (const reference of ['OA-1', 'OA-2'])
    world.sap.tenant.postInvoice({ ...invoiceOf(supplier), reference });
  await later(world);
  expect(billsNumbered(world, 'OA-1')).toEqual([[keyed, false]]);
  expect(billsNumbered(world, 'OA-2')).toHaveLength(1);
  expect(await codes(world)).toEqual(['NUMBER_TAKEN_IN_BILL']);
});

it('a ledger that was lost makes no bill again: it takes over those that it finds', async () => {
  const { world } = await linkedWorld();
  const before = Object.values(world.bill.books.bills).map(({ id, archived }) => [id, archived]);
  const empty = new World({ vendors: true });
  const { table, queues } = empty.snapshot();
  const again = new World({ vendors: true, from: { ...world.snapshot(), table, queues } });
  await later(again);
  await later(again);
  expect(Object.values(again.bill.books.bills).map(({ id, archived }) => [id, archived])).toEqual(before);
  expect(await codes(again)).toEqual([]);
  const { items } = await again.table.queryIndex('kind', 'invoice');
  const states = items.map(({ body }) => (body as InvoiceRecord).state);
  expect(states.filter((state) => state === 'handed-over')).toHaveLength(before.length);
});

function invoiceOf(supplier: string) {
  return {
    companyCode: '1710',
    supplier,
    documentDate: '2026-11-20',
    postingDate: '2026-11-21',
    lines: [{ kind: 'gl-account', glAccount: '61003000', costCenter: '17101401', amount: '80.00' }],
  } as const;
}

function billsNumbered({ bill }: World, number: string) {
  return Object.values(bill.books.bills)
    .filter(({ invoiceNumber }) => invoiceNumber.toUpperCase() === number)
    .map(({ id, archived }) => [id, archived] as const);
}

it("takes BILL's e-mail to SAP where SAP has one", async () => {
  const world = new World({ vendors: true });
  const cast = newCast();
  for (const act of story.slice(0, 2)) {
    act.play(world, cast);
    await later(world);
  }
  const link = await readRecord(world.table, vendorLinks, cast.suppliers.known ?? '');
  world.bill.office.editVendor(link?.vendorId ?? '', { email: 'new@known.example' });
  await later(world);
  expect(await codes(world)).toEqual([]);
  expect(JSON.stringify(world.sap.books.tables.A_AddressEmailAddress)).toContain('new@known.example');
});

it('a change that does not move the stamp is found by the comparison', async () => {
  const { world, supplier, vendorId } = await linkedWorld({ sap: { childChangesMovePartnerStamp: false } });
  const moved = { street: 'New Street', city: 'Newton', postalCode: '00009', region: 'MA', country: 'US' };
  world.sap.tenant.changeSupplier(supplier, { address: moved });
  await later(world);
  world.clock.pass(24 * 60 * 60_000);
  await later(world);
  expect(world.bill.books.vendors[vendorId]?.fields.address).toMatchObject({ city: 'Newton' });
});

describe('a vendor that is born in BILL', () => {
  it('is linked by nobody but a person where more suppliers have a name like it than can be compared', async () => {
    const { world } = await linkedWorld();
    const { tenant } = world.sap;
    const companies = [{ companyCode: '1710' }];
    const street = { street: 'Sample Road', houseNumber: '5', city: 'Sampleton', postalCode: '00005' };
    const country = { region: 'NY', country: 'US' };
    tenant.addSupplier({ name: 'Born Example LLC', address: { ...street, ...country }, companies });
    const elsewhere = { ...street, ...country, street: 'Other Road', city: 'Elsewhere' };
    for (let number = 1; number <= 100; number += 1)
      tenant.addSupplier({ name: `Born Number ${number}`, address: elsewhere, companies });
    await later(world);
    world.bill.office.addVendor({ name: 'Born Example LLC', address, billCurrency: 'USD' });
    await later(world);
    expect(await codes(world)).toEqual(['VENDOR_MATCH_UNSURE']);
  });

  it('is raised, and linked when SAP gets the supplier', async () => {
    const { world } = await linkedWorld();
    const id = world.bill.office.addVendor({ name: 'Born Example LLC', address, billCurrency: 'USD' });
    await later(world);
    expect(await codes(world)).toEqual(['VENDOR_NOT_IN_SAP']);
    const sapAddress = {
      street: 'Sample Road',
      houseNumber: '5',
      city: 'Sampleton',
      postalCode: '00005',
      region: 'NY',
      country: 'US',
    };
    const supplier = world.sap.tenant.addSupplier({
      name: 'Born Example LLC',
      address: sapAddress,
      companies: [{ companyCode: '1710' }],
    });
    await later(world);
    expect(await codes(world)).toEqual([]);
    expect(await readRecord(world.table, knownVendors, id)).toMatchObject({ supplier });
  });

  it('is created in SAP where the configuration allows it, once', async () => {
    const { world } = await linkedWorld({ config: { vendors: { createInSap } } });
    const id = world.bill.office.addVendor({
      name: 'Born Example LLC',
      address,
      email: 'born@example.test',
      billCurrency: 'USD',
    });
    await later(world);
    await later(world);
    expect(await codes(world)).toEqual([]);
    const partners = (world.sap.books.tables.A_BusinessPartner ?? []).filter(
      (row) => row.BusinessPartnerFullName === 'Born Example LLC',
    );
    expect(partners).toHaveLength(1);
    expect(await readRecord(world.table, knownVendors, id)).toMatchObject({
      supplier: partners[0]?.Supplier,
    });
  });
});

describe('calls to BILL', () => {
  const readsOfVendors = ({ points }: World) =>
    points.filter((point) => /^bill GET .*\/vendors\/./.test(point)).length;

  it('are not spent on what the connector itself has created or changed', async () => {
    const polls = ['findInvoices', 'findPayments', 'findSuppliers', 'findVendors'] as const;
    const { world, supplier, vendorId } = await linkedWorld({ polls });
    world.sap.tenant.changeSupplier(supplier, { name: 'Renamed Supplies LLC' });
    const before = readsOfVendors(world);
    await later(world);
    expect(world.bill.books.vendors[vendorId]?.fields.name).toBe('Renamed Supplies LLC');
    expect(readsOfVendors(world) - before).toBe(1);
    await later(world);
    expect(readsOfVendors(world) - before).toBe(1);
  });

  it('are not spent on the event of a creation whose answer is not kept yet', async () => {
    const world = new World({ vendors: true });
    const cast = newCast();
    story[0]?.play(world, cast);
    await later(world);
    const before = readsOfVendors(world);
    story[1]?.play(world, cast);
    await later(world);
    const matchedByName = 1;
    expect(readsOfVendors(world) - before).toBe(matchedByName);
  });

  it('are not spent on a change in SAP that BILL does not know of', async () => {
    const { world, supplier } = await linkedWorld();
    const before = readsOfVendors(world);
    world.sap.tenant.changeSupplier(supplier, {});
    await later(world);
    expect(readsOfVendors(world)).toBe(before);
  });
});

it("loses no person's change that comes between our reading and our writing", async () => {
  let onPatch = () => {};
  const http =
    (door: Http): Http =>
    (request) => {
      if (request.method === 'PATCH' && request.url.includes('/vendors/')) onPatch();
      return door(request);
    };
  const world = new World({ vendors: true, http });
  const cast = newCast();
  for (const act of story.slice(0, 2)) {
    act.play(world, cast);
    await later(world);
  }
  const supplier = cast.suppliers.known ?? '';
  const { vendorId = '' } = (await readRecord(world.table, vendorLinks, supplier)) ?? {};
  onPatch = () => {
    onPatch = () => {};
    world.bill.office.editVendor(vendorId, { email: 'new@known.example' });
    world.clock.pass(10);
  };
  world.sap.tenant.changeSupplier(supplier, { name: 'Known Advisers Inc.' });
  await later(world);
  expect(world.bill.books.vendors[vendorId]?.fields).toMatchObject({
    name: 'Known Advisers Inc.',
    email: 'new@known.example',
  });
  expect(JSON.stringify(world.sap.books.tables.A_AddressEmailAddress)).toContain('new@known.example');
  expect(await codes(world)).toEqual([]);
});

it('two suppliers that both could be a new vendor are looked at once, and a person decides', async () => {
  const { world } = await linkedWorld();
  const twin = {
    name: 'Twin Example LLC',
    address: { street: 'Sample Road', city: 'Sampleton', postalCode: '00005', region: 'NY', country: 'US' },
    companies: [{ companyCode: '1710' }],
  };
  world.sap.tenant.addSupplier(twin);
  world.clock.pass(5_000);
  world.sap.tenant.addSupplier(twin);
  world.bill.office.addVendor({ name: 'Twin Example LLC', address, billCurrency: 'USD' });
  await later(world);
  await later(world);
  const [exception] = (await listExceptions(world)).filter(({ kind }) => kind === 'vendor');
  expect(exception).toMatchObject({ code: 'VENDOR_MATCH_UNSURE' });
  expect(Object.values(exception?.sapValues ?? {})).toEqual([
    'Twin Example LLC, Sampleton: score 50 (name, address)',
    'Twin Example LLC, Sampleton: score 50 (name, address)',
  ]);
});

it('what differs when the two are linked is told, and stays', async () => {
  const world = new World({ vendors: true });
  const cast = newCast();
  story[0]?.play(world, cast);
  const [vendor] = Object.values(world.bill.books.vendors);
  world.bill.office.editVendor(vendor?.id ?? '', { phone: '555-0177' });
  await later(world);
  story[1]?.play(world, cast);
  await later(world);
  const told = await timeline(world.table, { kind: 'supplier', id: cast.suppliers.known ?? '' });
  expect(told.map(({ text }) => text)).toContainEqual(
    expect.stringMatching(/differ from the beginning.*phone \(SAP none, BILL 555-0177\)/),
  );
  expect(world.bill.books.vendors[vendor?.id ?? '']?.fields.phone).toBe('555-0177');
});

import { describe, expect, it } from 'vitest';
import type { Http } from '../../lib/http/http.ts';
import { listExceptions } from '../../lib/journeys/exceptions/clear-exceptions.ts';
import { invoiceId, invoiceRecords } from '../../lib/ledger/invoices.ts';
import { readRecord } from '../../lib/ledger/record.ts';
import { knownVendors, type VendorLink, vendorLinks } from '../../lib/ledger/vendors.ts';
import { newCast, story } from './story.ts';
import { createInSap, address as exampleAddress, later } from './vendor-case.ts';
import { World, type WorldOptions } from './world.ts';

/**
 * Bills and payments are worked on at the same time, and so are the groups of one queue: what two workers do to one
 * supplier or vendor between each other's steps makes neither twice.
 */
const sapAddress = {
  street: 'Sample Road',
  city: 'Sampleton',
  postalCode: '00005',
  region: 'NY',
  country: 'US',
};
const address = { ...exampleAddress, line1: 'Sample Road' };

/** The directory of vendors is read for the first time: an invoice is about to get its vendor. */
const isFirstLook = ({ url }: Request) => url.includes('/v3/vendors?') && url.includes('2000-01-01');

type Request = Parameters<Http>[0];

type Moment = (request: Request) => boolean;

/** A world in which something happens once, just before a request goes out or just after its answer. */
async function interrupted(options: WorldOptions = {}) {
  const at: { before?: Moment; after?: Moment; what: () => Promise<unknown> } = {
    what: async () => undefined,
  };
  const interrupt = async (when: 'before' | 'after', request: Request) => {
    if (at[when]?.(request) !== true) return;
    delete at[when];
    await at.what();
  };
  const http =
    (door: Http): Http =>
    async (request) => {
      await interrupt('before', request);
      const answer = await door(request);
      await interrupt('after', request);
      return answer;
    };
  const world = new World({ vendors: true, http, ...options });
  const cast = newCast();
  story[0]?.play(world, cast);
  await later(world);
  return { world, at };
}

function invoiceOf(supplier: string, more: object = {}) {
  return {
    companyCode: '1710',
    supplier,
    documentDate: '2026-11-20',
    postingDate: '2026-11-21',
    lines: [{ kind: 'gl-account', glAccount: '61003000', costCenter: '17101401', amount: '80.00' }],
    ...more,
  } as const;
}

it('a supplier that is linked while its vendor is about to be created gets no second vendor', async () => {
  const { world, at } = await interrupted();
  const taxNumbers = [{ type: 'US2', number: '12-0000007' }];
  const companies = [{ companyCode: '1710' }];
  const supplier = world.sap.tenant.addSupplier({
    name: 'Former Example LLC',
    email: 'ap@example.test',
    address: sapAddress,
    taxNumbers,
    companies,
  });
  const before = Object.keys(world.bill.books.vendors).length;
  at.after = isFirstLook;
  at.what = async () => {
    const vendorId = world.bill.office.addVendor({
      name: 'Renamed Example LLC',
      email: 'ap@example.test',
      address,
      additionalInfo: { taxId: '12-0000007' },
      billCurrency: 'USD',
    });
    world.clock.pass(1_000);
    await world.run((cases) => cases.alignVendor({ kind: 'vendor', vendorId, reason: 'webhook' }));
  };
  world.sap.tenant.postInvoice(invoiceOf(supplier, { reference: 'RX-1' }));
  await later(world);
  expect(Object.keys(world.bill.books.vendors)).toHaveLength(before + 1);
  expect((await readRecord(world.table, vendorLinks, supplier))?.signs).toContain('tax id');
  expect((await listExceptions(world)).map(({ code }) => code)).toEqual([]);
});

describe('a vendor that is about to get its supplier in SAP', () => {
  const name = 'Born Example LLC';
  const email = 'born@example.test';

  /** Somebody enters the supplier and its invoice in SAP, and the invoice is handed over. */
  async function handOver(world: World): Promise<string> {
    const companies = [{ companyCode: '1710' }];
    const supplier = world.sap.tenant.addSupplier({ name, email, address: sapAddress, companies });
    const key = world.sap.tenant.postInvoice(invoiceOf(supplier, { reference: 'BX-1' }));
    world.clock.pass(1_000);
    await world.run((cases) => cases.findInvoices());
    const record = await readRecord(world.table, invoiceRecords, invoiceId(key));
    const work = { kind: 'invoice', key, changeStamp: record?.seenVersion ?? '', attempt: 1 } as const;
    await world.run((cases) => cases.handOverInvoice(work));
    return supplier;
  }

  /** Each supplier that the vendor is linked to, and the one that it says it stands for. */
  async function linksOf(world: World, vendorId: string) {
    const { items } = await world.table.queryIndex('kind', 'link');
    const links = items.map(({ body }) => body as VendorLink).filter((link) => link.vendorId === vendorId);
    const known = await readRecord(world.table, knownVendors, vendorId);
    return { links: links.map(({ supplier }) => supplier), claimed: known?.supplier };
  }

  it('gets none where an invoice links it just before', async () => {
    const { world, at } = await interrupted({ config: { vendors: { createInSap } } });
    let supplier: string | undefined;
    at.after = ({ url }) => url.includes('A_AddressEmailAddress');
    at.what = async () => {
      supplier = await handOver(world);
    };
    const vendorId = world.bill.office.addVendor({ name, address, email, billCurrency: 'USD' });
    await later(world);
    expect(supplier).toBeDefined();
    expect(await linksOf(world, vendorId)).toEqual({ links: [supplier], claimed: supplier });
    const born = world.sap.books.tables.A_BusinessPartner?.filter(
      (row) => row.BusinessPartnerFullName === name,
    );
    expect(born).toHaveLength(1);
  });

  it("is linked to no other while it is being created: an invoice of the other waits, and is a person's then", async () => {
    const { world, at } = await interrupted({ config: { vendors: { createInSap } } });
    let other: string | undefined;
    at.before = ({ method, url }) => method === 'POST' && /A_BusinessPartner(\?|$)/.test(url);
    at.what = async () => {
      other = await handOver(world);
    };
    const vendorId = world.bill.office.addVendor({ name, address, email, billCurrency: 'USD' });
    await later(world);
    const { links, claimed } = await linksOf(world, vendorId);
    expect(links).toEqual([claimed]);
    expect(claimed).not.toBe(other);
    expect((await listExceptions(world)).map(({ code }) => code)).toEqual([
      'VENDOR_LINKED_TO_ANOTHER_SUPPLIER',
    ]);
  });
});

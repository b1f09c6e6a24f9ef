import { beforeEach, describe, expect, it } from 'vitest';
import { retryException, skipException } from '../../lib/journeys/exceptions/clear-exceptions.ts';
import type { UseCases } from '../../lib/journeys/use-cases.ts';
import { type InvoiceRecord, invoiceId, invoiceRecords } from '../../lib/ledger/invoices.ts';
import { readRecord } from '../../lib/ledger/record.ts';
import { knownVendors } from '../../lib/ledger/vendors.ts';
import { seededRandom } from '../../lib/random.ts';
import { address, codes, later, linkedWorld, openExceptions } from './vendor-case.ts';
import type { World } from './world.ts';

const dayMs = 24 * 60 * 60_000;

function storeOf({ table, queues, clock }: World) {
  return { table, queues, clock, random: seededRandom(clock.now()) };
}

let world: World;
let supplier: string;
let vendorId: string;
beforeEach(async () => {
  ({ world, supplier, vendorId } = await linkedWorld());
});

describe('an exception of a linked vendor', () => {
  it('that SAP did not show its supplier clears when SAP shows it again', async () => {
    world.sap.tenant.changeSupplier(supplier, { name: 'Fresher Supplies LLC' });
    await later(world);
    const { tables } = world.sap.books;
    const partners = tables.A_BusinessPartner ?? [];
    tables.A_BusinessPartner = partners.filter((row) => row.Supplier !== supplier);
    await later(world);
    expect(await codes(world)).toEqual(['SUPPLIER_NOT_FOUND']);
    tables.A_BusinessPartner = partners;
    await later(world);
    expect(await codes(world)).toEqual([]);
  });

  it('that the connector failed on it clears with the retry that succeeds', async () => {
    const work = { kind: 'vendor', vendorId, reason: 'webhook' } as const;
    await world.run((cases) => cases.reportOurFailure(work, new TypeError('a bug')));
    expect(await codes(world)).toEqual(['CONNECTOR_FAILED']);
    await retryException(storeOf(world), vendorId, 'A. Clerk');
    await later(world);
    expect(await codes(world)).toEqual([]);
  });

  it('shows the values that both sides have now, also where the same field is changed once more', async () => {
    world.bill.office.editVendor(vendorId, { name: 'Second Name LLC' });
    await later(world);
    world.bill.office.editVendor(vendorId, { name: 'Third Name LLC' });
    await later(world);
    const [exception] = await openExceptions(world);
    expect(exception).toMatchObject({
      code: 'VENDOR_FIELD_CONFLICT',
      billValues: { name: 'Third Name LLC' },
    });
  });

  it('that is skipped does not come back with the comparison of the next day, only with another bill', async () => {
    world.sap.tenant.changeSupplier(supplier, { postingBlocked: true });
    await later(world);
    expect(await codes(world)).toEqual(['SUPPLIER_BLOCKED_WITH_OPEN_BILLS']);
    await skipException(storeOf(world), supplier, 'A. Clerk', 'Paid before the block counts.');
    await later(world, dayMs);
    expect(await codes(world)).toEqual([]);
    world.bill.office.addForeignBill({
      vendorId,
      invoiceNumber: 'X-78',
      invoiceDate: '2026-11-20',
      dueDate: '2026-12-20',
      lines: [{ amount: '99.99' }],
    });
    await later(world, dayMs);
    expect((await codes(world)).sort()).toEqual(['BILL_NOT_FROM_SAP', 'SUPPLIER_BLOCKED_WITH_OPEN_BILLS']);
  });
});

describe('a message that the connector failed on for good', () => {
  const fail = (work: Parameters<UseCases['reportOurFailure']>[0]) =>
    world.run((cases) => cases.reportOurFailure(work, new TypeError('a bug')));

  it('about a bill that is not ours stands on that bill, and the retry finds what it is', async () => {
    const billId = world.bill.office.addForeignBill({
      vendorId,
      invoiceNumber: 'X-79',
      invoiceDate: '2026-11-20',
      dueDate: '2026-12-20',
      lines: [{ amount: '99.99' }],
    });
    await fail({ kind: 'foreign-bill', billId, vendorId, reason: 'poll' });
    expect(await openExceptions(world)).toMatchObject([
      { kind: 'foreign-bill', id: billId, code: 'CONNECTOR_FAILED' },
    ]);
    await retryException(storeOf(world), billId, 'A. Clerk');
    await later(world);
    expect(await codes(world)).toEqual(['BILL_NOT_FROM_SAP']);
  });

  it('about a bill that turns out to be ours clears with the retry', async () => {
    const { billId } = (await invoice()).bill;
    await fail({ kind: 'foreign-bill', billId, vendorId, reason: 'poll' });
    expect(await codes(world)).toEqual(['CONNECTOR_FAILED']);
    await retryException(storeOf(world), billId, 'A. Clerk');
    await later(world);
    expect(await codes(world)).toEqual([]);
  });

  it('about a payment that BILL could not create stands on its invoice, and clears with the retry', async () => {
    const { id, bill } = await invoice();
    await fail({ kind: 'failed-payment', vendorId, billIds: [bill.billId], reason: 'No funds.' });
    expect(await openExceptions(world)).toMatchObject([
      { kind: 'invoice', id, code: 'CONNECTOR_FAILED', what: expect.stringContaining('No funds.') },
    ]);
    await retryException(storeOf(world), id, 'A. Clerk');
    await later(world);
    expect(await codes(world)).toEqual([]);
    expect((await readRecord(world.table, invoiceRecords, id))?.state).toBe('handed-over');
  });

  it('about a payment of bills that are not ours stands on the vendor', async () => {
    await fail({ kind: 'failed-payment', vendorId, billIds: ['00nFOREIGN'], reason: 'No funds.' });
    expect(await openExceptions(world)).toMatchObject([
      { kind: 'vendor', id: vendorId, code: 'CONNECTOR_FAILED' },
    ]);
  });
});

/** The invoice of the vendor that is in BILL. */
async function invoice() {
  const { items } = await world.table.queryIndex('kind', 'invoice', { limit: 100 });
  const records = items.map(({ body }) => body as InvoiceRecord);
  const record = records.find(({ supplier: of, state }) => of === supplier && state === 'handed-over');
  const [bill] = record?.bills ?? [];
  if (record === undefined || bill === undefined) throw new Error('The vendor has no bill.');
  return { id: invoiceId(record.key), bill };
}

it('a vendor whose skip was undone by a retry is linked when SAP gets its supplier', async () => {
  const id = world.bill.office.addVendor({ name: 'Born Example LLC', address, billCurrency: 'USD' });
  await later(world);
  await skipException(storeOf(world), id, 'A. Clerk', 'Not ours.');
  await retryException(storeOf(world), id, 'A. Clerk');
  await later(world);
  expect(await codes(world)).toEqual(['VENDOR_NOT_IN_SAP']);
  const born = world.sap.tenant.addSupplier({
    name: 'Born Example LLC',
    address: { street: 'Sample Road', city: 'Sampleton', postalCode: '00005', region: 'NY', country: 'US' },
    companies: [{ companyCode: '1710' }],
  });
  await later(world);
  expect(await readRecord(world.table, knownVendors, id)).toMatchObject({ supplier: born });
  expect(await codes(world)).toEqual([]);
});

it('an address that loses its region in SAP loses its state in BILL', async () => {
  const moved = {
    street: 'Musterweg',
    houseNumber: '3',
    city: 'Musterstadt',
    postalCode: '00009',
    country: 'DE',
  };
  world.sap.tenant.changeSupplier(supplier, { address: moved });
  await later(world);
  await later(world, dayMs);
  expect(world.bill.books.vendors[vendorId]?.fields.address).toMatchObject({
    line1: 'Musterweg 3',
    stateOrProvince: '',
    country: 'DE',
  });
  expect(await codes(world)).toEqual([]);
});

import { describe, expect, it } from 'vitest';
import { retryException } from '../../lib/journeys/exceptions/clear-exceptions.ts';
import { connectionRecords } from '../../lib/ledger/connection.ts';
import { type InvoiceRecord, invoiceRecords } from '../../lib/ledger/invoices.ts';
import { readRecord } from '../../lib/ledger/record.ts';
import { referenceHead } from '../../lib/ledger/reference-data.ts';
import { seededRandom } from '../../lib/random.ts';
import { World, type WorldOptions } from './world.ts';

const center = '17101101';
const account = '61008000';

/** A world with one supplier, one account and one department, where cost centers are mapped to departments. */
function setUp(options: WorldOptions = {}) {
  const world = new World({ ...options, config: { costCenters: { as: 'department' }, ...options.config } });
  const { sap, bill } = world;
  const chart = bill.office.addChartOfAccount({ name: 'Consulting', number: account, type: 'EXPENSE' });
  const department = bill.office.addDepartment({ name: `${center} Consulting US` });
  const supplier = sap.tenant.addSupplier({
    name: 'Example Consulting LLC',
    address: {
      street: 'Example Street',
      city: 'Sampleton',
      postalCode: '00001',
      region: 'NY',
      country: 'US',
    },
    companies: [{ companyCode: '1710' }],
  });
  const post = (reference: string, amount = '100.00') =>
    sap.tenant.postInvoice({
      companyCode: '1710',
      supplier,
      reference,
      documentDate: '2026-11-20',
      postingDate: '2026-11-21',
      lines: [{ kind: 'gl-account', glAccount: account, costCenter: center, profitCenter: 'YB110', amount }],
    });
  return { world, chart, department, post };
}

type Posted = ReturnType<ReturnType<typeof setUp>['post']>;

function recordOf({ table }: World, { companyCode, supplierInvoice, fiscalYear }: Posted) {
  return readRecord<InvoiceRecord>(table, invoiceRecords, `${companyCode}/${supplierInvoice}/${fiscalYear}`);
}

function retry({ table, queues, clock }: World, id: string): Promise<void> {
  return retryException({ table, queues, clock, random: seededRandom(5) }, id, 'Robin Example');
}

/** Requests to the services of reference data so far. */
function asked({ sap, bill }: World): { sap: number; bill: number } {
  const names = Object.keys(sap.books.requests).filter((name) =>
    /GLACCOUNT|COSTCENTER|PROFITC|COMPANYCODE/.test(name),
  );
  return {
    sap: names.reduce((sum, name) => sum + (sap.books.requests[name] ?? 0), 0),
    bill: bill.statistics().calls,
  };
}

describe('reference data', () => {
  it('is read in one call a list, and not again before half of the interval is over', async () => {
    const { world } = setUp();
    await world.run((cases) => cases.readReferenceData());
    expect(asked(world)).toEqual({ sap: 4, bill: 5 });
    await world.run((cases) => cases.readReferenceData());
    expect(asked(world)).toEqual({ sap: 4, bill: 5 });
    world.clock.pass(60 * 60_000);
    await world.run((cases) => cases.readReferenceData());
    expect(asked(world).sap).toBe(8);
  });

  it('asks SAP only for the accounts that changed, and takes them over', async () => {
    const { world } = setUp();
    await world.run((cases) => cases.readReferenceData());
    const before = await readRecord(world.table, referenceHead, 'all');
    world.clock.pass(60 * 60_000);
    world.sap.tenant.setGlAccount('61099000', { name: 'New', type: 'profit-loss' });
    await world.run((cases) => cases.readReferenceData());
    const after = await readRecord(world.table, referenceHead, 'all');
    expect(after?.['gl-accounts']?.entries).toBe((before?.['gl-accounts']?.entries ?? 0) + 1);
    expect(after?.['gl-accounts']?.fullAt).toBe(before?.['gl-accounts']?.fullAt);
  });

  it('lives with lists that the organization does not use, and does not ask for them every hour', async () => {
    const { world } = setUp({ bill: { classificationsOn: ['chart-of-accounts'] } });
    await world.run((cases) => cases.readReferenceData());
    const head = await readRecord(world.table, referenceHead, 'all');
    expect(
      ['departments', 'locations', 'accounting-classes'].map((part) => head?.[part as 'departments']?.state),
    ).toEqual(['not-used', 'not-used', 'not-used']);
    const before = asked(world).bill;
    world.clock.pass(60 * 60_000);
    await world.run((cases) => cases.readReferenceData());
    expect(asked(world).bill).toBeLessThanOrEqual(before + 2);
  });

  it('goes on without a service that no communication arrangement offers, and says so until there is one', async () => {
    const { world } = setUp({ sap: { missingArrangements: ['API_COSTCENTER_SRV'] } });
    await world.run((cases) => cases.readReferenceData());
    const told = async () =>
      (await readRecord(world.table, connectionRecords, 'sap-reference-data'))?.exception;
    expect((await told())?.nextStep).toContain('that offers API_COSTCENTER_SRV');
    const head = await readRecord(world.table, referenceHead, 'all');
    expect(head?.['profit-centers']?.state).toBe('kept');
    world.sap.switches.missingArrangements = [];
    world.clock.pass(60 * 60_000);
    await world.run((cases) => cases.readReferenceData());
    expect(await told()).toBeUndefined();
  });
});

describe('an invoice', () => {
  it('is coded with its department, although nothing was read before it came', async () => {
    const { world, department, post } = setUp();
    const key = post('EX-1');
    await world.settleDown();
    expect((await recordOf(world, key))?.state).toBe('handed-over');
    const [bill] = Object.values(world.bill.books.bills);
    expect(bill?.lines[0]?.classifications).toMatchObject({ departmentId: department });
  });

  it.each<[string, string, (world: World, ids: { chart: string; department: string }) => () => void]>([
    [
      'whose account is archived in BILL',
      'ACCOUNT_NOT_MAPPED',
      ({ bill }, { chart }) => {
        bill.office.archiveClassification('chart-of-accounts', chart);
        return () => bill.office.restoreClassification('chart-of-accounts', chart);
      },
    ],
    [
      'whose department is archived in BILL',
      'COST_CENTER_NOT_MAPPED',
      ({ bill }, { department }) => {
        bill.office.archiveClassification('departments', department);
        return () => bill.office.restoreClassification('departments', department);
      },
    ],
    [
      'whose cost center is blocked in SAP',
      'COST_CENTER_NOT_VALID',
      ({ sap }) => {
        sap.tenant.blockCostCenter(center);
        return () => sap.tenant.unblockCostCenter(center);
      },
    ],
    [
      'whose G/L account is blocked in SAP',
      'GL_ACCOUNT_BLOCKED',
      ({ sap }) => {
        const open = { name: 'Consulting services', type: 'profit-loss' } as const;
        sap.tenant.setGlAccount(account, { ...open, isBlocked: true });
        return () => sap.tenant.setGlAccount(account, open);
      },
    ],
  ])(
    '%s is an exception before anything is sent, and goes on once that is mended',
    async (_, code, spoil) => {
      const { world, chart, department, post } = setUp();
      const mend = spoil(world, { chart, department });
      await world.run((cases) => cases.readReferenceData());
      const key = post('EX-1');
      await world.settleDown();
      expect((await recordOf(world, key))?.exception?.code).toBe(code);
      expect(Object.values(world.bill.books.vendors)).toEqual([]);
      mend();
      world.clock.pass(5 * 60_000);
      await retry(world, `${key.companyCode}/${key.supplierInvoice}/${key.fiscalYear}`);
      await world.settleDown();
      const record = await recordOf(world, key);
      expect([record?.state, record?.exception]).toEqual(['handed-over', undefined]);
    },
  );
});

it('a journal entry that SAP would refuse is an exception, and is posted once the account is free', async () => {
  const { world, post } = setUp();
  post('EX-1');
  await world.settleDown();
  const open = { name: 'Bank 1 payment clearing', type: 'balance-sheet' } as const;
  world.sap.tenant.setGlAccount('11001080', { ...open, isBlocked: true });
  world.clock.pass(60 * 60_000);
  await world.run((cases) => cases.readReferenceData());
  const [bill] = Object.values(world.bill.books.bills);
  const funding = world.bill.office.addFundingAccount({ bankName: 'Example Bank', nameOnAccount: 'Example' });
  const payment = world.bill.office.pay({
    bills: [{ billId: bill?.id ?? '', amount: '100.00' }],
    disbursementType: 'ACH',
    fundingAccountId: funding,
    processDate: '2026-11-24',
  });
  for (const status of ['PROCESSED', 'CLEARED']) world.bill.office.advance(payment, status);
  await world.settleDown();
  const entries = () => (world.sap.canonical() as { journalEntries: unknown[] }).journalEntries.length;
  const stateOf = async () => (await world.table.get({ pk: `PAYMENT#${payment}`, sk: 'STATE' }))?.body;
  expect(await stateOf()).toMatchObject({ exception: { code: 'ENTRY_NOT_POSTABLE' } });
  expect(entries()).toBe(0);
  world.sap.tenant.setGlAccount('11001080', open);
  world.clock.pass(5 * 60_000);
  await retry(world, payment);
  await world.settleDown();
  expect(await stateOf()).toMatchObject({ state: 'posted' });
  expect(entries()).toBe(1);
});

import { describe, expect, it } from 'vitest';
import { listExceptions } from '../../lib/journeys/exceptions/clear-exceptions.ts';
import { invoiceId, invoiceRecords } from '../../lib/ledger/invoices.ts';
import { readRecord } from '../../lib/ledger/record.ts';
import { unlucky } from './faults.ts';
import { type Cast, newCast, story } from './story.ts';
import { World, type WorldOptions } from './world.ts';

const lines = [
  { kind: 'gl-account', glAccount: '61008000', costCenter: '17101101', amount: '99.99' },
] as const;

/** The firm of the story, set up; nobody has posted anything yet. */
async function firm(options: WorldOptions = {}): Promise<{ world: World; cast: Cast }> {
  const world = new World(options);
  const cast = newCast();
  await story[0]?.play(world, cast);
  return { world, cast };
}

function post(world: World, cast: Cast, reference: string, more: object = {}) {
  return world.sap.tenant.postInvoice({
    companyCode: '1710',
    supplier: cast.suppliers.fresh ?? '',
    documentDate: '2026-11-20',
    postingDate: '2026-11-21',
    reference,
    lines,
    ...more,
  });
}

function billOf({ bill }: World, number: string) {
  return Object.values(bill.books.bills).find(
    ({ invoiceNumber, archived }) => invoiceNumber === number && !archived,
  );
}

async function settle(world: World, slow = false): Promise<void> {
  world.clock.pass(60_000);
  await world.settleDown(slow ? { slowPolls: ['watchInvoices'] } : {});
}

describe('an invoice that cannot be read', () => {
  it('keeps no other waiting, is an exception until SAP changes it, and then an invoice like any other', async () => {
    const { world, cast } = await firm();
    post(world, cast, 'R-1');
    const odd = post(world, cast, 'R-2');
    post(world, cast, 'R-3');
    const row = world.sap.books.tables.A_SupplierInvoice?.find(
      (each) => each.SupplierInvoice === odd.supplierInvoice,
    );
    Object.assign(row ?? {}, { InvoiceGrossAmount: '99.99001' });
    await settle(world);
    expect([billOf(world, 'R-1'), billOf(world, 'R-3')]).not.toContain(undefined);
    const [exception, ...others] = await listExceptions(world);
    expect(others).toEqual([]);
    expect(exception).toMatchObject({ id: invoiceId(odd), code: 'INVOICE_NOT_READABLE' });
    expect(exception?.what).toContain('99.99001 has more decimals than USD');
    Object.assign(row ?? {}, { InvoiceGrossAmount: '99.99' });
    world.sap.tenant.changeInvoice(odd, { reference: 'R-2A' });
    await settle(world);
    expect(billOf(world, 'R-2A')).toBeDefined();
    expect(await listExceptions(world)).toEqual([]);
  });
});

const days = (count: number) => count * 24 * 60 * 60_000;

describe('in a tenant without change stamps', () => {
  it('the cursor waits for the last page, whose invoices may be older than those of the first', async () => {
    let pages = 0;
    const { world, cast } = await firm({
      sap: { changeStamp: 'dates' },
      http: (door, side) =>
        side === 'bill'
          ? door
          : unlucky(door, ({ url }) => {
              if (!url.includes('A_SupplierInvoice?')) return 'none';
              pages += 1;
              return pages === 2 ? 'refused' : 'none';
            }),
    });
    for (let number = 1; number <= 101; number += 1) post(world, cast, `D-${number}`, { status: 'A' });
    const last = post(world, cast, 'D-LAST');
    for (const row of world.sap.books.tables.A_SupplierInvoice ?? []) {
      if (row.SupplierInvoice !== last.supplierInvoice) continue;
      Object.assign(row, { CreationDate: '2026-10-02', PostingDate: '2026-10-02' });
    }
    await settle(world);
    await settle(world);
    expect(pages).toBeGreaterThan(2);
    expect(billOf(world, 'D-LAST')).toBeDefined();
  });

  it('an invoice that is posted into a later month hides none of those before it', async () => {
    const { world, cast } = await firm({ sap: { changeStamp: 'dates', hasCreationDate: false } });
    post(world, cast, 'D-1', { postingDate: '2026-12-31' });
    await settle(world);
    expect(billOf(world, 'D-1')).toBeDefined();
    post(world, cast, 'D-2', { postingDate: '2026-11-24' });
    await settle(world);
    expect(billOf(world, 'D-2')).toBeDefined();
  });

  it('a parked invoice that is posted weeks later is found by its FI line', async () => {
    const { world, cast } = await firm({ sap: { changeStamp: 'dates' } });
    const parked = post(world, cast, 'D-1', { status: 'B' });
    await settle(world);
    world.clock.pass(days(14));
    post(world, cast, 'D-2', { documentDate: '2026-12-07', postingDate: '2026-12-07' });
    await settle(world);
    world.sap.tenant.postParked(parked);
    await settle(world);
    expect(billOf(world, 'D-1')).toBeDefined();
  });
});

describe('a due date that is changed in FI alone', () => {
  it('reaches the bill with the slow schedule', async () => {
    const { world, cast } = await firm();
    const key = post(world, cast, 'T-1');
    await settle(world);
    for (const row of world.sap.books.tables.A_OperationalAcctgDocItemCube ?? []) {
      if (row.FinancialAccountType === 'K') row.NetDueDate = '2027-02-15';
    }
    await settle(world, true);
    expect(billOf(world, 'T-1')?.dueDate).toBe('2027-02-15');
    const record = await readRecord(world.table, invoiceRecords, invoiceId(key));
    expect(record?.state).toBe('handed-over');
  });
});

describe('a credit memo that SAP has cleared by itself', () => {
  it('is raised while its vendor credit can still be used in BILL', async () => {
    const { world, cast } = await firm();
    const memo = post(world, cast, 'CM-1', { creditMemo: true });
    await settle(world);
    expect(Object.values(world.bill.books.vendorCredits ?? {})).toHaveLength(1);
    world.sap.tenant.payInSap(memo);
    await settle(world, true);
    expect(await listExceptions(world)).toMatchObject([{ code: 'CREDIT_CLEARED_IN_SAP' }]);
  });
});

describe('a company code that joins the configuration later', () => {
  it('gets its invoices since the go-live date', async () => {
    const { world, cast } = await firm({ config: { companyCodes: [company('1010')] } });
    const supplier = world.sap.tenant.addSupplier({
      name: 'Beispiel Bedarf GmbH',
      companies: [{ companyCode: '1010' }],
    });
    post(world, cast, 'J-1');
    world.clock.pass(days(3));
    post(world, cast, 'J-2', { companyCode: '1010', supplier, status: 'A' });
    await settle(world);
    const later = new World({
      from: world.snapshot(),
      config: { companyCodes: [company('1010'), company('1710')] },
    });
    await settle(later);
    expect(billOf(later, 'J-1')).toBeDefined();
  });
});

describe('a bill that came by mail before the date of its invoice', () => {
  it('is found, and the invoice gets no second one', async () => {
    const { world, cast } = await firm({ vendors: true });
    post(world, cast, 'M-0');
    await settle(world);
    const vendorId = billOf(world, 'M-0')?.vendorId ?? '';
    world.bill.office.addForeignBill({
      vendorId,
      invoiceNumber: 'M-1',
      invoiceDate: '2026-12-01',
      dueDate: '2026-12-31',
      lines: [{ amount: '99.99' }],
    });
    await settle(world);
    post(world, cast, 'M-1', { documentDate: '2026-12-01' });
    await settle(world);
    const bills = Object.values(world.bill.books.bills).filter(
      ({ invoiceNumber }) => invoiceNumber === 'M-1',
    );
    expect(bills).toHaveLength(1);
    expect((await listExceptions(world)).map(({ code }) => code)).toContain('NUMBER_TAKEN_IN_BILL');
  });
});

describe('what the connector failed on', () => {
  it('goes its way when its dead letter is redriven', async () => {
    let isOdd = true;
    const { world, cast } = await firm({
      http: (door, side) =>
        side === 'sap'
          ? door
          : unlucky(door, ({ url }) =>
              isOdd && url.includes('chart-of-accounts')
                ? { status: 200, headers: {}, body: '{"results":[{}]}' }
                : 'none',
            ),
    });
    const key = post(world, cast, 'R-1');
    await settle(world);
    expect(await listExceptions(world)).toMatchObject([{ code: 'CONNECTOR_FAILED', id: invoiceId(key) }]);
    isOdd = false;
    const [letter] = world.queues.deadLetters('bill-work');
    await world.queues.send('bill-work', letter === undefined ? [] : [letter]);
    await settle(world);
    expect(billOf(world, 'R-1')).toBeDefined();
    expect(await listExceptions(world)).toEqual([]);
  });
});

describe('a bill that was entered by hand before the go-live date', () => {
  it('is found when its vendor is linked, and the invoice that SAP posts afterwards gets no second one', async () => {
    const { world, cast } = await firm({ vendors: true, config: { goLiveDate: '2026-11-26' } });
    world.bill.office.addForeignBill({
      vendorId: Object.keys(world.bill.books.vendors)[0] ?? '',
      invoiceNumber: 'H-1',
      invoiceDate: '2026-11-20',
      dueDate: '2026-12-20',
      lines: [{ amount: '99.99' }],
    });
    world.clock.pass(days(3));
    post(world, cast, 'H-1', { supplier: cast.suppliers.known, postingDate: '2026-11-27' });
    await settle(world);
    const bills = Object.values(world.bill.books.bills).filter(
      ({ invoiceNumber }) => invoiceNumber === 'H-1',
    );
    expect(bills).toHaveLength(1);
    expect((await listExceptions(world)).map(({ code }) => code)).toContain('NUMBER_TAKEN_IN_BILL');
  });
});

describe('an invoice that waits for a person', () => {
  it('is looked at anew when SAP has paid it, so that its bill is not paid too', async () => {
    const { world, cast } = await firm({ vendors: true });
    const key = post(world, cast, 'E-1');
    await settle(world);
    world.bill.office.editBill(billOf(world, 'E-1')?.id ?? '', { dueDate: '2027-01-31' });
    await settle(world);
    expect(await listExceptions(world)).toMatchObject([{ code: 'EDITED_IN_BILL' }]);
    world.sap.tenant.payInSap(key);
    await settle(world, true);
    const [paid] = Object.values(world.bill.books.payments);
    expect(paid?.splits).toMatchObject([{ billId: billOf(world, 'E-1')?.id }]);
  });

  it('waits no longer when SAP has paid it before it came to BILL', async () => {
    const { world, cast } = await firm();
    const key = post(world, cast, 'E-2', { lines: [{ ...lines[0], glAccount: '61006000' }] });
    await settle(world);
    expect(await listExceptions(world)).toMatchObject([{ code: 'ACCOUNT_NOT_MAPPED' }]);
    world.sap.tenant.payInSap(key);
    await settle(world, true);
    expect(await listExceptions(world)).toEqual([]);
  });
});

function company(companyCode: string) {
  return {
    companyCode,
    clearingAccounts: [{ fundingAccount: '*', glAccount: '11001080' }],
    clearing: { mode: 'off' },
  };
}

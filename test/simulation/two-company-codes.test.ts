import { expect, it } from 'vitest';
import { listExceptions } from '../../lib/journeys/exceptions/clear-exceptions.ts';
import { paymentRecords } from '../../lib/ledger/payments.ts';
import { readRecord } from '../../lib/ledger/record.ts';
import { World } from './world.ts';

/** One payment for an invoice of 1010, whose entries are cleared, and one of 1710, whose entries are not. */
async function paid(world: World, meanwhile = () => {}): Promise<string> {
  const { sap, bill } = world;
  bill.office.addChartOfAccount({ name: 'Consulting', number: '61008000', type: 'EXPENSE' });
  const supplier = sap.tenant.addSupplier({
    name: 'Group Supplier Ltd',
    address: {
      street: 'Example Street',
      city: 'Sampleton',
      postalCode: '00001',
      region: 'NY',
      country: 'US',
    },
    companies: [{ companyCode: '1010' }, { companyCode: '1710' }],
  });
  for (const companyCode of ['1010', '1710']) {
    sap.tenant.postInvoice({
      companyCode,
      supplier,
      documentDate: '2026-11-20',
      postingDate: '2026-11-21',
      currency: 'USD',
      reference: `GS-${companyCode}`,
      lines: [
        { kind: 'gl-account', glAccount: '61008000', costCenter: `${companyCode}1101`, amount: '100.00' },
      ],
    });
  }
  await world.settleDown();
  meanwhile();
  const id = bill.office.pay({
    bills: Object.values(bill.books.bills).map(({ id: billId }) => ({ billId, amount: '100.00' })),
    disbursementType: 'ACH',
    fundingAccountId: bill.office.addFundingAccount({
      bankName: 'Example Bank',
      nameOnAccount: 'Example Ltd',
    }),
    processDate: '2026-11-24',
  });
  bill.office.advance(id, 'CLEARED');
  await world.settleDown();
  return id;
}

async function standing({ table }: World, id: string): Promise<string[] | undefined> {
  const record = await readRecord(table, paymentRecords, id);
  return record?.postings.map(
    ({ companyCode, reversal }) => `${companyCode} ${reversal === undefined ? 'stands' : 'reversed'}`,
  );
}

it('a payment is posted in one company code, although the period of the other is closed', async () => {
  const world = new World();
  const id = await paid(world, () => world.sap.tenant.closePeriod('1010', '2026-11'));
  expect(await listExceptions(world)).toMatchObject([{ id, code: 'SAP_PERIOD_CLOSED' }]);
  expect(await standing(world, id)).toEqual(['1710 stands']);
});

it('a returned payment is reversed in one company code, although its entry in the other needs a person', async () => {
  const world = new World();
  const id = await paid(world);
  expect(await standing(world, id)).toEqual(['1010 stands', '1710 stands']);
  world.bill.office.returnPayment(id);
  world.bill.office.void(id, 'VOID_AND_CREDIT');
  await world.settleDown();
  expect(await listExceptions(world)).toMatchObject([{ id, code: 'ENTRY_CLEARED_RESET_FIRST' }]);
  expect(await standing(world, id)).toEqual(['1010 stands', '1710 reversed']);
});

import { expect, it } from 'vitest';
import { invoiceFacts } from '../../lib/ledger/invoices.ts';
import { readRecord } from '../../lib/ledger/record.ts';
import { World } from './world.ts';

const account = '61008000';
const address = {
  street: 'Example Street',
  city: 'Sampleton',
  postalCode: '00001',
  region: 'NY',
  country: 'US',
} as const;

it('an invoice of thousands of lines becomes a bill, and holds up no other', async () => {
  const world = new World();
  const { sap, bill } = world;
  bill.office.addChartOfAccount({ name: 'Consulting', number: account, type: 'EXPENSE' });
  const companies = [{ companyCode: '1710' }];
  const supplier = sap.tenant.addSupplier({ name: 'Example Telecom LLC', address, companies });
  const lines = Array.from({ length: 3_000 }, (_, n) => ({
    kind: 'gl-account' as const,
    glAccount: account,
    costCenter: '17101101',
    profitCenter: 'YB110',
    amount: '1.25',
    text: `Line ${n} of the contract of somebody at Example`,
  }));
  const dates = { documentDate: '2026-11-20', postingDate: '2026-11-21' };
  const common = { companyCode: '1710', supplier, ...dates };
  const { companyCode, supplierInvoice, fiscalYear } = sap.tenant.postInvoice({
    ...common,
    reference: 'LONG-1',
    lines,
  });
  sap.tenant.postInvoice({ ...common, reference: 'SHORT-1', lines: lines.slice(0, 1) });
  await world.settleDown();
  const made = Object.values(bill.books.bills).map(({ invoiceNumber }) => invoiceNumber);
  expect(made.sort()).toEqual(['LONG-1', 'SHORT-1']);
  const facts = await readRecord(
    world.table,
    invoiceFacts,
    `${companyCode}/${supplierInvoice}/${fiscalYear}`,
  );
  expect(facts?.invoice.lines).toHaveLength(3_000);
});

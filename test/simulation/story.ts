import type { InvoiceKey } from '../../lib/rules/sap-invoices.ts';
import type { Act, Cast } from './act.ts';
import { clearingActs } from './acts/clearing.ts';
import { paymentActs } from './acts/payments.ts';
import { shapeActs } from './acts/shapes.ts';
import type { World } from './world.ts';

export type { Act, Cast } from './act.ts';

export function newCast(): Cast {
  return { suppliers: {}, invoices: {}, payments: {}, funding: '' };
}

const address = {
  street: 'Example Street',
  houseNumber: '1',
  city: 'Sampleton',
  postalCode: '00001',
  region: 'NY',
  country: 'US',
};
const dates = { documentDate: '2026-11-20', postingDate: '2026-11-21' };

/** Both journeys with everything that writes: new and known vendors, changes, reversals, splits, returns, reissues. */
export const story: readonly Act[] = [
  {
    name: 'the firm is set up',
    play: ({ sap, bill }, cast) => {
      for (const number of ['61008000', '61003000', '61005000']) {
        bill.office.addChartOfAccount({ name: `Account ${number}`, number, type: 'EXPENSE' });
      }
      cast.funding = bill.office.addFundingAccount({
        bankName: 'Example Bank',
        nameOnAccount: 'Example Services Inc.',
      });
      bill.office.addVendor({
        name: 'KNOWN CONSULTING, INC.',
        email: 'billing@known.example',
        address: { line1: 'Example Street 1', city: 'Sampleton', zipOrPostalCode: '00001', country: 'US' },
        billCurrency: 'USD',
      });
      cast.suppliers.known = sap.tenant.addSupplier({
        name: 'Known Consulting Inc',
        address,
        email: 'billing@known.example',
        companies: [{ companyCode: '1710' }],
      });
      cast.suppliers.fresh = sap.tenant.addSupplier({
        name: 'Fresh Supplies LLC',
        address,
        companies: [{ companyCode: '1710' }],
      });
    },
  },
  {
    name: 'two invoices of a known vendor and one of a new vendor are approved, one is blocked, one has no account in BILL',
    play: ({ sap }, { suppliers, invoices }) => {
      const gl = {
        kind: 'gl-account',
        glAccount: '61008000',
        costCenter: '17101101',
        profitCenter: 'YB110',
      } as const;
      const office = {
        kind: 'gl-account',
        glAccount: '61003000',
        costCenter: '17101401',
        profitCenter: 'YB600',
      } as const;
      const known = { companyCode: '1710', supplier: suppliers.known ?? '', ...dates };
      const fresh = { companyCode: '1710', supplier: suppliers.fresh ?? '', ...dates };
      const taxes = [{ taxCode: 'I1', amount: '8.33' }];
      invoices.first = sap.tenant.postInvoice({
        ...known,
        reference: 'KC-1',
        lines: [
          { ...gl, amount: '66.67' },
          { ...office, amount: '33.33' },
        ],
        taxes,
      });
      invoices.second = sap.tenant.postInvoice({
        ...known,
        reference: 'KC-2',
        lines: [{ ...gl, amount: '250.00' }],
      });
      invoices.third = sap.tenant.postInvoice({
        ...fresh,
        reference: 'FS-1',
        lines: [{ ...office, amount: '99.99' }],
      });
      invoices.blocked = sap.tenant.postInvoice({
        ...fresh,
        reference: 'FS-2',
        paymentBlock: 'R',
        lines: [{ ...office, amount: '10.00' }],
      });
      invoices.unmapped = sap.tenant.postInvoice({
        ...fresh,
        reference: 'FS-3',
        lines: [{ ...office, glAccount: '61006000', amount: '5.00' }],
      });
    },
  },
  {
    name: 'one invoice is changed, one is reversed, a block is lifted in FI alone',
    play: ({ sap }, { invoices }) => {
      sap.tenant.changeInvoice(key(invoices.second), { reference: 'KC-2A' });
      sap.tenant.releaseBlock(key(invoices.blocked), 'fi-only');
      sap.tenant.reverseInvoice(key(invoices.third));
    },
  },
  {
    name: 'BILL pays two bills at once and half of another one',
    play: ({ bill }, cast) => {
      const pay = (bills: { billId: string; amount: string }[]) =>
        bill.office.pay({
          bills,
          disbursementType: 'ACH',
          fundingAccountId: cast.funding,
          processDate: '2026-11-25',
        });
      cast.payments.both = pay([
        { billId: billOf(bill, 'KC-1'), amount: '108.33' },
        { billId: billOf(bill, 'KC-2A'), amount: '250.00' },
      ]);
      cast.payments.half = pay([{ billId: billOf(bill, 'FS-2'), amount: '5.00' }]);
      for (const id of [cast.payments.both, cast.payments.half]) {
        for (const status of ['FUNDING_STARTED', 'PROCESSED', 'SENT', 'CLEARED'])
          bill.office.advance(id, status);
      }
    },
  },
  {
    name: 'one payment comes back and is voided, one is voided and reissued',
    play: ({ bill }, { payments }) => {
      bill.office.returnPayment(payments.half ?? '');
      bill.office.void(payments.half ?? '', 'VOID_AND_CREDIT');
      bill.office.void(payments.both ?? '', 'VOID_AND_REISSUE');
    },
  },
  {
    name: 'the reissued payment clears',
    play: ({ bill }, { payments }) => {
      for (const status of ['SENT', 'CLEARED']) bill.office.advance(payments.both ?? '', status);
    },
  },
  ...shapeActs,
  ...clearingActs,
  ...paymentActs,
];

function key(invoice: InvoiceKey | undefined): InvoiceKey {
  if (invoice === undefined) throw new Error('The story speaks of an invoice that was not posted.');
  return invoice;
}

function billOf({ books }: World['bill'], number: string): string {
  const found = Object.values(books.bills).find((each) => each.invoiceNumber === number && !each.archived);
  if (found === undefined) throw new Error(`There is no bill ${number} in BILL.`);
  return found.id;
}

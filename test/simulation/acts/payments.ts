import type { Act } from '../act.ts';
import type { World } from '../world.ts';

const lines = [
  {
    kind: 'gl-account',
    glAccount: '61003000',
    costCenter: '17101401',
    profitCenter: 'YB600',
    amount: '80.00',
  },
] as const;

/** What BILL and SAP pay past each other: in SAP's own run, with vendor credits, and back again. */
export const paymentActs: readonly Act[] = [
  {
    name: 'SAP pays an invoice whose bill is open in BILL, and two more invoices are approved',
    slowPolls: ['watchInvoices'],
    play: ({ sap }, { invoices, suppliers }) => {
      if (invoices.blocked === undefined) throw new Error('The blocked invoice was not posted.');
      sap.tenant.payInSap(invoices.blocked, '2026-11-24');
      const fresh = { companyCode: '1710', supplier: suppliers.fresh ?? '', lines };
      for (const reference of ['FS-4', 'FS-5'])
        invoices[reference] = sap.tenant.postInvoice({
          ...fresh,
          reference,
          documentDate: '2026-11-20',
          postingDate: '2026-11-21',
        });
    },
  },
  {
    name: 'one bill is paid with a vendor credit in the payment, one by a vendor credit alone',
    slowPolls: ['watchPayments'],
    play: ({ bill }, cast) => {
      const { vendorId } = billNumbered(bill, 'FS-4');
      const credit = (referenceNumber: string, amount: string) =>
        bill.office.addVendorCredit({ vendorId, referenceNumber, creditDate: '2026-11-22', amount });
      cast.payments.withCredit = bill.office.pay({
        bills: [{ billId: billNumbered(bill, 'FS-4').id, amount: '50.00' }],
        vendorCredits: [
          { billId: billNumbered(bill, 'FS-4').id, id: credit('CM-1', '30.00'), amount: '30.00' },
        ],
        disbursementType: 'ACH',
        fundingAccountId: cast.funding,
        processDate: '2026-11-25',
      });
      bill.office.advance(cast.payments.withCredit, 'CLEARED');
      bill.office.applyVendorCredit(billNumbered(bill, 'FS-5').id, credit('CM-2', '80.00'), '80.00');
    },
  },
  {
    name: 'a payment is returned without a word: no notification, no newer time',
    slowPolls: ['watchPayments'],
    play: (world, { payments }) => {
      const payment = world.bill.books.payments[payments.withCredit ?? ''];
      if (payment === undefined) throw new Error('The payment with a credit was not made.');
      const { updatedAt } = payment;
      world.bill.office.advance(payment.id, 'FUNDING_FAILED_VOIDED');
      payment.updatedAt = updatedAt;
      world.loseNotifications();
    },
  },
];

function billNumbered({ books }: World['bill'], number: string): { id: string; vendorId: string } {
  const found = Object.values(books.bills).find((each) => each.invoiceNumber === number && !each.archived);
  if (found === undefined) throw new Error(`There is no bill ${number} in BILL.`);
  return found;
}

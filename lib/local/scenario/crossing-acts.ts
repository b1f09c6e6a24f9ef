import { type InvoiceName, invoiceNamed, namesOf } from './invoices/all-invoices.ts';
import type { Stage } from './stage.ts';
import * as on from './stage.ts';
import type { Act } from './story.ts';

/** Payments that go past BILL or come without money. */
export const crossing: readonly Act<Stage>[] = [
  {
    title: 'Four more invoices, which will be paid in other ways',
    play: (stage) => on.enter(stage, namesOf('crossing')),
  },
  {
    title: "SAP's own payment run takes one of them",
    when: (stage) => on.areHandedOver(stage, namesOf('crossing')),
    play: (stage) => void stage.sap.tenant.payInSap(on.keyOf(stage, 'urgentFilters'), '2026-11-23'),
  },
  {
    title: 'A payment with a vendor credit in it, a bill that a credit covers, a check recorded by hand',
    play: (stage) => {
      payWithCredit(stage);
      const { id, vendorId } = billOf(stage, 'reprint');
      stage.bill.office.applyVendorCredit(id, creditOf(stage, vendorId, 'FP-C12', '120.00'), '120.00');
      stage.names['payment coffee'] = stage.bill.office.recordPayment({
        bills: [{ billId: billOf(stage, 'coffee').id, amount: '74.25' }],
        processDate: '2026-11-20',
      });
    },
    raises: [
      { code: 'BILL_COVERED_BY_CREDITS', invoice: 'signage' },
      { code: 'BILL_COVERED_BY_CREDITS', invoice: 'reprint' },
      { code: 'PAID_OUTSIDE_BILL', payment: 'coffee' },
    ],
  },
  {
    title: 'BILL cannot create one payment, and refuses to void another one',
    when: (stage) => on.arePosted(stage, ['paper']),
    play: (stage) => {
      const fundingAccountId = Object.keys(stage.bill.books.fundingAccounts)[0] ?? '';
      const bill = billOf(stage, 'windowCleaning');
      stage.bill.office.failPayment(
        {
          bills: [{ billId: bill.id, amount: '890.00' }],
          disbursementType: 'ACH',
          fundingAccountId,
          processDate: '2026-11-20',
        },
        { code: 'BDC_1152', message: 'The process date is not valid.' },
      );
      stage.bill.office.void(on.paymentId(stage, 'paper'), 'VOID_AND_CREDIT', 'REJECTED');
    },
  },
];

function payWithCredit(stage: Stage): void {
  const { id, vendorId } = billOf(stage, 'signage');
  const payment = stage.bill.office.pay({
    bills: [{ billId: id, amount: '580.00' }],
    vendorCredits: [{ billId: id, id: creditOf(stage, vendorId, 'FP-C11', '100.00'), amount: '100.00' }],
    disbursementType: 'ACH',
    fundingAccountId: Object.keys(stage.bill.books.fundingAccounts)[0] ?? '',
    processDate: '2026-11-20',
  });
  for (const status of ['PROCESSED', 'CLEARED']) stage.bill.office.advance(payment, status);
}

function creditOf({ bill }: Stage, vendorId: string, referenceNumber: string, amount: string): string {
  return bill.office.addVendorCredit({ vendorId, referenceNumber, creditDate: '2026-11-19', amount });
}

function billOf(stage: Stage, name: InvoiceName): { id: string; vendorId: string } {
  const bill = on.billOf(stage, name);
  if (bill === undefined) throw new Error(`The bill of ${invoiceNamed(name).reference} is not in BILL yet.`);
  return bill;
}

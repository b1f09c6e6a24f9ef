import { namesOf } from './invoices/all-invoices.ts';
import { raisedBy } from './planted.ts';
import type { Stage } from './stage.ts';
import * as on from './stage.ts';
import type { Act } from './story.ts';

/** Invoices and credit memos that are not one bill over their gross amount, and what becomes of some of them. */
export const actsOfShapes: readonly Act<Stage>[] = [
  {
    title: 'Invoices of other shapes: a new price, freight, a discount, yen, dinars, another payee, a credit',
    play: (stage) => on.enter(stage, namesOf('shapes')),
    raises: raisedBy(namesOf('shapes')),
  },
  {
    title: 'An instalment, and an invoice with tax withheld, are paid',
    when: (stage) => isCredited(stage, 'FP-C071'),
    play: (stage) => {
      payFully(stage, 'OIB-7760/1', '900.00');
      payFully(stage, 'AT-2609', '4104.00');
    },
  },
  {
    title: 'The credit memo turns out to be wrong and is reversed',
    play: (stage) => {
      stage.sap.tenant.reverseInvoice(on.keyOf(stage, 'wrongCredit'), { postingDate: '2026-11-23' });
    },
  },
];

function payFully(stage: Stage, number: string, amount: string): void {
  const payment = stage.bill.office.pay({
    bills: [{ billId: billNumbered(stage, number), amount }],
    disbursementType: 'ACH',
    fundingAccountId: Object.keys(stage.bill.books.fundingAccounts)[0] ?? '',
    processDate: '2026-11-23',
  });
  for (const status of ['PROCESSED', 'CLEARED']) stage.bill.office.advance(payment, status);
}

function billNumbered({ bill }: Stage, number: string): string {
  const found = Object.values(bill.books.bills).find((each) => each.invoiceNumber === number);
  if (found === undefined) throw new Error(`Bill ${number} is not in BILL yet.`);
  return found.id;
}

function isCredited({ bill }: Stage, number: string): boolean {
  return Object.values(bill.books.vendorCredits).some((each) => each.referenceNumber === number);
}

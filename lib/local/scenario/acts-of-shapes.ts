import { namesOf } from './invoices/all-invoices.ts';
import type { Stage } from './stage.ts';
import * as on from './stage.ts';
import type { Act } from './story.ts';

/** Invoices and credit memos that are not one bill over their gross amount, and what becomes of some of them. */
export const actsOfShapes: readonly Act<Stage>[] = [
  {
    title:
      'Invoices of other shapes: a new price, freight, a discount, yen, dinars, another payee, two credits',
    play: (stage) => on.enter(stage, namesOf('shapes')),
  },
  {
    title: 'One credit is used; an instalment, and an invoice with tax withheld, are paid',
    when: (stage) => ['FP-C071', 'FP-C072'].every((number) => creditNumbered(stage, number) !== undefined),
    play: (stage) => {
      const bill = billNumbered(stage, 'FP-9010');
      stage.bill.office.applyVendorCredit(bill, creditNumbered(stage, 'FP-C072') ?? '', '25.00');
      payFully(stage, 'OIB-7760/1', '900.00');
      payFully(stage, 'AT-2609', '4104.00');
    },
  },
  {
    title: 'Both credit memos turn out to be wrong and are reversed',
    play: (stage) => {
      for (const name of ['wrongCredit', 'hastyCredit'] as const)
        stage.sap.tenant.reverseInvoice(on.keyOf(stage, name), { postingDate: '2026-11-23' });
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

function creditNumbered({ bill }: Stage, number: string): string | undefined {
  return Object.values(bill.books.vendorCredits).find((each) => each.referenceNumber === number)?.id;
}

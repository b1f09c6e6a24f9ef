import { retryException } from '../../../lib/journeys/exceptions/clear-exceptions.ts';
import { seededRandom } from '../../../lib/random.ts';
import type { Act, Cast } from '../act.ts';
import type { World } from '../world.ts';

const line = {
  kind: 'gl-account',
  glAccount: '61008000',
  costCenter: '10101101',
  profitCenter: 'YB110',
} as const;

/** In a company code that blocks what is in BILL, and clears what is paid. */
export const clearingActs: readonly Act[] = [
  {
    name: 'invoices of a company code that sets the hand-over block are approved',
    play: ({ sap }, { suppliers, invoices }) => {
      suppliers.cleared = sap.tenant.addSupplier({
        name: 'Cleared Office Ltd',
        address: {
          street: 'Example Street',
          houseNumber: '9',
          city: 'Sampleton',
          postalCode: '00009',
          region: 'NY',
          country: 'US',
        },
        companies: [{ companyCode: '1010' }],
      });
      const post = (reference: string, amount: string) =>
        sap.tenant.postInvoice({
          companyCode: '1010',
          supplier: suppliers.cleared ?? '',
          documentDate: '2026-11-20',
          postingDate: '2026-11-21',
          currency: 'USD',
          reference,
          lines: [{ ...line, amount }],
        });
      invoices.whole = post('CO-1', '40.00');
      invoices.parts = post('CO-2', '70.00');
    },
  },
  {
    name: 'BILL pays one of them and a part of the other',
    play: (world, cast) => {
      cast.payments.whole = pay(world, cast, 'CO-1', '40.00');
      cast.payments.part = pay(world, cast, 'CO-2', '30.00');
    },
  },
  {
    name: 'BILL pays the rest of the other; the first comes back after it was cleared',
    play: (world, cast) => {
      cast.payments.rest = pay(world, cast, 'CO-2', '40.00');
      world.bill.office.returnPayment(cast.payments.whole ?? '');
      world.bill.office.void(cast.payments.whole ?? '', 'VOID_AND_CREDIT');
    },
  },
  {
    name: 'an accountant resets the clearing, and a clerk retries',
    play: async (world, cast) => {
      const id = cast.payments.whole ?? '';
      const paid = (world.sap.books.tables.A_OperationalAcctgDocItemCube ?? []).find(
        (row) => row.Reference1InDocumentHeader === id.toUpperCase() && row.FinancialAccountType === 'K',
      );
      world.sap.tenant.resetClearing({
        companyCode: '1010',
        accountingDocument: String(paid?.ClearingAccountingDocument),
        fiscalYear: String(paid?.ClearingDocFiscalYear),
      });
      const { table, queues, clock } = world;
      await retryException({ table, queues, clock, random: seededRandom(5) }, id, 'clerk');
    },
  },
];

function pay({ bill }: World, { funding }: Cast, number: string, amount: string): string {
  const billId = Object.values(bill.books.bills).find((each) => each.invoiceNumber === number)?.id ?? '';
  const id = bill.office.pay({
    bills: [{ billId, amount }],
    disbursementType: 'ACH',
    fundingAccountId: funding,
    processDate: '2026-11-25',
  });
  for (const status of ['FUNDING_STARTED', 'PROCESSED', 'SENT', 'CLEARED']) bill.office.advance(id, status);
  return id;
}

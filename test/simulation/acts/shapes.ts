import type { InvoiceKey } from '../../../lib/rules/sap-invoices.ts';
import type { Act } from '../act.ts';

const consulting = {
  kind: 'gl-account',
  glAccount: '61008000',
  costCenter: '17101101',
  profitCenter: 'YB110',
} as const;

const dates = { documentDate: '2026-11-20', postingDate: '2026-11-21' };

/** Documents that are not one bill over their gross amount: a vendor credit, and a bill for each due date. */
export const shapeActs: readonly Act[] = [
  {
    name: 'a credit memo and an invoice in two instalments are approved',
    play: ({ sap }, { suppliers, invoices }) => {
      sap.books.organization.paymentTerms.IN02 = {
        netDays: 60,
        instalments: [30, 60].map((netDays) => ({ weight: '1', netDays })),
      };
      const fresh = { companyCode: '1710', supplier: suppliers.fresh ?? '', ...dates };
      invoices.memo = sap.tenant.postInvoice({
        ...fresh,
        reference: 'FS-C1',
        creditMemo: true,
        lines: [{ ...consulting, amount: '12.50' }],
      });
      invoices.instalments = sap.tenant.postInvoice({
        ...fresh,
        reference: 'FS-6',
        paymentTerms: 'IN02',
        lines: [{ ...consulting, amount: '100.01' }],
      });
    },
  },
  {
    name: 'the credit memo is reversed, and the instalments become one due date',
    play: ({ sap }, { invoices }) => {
      sap.tenant.reverseInvoice(keyOf(invoices.memo));
      sap.tenant.changeInvoice(keyOf(invoices.instalments), { paymentTerms: 'NT45' });
    },
  },
];

function keyOf(invoice: InvoiceKey | undefined): InvoiceKey {
  if (invoice === undefined) throw new Error('The story speaks of an invoice that was not posted.');
  return invoice;
}

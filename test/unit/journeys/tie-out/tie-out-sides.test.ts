import { describe, expect, it } from 'vitest';
import { connectorConfigSchema } from '../../../../lib/config/connector-config.ts';
import { notPosted } from '../../../../lib/journeys/tie-out/tie-out-in-bill.ts';
import { openInSap } from '../../../../lib/journeys/tie-out/tie-out-in-sap.ts';
import type { InvoiceRecord } from '../../../../lib/ledger/invoices.ts';
import type { PaymentRecord } from '../../../../lib/ledger/payments.ts';
import type { OpenSupplierItem } from '../../../../lib/rules/sap-accounting.ts';

const at = '2026-11-20T05:00:00.000Z';

function invoice(number: string, more: Partial<InvoiceRecord> = {}): InvoiceRecord {
  const sent = {
    vendorId: '009EXAMPLE',
    invoiceNumber: number,
    invoiceDate: '2026-11-20',
    dueDate: '2026-12-20',
  };
  const bill = {
    billId: `00n${number}`,
    vendorId: '009EXAMPLE',
    sent: { ...sent, lines: [{ amount: '100.00' }] },
    fingerprint: '',
    archived: false,
    at,
  };
  return {
    key: { companyCode: '1710', supplierInvoice: number, fiscalYear: '2026' },
    supplier: '17300001',
    currency: 'USD',
    amount: '100.00',
    isCreditMemo: false,
    postingDate: '2026-11-20',
    state: 'handed-over',
    reason: '',
    seenVersion: '1',
    attempt: 1,
    bills: [bill],
    ...more,
  };
}

function payment(more: Partial<PaymentRecord>): PaymentRecord {
  return {
    paymentId: 'stpEXAMPLE',
    vendorId: '009EXAMPLE',
    amount: '200.00',
    singleStatus: 'CLEARED',
    state: 'posted',
    reason: 'the period is closed',
    firstSeenAt: at,
    postings: [],
    ...more,
  };
}

const openItem = (number: string): OpenSupplierItem => ({
  companyCode: '1710',
  fiscalYear: '2026',
  accountingDocument: `19${number}`,
  supplier: '17300001',
  currency: 'USD',
  amount: '-100.00',
  originalReference: `${number}2026`,
});

describe('a payment that BILL has cleared and the connector has not posted', () => {
  const billPayments = ['1', '2'].map((number) => ({ billId: `00n${number}`, amount: '100.00' }));
  const decision = { by: 'A. Clerk', why: 'booked by hand', at };
  const open = new Set(['1710/2/2026']);
  const invoices = [invoice('1'), invoice('2')];

  it.each([
    payment({ billPayments, state: 'skipped', reason: 'booked by hand', skipped: decision }),
    payment({ billPayments, state: 'ignored', reason: 'made outside BILL' }),
  ])(
    'counts, once it is left to people, for the invoices alone that SAP still has open: $reason',
    (record) => {
      const found = notPosted(invoices, [record], open);
      expect(found).toMatchObject([{ document: 'stpEXAMPLE', amount: '100.00', why: record.reason }]);
    },
  );

  it('counts for all of its invoices as long as it needs a person: SAP may have paid one a second time', () => {
    expect(notPosted(invoices, [payment({ billPayments, state: 'exception' })], open)).toHaveLength(2);
  });
});

describe('where the original lines are debited', () => {
  const config = connectorConfigSchema.parse({
    connection: 'simulated',
    goLiveDate: '2026-10-01',
    companyCodes: [
      {
        companyCode: '1710',
        postingProfile: 'original-lines',
        clearingAccounts: [{ fundingAccount: '*', glAccount: '11001080' }],
      },
    ],
  });

  it('a posted payment counts for what it pays of the invoices that are still open', () => {
    const ids = ['1710/1/2026', '1710/2/2026'];
    const posting = {
      generation: 1,
      companyCode: '1710',
      referenceCode: 'CODE',
      accountingDocument: '100',
      fiscalYear: '2026',
      documentType: 'KZ',
      currency: 'USD',
      amount: '200.00',
      invoices: ids,
      parts: ids.map((id) => ({ invoice: id, amount: '100.00' })),
      at,
    };
    const known = {
      config,
      invoices: [invoice('1'), invoice('2')],
      payments: [payment({ postings: [posting] })],
    };
    const paid = openInSap(known, [openItem('2')]).filter(({ kind }) => kind === 'payment');
    expect(paid.map(({ amount }) => amount)).toEqual(['100.00']);
  });
});

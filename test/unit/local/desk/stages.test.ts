import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { InvoiceRecord } from '../../../../lib/ledger/invoices.ts';
import type { PaymentRecord, Posting } from '../../../../lib/ledger/payments.ts';
import { sideValues } from '../../../../lib/local/desk/plain-words.ts';
import { invoiceStage, postingsByInvoice } from '../../../../lib/local/desk/stages.ts';
import { fromMinor } from '../../../../lib/money.ts';

const invoice: InvoiceRecord = {
  key: { companyCode: '1710', supplierInvoice: '5105600101', fiscalYear: '2026' },
  supplier: '17300001',
  currency: 'USD',
  amount: '100.00',
  isCreditMemo: false,
  postingDate: '2026-11-02',
  state: 'handed-over',
  reason: 'the bill is in BILL',
  seenVersion: '1',
  attempt: 1,
};

const posting = (amount: string, more: Partial<Posting> = {}): Posting => ({
  generation: 1,
  companyCode: '1710',
  referenceCode: 'NQASTYK6409C6X8S',
  accountingDocument: '1589519079',
  fiscalYear: '2026',
  documentType: 'KZ',
  currency: 'USD',
  amount,
  invoices: ['1710/5105600101/2026'],
  at: '2026-11-02T08:00:00.000Z',
  ...more,
});

const payment = (...postings: Posting[]): PaymentRecord => ({
  paymentId: 'stp1',
  vendorId: '0091',
  amount: '100.00',
  state: 'posted',
  reason: 'cleared',
  firstSeenAt: '2026-11-02T08:00:00.000Z',
  postings,
});

describe('an invoice in BILL', () => {
  test('is paid when its journal entries come to its gross amount, to the cent', () => {
    const cents = fc.array(fc.bigInt({ min: 1n, max: 20_000n }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(cents, (parts) => {
        const paid = parts.reduce((sum, part) => sum + part, 0n);
        const postings = parts.map((part) => posting(fromMinor(part, 'USD')));
        expect(invoiceStage(invoice, postings)).toBe(paid >= 10_000n ? 'paid' : 'handed-over');
      }),
    );
  });

  test('from which tax is withheld is paid when its bill is', () => {
    const sent = {
      vendorId: '0091',
      invoiceNumber: 'ES-1',
      invoiceDate: '',
      dueDate: '',
      lines: [{ amount: '76.00' }],
    };
    const bill = { billId: '00n1', vendorId: '0091', sent, fingerprint: '', archived: false, at: '' };
    const withheld = { ...invoice, bills: [bill] };
    expect(invoiceStage(withheld, [posting('75.99')])).toBe('handed-over');
    expect(invoiceStage(withheld, [posting('76.00')])).toBe('paid');
  });

  test('is paid by no entry that was reversed', () => {
    const reversal = { referenceCode: 'X', accountingDocument: '2', fiscalYear: '2026', at: '' };
    const postings = postingsByInvoice([payment(posting('100.00', { reversal }), posting('40.00'))]);
    expect(postings.get('1710/5105600101/2026')?.map(({ amount }) => amount)).toEqual(['40.00']);
  });

  test('with an exception it needs a person, paid or not', () => {
    expect(invoiceStage({ ...invoice, state: 'exception' }, [posting('100.00')])).toBe('exception');
  });
});

test.each([
  ['grossAmount', 'Gross amount'],
  ['glAccounts', 'G/L accounts'],
  ['email', 'E-mail'],
  ['item 001', 'Item 001'],
  ['009ZU9BCQnRjWhAuYBK7', '009ZU9BCQnRjWhAuYBK7'],
])('the value %s is called %s', (name, label) => {
  expect(sideValues({ [name]: 'x' })).toEqual([{ label, value: 'x' }]);
});

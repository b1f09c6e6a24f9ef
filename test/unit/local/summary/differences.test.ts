import { expect, test } from 'vitest';
import type { GateState } from '../../../../lib/bill/gate-state.ts';
import type { InvoiceRecord } from '../../../../lib/ledger/invoices.ts';
import type { PaymentRecord, Posting } from '../../../../lib/ledger/payments.ts';
import { without } from '../../../../lib/ledger/record.ts';
import type { BooksSide } from '../../../../lib/local/summary/books-side.ts';
import type { LedgerSide } from '../../../../lib/local/summary/ledger-side.ts';
import { summarize } from '../../../../lib/local/summary/summarize.ts';
import { agrees, type Summary } from '../../../../lib/local/summary/summary.ts';
import { summaryText } from '../../../../lib/local/summary/summary-text.ts';

const gate: GateState = {
  leasesInUse: [],
  mostInFlight: 2,
  reservedThisHour: 200,
  calls: 7,
  callsByPurpose: { login: 1, 'hand-over-invoice': 3, poll: 3 },
  logins: 1,
};

function invoice(number: string, amount: string, changes: Partial<InvoiceRecord> = {}): InvoiceRecord {
  const sent = {
    vendorId: '009',
    invoiceNumber: number,
    invoiceDate: '2026-11-01',
    dueDate: '2026-12-01',
    lines: [{ amount }],
  };
  return {
    key: { companyCode: '1710', supplierInvoice: number, fiscalYear: '2026' },
    supplier: '17300001',
    currency: 'USD',
    amount,
    isCreditMemo: false,
    postingDate: '2026-11-01',
    state: 'handed-over',
    reason: '',
    seenVersion: '1',
    attempt: 1,
    bills: [{ billId: `bill ${number}`, vendorId: '009', sent, fingerprint: '', archived: false, at: '' }],
    ...changes,
  };
}

function withBillOf(record: InvoiceRecord, { bills }: InvoiceRecord): InvoiceRecord {
  return { ...record, ...(bills && { bills }) };
}

const posting: Posting = {
  generation: 1,
  companyCode: '1710',
  referenceCode: 'CODE',
  accountingDocument: '1500000001',
  fiscalYear: '2026',
  documentType: 'KZ',
  currency: 'USD',
  amount: '100.00',
  invoices: [],
  at: '',
};

const payment: PaymentRecord = {
  paymentId: 'stp1',
  vendorId: '009',
  amount: '100.00',
  currency: 'USD',
  state: 'posted',
  reason: '',
  firstSeenAt: '',
  postings: [posting],
};

const ledger: LedgerSide = {
  invoices: [invoice('A', '100.00'), invoice('B', '40.50')],
  payments: [payment],
  exceptions: [{ code: 'CREDIT_MEMO', kind: 'invoice', id: '1710/2/2026' }],
  gate,
  asynchronous: { clearings: [], blocks: [] },
  now: Date.parse('2026-11-24T05:00:00Z'),
};

const books: BooksSide = {
  sapInvoices: [
    { id: '1710/A/2026', currency: 'USD', gross: '100.00', payable: { line: '100.00' } },
    { id: '1710/B/2026', currency: 'USD', gross: '40.50', payable: { line: '40.50' } },
  ],
  entries: [{ id: '1710/1500000001/2026', currency: 'USD', debits: '100.00', isLive: true }],
  bills: [
    { id: 'bill A', amount: '100.00', isOurs: true },
    { id: 'bill B', amount: '40.50', isOurs: true },
    { id: 'bill of the inbox', amount: '9.99', isOurs: false },
  ],
  credits: [],
  clearedPayments: [{ id: 'stp1', currency: 'USD', amount: '100.00', isOutside: false }],
  supplierLines: [],
};

const billStatistics = {
  calls: 8,
  perOperation: {},
  mostInFlight: 3,
  logins: 1,
  refused: 0,
  refusedByCode: {},
};

const withBooks = (changes: Partial<BooksSide> = {}, of: Partial<LedgerSide> = {}): Summary =>
  summarize({ ...ledger, ...of }, { books: { ...books, ...changes }, billStatistics });

test('where both sides and the ledger agree there is no difference, and the totals are the same', () => {
  const summary = withBooks();
  expect(summary.differences).toEqual([]);
  expect(summary.totals).toEqual([
    { what: 'invoices handed over', currency: 'USD', sap: '140.50', ledger: '140.50', bill: '140.50' },
    { what: 'payments cleared', currency: 'USD', sap: '100.00', ledger: '100.00', bill: '100.00' },
  ]);
  expect(summary.bill).toMatchObject({ calls: 8, newBills: 2, callsPerNewBill: 1.5, mostInFlight: 3 });
  expect([agrees(summary), summaryText(summary)]).toEqual([
    true,
    expect.stringContaining('Everything agrees.'),
  ]);
});

const [sapA, sapB] = books.sapInvoices;
const [billA, billB] = books.bills;
const [entry] = books.entries;
const [cleared] = books.clearedPayments;
const others = <T>(...items: (T | undefined)[]) => items.filter((item) => item !== undefined);

test.for<[string, Summary, RegExp]>([
  [
    'an invoice that was lost',
    withBooks({
      sapInvoices: others(sapA, sapB, {
        id: '1710/C/2026',
        currency: 'USD',
        gross: '1.00',
        payable: { line: '1.00' },
      }),
    }),
    /C.* does not know it/,
  ],
  [
    'a cent in SAP',
    withBooks({
      sapInvoices: others(sapA, {
        id: '1710/B/2026',
        currency: 'USD',
        gross: '40.51',
        payable: { line: '40.51' },
      }),
    }),
    /40\.51 USD in SAP, 40\.50/,
  ],
  ['a bill that is missing', withBooks({ bills: others(billA) }), /bill B .*is not in BILL/],
  [
    'a bill too many',
    withBooks({ bills: others(billA, billB, { id: 'bill X', amount: '1.00', isOurs: true }) }),
    /bill X .*no invoice/,
  ],
  [
    'a cent in BILL',
    withBooks({ bills: others(billA, { id: 'bill B', amount: '40.49', isOurs: true }) }),
    /40\.49 in BILL/,
  ],
  [
    'a payment that was not posted',
    withBooks({
      clearedPayments: others(cleared, { id: 'stp2', currency: 'USD', amount: '5.00', isOutside: true }),
    }),
    /stp2 .*posted in SAP over 0/,
  ],
  ['a posting without a payment', withBooks({ clearedPayments: [] }), /not cleared in BILL, but posted/],
  ['an entry that is missing', withBooks({ entries: [] }), /1500000001\/2026 of the ledger is not in SAP/],
  [
    'an entry twice',
    withBooks({
      entries: others(entry, { id: '1710/1500000002/2026', currency: 'USD', debits: '100.00', isLive: true }),
    }),
    /1500000002.* live in SAP/,
  ],
  [
    'an entry that was reversed',
    withBooks({ entries: entry === undefined ? [] : [{ ...entry, isLive: false }] }),
    /reversed in SAP, not so/,
  ],
  [
    'a cent in an entry',
    withBooks({ entries: entry === undefined ? [] : [{ ...entry, debits: '100.01' }] }),
    /100\.01 USD in SAP/,
  ],
  [
    'one bill for two invoices',
    withBooks(
      {},
      { invoices: [invoice('A', '100.00'), withBillOf(invoice('B', '40.50'), invoice('A', '1'))] },
    ),
    /bill A stands for 2 invoices/,
  ],
])('%s is a difference', ([, summary, told]) => {
  expect(summary.differences.join('\n')).toMatch(told);
  expect([agrees(summary), summaryText(summary)]).toEqual([false, expect.stringContaining('NOT everything')]);
});

test('an exception explains a payment that is not posted', () => {
  const open: PaymentRecord = { ...payment, state: 'exception', postings: [] };
  expect(withBooks({ entries: [] }, { payments: [open] }).differences).toEqual([]);
});

test.for<[string, Partial<LedgerSide>, RegExp]>([
  [
    'no bill',
    { invoices: [without(invoice('A', '1.00'), 'bills')] },
    /handed over, but has neither bill nor credit/,
  ],
  ['other lines', { invoices: [withBillOf(invoice('A', '1.00'), invoice('A', '2.00'))] }, /was sent 2\.00/],
  ['waiting', { invoices: [invoice('A', '1.00', { state: 'queued' })] }, /still waits/],
  ['unposted', { payments: [{ ...payment, postings: [] }] }, /journal entries come to 0\.00/],
  ['posted in vain', { payments: [{ ...payment, state: 'reversed' }] }, /reversed over 100\.00/],
])('the ledger alone tells its own differences: %s', ([, changes, told]) => {
  const summary = summarize({ ...ledger, ...changes });
  expect(summary.source).toBe('ledger');
  expect(summary.differences.join('\n')).toMatch(told);
});

test('more calls at once than BILL takes is a fault even where all documents agree', () => {
  expect(agrees(summarize({ ...ledger, gate: { ...gate, mostInFlight: 4 } }))).toBe(false);
});

import { expect, test } from 'vitest';
import type { ClearingRecord } from '../../../../lib/ledger/clearings.ts';
import type { BlockRecord } from '../../../../lib/ledger/hand-over-blocks.ts';
import { differencesInClearings, type LineInBooks } from '../../../../lib/local/summary/clearings-side.ts';

const now = Date.parse('2026-11-24T05:00:00Z');

const clearing: ClearingRecord = {
  paymentId: 'stp1',
  generation: 1,
  companyCode: '1720',
  referenceCode: 'PAYMENT000000001',
  accountingDocument: '1500000001',
  fiscalYear: '2026',
  currency: 'USD',
  amount: '40.00',
  invoices: ['1720/5105600101/2026'],
  state: 'cleared',
  dueAt: '2026-11-20T05:00:00Z',
  asked: 1,
};

const block: BlockRecord = {
  invoice: '1720/5105600101/2026',
  wanted: 'set',
  state: 'done',
  since: '2026-11-20T05:00:00Z',
  asked: 1,
};

const entryLine: LineInBooks = {
  document: '1720/1500000001/2026',
  invoice: '',
  isCleared: true,
  isPart: false,
  block: '',
};
const invoiceLine: LineInBooks = {
  document: '1720/5100000001/2026',
  invoice: '1720/5105600101/2026',
  isCleared: false,
  isPart: false,
  block: 'B',
};

const told = (
  { clearings = [clearing], blocks = [block] }: { clearings?: ClearingRecord[]; blocks?: BlockRecord[] },
  lines: LineInBooks[] = [entryLine, invoiceLine],
) => [...differencesInClearings({ clearings, blocks }, now, lines)];

test('what is cleared and blocked on both sides agrees', () => {
  expect(told({})).toEqual([]);
  expect(told({}, [{ ...entryLine, isCleared: false, isPart: true }, invoiceLine])).toEqual([]);
  expect(told({}, [entryLine, { ...invoiceLine, block: '', isCleared: true }])).toEqual([]);
});

test('what SAP was asked for and has not done is told', () => {
  const due = { ...clearing, state: 'due' as const };
  expect(told({ clearings: [due] })).toEqual(['The clearing of journal entry 1720/1500000001/2026 is due.']);
  expect(told({ clearings: [{ ...due, state: 'asked' }], blocks: [{ ...block, state: 'asked' }] })).toEqual([
    'The clearing of journal entry 1720/1500000001/2026 is asked.',
    'The payment block of invoice 1720/5105600101/2026 is asked.',
  ]);
});

test('what is held back is no difference unless SAP has cleared it', () => {
  const held = { ...clearing, state: 'due' as const, dueAt: '2026-11-27T05:00:00Z' };
  expect(told({ clearings: [held] }, [{ ...entryLine, isCleared: false }, invoiceLine])).toEqual([]);
  expect(told({ clearings: [held] })).toEqual([
    'Journal entry 1720/1500000001/2026 is held back, but cleared in SAP.',
  ]);
});

test('what the ledger takes for done and SAP does not show is told', () => {
  const lines = [
    { ...entryLine, isCleared: false },
    { ...invoiceLine, block: '' },
  ];
  expect(told({}, lines)).toEqual([
    'Journal entry 1720/1500000001/2026 is cleared for the ledger, but open in SAP.',
    'Invoice 1720/5105600101/2026 is in BILL, but not blocked in SAP.',
  ]);
});

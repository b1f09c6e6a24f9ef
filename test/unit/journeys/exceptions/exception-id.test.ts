import { expect, test } from 'vitest';
import { exceptionId } from '../../../../lib/journeys/exceptions/exception-id.ts';
import { aliases, aliasId } from '../../../../lib/ledger/aliases.ts';
import { type InvoiceRecord, invoiceRecords } from '../../../../lib/ledger/invoices.ts';
import { createMemoryTable } from '../../../../lib/ledger/memory-table.ts';
import { updateRecord } from '../../../../lib/ledger/record.ts';
import { manualClock } from '../../../support/manual-clock.ts';

const exception = {
  code: 'EDITED_IN_BILL',
  what: 'edited',
  nextStep: 'decide',
  sapValues: {},
  billValues: {},
};

/** A ledger with these invoices of reference INV-1, each with an open exception or without. */
async function ledgerWith(...invoices: { supplierInvoice: string; isOpen: boolean }[]) {
  const table = createMemoryTable();
  const store = { table, clock: manualClock() };
  for (const { supplierInvoice, isOpen } of invoices) {
    const key = { companyCode: '1710', supplierInvoice, fiscalYear: '2026' };
    const id = `1710/${supplierInvoice}/2026`;
    await updateRecord(store, invoiceRecords, id, () => ({
      ...({
        key,
        supplier: '17300001',
        currency: 'USD',
        amount: '1.00',
        isCreditMemo: false,
      } as InvoiceRecord),
      postingDate: '2026-11-20',
      state: isOpen ? 'exception' : 'handed-over',
      reason: '',
      seenVersion: '1',
      attempt: 1,
      ...(isOpen ? { exception: { ...exception, raisedAt: '2026-11-24T05:00:00.000Z' } } : {}),
    }));
    for (const number of [supplierInvoice, 'INV-1']) {
      const alias = { number, document: { kind: 'invoice', id } } as const;
      await updateRecord(store, aliases, aliasId(alias), () => alias);
    }
  }
  return table;
}

const open = { supplierInvoice: '5105600101', isOpen: true };
const other = { supplierInvoice: '5105600102', isOpen: true };

test.each([
  ['1710/5105600101/2026', '1710/5105600101/2026'],
  ['5105600101', '1710/5105600101/2026'],
  ['4711', '4711'],
])('%s stands for %s', async (number, id) => {
  expect(await exceptionId(await ledgerWith(open, other), number)).toBe(id);
});

test('a number of several documents stands for the one with an open exception', async () => {
  const table = await ledgerWith(open, { ...other, isOpen: false });
  expect(await exceptionId(table, 'INV-1')).toBe('1710/5105600101/2026');
});

test('of several with an open exception a person names one', async () => {
  await expect(exceptionId(await ledgerWith(open, other), 'INV-1')).rejects.toMatchObject({
    code: 'SEVERAL_EXCEPTIONS',
    nextStep: expect.stringContaining('1710/5105600101/2026, 1710/5105600102/2026'),
  });
});

test('a skipped document is found for its retry', async () => {
  expect(await exceptionId(await ledgerWith({ ...open, isOpen: false }), '5105600101')).toBe(
    '1710/5105600101/2026',
  );
});

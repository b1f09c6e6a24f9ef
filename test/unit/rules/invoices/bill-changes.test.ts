import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bill, BillLine, NewBill } from '../../../../lib/rules/bill-documents.ts';
import {
  type BillChange,
  planBillChange,
  planBillWithdrawal,
} from '../../../../lib/rules/invoices/bill-changes.ts';
import { differences } from '../../../../lib/rules/invoices/bill-differences.ts';
import { billOf, newBill } from '../documents.ts';

const anyLine: fc.Arbitrary<BillLine> = fc.record(
  {
    amount: fc.constantFrom('1.00', '2.50', '-0.50', '1000.00'),
    description: fc.constantFrom('Consulting', 'Travel'),
    chartOfAccountId: fc.constantFrom('0ca1', '0ca2'),
  },
  { requiredKeys: ['amount'] },
);

const anyBill: fc.Arbitrary<NewBill> = fc.record(
  {
    vendorId: fc.constant('009EXAMPLE00000001'),
    invoiceNumber: fc.constantFrom('INV-1', 'INV-2'),
    invoiceDate: fc.constantFrom('2026-11-20', '2026-11-21'),
    dueDate: fc.constantFrom('2026-12-20', '2026-12-21'),
    description: fc.constantFrom('SAP one', 'SAP two'),
    purchaseOrderNumber: fc.constantFrom('4500000101', '4500000102'),
    lines: fc.array(anyLine, { minLength: 1, maxLength: 4 }),
  },
  { requiredKeys: ['vendorId', 'invoiceNumber', 'invoiceDate', 'dueDate', 'lines'] },
);

/** What BILL makes of a change (BILL dossier §5.1): PATCH merges, lines by their ids; PUT replaces. */
function applied(change: BillChange, current: Bill): Bill {
  if (change.kind === 'replace') {
    const known = current.lines.map((line) => line.id);
    const ids = change.bill.lines.flatMap((line) => line.id ?? []);
    expect(known).toEqual(expect.arrayContaining(ids));
    expect(new Set(ids).size).toBe(ids.length);
    return billOf(change.bill);
  }
  if (change.kind !== 'patch') return current;
  const lines = current.lines.map((line) => ({
    ...line,
    ...change.change.lines?.find((each) => each.id === line.id),
  }));
  for (const line of change.change.lines ?? []) expect(line.id).toBeDefined();
  return { ...current, ...change.change, lines };
}

describe('differences', () => {
  it('finds none in a bill as it was sent, whatever the decimals and the coding added in BILL', () => {
    fc.assert(
      fc.property(anyBill, (sent) => {
        const lines = billOf(sent).lines.map((line) => ({
          ...line,
          amount: line.amount.replace(/0$/, ''),
          departmentId: '0de1',
        }));
        expect(differences(sent, billOf(sent, { lines }))).toEqual([]);
      }),
    );
  });

  it('finds exactly the field that is different', () => {
    const sent = newBill();
    const [first, second] = billOf(sent).lines;
    if (first === undefined || second === undefined) throw new Error('The example has two lines.');
    const cases: [Partial<Bill>, string, string, string][] = [
      [{ dueDate: '2026-12-31' }, 'dueDate', '2026-12-20', '2026-12-31'],
      [{ purchaseOrderNumber: '4500000101' }, 'purchaseOrderNumber', '', '4500000101'],
      [{ amount: '1200.49' }, 'amount', '1200.5', '1200.49'],
      [{ lines: [first] }, 'lines', '2 lines', '1 lines'],
      [{ lines: [first, { ...second, amount: '200.49' }] }, 'lines[2].amount', '200.50', '200.49'],
      [{ lines: [{ ...first, description: '' }, second] }, 'lines[1].description', 'Consulting March', ''],
    ];
    for (const [change, field, left, right] of cases) {
      expect(differences(sent, billOf(sent, change))).toEqual([{ field, sent: left, got: right }]);
    }
  });

  it('holds coding to account only where it was sent', () => {
    const [line] = newBill().lines;
    const sent = newBill({ lines: [{ amount: '1.00', ...line, departmentId: '0de1' }] });
    const lines = billOf(sent).lines.map((each) => ({ ...each, departmentId: '0de2' }));
    expect(differences(sent, billOf(sent, { lines })).map((each) => each.field)).toEqual([
      'lines[1].departmentId',
    ]);
  });
});

describe('planBillChange', () => {
  it('makes the bill what is wanted', () => {
    fc.assert(
      fc.property(anyBill, anyBill, (lastSent, wanted) => {
        const current = billOf(lastSent);
        const change = planBillChange({ wanted, current, lastSent });
        expect(['none', 'patch', 'replace']).toContain(change.kind);
        expect(differences(wanted, applied(change, current))).toEqual([]);
        if (change.kind === 'none') expect(differences(wanted, current)).toEqual([]);
      }),
    );
  });

  it('patches only what is different', () => {
    const current = billOf(newBill());
    const wanted = newBill({ dueDate: '2027-01-20' });
    expect(planBillChange({ wanted, current, lastSent: newBill() })).toEqual({
      kind: 'patch',
      change: { dueDate: '2027-01-20' },
    });
  });

  it('keeps the ids of lines and the coding that people added to them', () => {
    const lines = billOf(newBill()).lines.map((line) => ({ ...line, departmentId: '0de1' }));
    const current = billOf(newBill(), { lines });
    const wanted = newBill({ lines: newBill().lines.map((line) => ({ ...line, amount: '7.00' })) });
    const change = planBillChange({ wanted, current, lastSent: newBill() });
    expect(change).toMatchObject({
      kind: 'patch',
      change: {
        lines: [
          { id: 'bli1', departmentId: '0de1', amount: '7.00' },
          { id: 'bli2', departmentId: '0de1', amount: '7.00' },
        ],
      },
    });
  });

  it('never changes a bill that a person changed in BILL, and shows both values', () => {
    fc.assert(
      fc.property(anyBill, anyBill, anyBill, (lastSent, wanted, edited) => {
        const current = billOf(edited);
        const touched = differences(lastSent, current).map((each) => each.field);
        const conflicts = differences(wanted, current).filter((each) => touched.includes(each.field));
        const change = planBillChange({ wanted, current, lastSent });
        if (conflicts.length > 0) expect(change.kind).toBe('edited-in-bill');
        if (change.kind !== 'edited-in-bill') return;
        expect(touched).not.toEqual([]);
        for (const { sap, bill } of change.differences) expect(sap).not.toBe(bill);
      }),
    );
    const change = planBillChange({
      wanted: newBill({ dueDate: '2027-01-20' }),
      current: billOf(newBill(), { dueDate: '2026-12-31' }),
      lastSent: newBill(),
    });
    expect(change).toEqual({
      kind: 'edited-in-bill',
      differences: [{ field: 'dueDate', sap: '2027-01-20', bill: '2026-12-31' }],
    });
  });

  it('takes a changed line and a changed number of lines for one and the same place', () => {
    const third = { amount: '5.00', description: 'Postage', chartOfAccountId: '0caEXAMPLE00000001' };
    const dearer = newBill().lines.map((line) => ({ ...line, amount: '7.00' }));
    const longer = newBill({ lines: [...newBill().lines, third] });
    const cases = [
      { wanted: longer, current: billOf(newBill({ lines: dearer })) },
      { wanted: newBill({ lines: [...dearer, third] }), current: billOf(longer) },
    ];
    for (const each of cases) {
      expect(planBillChange({ ...each, lastSent: newBill() }).kind).toBe('edited-in-bill');
    }
  });

  it('asks a person where BILL shows another total than the lines add up to', () => {
    const current = billOf(newBill(), { amount: '1200.51' });
    expect(planBillChange({ wanted: newBill(), current, lastSent: newBill() })).toEqual({
      kind: 'edited-in-bill',
      differences: [{ field: 'amount', sap: '1200.5', bill: '1200.51' }],
    });
  });

  it('has nothing to do where a person already made the same change', () => {
    const wanted = newBill({ dueDate: '2027-01-20' });
    expect(planBillChange({ wanted, current: billOf(wanted), lastSent: newBill() })).toEqual({
      kind: 'none',
    });
  });

  it('never revives a bill that was archived in BILL', () => {
    const current = billOf(newBill(), { archived: true });
    expect(planBillChange({ wanted: newBill(), current, lastSent: newBill() })).toMatchObject({
      kind: 'edited-in-bill',
      differences: [{ field: 'archived' }],
    });
  });

  it('leaves a bill alone that is paid, on its way, or in a state it does not know', () => {
    const wanted = newBill({ dueDate: '2027-01-20' });
    for (const change of lockedBills) {
      const current = billOf(newBill(), change);
      expect(planBillChange({ wanted, current, lastSent: newBill() }).kind).toBe('locked');
      expect(planBillChange({ wanted: newBill(), current, lastSent: newBill() }).kind).toBe('none');
    }
    const free = billOf(newBill(), { paidAmount: '0', scheduledAmount: '0.00' });
    expect(planBillChange({ wanted, current: free, lastSent: newBill() }).kind).toBe('patch');
  });
});

describe('planBillWithdrawal', () => {
  it('archives an unpaid bill once, and a draft that only looks archived', () => {
    expect(planBillWithdrawal(billOf(newBill()))).toEqual({ kind: 'archive' });
    expect(planBillWithdrawal(billOf(newBill(), { archived: true }))).toEqual({ kind: 'none' });
    expect(planBillWithdrawal(billOf(newBill(), { archived: true, recordStatus: 'INACTIVE' })).kind).toBe(
      'none',
    );
    expect(planBillWithdrawal(billOf(newBill(), { archived: true, recordStatus: 'DRAFT' })).kind).toBe(
      'archive',
    );
  });

  it('says what to do where it is too late', () => {
    for (const change of lockedBills) {
      expect(planBillWithdrawal(billOf(newBill(), change))).toMatchObject({ kind: 'locked' });
    }
    const scheduled = planBillWithdrawal(billOf(newBill(), { paymentStatus: 'SCHEDULED' }));
    expect(scheduled).toMatchObject({
      why: expect.stringContaining('cancel the payment in BILL before its process date'),
    });
    const paid = planBillWithdrawal(billOf(newBill(), { paymentStatus: 'PAID' }));
    expect(paid).toMatchObject({ why: expect.stringContaining('ask the vendor for the money back') });
  });
});

const { paymentStatus: _, ...unknownStatus } = billOf(newBill());
const lockedBills: Partial<Bill>[] = [
  ...['PAID', 'PARTIALLY_PAID', 'SCHEDULED', 'IN_PROCESS', 'UNDEFINED', 'BRAND_NEW'].map((paymentStatus) => ({
    paymentStatus,
  })),
  { scheduledAmount: '0.01' },
  { paidAmount: '1200.50' },
];

it('takes a missing payment status for locked', () => {
  expect(planBillWithdrawal(unknownStatus).kind).toBe('locked');
});

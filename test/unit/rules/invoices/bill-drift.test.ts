import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sumDecimals } from '../../../../lib/money.ts';
import type { Bill, NewBill } from '../../../../lib/rules/bill-documents.ts';
import { differences } from '../../../../lib/rules/invoices/bill-differences.ts';
import {
  asSent,
  type BillAsLeft,
  billDrift,
  refusalsOf,
  unacceptable,
  withAccepted,
  withKept,
} from '../../../../lib/rules/invoices/bill-drift.ts';
import { billOf } from '../documents.ts';

const anyBill: fc.Arbitrary<NewBill> = fc.record(
  {
    vendorId: fc.constantFrom('009EXAMPLE00000001', '009EXAMPLE00000002'),
    invoiceNumber: fc.constantFrom('INV-1', 'INV-2'),
    invoiceDate: fc.constantFrom('2026-11-20', '2026-11-21'),
    dueDate: fc.constantFrom('2026-12-20', '2026-12-21'),
    description: fc.constantFrom('SAP one', 'SAP two'),
    purchaseOrderNumber: fc.constantFrom('4500000101', '4500000102'),
    lines: fc.array(
      fc.record(
        {
          amount: fc.constantFrom('1.00', '2.50', '-0.50', '1000.00'),
          description: fc.constantFrom('Consulting', 'Travel'),
          chartOfAccountId: fc.constantFrom('0ca1', '0ca2'),
          departmentId: fc.constantFrom('0de1', '0de2'),
        },
        { requiredKeys: ['amount'] },
      ),
      { minLength: 1, maxLength: 4 },
    ),
  },
  { requiredKeys: ['vendorId', 'invoiceNumber', 'invoiceDate', 'dueDate', 'lines'] },
);

/** What BILL itself and payments do to a bill. */
const anyStatus: fc.Arbitrary<Partial<Bill>> = fc.record(
  {
    paymentStatus: fc.constantFrom('UNPAID', 'SCHEDULED', 'IN_PROCESS', 'PARTIALLY_PAID', 'PAID', 'NEW_ONE'),
    approvalStatus: fc.constantFrom('UNASSIGNED', 'ASSIGNED', 'APPROVING', 'APPROVED', 'UNDEFINED'),
    paidAmount: fc.constantFrom('0', '1.00'),
    dueAmount: fc.constantFrom('0', '1.00'),
    scheduledAmount: fc.constantFrom('0', '1.00'),
    creditAmount: fc.constantFrom('0', '1.00'),
    updatedTime: fc.constantFrom('2026-11-24T10:00:00.000Z', '2026-12-24T10:00:00.000Z'),
  },
  { requiredKeys: [] },
);

const live = (sent: NewBill): BillAsLeft => ({ sent, archived: false });
const totalOf = ({ lines }: NewBill) => sumDecimals(lines.map(({ amount }) => amount));

describe('what people changed in BILL', () => {
  it('is nothing on a bill as it was left, whatever its payments and approvals', () => {
    fc.assert(
      fc.property(anyBill, anyBill, anyStatus, (sent, stands, status) => {
        expect(billDrift(live(sent), billOf(sent, status))).toBeUndefined();
        expect(billDrift({ sent, stands, archived: false }, billOf(stands, status))).toBeUndefined();
        expect(
          billDrift({ sent, archived: true }, billOf(stands, { ...status, archived: true })),
        ).toBeUndefined();
      }),
    );
  });

  it('is told field by field, with the values of both sides', () => {
    fc.assert(
      fc.property(anyBill, anyBill, anyStatus, (sent, edited, status) => {
        const current = billOf(edited, status);
        const found = differences(sent, current);
        const drift = billDrift(live(sent), current);
        expect(drift).toEqual(found.length === 0 ? undefined : { kind: 'edited', fields: found });
      }),
    );
  });

  it.each<[string, BillAsLeft['archived'], Partial<Bill>, string | undefined]>([
    ['an archived bill', false, { archived: true, paymentStatus: 'UNPAID' }, 'archived'],
    ['an archived bill in a state that nobody knows', false, { archived: true }, 'archived'],
    ['a paid bill that is filed away', false, { archived: true, paymentStatus: 'PAID' }, undefined],
    ['a draft, which only looks archived', false, { archived: true, recordStatus: 'DRAFT' }, undefined],
    ['a denied bill', false, { approvalStatus: 'DENIED', paymentStatus: 'UNPAID' }, 'denied'],
    [
      'a paid bill that somebody had denied once',
      false,
      { approvalStatus: 'DENIED', paymentStatus: 'PAID' },
      undefined,
    ],
    ['a bill that we archived and somebody restored', true, { paymentStatus: 'UNPAID' }, 'restored'],
    [
      'a bill that we archived and that comes back as a draft',
      true,
      { archived: true, recordStatus: 'DRAFT' },
      'restored',
    ],
  ])('%s', (_, archived, state, kind) => {
    fc.assert(
      fc.property(anyBill, (sent) => {
        expect(billDrift({ sent, archived }, billOf(sent, state))?.kind).toBe(kind);
      }),
    );
  });
});

describe('what can be decided', () => {
  it("accepts BILL's values only over the same total for the same vendor", () => {
    fc.assert(
      fc.property(anyBill, anyBill, (sent, edited) => {
        const current = billOf(edited);
        const isSafe = sent.vendorId === edited.vendorId && totalOf(sent) === totalOf(edited);
        expect(unacceptable(sent, current) === undefined).toBe(isSafe);
      }),
    );
  });

  it.each<[Partial<Bill>, BillAsLeft['archived'], object | undefined, string]>([
    [{ approvalStatus: 'DENIED', paymentStatus: 'UNPAID' }, false, undefined, 'bill'],
    [{ archived: true, paymentStatus: 'UNPAID' }, false, undefined, 'sap bill'],
    [{ archived: true, paymentStatus: 'SCHEDULED', scheduledAmount: '1.00' }, false, undefined, 'sap'],
    [{ archived: true, paymentStatus: 'PARTIALLY_PAID', paidAmount: '1.00' }, false, undefined, 'sap'],
    [{ paymentStatus: 'UNPAID' }, true, undefined, 'sap'],
    [{ paymentStatus: 'UNPAID' }, true, { by: 'Ada' }, 'sap bill'],
    [{ paymentStatus: 'SCHEDULED' }, true, undefined, ''],
    [{ dueDate: '2027-01-31', paymentStatus: 'UNPAID' }, false, undefined, 'sap bill'],
    [
      { dueDate: '2027-01-31', paymentStatus: 'SCHEDULED', scheduledAmount: '1.00' },
      false,
      undefined,
      'bill',
    ],
    [{ vendorId: '009EXAMPLE00000009', paymentStatus: 'UNPAID' }, false, undefined, 'sap'],
  ])('%j leaves the choice between: %s %s %s', (state, archived, leftToSap, allowed) => {
    fc.assert(
      fc.property(anyBill, (sent) => {
        const left = { sent, archived, ...(leftToSap === undefined ? {} : { leftToSap }) };
        const current = billOf(sent, state);
        const drift = billDrift(left, current);
        if (drift === undefined) throw new Error('There is no difference.');
        const { sap, bill } = refusalsOf(drift, left, current);
        const free = [...(sap === undefined ? ['sap'] : []), ...(bill === undefined ? ['bill'] : [])];
        expect(free.join(' ')).toBe(allowed);
      }),
    );
  });
});

describe('a change in SAP where BILL was accepted', () => {
  it('changes what SAP changed, keeps what was accepted, and comes to the total that SAP wants', () => {
    fc.assert(
      fc.property(anyBill, anyBill, anyBill, (sent, accepted, wanted) => {
        fc.pre(totalOf(sent) === totalOf(accepted));
        const target = withAccepted({ sent, stands: accepted, archived: false }, wanted);
        expect(totalOf(target)).toBe(totalOf(wanted));
        for (const field of ['dueDate', 'invoiceNumber', 'description', 'purchaseOrderNumber'] as const)
          expect(target[field]).toBe(sent[field] === wanted[field] ? accepted[field] : wanted[field]);
      }),
    );
  });

  it('takes from BILL what people changed there and nothing else, where BILL is kept', () => {
    fc.assert(
      fc.property(anyBill, anyBill, anyBill, (sent, wanted, edited) => {
        const left = live(sent);
        const kept = withKept(left, wanted, billOf(edited));
        for (const field of [
          'vendorId',
          'dueDate',
          'invoiceNumber',
          'description',
          'purchaseOrderNumber',
        ] as const)
          expect(kept[field]).toBe(sent[field] === edited[field] ? wanted[field] : edited[field]);
        expect(withKept(left, wanted, billOf(sent))).toEqual(wanted);
        // Coding that people merely add is no change: SAP's lines stand then.
        const fields = differences(sent, billOf(edited)).map(({ field }) => field);
        const changedLines = fields.some((field) => field === 'amount' || field.startsWith('lines'));
        const { lines } = changedLines ? edited : sent;
        expect(withKept(left, sent, billOf(edited))).toEqual({ ...edited, lines });
      }),
    );
  });

  it('is nothing else where nothing changed, or nothing was accepted', () => {
    fc.assert(
      fc.property(anyBill, anyBill, (sent, other) => {
        expect(withAccepted({ sent, stands: other, archived: false }, sent)).toEqual(other);
        expect(withAccepted(live(sent), other)).toBe(other);
      }),
    );
  });

  it("reads BILL's bill back as what would be sent for it", () => {
    fc.assert(
      fc.property(anyBill, anyStatus, (sent, status) => {
        expect(asSent(billOf(sent, status))).toEqual(sent);
      }),
    );
  });
});

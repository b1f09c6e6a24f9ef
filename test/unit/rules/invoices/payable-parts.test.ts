import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate, negate, subtract, sum } from '../../../../lib/money.ts';
import { billsFromInvoice, type PlannedBill } from '../../../../lib/rules/invoices/bill-from-invoice.ts';
import { dueDateOf, linesOfInstalment } from '../../../../lib/rules/invoices/payable-parts.ts';
import type { PayableLine, SupplierInvoice } from '../../../../lib/rules/sap-invoices.ts';
import { anyInvoice, chart, config, invoice, payableLine, refusal } from '../documents.ts';

const accounts = [
  ...chart,
  { id: '0caEXAMPLE00000004', name: 'Office', archived: false, number: '65100000' },
];

function make(facts: {
  invoice?: SupplierInvoice;
  payable: readonly PayableLine[];
  config?: ReturnType<typeof config>;
}): PlannedBill[] {
  return billsFromInvoice({
    invoice: invoice(),
    config: config(),
    vendorId: '009EXAMPLE00000001',
    chart: accounts,
    itemTexts: [],
    ...facts,
  });
}

function total({ bill }: PlannedBill, currency: string): string {
  return sum(
    bill.lines.map(({ amount }) => amount),
    currency,
  );
}

/** An invoice whose supplier lines are several, each with its due date, and tax withheld or not. */
const inParts = fc
  .record({
    facts: anyInvoice(fc.constantFrom('USD', 'EUR', 'JPY')),
    weights: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 }),
    days: fc.array(fc.integer({ min: 10, max: 28 }), { minLength: 6, maxLength: 6 }),
    withheldPercent: fc.constantFrom(0, 0, 7, 24),
    way: fc.constantFrom('at-posting', 'on-lines', 'by-hand'),
  })
  .map(({ facts, weights, days, withheldPercent, way }) => {
    const { currency, grossAmount } = facts.invoice;
    const [tax = '0', left = grossAmount] = allocate(
      grossAmount,
      [String(withheldPercent), String(100 - withheldPercent)],
      currency,
    );
    const owed = allocate(way === 'at-posting' ? left : grossAmount, weights.map(String), currency);
    const taxes = allocate(tax, weights.map(String), currency);
    const payable = owed.map((amount, index) =>
      payableLine({
        currency,
        item: String(index + 1).padStart(3, '0'),
        amount: negate(amount, currency),
        netDueDate: `2026-12-${days[index]}`,
        ...(way === 'on-lines' && withheldPercent > 0 ? { withheldTax: taxes[index] ?? '0' } : {}),
      }),
    );
    const withholdingTaxes =
      withheldPercent === 0
        ? []
        : [
            {
              type: 'W1',
              code: '07',
              baseAmount: grossAmount,
              ...(way === 'on-lines' ? {} : { manualAmount: tax }),
            },
          ];
    return { invoice: { ...facts.invoice, withholdingTaxes }, payable, tax };
  })
  .filter(({ invoice: { currency }, payable, tax }) => {
    const smallest = payable.every((line) => /[1-9]/.test(line.amount));
    const byDate = Map.groupBy(payable, (line) => line.netDueDate);
    const owed = [...byDate.values()].map((lines) =>
      sum(
        lines.map((line) => line.amount),
        currency,
      ),
    );
    return smallest && owed.every((amount) => Math.abs(Number(amount)) > 0) && Number(tax) >= 0;
  });

describe('the bills of an invoice in all shapes', () => {
  it('add up to the gross amount less what is withheld, each to its own FI lines, no sign changed', () => {
    fc.assert(
      fc.property(inParts, ({ invoice: of, payable, tax }) => {
        let bills: PlannedBill[];
        try {
          bills = make({ invoice: of, payable });
        } catch (error) {
          // A part so small that the tax takes all of it is nothing that can be paid.
          expect((error as { code?: string }).code).toBe('INSTALMENT_NOT_POSITIVE');
          return;
        }
        const { currency, grossAmount } = of;
        const toPay = bills.map((each) => total(each, currency));
        expect(sum(toPay, currency)).toBe(subtract(grossAmount, tax, currency));
        for (const each of bills) {
          const lines = linesOfInstalment(each.instalment, payable);
          const owed = negate(
            sum(
              lines.map((line) => line.amount),
              currency,
            ),
            currency,
          );
          const isTakenOff =
            of.withholdingTaxes.length > 0 &&
            sum(
              payable.map((line) => line.amount),
              currency,
            ) === negate(grossAmount, currency);
          const withheld = isTakenOff ? (each.withheld ?? '0') : '0';
          expect(total(each, currency)).toBe(subtract(owed, withheld, currency));
          expect(new Set(lines.map((line) => line.netDueDate))).toEqual(new Set([each.bill.dueDate]));
          for (const line of each.bill.lines) expect(line.amount).toMatch(/[1-9]/);
        }
        const lines = bills.flatMap((each) => linesOfInstalment(each.instalment, payable));
        expect(lines).toHaveLength(payable.length);
      }),
    );
  });

  it('have numbers and descriptions of their own', () => {
    fc.assert(
      fc.property(inParts, ({ invoice: of, payable }) => {
        const bills = tryMake(of, payable);
        const numbers = bills.map(({ bill }) => bill.invoiceNumber);
        expect(new Set(numbers).size).toBe(bills.length);
        expect(new Set(bills.map(({ bill }) => bill.description)).size).toBe(bills.length);
        for (const number of numbers) expect(number.length).toBeLessThanOrEqual(21);
      }),
    );
  });
});

function tryMake(of: SupplierInvoice, payable: readonly PayableLine[]): PlannedBill[] {
  try {
    return make({ invoice: of, payable });
  } catch {
    return [];
  }
}

const first = payableLine({ amount: '-400.17' });
const second = payableLine({ item: '002', amount: '-400.17', netDueDate: '2027-01-20' });
const third = payableLine({ item: '003', amount: '-400.16', netDueDate: '2027-02-20' });

describe('instalments', () => {
  it('are one bill each, in the order of their due dates', () => {
    const bills = make({ payable: [third, first, second] });
    expect(bills.map(({ bill }) => [bill.invoiceNumber, bill.dueDate, bill.description])).toEqual([
      ['INV-4711/1', '2026-12-20', 'SAP 1710/5105600101/2026, instalment 1 of 3'],
      ['INV-4711/2', '2027-01-20', 'SAP 1710/5105600101/2026, instalment 2 of 3'],
      ['INV-4711/3', '2027-02-20', 'SAP 1710/5105600101/2026, instalment 3 of 3'],
    ]);
    expect(bills.map(({ bill }) => bill.lines.map(({ amount }) => amount))).toEqual([
      ['333.34', '66.83'],
      ['333.34', '66.83'],
      ['333.33', '66.83'],
    ]);
    expect(bills[1]?.instalment).toEqual({ number: 2, of: 3, fiLines: ['5100000042/2026/002'] });
  });

  it('keep their numbers when the first of them is cleared', () => {
    const bills = make({ payable: [{ ...first, isCleared: true }, second, third] });
    expect(bills.map(({ isSettled, instalment }) => [isSettled, instalment?.number])).toEqual([
      [true, 1],
      [false, 2],
      [false, 3],
    ]);
  });

  it('are refused where their number would be too long, or a part is not above zero', () => {
    const long = invoice({ reference: 'x'.repeat(20) });
    expect(refusal(() => make({ invoice: long, payable: [first, second, third] })).code).toBe(
      'INVOICE_NUMBER_TOO_LONG',
    );
    const more = { ...first, amount: '-1300.50' };
    const back = { ...second, amount: '100.00' };
    expect(refusal(() => make({ payable: [more, back] })).code).toBe('INSTALMENT_NOT_POSITIVE');
  });
});

describe('withholding tax', () => {
  const tax = { type: 'W1', code: '07', baseAmount: '1200.50' };
  const withTax = (manualAmount?: string) =>
    invoice({ withholdingTaxes: [{ ...tax, ...(manualAmount === undefined ? {} : { manualAmount }) }] });

  it.each<[string, SupplierInvoice, PayableLine]>([
    [
      'was entered by hand and stands on the FI line',
      withTax('120.05'),
      payableLine({ withheldTax: '120.05' }),
    ],
    ['was entered by hand', withTax('120.05'), payableLine()],
    ['stands on the FI line', withTax(), payableLine({ withheldTax: '-120.05' })],
    ['was taken off when the invoice was posted', withTax(), payableLine({ amount: '-1080.45' })],
  ])('leaves the net amount where it %s', (_, of, line) => {
    const [only] = make({ invoice: of, payable: [line] });
    expect(only?.withheld).toBe('120.05');
    expect(only?.bill.lines.map(({ amount }) => amount)).toEqual(['900.00', '180.45']);
    expect(only?.bill.description).toBe(
      'SAP 1710/5105600101/2026, gross 1200.50 USD, tax withheld here 120.05, to be paid 1080.45',
    );
  });

  it.each<[string, SupplierInvoice, PayableLine, object]>([
    ['two amounts', withTax('120.05'), payableLine({ amount: '-1100.50' }), {}],
    ['two amounts on paying', withTax('120.05'), payableLine({ withheldTax: '100.00' }), {}],
    ['a person is wanted', withTax('120.05'), payableLine(), { withholdingTax: 'exception' }],
  ])('needs a person: %s', (_, of, line, invoices) => {
    const error = refusal(() => make({ invoice: of, payable: [line], config: config({ invoices }) }));
    expect(error).toMatchObject({ code: 'WITHHOLDING_TAX', sapValues: { withholdingTaxes: 'W1/07' } });
  });

  it('is no excuse for FI lines over more than the gross amount', () => {
    const error = refusal(() =>
      make({ invoice: withTax('1.00'), payable: [payableLine({ amount: '-1201.50' })] }),
    );
    expect(error.code).toBe('SUMS_DIFFER');
  });
});

describe('the due date', () => {
  const early = config({ invoices: { dueDate: 'first-discount' } });
  it.each([
    ['2026-12-04', early, '2026-12-04'],
    ['2026-12-04', config(), '2026-12-20'],
    ['2026-11-20', early, '2026-12-20'],
    ['2027-01-04', early, '2026-12-20'],
    [undefined, early, '2026-12-20'],
  ])('with a discount until %s', (discountDueDate, policy, due) => {
    const line = payableLine(discountDueDate === undefined ? {} : { discountDueDate });
    expect(dueDateOf(invoice(), line, policy)).toBe(due);
    expect(make({ payable: [line], config: policy })[0]?.bill.dueDate).toBe(due);
  });
});

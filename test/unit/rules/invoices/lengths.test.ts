import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sum } from '../../../../lib/money.ts';
import { cutText } from '../../../../lib/rules/cut-text.ts';
import { billsFromInvoice } from '../../../../lib/rules/invoices/bill-from-invoice.ts';
import { postingShares } from '../../../../lib/rules/payments/posting-shares.ts';
import { chart, config, invoice, line, payableLine, refusal } from '../documents.ts';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const lettersOf = (text: string) => [...graphemes.segment(text)].map(({ segment }) => segment);

describe('cutText', () => {
  const foreign = fc.string({
    unit: fc.constantFrom('a', 'ß', '請', '🧾', '👩‍👩‍👧', 'e\u0301', '🇩🇪', ' '),
    maxLength: 60,
  });

  it('keeps the first whole characters that fit, and loses no room that one more would have filled', () => {
    fc.assert(
      fc.property(foreign, fc.integer({ min: 0, max: 80 }), (text, most) => {
        const cut = cutText(text, most);
        const letters = lettersOf(text);
        const kept = lettersOf(cut);
        expect(cut.length).toBeLessThanOrEqual(most);
        expect(kept).toEqual(letters.slice(0, kept.length));
        const next = letters[kept.length];
        if (next !== undefined) expect(cut.length + next.length).toBeGreaterThan(most);
      }),
    );
  });

  it('leaves no half of a pair at the end of a line of the bill', () => {
    const text = `${'x'.repeat(3999)}🧾🧾`;
    const [bill] = make([line({ amount: '1200.50', text })]);
    expect(bill?.lines[0]?.description).toBe('x'.repeat(3999));
    expect(bill?.lines[0]?.description?.isWellFormed()).toBe(true);
  });
});

describe('more lines than a bill takes', () => {
  const many = (count: number, costCenters: readonly string[]) =>
    Array.from({ length: count }, (_, index) =>
      line({
        item: String(index),
        amount: '1.00',
        costCenter: costCenters[index % costCenters.length] ?? '',
      }),
    );

  it('are summed by G/L account and cost center, to the same total', () => {
    const [bill] = make(many(501, ['A', 'B', 'C']));
    expect(bill?.lines.map(({ amount, description }) => `${amount} ${description}`)).toEqual([
      '167.00 167 items, cost center A',
      '167.00 167 items, cost center B',
      '167.00 167 items, cost center C',
    ]);
    expect(make(many(500, ['A', 'B', 'C']))[0]?.lines).toHaveLength(500);
  });

  it('leave out what comes to nothing', () => {
    const back = ['5.00', '-5.00'].map((amount, index) =>
      line({ item: `D${index}`, amount, costCenter: 'D' }),
    );
    const [bill] = make([...many(499, ['A']), ...back]);
    expect(bill?.lines.map(({ amount }) => amount)).toEqual(['499.00']);
  });

  it('are refused where even the sums are too many', () => {
    const few = { invoices: { maxBillLines: 2 } };
    const error = refusal(() => make(many(9, ['A', 'B', 'C']), few));
    expect(error).toMatchObject({ code: 'TOO_MANY_LINES', sapValues: { lines: '9' } });
    expect(error.message).toContain('9 lines, 3 when');
  });
});

describe('unplanned delivery cost', () => {
  const delivery = line({ kind: 'unplanned-delivery-cost', item: '', amount: '40.00', text: 'Freight' });
  const { glAccount: _, costCenter: __, ...bare } = delivery;
  const lines = [line({ amount: '1160.50' }), bare];

  it('goes to the account of the configuration, in BILL and in the journal entry', () => {
    const invoices = { unplannedDeliveryCostAccount: '61003000' };
    const other = { invoices, accountForItemsWithoutAssignment: '61008000' };
    expect(make(lines, other)[0]?.lines[1]?.chartOfAccountId).toBe('0caEXAMPLE00000002');
    const shares = postingShares(invoice({ lines }), config(other));
    expect(shares.find(({ amount }) => amount === '40.00')?.glAccount).toBe('61003000');
  });

  it('needs a person where none is named', () => {
    const error = refusal(() => make(lines));
    expect(error).toMatchObject({ code: 'ITEM_WITHOUT_ACCOUNT' });
    expect(error.message).toContain('unplanned-delivery-cost');
  });
});

function make(lines: ReturnType<typeof line>[], change: Parameters<typeof config>[0] = {}) {
  const grossAmount = sum(
    lines.map(({ amount }) => amount),
    'USD',
  );
  return billsFromInvoice({
    invoice: invoice({ lines, grossAmount }),
    payable: [payableLine({ amount: `-${grossAmount}` })],
    config: config(change),
    vendorId: '',
    chart,
    itemTexts: [],
  }).map(({ bill }) => bill);
}

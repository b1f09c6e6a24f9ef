import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromMinor, sum } from '../../../../lib/money.ts';
import { paymentParts } from '../../../../lib/rules/payments/payment-parts.ts';
import { payment, refusal } from '../documents.ts';

const anyPart = fc.record({
  cash: fc.bigInt({ min: 0n, max: 1_000_000n }),
  credit: fc.bigInt({ min: 0n, max: 1_000n }),
});
const anyParts = fc.array(anyPart, { minLength: 1, maxLength: 35 });

describe('paymentParts', () => {
  it('gives the money of each bill, whether BILL counts vendor credits into a part or not', () => {
    fc.assert(
      fc.property(anyParts, fc.boolean(), (parts, withCredits) => {
        const billPayments = parts.map(({ cash, credit }, index) => ({
          billId: `00n${index}`,
          amount: fromMinor(withCredits ? cash + credit : cash, 'USD'),
          vendorCredits: [{ id: `vcr${index}`, amount: fromMinor(credit, 'USD') }],
        }));
        const amount = fromMinor(
          parts.reduce((total, { cash }) => total + cash, 0n),
          'USD',
        );
        const result = paymentParts(payment({ amount, billPayments }));
        expect(result.map((part) => sum([part.amount], 'USD'))).toEqual(
          parts.map(({ cash }) => fromMinor(cash, 'USD')),
        );
        expect(result.map((part) => part.billId)).toEqual(billPayments.map((part) => part.billId));
      }),
    );
  });

  it('refuses parts that add up to something else', () => {
    fc.assert(
      fc.property(anyParts, fc.bigInt({ min: 1n, max: 100n }), (parts, wrong) => {
        const billPayments = parts.map(({ cash }, index) => ({
          billId: `00n${index}`,
          amount: fromMinor(cash, 'USD'),
          vendorCredits: [],
        }));
        const amount = fromMinor(
          parts.reduce((total, { cash }) => total + cash, wrong),
          'USD',
        );
        const error = refusal(() => paymentParts(payment({ amount, billPayments })));
        expect(error).toMatchObject({ code: 'PAYMENT_SUM_DIFFERS', billValues: { amount } });
      }),
    );
  });

  it('needs no split for a payment of one bill, and refuses one that names none', () => {
    const whole = payment({ billPayments: [], billId: '00nEXAMPLE00000001' });
    expect(paymentParts(whole)).toEqual([{ billId: '00nEXAMPLE00000001', amount: '1200.50' }]);
    expect(refusal(() => paymentParts(payment({ billPayments: [] }))).code).toBe('PAYMENT_SPLIT_MISSING');
  });
});

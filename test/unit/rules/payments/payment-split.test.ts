import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareDecimals, fromMinor, sumDecimals } from '../../../../lib/money.ts';
import { creditParts, paymentParts } from '../../../../lib/rules/payments/payment-parts.ts';
import { payment } from '../documents.ts';

const currencies = fc.constantFrom('USD', 'JPY', 'KWD');
const split = fc.record({
  cash: fc.bigInt({ min: 0n, max: 10n ** 12n }),
  credits: fc.array(fc.bigInt({ min: 1n, max: 10n ** 9n }), { maxLength: 3 }),
});

/** A payment over up to 35 bills as BILL shows it: whether a part counts its credits in is not documented. */
const payments = fc
  .record({
    currency: currencies,
    splits: fc.array(split, { minLength: 1, maxLength: 35 }),
    countsCreditsIn: fc.boolean(),
  })
  .map(({ currency, splits, countsCreditsIn }) => {
    const total = (parts: readonly bigint[]) => parts.reduce((left, right) => left + right, 0n);
    const billPayments = splits.map(({ cash, credits }, index) => ({
      billId: `00n${index}`,
      amount: fromMinor(cash + (countsCreditsIn ? total(credits) : 0n), currency),
      vendorCredits: credits.map((amount, number) => ({
        id: `vcr${index}-${number}`,
        amount: fromMinor(amount, currency),
      })),
    }));
    const amount = fromMinor(total(splits.map(({ cash }) => cash)), currency);
    return { currency, splits, paid: payment({ amount, billPayments }) };
  });

describe('splits over up to 35 bills with credits', () => {
  it('give every bill its money and nothing else, and add up to the payment', () => {
    fc.assert(
      fc.property(payments, ({ currency, splits, paid }) => {
        const parts = paymentParts(paid);
        const [cash, shown] = [splits.map((each) => fromMinor(each.cash, currency)), parts];
        expect(compareDecimals(sumDecimals(shown.map(({ amount }) => amount)), paid.amount)).toBe(0);
        expect(shown.map(({ billId }) => billId)).toEqual(paid.billPayments.map(({ billId }) => billId));
        for (const [index, { amount }] of shown.entries())
          expect(compareDecimals(amount, cash[index] ?? '')).toBe(0);
      }),
    );
  });

  it('keep each credit with its bill and amount', () => {
    fc.assert(
      fc.property(payments, ({ currency, splits, paid }) => {
        const expected = splits.flatMap(({ credits }, index) =>
          credits.map((amount, number) => ({
            billId: `00n${index}`,
            creditId: `vcr${index}-${number}`,
            amount: fromMinor(amount, currency),
          })),
        );
        expect(creditParts(paid)).toEqual(expected);
      }),
    );
  });
});

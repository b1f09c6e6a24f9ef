import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AmountError,
  allocate,
  amount,
  compareAmounts,
  compareDecimals,
  currencyDecimals,
  fromMinor,
  isZero,
  negate,
  subtract,
  subtractDecimals,
  sum,
  sumDecimals,
  toMinor,
} from '../../lib/money.ts';

const currency = fc.constantFrom('USD', 'EUR', 'JPY', 'KWD');
const minor = fc.bigInt({ min: -100_000_000_000_000n, max: 100_000_000_000_000n });
const weight = fc.oneof(fc.bigInt({ min: -100_000n, max: 1_000_000n }), fc.constant(0n));

/** A total and weights of either sign, in one currency. */
const allocation = fc
  .record({ currency, total: minor, weights: fc.array(weight, { minLength: 1, maxLength: 40 }) })
  .filter(({ weights }) => weights.reduce((left, right) => left + right, 0n) !== 0n);

function allocated(given: { currency: string; total: bigint; weights: bigint[] }): bigint[] {
  const weights = given.weights.map((each) => fromMinor(each, given.currency));
  return allocate(fromMinor(given.total, given.currency), weights, given.currency).map((part) =>
    toMinor(part, given.currency),
  );
}

describe('amounts', () => {
  it('have the decimals of their currency', () => {
    expect(['USD', 'JPY', 'KWD'].map(currencyDecimals)).toEqual([2, 0, 3]);
    expect(amount('1200.500', 'USD')).toBe('1200.50');
    expect(amount('-0.07', 'USD')).toBe('-0.07');
    expect(amount('1200', 'JPY')).toBe('1200');
    expect(amount('1.25', 'KWD')).toBe('1.250');
  });

  it('refuse what would lose a fraction, and what is no amount', () => {
    expect(() => toMinor('0.005', 'USD')).toThrow(AmountError);
    expect(() => toMinor('1.5', 'JPY')).toThrow(AmountError);
    expect(() => toMinor('', 'USD')).toThrow(AmountError);
    expect(() => toMinor('1,000.00', 'USD')).toThrow(AmountError);
    expect(() => toMinor('1.00', 'US dollars')).toThrow(AmountError);
    expect(() => compareDecimals('one', '1')).toThrow(AmountError);
  });

  it('come back from minor units as they went in', () => {
    fc.assert(fc.property(minor, currency, (value, code) => toMinor(fromMinor(value, code), code) === value));
  });

  it('add up, subtract and compare like their minor units', () => {
    fc.assert(
      fc.property(minor, minor, currency, (left, right, code) => {
        const [a, b] = [fromMinor(left, code), fromMinor(right, code)];
        expect(toMinor(sum([a, b], code), code)).toBe(left + right);
        expect(toMinor(subtract(a, b, code), code)).toBe(left - right);
        expect(toMinor(negate(a, code), code)).toBe(-left);
        expect(isZero(a, code)).toBe(left === 0n);
        expect(Math.sign(compareAmounts(a, b, code))).toBe(left === right ? 0 : left < right ? -1 : 1);
      }),
    );
  });

  it('are compared, added and subtracted the same way where the currency is not at hand', () => {
    expect(compareDecimals('1200.5', '1200.50')).toBe(0);
    fc.assert(
      fc.property(minor, minor, currency, (left, right, code) => {
        const [a, b] = [fromMinor(left, code), fromMinor(right, code)];
        expect(compareDecimals(a, b)).toBe(compareAmounts(a, b, code));
        expect(amount(sumDecimals([a, b]), code)).toBe(sum([a, b], code));
        expect(amount(subtractDecimals(a, b), code)).toBe(subtract(a, b, code));
      }),
    );
  });
});

describe('allocate', () => {
  it('gives the left-over minor units to the largest remainders, ties to the earlier part', () => {
    expect(allocate('100.00', ['1', '1', '1'], 'USD')).toEqual(['33.34', '33.33', '33.33']);
    expect(allocate('0.05', ['3.00', '7.00'], 'USD')).toEqual(['0.02', '0.03']);
    expect(allocate('100', ['2', '1'], 'JPY')).toEqual(['67', '33']);
    expect(allocate('90.00', ['100.00', '-10.00'], 'USD')).toEqual(['100.00', '-10.00']);
  });

  it('adds up to the total, whatever the signs', () => {
    fc.assert(
      fc.property(allocation, (given) => {
        expect(allocated(given).reduce((left, right) => left + right, 0n)).toBe(given.total);
      }),
    );
  });

  it('keeps every part within one minor unit of its exact share, and on the same side of zero', () => {
    fc.assert(
      fc.property(allocation, (given) => {
        const base = given.weights.reduce((left, right) => left + right, 0n);
        allocated(given).forEach((part, index) => {
          const exact = given.total * (given.weights[index] ?? 0n);
          const distance = part * base - exact;
          expect(distance < 0n ? -distance : distance).toBeLessThan(base < 0n ? -base : base);
          expect(part === 0n || part < 0n === (exact < 0n !== base < 0n)).toBe(true);
          if (exact === 0n) expect(part).toBe(0n);
        });
      }),
    );
  });

  it('gives back the weights where the total is their sum', () => {
    fc.assert(
      fc.property(allocation, ({ weights, currency: code }) => {
        const total = weights.reduce((left, right) => left + right, 0n);
        expect(allocated({ weights, total, currency: code })).toEqual(weights);
      }),
    );
  });

  it('refuses weights that sum up to zero', () => {
    expect(() => allocate('1.00', [], 'USD')).toThrow(AmountError);
    expect(() => allocate('1.00', ['5.00', '-5.00'], 'USD')).toThrow(AmountError);
  });
});

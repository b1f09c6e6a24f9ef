import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  billTime,
  centsOf,
  decimalText,
  isDate,
  money,
  timeOf,
} from '../../../lib/local/bill-simulator/values.ts';

const cents = fc.integer({ min: -99_999_999_999_999, max: 99_999_999_999_999 });

test('an amount survives its way through JSON to the cent', () => {
  fc.assert(
    fc.property(cents, (amount) => {
      const written = JSON.stringify({ amount: money(amount) });
      expect(centsOf(JSON.parse(written).amount)).toBe(amount);
      expect(centsOf(decimalText(amount))).toBe(amount);
      expect(written).toMatch(/^\{"amount":-?\d+\.\d{1,2}\}$/);
    }),
  );
});

test.each([
  [0, '0.0'],
  [14900, '149.0'],
  [7999, '79.99'],
  [120050, '1200.5'],
  [-5, '-0.05'],
])('%i cents are written %s', (amount, text) => {
  expect(JSON.stringify(money(amount))).toBe(text);
});

test.each([
  1.005,
  1e21,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  1_000_000_000_000,
  '1,00',
  '1.',
  '',
  ' 1',
  '0x10',
])('%s is no amount', (amount) => {
  expect(centsOf(amount)).toBeUndefined();
});

test('times read back as written', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
      (date) => {
        expect(timeOf(billTime(date.getTime()))).toBe(date.getTime());
        expect(isDate(billTime(date.getTime()).slice(0, 10))).toBe(true);
      },
    ),
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ago, counted, day, money, roundMoney, valueText } from '../../../../lib/local/page/client/words.ts';

test('an amount gets separators and loses no digit', () => {
  const amounts = fc.tuple(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.nat(99));
  fc.assert(
    fc.property(amounts, ([whole, cents]) => {
      const amount = `${whole}.${String(cents).padStart(2, '0')}`;
      const text = money(amount, 'USD');
      expect(text.replaceAll(',', '')).toBe(`${amount} USD`);
      expect(text).toMatch(/^-?\d{1,3}(,\d{3})*\.\d\d USD$/);
    }),
  );
});

test.each([
  [money('1234567', 'JPY'), '1,234,567 JPY'],
  [money('86.50'), '86.50'],
  [roundMoney('114994.69', 'USD'), '114,994 USD'],
  [valueText('12800.00 USD'), '12,800.00 USD'],
  [valueText('1710/5105600101/2026'), '1710/5105600101/2026'],
  [valueText('5100000001'), '5100000001'],
  [counted(1, 'document'), '1 document'],
  [counted(2, 'document'), '2 documents'],
  [day('2026-10-01'), '2026-10-01'],
])('%s', (text, expected) => {
  expect(text).toBe(expected);
});

test.each([
  [0, '0 s ago'],
  [59_000, '59 s ago'],
  [61_000, '1 min ago'],
  [3 * 3_600_000, '3 h ago'],
  [-5_000, '0 s ago'],
])('%d ms before now is %s', (milliseconds, expected) => {
  const now = Date.parse('2026-11-24T05:00:00.000Z');
  expect(ago(new Date(now - milliseconds).toISOString(), new Date(now).toISOString())).toBe(expected);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { amount, amountToSend, decimal } from '../../../lib/bill/decimals.ts';
import { parseJson, writeJson } from '../../../lib/bill/json.ts';

const money = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.nat(99))
  .map(([whole, cents]) => `${whole}.${String(cents).padStart(2, '0')}`);

describe('JSON without floats', () => {
  test('any amount goes out and comes back to the cent, however large', () => {
    fc.assert(
      fc.property(money, (text) => {
        const body = writeJson({ amount: amountToSend(text, 'a bill') });
        const read = amount.parse((parseJson(body) as { amount: string }).amount);
        expect(read).toBe(text === '-0.00' ? '0.00' : text.replace(/^-(0\.00)$/, '$1'));
      }),
    );
  });

  test('what is read is what is written, digit by digit', () => {
    const text = '{"a":0.1,"b":[12345678901234567890.12,1e2,-0.50],"c":"0.10","d":true}';
    expect(parseJson(text)).toEqual({
      a: '0.1',
      b: ['12345678901234567890.12', '1e2', '-0.50'],
      c: '0.10',
      d: true,
    });
  });

  test('null is a key that was left out', () => {
    expect(parseJson('{"a":null,"b":{"c":null}}')).toEqual({ b: {} });
  });

  test('an amount is a plain JSON number with two decimals', () => {
    expect(
      writeJson({
        a: amountToSend('1200', 'it'),
        b: amountToSend('1.250', 'it'),
        c: amountToSend('-3.5', 'it'),
      }),
    ).toBe('{"a":1200.00,"b":1.25,"c":-3.50}');
  });

  test('a third decimal is refused, not rounded', () => {
    expect(() => amountToSend('1.255', 'the bill RE-1')).toThrow(
      '1.255 of the bill RE-1 has more than 2 decimals',
    );
  });

  test('text that is no number is our own fault', () => {
    expect(() => amountToSend('1,5', 'it')).toThrow();
    expect(amount.safeParse('1,5').success).toBe(false);
    expect(amount.safeParse('NaN').success).toBe(false);
  });

  test('amounts have at least two decimals, rates are as they are', () => {
    expect(['100', '228.9', '1e2', '1.2345'].map((text) => amount.parse(text))).toEqual([
      '100.00',
      '228.90',
      '100.00',
      '1.2345',
    ]);
    expect(decimal.parse('0.91000')).toBe('0.91');
  });
});

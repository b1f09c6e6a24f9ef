import { describe, expect, it } from 'vitest';
import { expectNamedTests, text } from './named-tests.ts';

const [ofBill = '', ofSap = ''] = text('docs/traps.md').split('\n## ').slice(1);

function rows(table: string) {
  return [...table.matchAll(/^\| (?<number>\d+) \|(?<trap>.*)\|(?<answer>.*)\|(?<tests>.*)\|$/gm)].map(
    ({ groups = {} }) => ({
      number: Number(groups.number),
      answer: groups.answer,
      tests: groups.tests ?? '',
    }),
  );
}

describe('the document of the traps', () => {
  it('answers each of the 42 of BILL, once and in order', () => {
    expect(rows(ofBill).map(({ number }) => number)).toEqual(
      Array.from({ length: 42 }, (_, index) => index + 1),
    );
    expect(rows(ofBill).filter(({ answer }) => answer?.trim() === '')).toEqual([]);
  });

  it.each([...rows(ofBill), ...rows(ofSap)])('names tests that are there: $number', ({ tests }) =>
    expectNamedTests(tests),
  );
});

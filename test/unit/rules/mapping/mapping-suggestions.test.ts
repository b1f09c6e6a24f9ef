import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Candidate, suggestEntries } from '../../../../lib/rules/mapping/mapping-suggestions.ts';

const words = ['Office', 'supplies', 'Travel', 'Consulting', 'services', 'Rent', 'Software', 'US', 'DE'];
const name = fc
  .array(fc.constantFrom(...words), { minLength: 1, maxLength: 4 })
  .map((each) => each.join(' '));
const number = fc.constantFrom('61000001', '0061000002', '61000003', '61000004');
const candidates: fc.Arbitrary<Candidate[]> = fc.array(
  fc.record({
    id: fc.uuid(),
    name,
    archived: fc.boolean(),
    number: fc.option(number, { nil: '' }),
  }),
  { maxLength: 8 },
);

describe('suggestEntries', () => {
  it('never proposes an archived entry, gives every proposal a reason, and only a number is certain', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ number, name }), { maxLength: 5 }), candidates, (values, entries) => {
        for (const { number: of, entry, score, reasons } of suggestEntries(values, entries)) {
          const proposed = entries.find(({ id }) => id === entry.id);
          expect(proposed?.archived).toBe(false);
          expect(reasons.length).toBeGreaterThan(0);
          const isSame = proposed?.number?.replace(/^0+/, '') === of.replace(/^0+/, '');
          expect(score === 1).toBe(isSame);
          expect(score).toBeGreaterThanOrEqual(0.5);
        }
      }),
    );
  });

  const entry = (id: string, change: Partial<Candidate>): Candidate => ({
    id,
    name: 'Example',
    archived: false,
    ...change,
  });

  it('takes the same number as certain, in whatever place BILL has it', () => {
    const all = [
      entry('1', { name: '17101101 Consulting' }),
      entry('2', { shortName: '17101102' }),
      entry('3', { number: '0017101103' }),
    ];
    const found = suggestEntries(
      ['17101101', '17101102', '17101103'].map((each) => ({ number: each, name: 'Anything' })),
      all,
    );
    expect(found.map((each) => [each.entry.id, each.score])).toEqual([
      ['1', 1],
      ['2', 1],
      ['3', 1],
    ]);
  });

  it('compares the words of the names, whatever their order, case and accents, best first', () => {
    const all = [
      entry('1', { name: 'Travel' }),
      entry('2', { name: 'expénses, TRAVEL' }),
      entry('3', { name: 'Rent' }),
    ];
    const found = suggestEntries([{ number: '61006000', name: 'Travel expenses' }], all);
    expect(found.map((each) => [each.entry.id, each.score])).toEqual([
      ['2', 0.99],
      ['1', 0.67],
    ]);
    expect(found[0]?.reasons).toEqual(['both names have "travel", "expenses"']);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isInRange } from '../../../../lib/config/number-ranges.ts';
import { mapAccount } from '../../../../lib/rules/mapping/account-mapping.ts';
import { mapCostCenter } from '../../../../lib/rules/mapping/cost-center-mapping.ts';
import { config } from '../documents.ts';

/** A number of eight digits, a range around it, and what each of the three ways leads to. */
const places = fc.record({
  number: fc.integer({ min: 10_000_000, max: 99_999_999 }),
  below: fc.integer({ min: 0, max: 5_000 }),
  above: fc.integer({ min: 0, max: 5_000 }),
  explicit: fc.boolean(),
  range: fc.boolean(),
  zeros: fc.constantFrom('', '0', '00'),
});

describe('an entry for one value wins over a range, and a range over the number', () => {
  it('for G/L accounts', () => {
    fc.assert(
      fc.property(places, ({ number, below, above, explicit, range, zeros }) => {
        const chart = ['explicit', 'range', 'number'].map((id) => ({
          id,
          name: id,
          archived: false,
          ...(id === 'number' ? { number: String(number) } : {}),
        }));
        const accounts = [
          ...(range
            ? [{ from: String(number - below), to: String(number + above), chartOfAccount: 'range' }]
            : []),
          ...(explicit ? [{ glAccount: String(number), chartOfAccount: 'explicit' }] : []),
        ];
        const wanted = explicit ? 'explicit' : range ? 'range' : 'number';
        expect(mapAccount(`${zeros}${number}`, config({ accounts }), chart)).toEqual({
          chartOfAccountId: wanted,
        });
      }),
    );
  });

  it('for cost centers', () => {
    fc.assert(
      fc.property(places, ({ number, below, above, explicit, range, zeros }) => {
        const departments = [
          { id: '1', name: 'explicit', archived: false },
          { id: '2', name: 'range', archived: false },
          { id: '3', name: `${number} by number`, archived: false },
        ];
        const entries = [
          ...(range ? [{ from: String(number - below), to: String(number + above), entry: 'range' }] : []),
          ...(explicit ? [{ costCenter: String(number), entry: 'explicit' }] : []),
        ];
        const { costCenters } = config({ costCenters: { as: 'department', entries } });
        if (costCenters === undefined) throw new Error('The configuration lost its cost centers.');
        const wanted = explicit ? '1' : range ? '2' : '3';
        expect(mapCostCenter(`${zeros}${number}`, costCenters, departments)).toMatchObject({ id: wanted });
      }),
    );
  });

  it('only inside the range, both ends included', () => {
    fc.assert(
      fc.property(places, fc.integer({ min: -9_000, max: 9_000 }), ({ number, below, above }, off) => {
        const range = { from: String(number - below), to: String(number + above) };
        expect(isInRange(String(number + off), range)).toBe(off >= -below && off <= above);
      }),
    );
  });
});

describe('mapCostCenter', () => {
  const entries = [
    { id: '0de1', name: 'Consulting', shortName: '17101101', archived: false },
    { id: '0de2', name: '17101102', archived: false },
    { id: '0de3', name: '17101103: Sales', archived: true },
    { id: '0de4', name: '17101104 one', archived: false },
    { id: '0de5', name: '17101104 two', archived: false },
  ];
  const settings = (change: object = {}) => {
    const { costCenters } = config({ costCenters: { as: 'department', ...change } as never });
    if (costCenters === undefined) throw new Error('The configuration lost its cost centers.');
    return costCenters;
  };

  it.each([
    ['17101101', { id: '0de1' }],
    ['0017101102', { id: '0de2' }],
    ['17101103', { problem: 'archived' }],
    ['17101104', { problem: 'ambiguous' }],
    ['17101105', { problem: 'unmapped' }],
  ])('finds by number: %s', (center, expected) => {
    expect(mapCostCenter(center, settings(), entries)).toMatchObject(expected);
  });

  it('does not go by the number where only explicit entries count', () => {
    expect(mapCostCenter('17101101', settings({ match: 'explicit' }), entries)).toMatchObject({
      problem: 'unmapped',
    });
  });

  it('says so when the configured entry is not in BILL', () => {
    const wrong = settings({ entries: [{ costCenter: '17101101', entry: 'Marketing' }] });
    expect(mapCostCenter('17101101', wrong, entries)).toMatchObject({ problem: 'missing' });
  });
});

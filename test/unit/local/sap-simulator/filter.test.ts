import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { entityType, type Row } from '../../../../lib/local/sap-simulator/odata/entity-type.ts';
import { parseFilter } from '../../../../lib/local/sap-simulator/odata/filter.ts';
import type { Version } from '../../../../lib/local/sap-simulator/odata/literals.ts';

const type = entityType(
  'A_Sample',
  'Id',
  'Id:10 Name:20 Amount:14.3 Day:date Moment:moment Time:time IsOpen:bool Key:guid Year:n4 Hidden:10-',
);

function holds(filter: string, row: Row, version: Version = 'V2'): boolean {
  return parseFilter(filter, type, version)(row);
}

/** A filter as text and as what it means. */
interface Sample {
  readonly v2: string;
  readonly v4: string;
  readonly holds: (row: Row) => boolean;
}

const compared = [
  ['eq', (order: number) => order === 0],
  ['ne', (order: number) => order !== 0],
  ['gt', (order: number) => order > 0],
  ['ge', (order: number) => order >= 0],
  ['lt', (order: number) => order < 0],
  ['le', (order: number) => order <= 0],
] as const;

const names = fc.stringMatching(/^[a-c '()]{0,4}$/);
const cents = fc.integer({ min: -300, max: 300 });
const days = fc.integer({ min: 1, max: 28 }).map((day) => `2026-11-${String(day).padStart(2, '0')}`);
const operators = fc.constantFrom(...compared);
const rows = fc.record({ Name: names, Amount: cents.map(decimal), Day: days, IsOpen: fc.boolean() });

function decimal(value: number): string {
  return (value / 100).toFixed(2);
}

function order<Item extends string | number>(left: Item, right: Item): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

const comparison: fc.Arbitrary<Sample> = fc.oneof(
  fc.tuple(operators, names).map(([[word, test], name]) => {
    const text = `Name ${word} '${name.replaceAll("'", "''")}'`;
    return { v2: text, v4: text, holds: (row: Row) => test(order(String(row.Name), name)) };
  }),
  fc.tuple(operators, cents).map(([[word, test], value]) => ({
    v2: `Amount ${word} ${decimal(value)}m`,
    v4: `Amount ${word} ${decimal(value)}`,
    holds: (row: Row) => test(order(Math.round(Number(row.Amount) * 100), value)),
  })),
  fc.tuple(operators, days).map(([[word, test], day]) => ({
    v2: `Day ${word} datetime'${day}T00:00:00'`,
    v4: `Day ${word} ${day}`,
    holds: (row: Row) => test(order(String(row.Day), day)),
  })),
  fc.boolean().map((wanted) => {
    const text = `IsOpen eq ${wanted}`;
    return { v2: text, v4: text, holds: (row: Row) => row.IsOpen === wanted };
  }),
);

const { sample } = fc.letrec<{ sample: Sample }>((tie) => ({
  sample: fc.oneof(
    { maxDepth: 4 },
    comparison,
    fc.tuple(tie('sample'), fc.constantFrom('and', 'or'), tie('sample')).map(([left, word, right]) => ({
      v2: `(${left.v2}) ${word} (${right.v2})`,
      v4: `(${left.v4}) ${word} (${right.v4})`,
      holds: (row: Row) =>
        word === 'and' ? left.holds(row) && right.holds(row) : left.holds(row) || right.holds(row),
    })),
    tie('sample').map((inner) => ({
      v2: `not (${inner.v2})`,
      v4: `not(${inner.v4})`,
      holds: (row: Row) => !inner.holds(row),
    })),
  ),
}));

test('a filter holds for the rows that it says, in both versions', () => {
  fc.assert(
    fc.property(sample, rows, (filter, row) => {
      expect(holds(filter.v2, row, 'V2')).toBe(filter.holds(row));
      expect(holds(filter.v4, row, 'V4')).toBe(filter.holds(row));
    }),
  );
});

test('and binds closer than or', () => {
  fc.assert(
    fc.property(comparison, comparison, comparison, rows, (a, b, c, row) => {
      const meaning = a.holds(row) || (b.holds(row) && c.holds(row));
      expect(holds(`${a.v2} or ${b.v2} and ${c.v2}`, row)).toBe(meaning);
    }),
  );
});

describe('values', () => {
  test.each([
    ['empty text', "Name eq ''", {}, true],
    ['empty number text', "Year eq '0000'", {}, true],
    ['empty date', 'Day eq null', {}, true],
    ['a date that is not empty', 'Day ne null', { Day: '2026-11-24' }, true],
    ['an empty date is neither before nor after', "Day lt datetime'2026-11-24T00:00:00'", {}, false],
    ['missing boolean', 'IsOpen eq false', {}, true],
    ['big decimals', 'Amount gt 99999999999.001', { Amount: '99999999999.002' }, true],
    [
      'a moment in another zone',
      "Moment eq datetimeoffset'2026-11-24T06:00:00+01:00'",
      { Moment: '2026-11-24T05:00:00.000Z' },
      true,
    ],
    ['time', "Time ge time'PT08H00M00S'", { Time: 'PT10H00M00S' }, true],
    [
      'guid',
      "Key eq guid'0b6f1a6e-2b1c-4d55-9a0e-1d2c3b4a5f60'",
      { Key: '0b6f1a6e-2b1c-4d55-9a0e-1d2c3b4a5f60' },
      true,
    ],
    ['start', "startswith(Name,'Ha')", { Name: 'Happy' }, true],
    ['start, compared', "startswith(Name,'Ha') eq false", { Name: 'Happy' }, false],
    ['part', "substringof('pp',Name) and IsOpen eq false", { Name: 'Happy' }, true],
    ['a quote', "Name eq 'O''Hara'", { Name: "O'Hara" }, true],
  ] as const)('%s', (_what, filter, row, wanted) => {
    expect(holds(filter, row)).toBe(wanted);
  });

  test('OData V4 has in and contains', () => {
    expect(holds("Name in ('a', 'b')", { Name: 'b' }, 'V4')).toBe(true);
    expect(holds("contains(Name,'pp')", { Name: 'Happy' }, 'V4')).toBe(true);
    expect(holds('Moment lt 2026-11-24T05:00:00Z', { Moment: '2026-11-24T04:59:59.000Z' }, 'V4')).toBe(true);
  });
});

test.each([
  ['V2', "Nothing eq 'a'", 'Property Nothing not found'],
  ['V2', "Hidden eq 'a'", 'not filterable'],
  ['V2', 'Name eq 1', 'Invalid parametertype'],
  ['V2', "Amount eq '1'", 'Invalid parametertype'],
  ['V2', 'Day eq 2026-11-24', 'Invalid parametertype'],
  ['V2', "Day eq datetime'2026-02-30T00:00:00'", 'Invalid parametertype'],
  ['V2', "Day eq datetime'2026-11-24'", 'Invalid parametertype'],
  ['V2', "Moment ge datetime'2026-11-24T00:00:00'", 'Invalid parametertype'],
  ['V2', "Time ge '08:00'", 'Invalid parametertype'],
  ['V2', "Name eq 'longer than twenty characters'", 'at most 20'],
  ['V2', "Name in ('a')", 'comparison was expected'],
  ['V2', "contains(Name,'a')", 'not supported'],
  ['V2', "Name eq 'a' and", '"and" was not expected'],
  ['V2', "Name eq 'a' and ", 'property was expected'],
  ['V2', 'Amount eq 1.2.3', 'literal was expected'],
  ['V2', "(Name eq 'a'", '")" was expected'],
  ['V2', "Name eq 'a' Name eq 'b'", 'not expected'],
  ['V2', "Name == 'a'", 'comparison was expected'],
  ['V2', 'Name eq Id', 'literal was expected'],
  ['V2', "to_Other/Name eq 'a'", 'was expected'],
  ['V4', "Day eq datetime'2026-11-24T00:00:00'", 'literal was expected'],
  ['V4', 'Amount eq 1.00m', 'literal was expected'],
] as const)('%s refuses %s', (version, filter, message) => {
  expect(() => parseFilter(filter, type, version)).toThrow(message);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { all, any, choices, compare, equal, queryString, v2, v4 } from '../../../lib/sap/odata-query.ts';

/** Reads a string literal as OData defines it: quotes inside are doubled. */
function readText(odata: string): string {
  expect(odata).toMatch(/^'(?:[^']|'')*'$/);
  return odata.slice(1, -1).replaceAll("''", "'");
}

describe('literals', () => {
  it('means the same text after quoting, encoding and decoding', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const well = value.toWellFormed();
        const query = queryString({ filter: equal('Supplier', v2.text(well)) });
        expect(query).toMatch(/^\$filter=[\w.!~*'()%-]*$/);
        const decoded = decodeURIComponent(query.slice('$filter='.length));
        expect(readText(decoded.slice('Supplier eq '.length))).toBe(well);
      }),
    );
  });

  it('writes dates and moments in the grammar of each version', () => {
    expect(v2.date('2026-11-24').odata).toBe("datetime'2026-11-24T00:00:00'");
    expect(v2.moment('2026-11-24T05:00:00Z').odata).toBe("datetimeoffset'2026-11-24T05:00:00Z'");
    expect(v4.date('2026-11-24').odata).toBe('2026-11-24');
    expect(v4.moment('2026-11-24T05:00:00Z').odata).toBe('2026-11-24T05:00:00Z');
    expect(v2.flag(false).odata).toBe('false');
  });
});

describe('filters', () => {
  const a = equal('A', v2.text('1'));
  const b = equal('B', v2.text('2'));
  const c = compare('C', 'gt', v2.text('3'));

  it('keeps the order of evaluation with parentheses', () => {
    expect(all(any(a, b), c).odata).toBe("(A eq '1' or B eq '2') and C gt '3'");
    expect(any(a, all(b, c)).odata).toBe("A eq '1' or (B eq '2' and C gt '3')");
    expect(all(any(a), c).odata).toBe("A eq '1' and C gt '3'");
    expect(all(any(c, all(b, any(a, c))), a).odata).toBe(
      "(C gt '3' or (B eq '2' and (A eq '1' or C gt '3'))) and A eq '1'",
    );
  });

  it('does not take a value for an operator', () => {
    expect(any(equal('Name', v2.text('salt and pepper')), a).odata).toContain("Name eq 'salt and pepper'");
  });
});

describe('the query string', () => {
  it('encodes each option once and leaves out empty ones', () => {
    const query = queryString({
      filter: equal('CompanyCode', v2.text('17 & 10')),
      orderBy: ['A', 'B'],
      top: 100,
      expand: ['to_A/to_B', 'to_C'],
      select: [],
    });
    expect(query).toBe(
      "$filter=CompanyCode%20eq%20'17%20%26%2010'&$orderby=A%2CB&$top=100&$expand=to_A%2Fto_B%2Cto_C",
    );
  });
});

describe('choices', () => {
  it('asks for every alternative exactly once, in groups that fit into a URL', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[0-9A-Z' ]{1,40}$/), { maxLength: 300 }),
        fc.integer({ min: 1, max: 120 }),
        (values, most) => {
          const alternatives = values.map((value) => equal('OriginalReferenceDocument', v2.text(value)));
          const groups = choices(alternatives, most);
          const asked = groups.flatMap((group) => group.odata.split(/ or (?=OriginalReferenceDocument)/));
          expect(asked).toEqual(alternatives.map((each) => each.odata));
          for (const group of groups) {
            expect(encodeURIComponent(group.odata).length).toBeLessThanOrEqual(4_500);
            expect(group.odata.split(/ or (?=OriginalReferenceDocument)/).length).toBeLessThanOrEqual(most);
          }
        },
      ),
    );
  });

  it('needs no call for nothing', () => {
    expect(choices([])).toEqual([]);
  });

  it('puts a page of invoices into two calls at most', () => {
    const keys = Array.from({ length: 100 }, (_, index) =>
      all(
        equal('SupplierInvoice', v2.text(String(5_105_600_000 + index))),
        equal('FiscalYear', v2.text('2026')),
      ),
    );
    expect(choices(keys).length).toBeLessThanOrEqual(2);
  });
});

import { describe, expect, it } from 'vitest';
import type { NamedTieOut } from '../../../../lib/local/desk/desk.ts';
import { tieOutCsv } from '../../../../lib/local/page/tie-out-csv.ts';

const amounts = {
  sapInvoices: '-12.50',
  sapPayments: '0.00',
  sapOpen: '-12.50',
  billOpen: '0.00',
  inTransit: '0.00',
  notPosted: '0.00',
  exceptions: '0.00',
  difference: '-12.50',
};

/** One vendor of this name. */
function csvOf(vendor: string): string {
  const place = { companyCode: '1710', currency: 'USD', vendorId: '009EXAMPLE', vendor };
  const line = { ...place, ...amounts, documents: [], ranAt: '2026-11-24T05:00:00.000Z' };
  const tieOut = { date: '2026-11-24', ranAt: line.ranAt, totals: [], lines: [line] };
  return tieOutCsv(tieOut as NamedTieOut);
}

describe("the tie-out's CSV", () => {
  it.each([
    '=HYPERLINK("http://x.example")',
    '+1+1',
    '@SUM(A1)',
    '-2+3+cmd|calc!A0',
    '-A1',
    '-.5*A1',
    '-1-1',
    '\t=1',
    '\r=1',
    '\n=1',
  ])('takes no formula from a name: %j', (name) => {
    expect(csvOf(name).replaceAll('""', '"')).toContain(`'${name}`);
  });

  it('leaves amounts and plain names as they are', () => {
    expect(csvOf('A-1 Sample Co.')).toContain('A-1 Sample Co.,,-12.50,0.00,-12.50');
  });
});

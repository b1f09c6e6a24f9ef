import { expect, test } from 'vitest';
import type { NamedLine } from '../../../../lib/local/desk/desk.ts';
import { tieOutCsv } from '../../../../lib/local/page/tie-out-csv.ts';

const zero = '0.00';
const amounts = { sapInvoices: '10.00', sapPayments: zero, sapOpen: '10.00', billOpen: '12.50' };
const rest = { inTransit: zero, notPosted: zero, exceptions: zero, difference: '-2.50' };

function csvOf(vendor: string): string {
  const place = { companyCode: '1710', currency: 'USD', vendorId: '0091', vendor };
  const line: NamedLine = { ...place, ...amounts, ...rest, documents: [], ranAt: '2026-11-24T05:00:00.000Z' };
  const day = { date: '2026-11-24', ranAt: line.ranAt, totals: [], lines: [line] };
  return tieOutCsv(day).split('\r\n')[1] ?? '';
}

test.each(['=1+1', '+1', '@SUM(1)', "-2+3+cmd|' /C calc'!A0", '-A1', '-', '\t=1'])(
  'a vendor that calls itself %j is a text in a spreadsheet',
  (vendor) => {
    expect(csvOf(vendor)).toContain(`,'${vendor},`);
  },
);

test('a negative amount stays a number', () => {
  expect(csvOf('Example Supplies')).toMatch(/,Example Supplies,.*,-2\.50,$/);
});

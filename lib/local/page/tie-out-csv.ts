import type { NamedTieOut } from '../desk/desk.ts';

const amounts = [
  'sapInvoices',
  'sapPayments',
  'sapOpen',
  'billOpen',
  'inTransit',
  'notPosted',
  'exceptions',
  'difference',
] as const;

/** One row for each vendor, and one for each document behind what does not agree (RFC 4180). */
export function tieOutCsv({ date, lines }: NamedTieOut): string {
  const header = ['date', 'companyCode', 'currency', 'vendorId', 'vendor', 'document', ...amounts, 'why'];
  const rows = lines.flatMap((line) => {
    const place = [date, line.companyCode, line.currency, line.vendorId, line.vendor];
    return [
      [...place, '', ...amounts.map((name) => line[name]), ''],
      ...line.documents.map(({ document, sap, bill, why }) => [
        ...[...place, document, '', '', sap, bill, '', '', '', ''],
        why,
      ]),
    ];
  });
  return [header, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** A spreadsheet must not take a text for a formula; a number may be negative. */
function cell(text: string): string {
  const mayBeFormula = /^[=+\-@\t\r]/.test(text) && !/^-\d+(\.\d+)?$/.test(text);
  const safe = mayBeFormula ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

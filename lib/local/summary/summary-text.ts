import { agrees, type Summary, type Total } from './summary.ts';

/** The summary for people. */
export function summaryText(summary: Summary): string {
  const { documents, clearings, exceptions, totals, bill, differences, source } = summary;
  return [
    'Documents',
    `  supplier invoices  ${counts(documents.invoices)}`,
    `  BILL payments      ${counts(documents.payments)}`,
    `  clearings in SAP   ${counts(clearings)}`,
    '',
    `Open exceptions: ${total(exceptions)}`,
    ...Object.entries(exceptions).map(([code, count]) => `  ${code.padEnd(34)} ${count}`),
    '',
    ...totalLines(totals, source),
    '',
    ...tieOutText(summary),
    'Calls to BILL',
    `  ${bill.calls} in all: ${counts(bill.callsByPurpose)}`,
    `  ${bill.callsPerNewBill} of journey 1 for each of ${bill.newBills} new bills (vendors not counted)`,
    `  at most ${bill.mostInFlight} in flight at once, ${bill.logins} ${bill.logins === 1 ? 'login' : 'logins'}`,
    '',
    `Differences: ${differences.length}`,
    ...differences.map((each) => `  ${each}`),
    agrees(summary) ? 'Everything agrees.' : 'NOT everything agrees.',
    '',
  ].join('\n');
}

function tieOutText({ tieOut }: Summary): string[] {
  if (tieOut.length === 0) return [];
  const lines = tieOut.map(
    ({ companyCode, currency, sapOpen, billOpen, inTransit, notPosted, exceptions, difference }) =>
      `  ${companyCode} ${currency}  SAP ${sapOpen}, BILL ${billOpen} (${inTransit} in transit), not posted ${notPosted}, in exceptions ${exceptions}: difference ${difference}`,
  );
  return ['Tie-out (still to be paid)', ...lines, ''];
}

function totalLines(totals: readonly Total[], source: Summary['source']): string[] {
  const amounts = totals.map(({ sap = '', ledger, bill = '' }) => [sap, ledger, bill]);
  const header = ['SAP', 'ledger', 'BILL'];
  const width = Math.max(...[header, ...amounts].flat().map((text) => text.length));
  const row = (what: string, cells: readonly string[]) =>
    `  ${what.padEnd(28)}${cells.map((cell) => cell.padStart(width + 2)).join('')}`.trimEnd();
  const known = source === 'ledger' ? ' (SAP and BILL as the ledger knows them)' : '';
  return [
    `Totals${known}`,
    row('', source === 'ledger' ? ['', 'ledger', ''] : header),
    ...totals.map(({ what, currency }, index) => row(`${what} ${currency}`, amounts[index] ?? [])),
  ];
}

function counts(byName: Readonly<Record<string, number>>): string {
  const parts = Object.entries(byName).map(([name, count]) => `${count} ${name}`);
  return parts.length === 0 ? 'none' : parts.join(', ');
}

function total(byName: Readonly<Record<string, number>>): number {
  return Object.values(byName).reduce((sum, count) => sum + count, 0);
}

import { type Command, InvalidArgumentError, Option } from 'commander';
import * as z from 'zod';
import type { NamedTieOut } from '../desk/desk.ts';
import { tieOutColumns, tieOutSum } from '../desk/tie-out-columns.ts';
import { tieOutCsv } from '../page/tie-out-csv.ts';
import { addDeskOptions, atDesk, type DeskFlags } from './at-desk.ts';
import { print } from './print.ts';

interface TieOutFlags extends DeskFlags {
  readonly date?: string;
  readonly csv?: true;
}

/** `tie-out`: what SAP and BILL still have to pay, to the cent, with the documents behind every difference. */
export function addTieOut(program: Command): void {
  addDeskOptions(program.command('tie-out'))
    .description('compare what SAP and BILL still have to pay, as kept by the daily tie-out')
    .option('--date <yyyy-mm-dd>', 'another day than the last one', day)
    .addOption(new Option('--csv', 'print every vendor and document as CSV').conflicts('json'))
    .action(async (flags: TieOutFlags) => {
      const tieOut = await atDesk(flags, (desk) => desk.tieOut(flags.date));
      const text = flags.csv === true ? tieOutCsv(tieOut) : tieOutText(tieOut);
      print(flags.json, tieOut, text);
    });
}

/** The totals, and the vendors with something to explain. */
function tieOutText({ date, ranAt, totals, lines }: NamedTieOut): string {
  const told = lines.filter(({ documents }) => documents.length > 0);
  return [
    `Tie-out of ${date}, as of ${ranAt}`,
    '',
    ...(totals.length === 0 ? ['Nothing is open.', ''] : [totalsText(totals), tieOutSum, '']),
    ...told.flatMap(({ companyCode, currency, vendor, vendorId, difference, documents }) => [
      `${vendor} (${vendorId}) in ${companyCode}: difference ${difference} ${currency}`,
      ...documents.map(({ document, sap, bill, why }) => `  ${document}: SAP ${sap}, BILL ${bill}: ${why}`),
      '',
    ]),
  ].join('\n');
}

function totalsText(totals: NamedTieOut['totals']): string {
  const names = tieOutColumns.map(({ name }) => name);
  const rows = totals.map((total) => tieOutColumns.map(({ amount }) => total[amount]));
  const widths = names.map((_, index) => Math.max(...[names, ...rows].map((row) => row[index]?.length ?? 0)));
  const line = (place: string, row: readonly string[]) =>
    [place.padEnd(8), ...row.map((cell, index) => cell.padStart(widths[index] ?? 0))].join('  ');
  const places = totals.map(({ companyCode, currency }) => `${companyCode} ${currency}`);
  return [line('', names), ...rows.map((row, index) => line(places[index] ?? '', row)), ''].join('\n');
}

function day(text: string): string {
  if (z.iso.date().safeParse(text).success) return text;
  throw new InvalidArgumentError('Give a date of the calendar as yyyy-mm-dd.');
}

import { type Command, InvalidArgumentError } from 'commander';
import { ConfigurationError } from '../../errors.ts';
import { readTieOut, type TieOutOfDay } from '../../journeys/read-tie-out.ts';
import { tieOutCsv } from '../page/tie-out-csv.ts';
import { withStack } from '../setup/stack.ts';
import { addDeskOptions, type DeskFlags } from './at-desk.ts';
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
    .option('--csv', 'print every vendor and document as CSV')
    .action(async (flags: TieOutFlags) => {
      const tieOut = await tieOutOf(flags);
      const text = flags.csv === true ? tieOutCsv(tieOut) : tieOutText(tieOut);
      print(flags.json, tieOut, text);
    });
}

async function tieOutOf({ url, stack, region, date }: TieOutFlags): Promise<TieOutOfDay> {
  const found =
    stack === undefined
      ? await ask(url, date)
      : await withStack({ stack, region }, ({ table }) => readTieOut(table, date));
  if (found !== undefined) return found;
  throw new ConfigurationError({
    code: 'NO_TIE_OUT',
    message: date === undefined ? 'There is no tie-out yet.' : `There is no tie-out of ${date}.`,
    nextStep: 'It runs once a day; give the date of another day with --date.',
  });
}

/** The totals, and the vendors with something to explain. */
function tieOutText({ date, totals, lines }: TieOutOfDay): string {
  const told = lines.filter(({ documents }) => documents.length > 0);
  return [
    `Tie-out of ${date}`,
    ...totals.map(
      ({ companyCode, currency, sapOpen, billOpen, inTransit, notPosted, exceptions, difference }) =>
        `  ${companyCode} ${currency}: SAP ${sapOpen}, BILL ${billOpen} (${inTransit} in transit), not posted ${notPosted}, in exceptions ${exceptions}, difference ${difference}`,
    ),
    ...told.flatMap(({ companyCode, currency, vendorId, documents }) => [
      '',
      `  Vendor ${vendorId} in ${companyCode} ${currency}`,
      ...documents.map(({ document, sap, bill, why }) => `    ${document}: SAP ${sap}, BILL ${bill}: ${why}`),
    ]),
    '',
  ].join('\n');
}

async function ask(url: string, date: string | undefined): Promise<TieOutOfDay | undefined> {
  const path = date === undefined ? '/api/tie-out' : `/api/tie-out?date=${date}`;
  const response = await fetch(new URL(path, url)).catch((cause: unknown) => {
    throw new ConfigurationError({
      code: 'CONNECTOR_NOT_RUNNING',
      message: `No connector answers at ${url}.`,
      nextStep: 'Start it ("npm start", or "ml-connector local"), or give its address with --url.',
      cause,
    });
  });
  return response.ok ? ((await response.json()) as TieOutOfDay) : undefined;
}

function day(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return text;
  throw new InvalidArgumentError('Give a date as yyyy-mm-dd.');
}

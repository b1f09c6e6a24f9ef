import { ConfigurationError } from '../../errors.ts';
import { readTieOut } from '../../journeys/tie-out/read-tie-out.ts';
import type { Table } from '../../ledger/table.ts';
import type { LocalDate } from '../../rules/local-date.ts';
import type { NamedLine, NamedTieOut } from './desk.ts';
import type { Parties } from './parties.ts';

/** The tie-out of this day, by default the last one, with the vendors' names. */
export async function namedTieOut(table: Table, parties: Parties, date?: LocalDate): Promise<NamedTieOut> {
  const found = await readTieOut(table, date);
  if (found === undefined) throw noTieOut(date);
  const lines: NamedLine[] = [];
  for (const line of found.lines) lines.push({ ...line, vendor: await parties.vendor(line.vendorId) });
  return { ...found, lines: lines.toSorted(byPlaceAndName) };
}

function byPlaceAndName(one: NamedLine, other: NamedLine): number {
  const [left, right] = [one, other].map(({ companyCode, currency, vendor, vendorId }) =>
    [companyCode, currency, vendor, vendorId].join(' '),
  );
  return (left ?? '').localeCompare(right ?? '', 'en');
}

function noTieOut(date: LocalDate | undefined): ConfigurationError {
  return new ConfigurationError({
    code: 'NO_TIE_OUT',
    message: date === undefined ? 'There is no tie-out yet.' : `There is no tie-out of ${date}.`,
    nextStep:
      date === undefined
        ? 'It runs once a day; on this machine also whenever the connector has come to rest.'
        : 'It runs once a day; choose another day, or none for the last one.',
  });
}

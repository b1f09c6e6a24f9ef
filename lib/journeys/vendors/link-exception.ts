import type { DocumentError } from '../../errors.ts';
import { readRecord, updateRecord, without } from '../../ledger/record.ts';
import { vendorLinks } from '../../ledger/vendors.ts';
import type { Connector } from '../doors.ts';
import { clearOn, raiseOn } from '../exceptions/raise.ts';
import { allAtOnce } from './link-problems.ts';

/** What a person has skipped is not raised again in the same words, unless by a retry. */
export async function raiseOnLink(
  connector: Connector,
  number: string,
  problems: readonly DocumentError[],
  retry: boolean,
): Promise<void> {
  const error = allAtOnce(problems);
  const link = await readRecord(connector.table, vendorLinks, number);
  if (!retry && link?.skipped?.what === error.message) return;
  await forgetSkip(connector, number);
  await raiseOn(connector, vendorLinks, { kind: 'supplier', id: number }, error);
}

export async function clearLink(connector: Connector, number: string): Promise<void> {
  await forgetSkip(connector, number);
  await clearOn(connector, vendorLinks, { kind: 'supplier', id: number });
}

async function forgetSkip(connector: Connector, number: string): Promise<void> {
  await updateRecord(connector, vendorLinks, number, (current) =>
    current?.skipped === undefined ? undefined : without(current, 'skipped'),
  );
}

import { entryReferenceProblem } from '../../rules/payments/entry-references.ts';
import type { Coding } from '../../rules/reference-data.ts';
import type { JournalEntry } from '../../rules/sap-accounting.ts';
import type { Connector } from '../doors.ts';
import { chartOfAccounts, freshChartOfAccounts } from '../reference-data/chart-of-accounts.ts';
import { refreshReferenceData } from '../reference-data/read-reference-data.ts';
import { referenceData } from '../reference-data/reference-data.ts';

/** What a bill's lines are coded with, as the ledger has it. */
export async function codingNow(connector: Connector): Promise<Coding> {
  return { chart: await chartOfAccounts(connector), reference: await referenceData(connector) };
}

/** The same, read again from both sides; undefined when all of it was read within the last minute. */
export async function freshCoding(connector: Connector): Promise<Coding | undefined> {
  const isRefreshed = await refreshReferenceData(connector);
  const chart = await freshChartOfAccounts(connector);
  if (chart === undefined && !isRefreshed) return undefined;
  return codingNow(connector);
}

/** Throws what `entryReferenceProblem` finds, before anything is sent; what was mended a moment ago is read again. */
export async function refuseUnpostable(
  connector: Connector,
  document: string,
  entry: JournalEntry,
): Promise<void> {
  const problem = async () => entryReferenceProblem(entry, document, await referenceData(connector));
  if ((await problem()) === undefined) return;
  await refreshReferenceData(connector);
  const remaining = await problem();
  if (remaining !== undefined) throw remaining;
}

import { isoTime } from '../../clock.ts';
import { type ChartPage, chartPages } from '../../ledger/chart-of-accounts.ts';
import { readRecord, updateRecord } from '../../ledger/record.ts';
import type { ChartOfAccount } from '../../rules/bill-documents.ts';
import type { Connector } from '../doors.ts';

const entriesPerPage = 1_000;
const freshForMs = 60 * 60_000;
/** An account that is not in the kept chart makes us read again, but not more often than this. */
const readAgainAfterMs = 60_000;

/** BILL's chart of accounts as the ledger has it; read from BILL when older than this, by default an hour. */
export async function chartOfAccounts(
  connector: Connector,
  maxAgeMs = freshForMs,
): Promise<ChartOfAccount[]> {
  const kept = await keptChart(connector);
  if (kept !== undefined && connector.clock.now() - Date.parse(kept.readAt) < maxAgeMs) return kept.entries;
  return readChart(connector);
}

/** Reads it again now, unless that was done within the last minute: then undefined. */
export async function freshChartOfAccounts(connector: Connector): Promise<ChartOfAccount[] | undefined> {
  const kept = await keptChart(connector);
  if (kept !== undefined && connector.clock.now() - Date.parse(kept.readAt) < readAgainAfterMs)
    return undefined;
  return readChart(connector);
}

async function readChart(connector: Connector): Promise<ChartOfAccount[]> {
  const entries = await connector.bill.withLease('set-up', (calls) => calls.chartOfAccounts());
  const readAt = isoTime(connector.clock.now());
  const pages = Math.max(1, Math.ceil(entries.length / entriesPerPage));
  // The first page last: it names the reading that the others must belong to.
  for (let page = pages - 1; page >= 0; page -= 1) {
    const part: ChartPage = {
      entries: entries.slice(page * entriesPerPage, (page + 1) * entriesPerPage),
      pages,
      readAt,
    };
    await updateRecord(connector, chartPages, String(page), () => part);
  }
  return entries;
}

async function keptChart({
  table,
}: Connector): Promise<{ entries: ChartOfAccount[]; readAt: string } | undefined> {
  const first = await readRecord(table, chartPages, '0');
  if (first === undefined) return undefined;
  const entries = [...first.entries];
  for (let page = 1; page < first.pages; page += 1) {
    const next = await readRecord(table, chartPages, String(page));
    if (next === undefined) return undefined;
    entries.push(...next.entries);
  }
  return { entries, readAt: first.readAt };
}

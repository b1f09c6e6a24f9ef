import { createHash } from 'node:crypto';
import { isoTime } from '../../clock.ts';
import { readTieOut } from '../../journeys/tie-out/read-tie-out.ts';
import { leaseIds } from '../../ledger/gate-leases.ts';
import type { Table } from '../../ledger/table.ts';
import { sum } from '../../money.ts';
import { isTiedOut } from '../../rules/tie-out.ts';
import type { DocumentRow } from '../desk/desk.ts';
import type { LedgerDesk } from '../desk/ledger-desk.ts';
import { stagesOf } from '../desk/stage-names.ts';
import type { RouteDeps } from '../run/start-local.ts';
import type { Overview, StageCount } from './api.ts';

export async function readOverview({ doors, status }: RouteDeps, desk: LedgerDesk): Promise<Overview> {
  const { config, clock, table } = doors;
  const { idle, queues, messagesInWork, polls, gate, webhookUrl } = await status();
  const rows = await desk.documents();
  const tasks = await desk.tasksAmong(rows);
  const tieOut = await lastTieOut(table);
  return {
    connection: config.connection,
    now: isoTime(clock.now()),
    revision: revisionOf([rows, tasks, tieOut]),
    idle,
    tasks: tasks.length,
    invoices: countStages(rows, 'invoice'),
    payments: countStages(rows, 'payment'),
    queues,
    messagesInWork,
    polls,
    bill: { ...gate, callsPerHour: config.bill.callsPerHour, places: leaseIds.length },
    webhookUrl,
    ...(tieOut && { tieOut }),
  };
}

async function lastTieOut(table: Table): Promise<Overview['tieOut']> {
  const found = await readTieOut(table);
  if (found === undefined) return undefined;
  const { date, ranAt, lines } = found;
  const differing = lines.filter((line) => !isTiedOut(line));
  return { date, ranAt, differences: differing.length };
}

function countStages<Kind extends 'invoice' | 'payment'>(
  rows: readonly DocumentRow[],
  kind: Kind,
): StageCount<(typeof stagesOf)[Kind][number]>[] {
  return stagesOf[kind].map((stage) => {
    const standing = rows.filter((row) => row.kind === kind && row.stage === stage);
    return { stage, count: standing.length, amounts: amountsOf(standing) };
  });
}

function amountsOf(rows: readonly DocumentRow[]): StageCount<string>['amounts'] {
  const known = rows.filter(({ currency, amount }) => currency !== undefined && amount !== '');
  const groups = [...Map.groupBy(known, ({ currency = '' }) => currency)];
  return groups
    .map(([currency, of]) => ({
      currency,
      amount: sum(
        of.map(({ amount }) => amount),
        currency,
      ),
    }))
    .toSorted((one, other) => (one.currency > other.currency ? -1 : 1));
}

function revisionOf(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 16);
}

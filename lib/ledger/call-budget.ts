import { type Clock, isoTime } from '../clock.ts';
import { type RecordType, updateRecord } from './record.ts';
import type { Table } from './table.ts';

/**
 * BILL counts calls per clock hour (BILL dossier §2.1). They are reserved here in blocks before they are made, so
 * a worker that dies wastes the rest of its block but the sum never passes the limit.
 */
export interface CallBudget {
  /** The clock hour in UTC, `2026-11-24T05`. */
  readonly hour: string;
  /** Calls reserved in this hour by everybody. */
  readonly reserved: number;
}

/** Leases, closure and budget lie together, so that one query shows the whole gate (I4). */
export const gatePartition = 'BILL-GATE';

const budgets: RecordType<CallBudget> = {
  key: () => ({ pk: gatePartition, sk: 'BUDGET' }),
  listing: () => ({}),
};

/** The clock hour of a moment in milliseconds. */
export function clockHour(now: number): string {
  return isoTime(now).slice(0, 13);
}

/** Milliseconds until the next clock hour. */
export function untilNextHour(now: number): number {
  const hour = 3_600_000;
  return hour - (now % hour);
}

/**
 * Reserves up to `wanted` calls of `hour` while the hour's sum stays within `most`; gives back how many, 0 when
 * the hour is spent. A worker whose clock is behind reserves from the hour that others have reached already.
 */
export async function reserveCalls(
  ledger: { table: Table; clock: Clock },
  { hour, wanted, most }: { hour: string; wanted: number; most: number },
): Promise<number> {
  let granted = 0;
  await updateRecord(ledger, budgets, '', (current) => {
    const now = current !== undefined && current.hour >= hour ? current : { hour, reserved: 0 };
    granted = Math.max(0, Math.min(wanted, most - now.reserved));
    return granted === 0 ? undefined : { hour: now.hour, reserved: now.reserved + granted };
  });
  return granted;
}

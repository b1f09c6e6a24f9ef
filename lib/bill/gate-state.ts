import type { Clock } from '../clock.ts';
import { clockHour } from '../ledger/call-budget.ts';
import { addCounts, type ClosingReason, isHeld, readGate } from '../ledger/gate-leases.ts';
import { readSession } from '../ledger/shared-session.ts';
import type { Table } from '../ledger/table.ts';

/** The gate as the page and the summary show it. Use of a lease is booked when it is renewed or given back. */
export interface GateState {
  readonly leasesInUse: readonly {
    readonly holder: string;
    readonly purpose: string;
    readonly since: string;
  }[];
  /** Most calls in flight ever: of one process as counted, of several as the leases in use. */
  readonly mostInFlight: number;
  /** Calls reserved in this clock hour, in blocks; what a dead worker left of its block counts as used. */
  readonly reservedThisHour: number;
  /** All calls ever made, logins included. */
  readonly calls: number;
  readonly callsByPurpose: Readonly<Record<string, number>>;
  /** All logins ever begun. */
  readonly logins: number;
  readonly closed?: { readonly until: string; readonly reason: ClosingReason };
}

/** Two reads of the ledger. */
export async function readGateState(table: Table, clock: Clock): Promise<GateState> {
  const [{ leases, closure, budget }, session] = await Promise.all([readGate(table), readSession(table)]);
  const now = clock.now();
  const all = [...leases.values()];
  const callsByPurpose = all.reduce((sum, { calls }) => addCounts(sum, calls), {} as Record<string, number>);
  return {
    leasesInUse: all
      .flatMap((lease) => (isHeld(lease, now) && lease.held ? [lease.held] : []))
      .map(({ holder, purpose, takenAt }) => ({ holder, purpose, since: takenAt })),
    mostInFlight: Math.max(...all.map((lease) => lease.mostInFlight)),
    reservedThisHour: budget?.hour === clockHour(now) ? budget.reserved : 0,
    calls: Object.values(callsByPurpose).reduce((sum, count) => sum + count, 0),
    callsByPurpose,
    logins: session.loginCount,
    ...(closure &&
      Date.parse(closure.until) > now && { closed: { until: closure.until, reason: closure.reason } }),
  };
}

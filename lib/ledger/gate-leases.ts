import { type Clock, isoTime } from '../clock.ts';
import { type CallBudget, gatePartition } from './call-budget.ts';
import { bodyOf, type RecordType, updateRecord, without } from './record.ts';
import type { Table } from './table.ts';

/** BILL allows three calls at once per developer key and organization (BILL dossier §2.1). */
export const leaseIds = ['1', '2', '3'] as const;
export type LeaseId = (typeof leaseIds)[number];

export interface GateLease {
  /** Rises with every taking, so that no taking is mistaken for another. */
  readonly fence: number;
  /** Absent while the lease is free. */
  readonly held?: Holding;
  /** Calls ever made under this lease, by purpose; `login` stands for itself. */
  readonly calls: Readonly<Record<string, number>>;
  /** Most calls in flight that a holder of this lease had to reckon with. */
  readonly mostInFlight: number;
}

export interface Holding {
  /** Names this one taking; only who knows it renews or releases. */
  readonly token: string;
  readonly holder: string;
  readonly purpose: string;
  readonly takenAt: string;
  /** ISO time; from then on anybody may take the lease. */
  readonly expiresAt: string;
}

/** Keeps everybody out until `until` (ISO time). */
export interface Closure {
  readonly until: string;
  readonly since: string;
  readonly reason: ClosingReason;
  /** How many times in a row the gate had to be closed; the wait grows with it. */
  readonly strikes: number;
}

/** BDC_1322; BDC_1144; no or no usable answer. */
export type ClosingReason = 'too-many-at-once' | 'hour-spent' | 'outage';

/** What a holder did since it last wrote to its lease. */
export interface Use {
  readonly calls: Readonly<Record<string, number>>;
  readonly mostInFlight: number;
}

export interface Gate {
  readonly leases: ReadonlyMap<LeaseId, GateLease>;
  readonly closure?: Closure;
  readonly budget?: CallBudget;
}

interface Ledger {
  readonly table: Table;
  readonly clock: Clock;
}

const leaseRecords: RecordType<GateLease> = {
  key: (id) => ({ pk: gatePartition, sk: `LEASE#${id}` }),
  listing: () => ({}),
};

const closures: RecordType<Closure> = {
  key: () => ({ pk: gatePartition, sk: 'CLOSED' }),
  listing: () => ({}),
};

/** The whole gate, in one consistent query. */
export async function readGate(table: Table): Promise<Gate> {
  const { items } = await table.query(gatePartition);
  const bodies = new Map(items.map((item) => [item.sk, item]));
  const closure = bodyOf<Closure>(bodies.get('CLOSED'));
  const budget = bodyOf<CallBudget>(bodies.get('BUDGET'));
  return {
    leases: new Map(leaseIds.map((id) => [id, bodyOf<GateLease>(bodies.get(`LEASE#${id}`)) ?? unused])),
    ...(closure && { closure }),
    ...(budget && { budget }),
  };
}

const unused: GateLease = { fence: 0, calls: {}, mostInFlight: 0 };

/** Held and not expired at `now` (milliseconds). */
export function isHeld(lease: GateLease, now: number): boolean {
  return lease.held !== undefined && lease.held.expiresAt > isoTime(now);
}

/** Takes the lease if it is free or expired by now; false when somebody was faster. */
export async function takeLease(ledger: Ledger, id: LeaseId, holding: Holding): Promise<boolean> {
  const after = await updateRecord(ledger, leaseRecords, id, (current = unused) =>
    isHeld(current, ledger.clock.now()) ? undefined : { ...current, fence: current.fence + 1, held: holding },
  );
  return after?.held?.token === holding.token;
}

/** Prolongs the lease and books its use; false when it is no longer ours. */
export async function renewLease(
  ledger: Ledger,
  id: LeaseId,
  { token, expiresAt, use }: { token: string; expiresAt: string; use: Use },
): Promise<boolean> {
  const after = await updateRecord(ledger, leaseRecords, id, (current) =>
    current?.held?.token === token
      ? { ...booked(current, use), held: { ...current.held, expiresAt } }
      : undefined,
  );
  return after?.held?.token === token;
}

/** Gives the lease back and books its use; nothing happens when it is no longer ours. */
export async function releaseLease(ledger: Ledger, id: LeaseId, token: string, use: Use): Promise<void> {
  await updateRecord(ledger, leaseRecords, id, (current) => {
    if (current?.held?.token !== token) return undefined;
    const { fence, calls, mostInFlight } = booked(current, use);
    return { fence, calls, mostInFlight };
  });
}

function booked(lease: GateLease, use: Use): GateLease {
  return {
    ...lease,
    calls: addCounts(lease.calls, use.calls),
    mostInFlight: Math.max(lease.mostInFlight, use.mostInFlight),
  };
}

/** Two books of counts as one. */
export function addCounts(
  one: Readonly<Record<string, number>>,
  other: Readonly<Record<string, number>>,
): Record<string, number> {
  const sum: Record<string, number> = { ...one };
  for (const [name, count] of Object.entries(other)) sum[name] = (sum[name] ?? 0) + count;
  return sum;
}

/** Closes the gate as `decide` says from the closure before; undefined leaves it. Gives back what holds now. */
export function closeGate(
  ledger: Ledger,
  decide: (before: Closure | undefined) => Closure | undefined,
): Promise<Closure | undefined> {
  return updateRecord(ledger, closures, '', decide);
}

/** Frees every lease; for a start where whoever held one is known to be dead. Its use since the last renewal is lost. */
export async function freeAllLeases(ledger: Ledger): Promise<void> {
  for (const id of leaseIds) {
    await updateRecord(ledger, leaseRecords, id, (current) =>
      current?.held === undefined ? undefined : without(current, 'held'),
    );
  }
}

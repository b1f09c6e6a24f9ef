import { isoTime } from '../clock.ts';
import { WorldError } from '../errors.ts';
import { type Gate as GateItems, isHeld, leaseIds, readGate, takeLease } from '../ledger/gate-leases.ts';
import type { Observe } from '../observe/observe.ts';
import type { BillPurpose } from './bill.ts';
import { type Closing, createClosing } from './gate-closing.ts';
import type { GateDoors } from './gate-doors.ts';
import { createHourlyCalls } from './hourly-calls.ts';
import { heldLease, type Lease, leaseMs, type SharedByLeases, type Taken } from './lease.ts';

/** The gate in front of every call to BILL (I4), logins included. */
export interface Gate extends Pick<Closing, 'close'> {
  /** Runs `work` under one of the three leases and gives it back whatever happens; errors as in bill.ts. */
  withLease<T>(purpose: BillPurpose, work: (lease: Lease) => Promise<T>): Promise<T>;
}

/** How long a caller waits for a free lease, in all. */
const longestWaitMs = 10_000;

export function createGate(doors: GateDoors, callsPerHour: number): Gate {
  const closing = createClosing(doors);
  const hourlyCalls = createHourlyCalls(doors, callsPerHour);
  const shared: SharedByLeases = { doors, closing, hourlyCalls, inFlight: { now: 0, most: 0 } };

  return {
    close: closing.close,
    withLease: async (purpose, work) => {
      const lease = heldLease(shared, await enter(shared, purpose));
      try {
        return await work(lease);
      } finally {
        await leave(lease, doors.observe, purpose);
      }
    },
  };
}

/** A lease that cannot be given back frees itself; that must not hide what the work did or how it failed. */
async function leave(lease: Lease, observe: Observe, purpose: BillPurpose): Promise<void> {
  try {
    await lease.leave();
  } catch (error) {
    observe.log('warn', 'lease-left-to-expire', { purpose, why: String(error) });
  }
}

/** Takes a free lease, or waits for one, longer each time and never in step with others. */
async function enter({ doors, closing }: SharedByLeases, purpose: BillPurpose): Promise<Taken> {
  const { table, clock, random } = doors;
  const deadline = clock.now() + longestWaitMs;
  for (let pause = 100; ; pause = Math.min(2 * pause, 1_600)) {
    const gate = await readGate(table);
    closing.learn(gate.closure);
    closing.check();
    const taken = await takeOne(doors, gate, purpose);
    if (taken !== undefined) return taken;
    const wait = Math.round(pause * (0.5 + random.next()));
    if (clock.now() + wait > deadline) throw busy(purpose);
    await clock.sleep(wait);
  }
}

/** Tries the leases that looked free, beginning anywhere, so that callers rarely meet at the same one. */
async function takeOne(
  { table, clock, random, holder }: GateDoors,
  gate: GateItems,
  purpose: BillPurpose,
): Promise<Taken | undefined> {
  const leasesInUse = 1 + [...gate.leases.values()].filter((lease) => isHeld(lease, clock.now())).length;
  const start = Math.floor(random.next() * leaseIds.length);
  for (const id of [...leaseIds.slice(start), ...leaseIds.slice(0, start)]) {
    const now = clock.now();
    const lease = gate.leases.get(id);
    if (lease !== undefined && isHeld(lease, now)) continue;
    const taken = { id, token: random.uuid(), purpose, expiresAt: now + leaseMs, leasesInUse };
    const { token, expiresAt } = taken;
    const holding = { token, holder, purpose, takenAt: isoTime(now), expiresAt: isoTime(expiresAt) };
    if (await takeLease({ table, clock }, id, holding)) return taken;
  }
  return undefined;
}

function busy(purpose: BillPurpose): WorldError {
  return new WorldError({
    code: 'BILL_GATE_BUSY',
    message: `All ${leaseIds.length} places in BILL stayed taken for ${longestWaitMs / 1000} seconds; ${purpose} waits.`,
    nextStep: 'Nothing: it goes on by itself.',
  });
}

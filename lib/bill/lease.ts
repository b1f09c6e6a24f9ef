import { isoTime } from '../clock.ts';
import { WorldError } from '../errors.ts';
import type { HttpRequest, HttpResponse } from '../http/http.ts';
import { type LeaseId, readGate, releaseLease, renewLease, type Use } from '../ledger/gate-leases.ts';
import type { BillPurpose } from './bill.ts';
import type { Closing } from './gate-closing.ts';
import type { GateDoors } from './gate-doors.ts';
import type { HourlyCalls } from './hourly-calls.ts';

/** The HTTP door gives up after this time (lib/http/got-http.ts). */
const longestCallMs = 60_000;
/** For clocks that differ and a slow ledger. */
const marginMs = 10_000;
/** How long a lease is held at most without renewal; a dead worker's lease is free after it. */
export const leaseMs = longestCallMs + marginMs + 20_000;

/** One of the three places in BILL, held. */
export interface Lease {
  /**
   * Sends one request when the lease is long enough for it, the gate is open and the budget has a call left;
   * several at once wait for each other. Throws WorldError `BILL_LEASE_LOST`, `BILL_GATE_CLOSED`,
   * `BILL_BUDGET_SPENT` before anything is sent, else what the HTTP door throws.
   */
  send(request: HttpRequest, as?: 'login'): Promise<HttpResponse>;
  /** Gives the lease back. */
  leave(): Promise<void>;
}

/** What all leases of one process share. */
export interface SharedByLeases {
  readonly doors: GateDoors;
  readonly closing: Closing;
  readonly hourlyCalls: HourlyCalls;
  readonly inFlight: { now: number; most: number };
}

export interface Taken {
  readonly id: LeaseId;
  readonly token: string;
  readonly purpose: BillPurpose;
  /** Milliseconds. */
  readonly expiresAt: number;
  /** Leases in use at the taking, this one included: no more calls can be in flight. */
  readonly leasesInUse: number;
}

export function heldLease({ doors, closing, hourlyCalls, inFlight }: SharedByLeases, taken: Taken): Lease {
  const { table, clock, http, observe } = doors;
  const { id, token, purpose } = taken;
  let expiresAt = taken.expiresAt;
  let calls: Record<string, number> = {};
  let turn: Promise<unknown> = Promise.resolve();
  let left = false;

  const isLongEnough = () => expiresAt - clock.now() >= longestCallMs + marginMs;

  async function renew(): Promise<void> {
    closing.learn((await readGate(table)).closure);
    closing.check();
    const until = clock.now() + leaseMs;
    const use = takeUse();
    if (!(await renewLease({ table, clock }, id, { token, expiresAt: isoTime(until), use })))
      throw lost(purpose);
    expiresAt = until;
  }

  function takeUse(): Use {
    const use = { calls, mostInFlight: Math.max(inFlight.most, taken.leasesInUse) };
    calls = {};
    return use;
  }

  async function sendNow(request: HttpRequest, as: string): Promise<HttpResponse> {
    if (left) throw new Error(`A call to BILL for ${purpose} was made after its lease was given back.`);
    closing.check();
    while (!(isLongEnough() && hourlyCalls.take())) await (isLongEnough() ? hourlyCalls.reserve() : renew());
    calls[as] = (calls[as] ?? 0) + 1;
    observe.count('BillCalls');
    inFlight.now += 1;
    inFlight.most = Math.max(inFlight.most, inFlight.now);
    try {
      return await http(request);
    } finally {
      inFlight.now -= 1;
    }
  }

  return {
    send: (request, as) => {
      const answer = turn.then(() => sendNow(request, as ?? purpose));
      // The next in turn waits for the end of this one, good or bad; the outcome itself goes to the caller.
      turn = answer.then(
        () => undefined,
        () => undefined,
      );
      return answer;
    },
    leave: async () => {
      left = true;
      await turn;
      await releaseLease({ table, clock }, id, token, takeUse());
    },
  };
}

function lost(purpose: BillPurpose): WorldError {
  return new WorldError({
    code: 'BILL_LEASE_LOST',
    message: `The lease of BILL's gate for ${purpose} ran out before the next call; the call was not made.`,
    nextStep: 'Nothing: it is tried again by itself.',
  });
}

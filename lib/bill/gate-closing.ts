import { isoTime } from '../clock.ts';
import { WorldError } from '../errors.ts';
import { untilNextHour } from '../ledger/call-budget.ts';
import { type ClosingReason, type Closure, closeGate } from '../ledger/gate-leases.ts';
import type { GateDoors } from './gate-doors.ts';

/** First wait and longest wait in milliseconds; BILL asks for exponential back-off (BILL dossier §2.1). */
const waits = {
  'too-many-at-once': { first: 2_000, longest: 64_000 },
  outage: { first: 5_000, longest: 120_000 },
} as const;

/** BILL's clock may be a little behind ours when its next hour begins. */
const hourMarginMs = 5_000;

/** Closes the gate for everybody, and knows in this process whether it is closed. */
export interface Closing {
  close(reason: ClosingReason): Promise<void>;
  /** Takes over what the ledger says. */
  learn(closure: Closure | undefined): void;
  /** Throws WorldError `BILL_GATE_CLOSED` while the gate is closed, as far as this process knows. */
  check(): void;
}

export function createClosing({ table, clock, random, observe }: GateDoors): Closing {
  let known: Closure | undefined;
  return {
    close: async (reason) => {
      const now = clock.now();
      const jitter = random.next();
      let closed = false;
      known = await closeGate({ table, clock }, (before) => {
        const next = nextClosure(before, reason, now, jitter);
        closed = next !== undefined;
        return next;
      });
      if (closed) observe.log('warn', 'gate-closed', { reason, until: known?.until });
    },
    learn: (closure) => {
      known = closure;
    },
    check: () => {
      if (known !== undefined && known.until > isoTime(clock.now())) throw closedError(known, clock.now());
    },
  };
}

/**
 * The closure that follows another one; undefined where the gate is closed long enough already, so that three
 * workers who meet the same outage count once. The wait doubles while closures follow each other closely.
 */
export function nextClosure(
  before: Closure | undefined,
  reason: ClosingReason,
  now: number,
  jitter: number,
): Closure | undefined {
  const since = isoTime(now);
  if (reason === 'hour-spent') {
    const until = isoTime(now + untilNextHour(now) + hourMarginMs);
    return before !== undefined && before.until >= until ? undefined : { until, since, reason, strikes: 0 };
  }
  if (before !== undefined && before.until > since) return undefined;
  const strikes = strikesBefore(before, now) + 1;
  const { first, longest } = waits[reason];
  const wait = Math.min(longest, first * 2 ** (strikes - 1));
  return { until: isoTime(now + Math.round(wait * (1 + jitter / 4))), since, reason, strikes };
}

/** Strikes are forgotten when the gate stayed open for as long as it was closed, and half a minute. */
function strikesBefore(before: Closure | undefined, now: number): number {
  if (before === undefined) return 0;
  const until = Date.parse(before.until);
  const closedMs = until - Date.parse(before.since);
  return now < until + closedMs + 30_000 ? before.strikes : 0;
}

function closedError({ until, reason }: Closure, now: number): WorldError {
  const why = {
    'too-many-at-once': 'BILL had too many calls at once',
    'hour-spent': 'BILL takes no more calls in this clock hour',
    outage: 'BILL did not answer',
  }[reason];
  return new WorldError({
    code: 'BILL_GATE_CLOSED',
    message: `No calls to BILL until ${until}: ${why}.`,
    nextStep: 'Nothing: it goes on by itself.',
    retryAfterMs: Math.max(1, Date.parse(until) - now),
  });
}

import type { Clock } from '../../lib/clock.ts';

export interface ManualClock extends Clock {
  advance(milliseconds: number): void;
  /** Goes forward to a moment; never back. */
  advanceTo(moment: number): void;
}

/** A clock that stands still until it is told to go on; a sleep lets its time pass at once. */
export function manualClock(start = Date.UTC(2026, 10, 24, 5)): ManualClock {
  let now = start;
  const advance = (milliseconds: number) => {
    now += milliseconds;
  };
  return {
    now: () => now,
    sleep: async (milliseconds) => advance(milliseconds),
    advance,
    advanceTo: (moment) => {
      now = Math.max(now, moment);
    },
  };
}

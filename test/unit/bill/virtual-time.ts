import type { Clock } from '../../../lib/clock.ts';
import type { Random } from '../../../lib/random.ts';

/**
 * Time that passes only from event to event: every wait in the test ends at its moment, in order, and nothing
 * sleeps for real.
 */
export interface VirtualTime extends Clock {
  /** Runs until nothing waits any more. */
  run(): Promise<void>;
  /** Lets everything happen that waits for no time. */
  settle(): Promise<void>;
  advance(milliseconds: number): void;
}

export function virtualTime(start = Date.parse('2026-11-24T05:30:00.000Z')): VirtualTime {
  let now = start;
  let serial = 0;
  const waiting: { at: number; serial: number; wake: () => void }[] = [];
  const sleep = (milliseconds: number) =>
    new Promise<void>((wake) => {
      serial += 1;
      waiting.push({ at: now + milliseconds, serial, wake });
    });
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

  return {
    now: () => now,
    sleep,
    settle,
    advance: (milliseconds) => {
      now += milliseconds;
    },
    run: async () => {
      for (await settle(); waiting.length > 0; await settle()) {
        waiting.sort((one, other) => one.at - other.at || one.serial - other.serial);
        const next = waiting.shift();
        now = Math.max(now, next?.at ?? now);
        next?.wake();
      }
    },
  };
}

/** A number from `least` to `most`, both included. */
export function between(random: Random, least: number, most: number): number {
  return least + Math.floor(random.next() * (most - least + 1));
}

import { type Clock, systemClock } from '../../lib/clock.ts';

export interface PassingClock extends Clock {
  /** Lets so much more time have passed, in milliseconds. */
  pass(milliseconds: number): void;
}

/** The machine's clock, for tests with real servers that let a minute pass at once. */
export function passingClock(): PassingClock {
  let passed = 0;
  return {
    now: () => systemClock.now() + passed,
    sleep: systemClock.sleep,
    pass: (milliseconds) => {
      passed += milliseconds;
    },
  };
}

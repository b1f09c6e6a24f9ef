import type { Clock } from '../../clock.ts';

/** Runs `work` again and again, the first time at once, never two at a time; `stop` waits for the one in flight. */
export function repeat(
  { everyMs, signal }: { everyMs: number; signal: AbortSignal },
  clock: Clock,
  work: () => Promise<unknown>,
): Promise<void> {
  const run = async () => {
    while (!signal.aborted) {
      const startedAt = clock.now();
      await work();
      await pause(Math.max(0, startedAt + everyMs - clock.now()), signal);
    }
  };
  return run();
}

/** A pause that ends early when the signal is raised. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
  });
}

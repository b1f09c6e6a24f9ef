import type { Clock } from '../../clock.ts';
import { isAtRest, type Rest } from './status.ts';

const dayMs = 24 * 60 * 60_000;

interface Sources {
  readonly clock: Clock;
  readonly tieOut: () => Promise<unknown>;
  /** Rises with whatever is found or done. */
  readonly progress: () => number;
  readonly rest: () => Promise<Rest>;
  /** Both sides have been looked at since the start: before that, what is open is not known. */
  readonly hasLooked: () => boolean;
}

/**
 * Ties out once a day, and here also whenever the connector has come to rest after some work: whoever looks at the
 * page sees what the work led to. While something is on its way both sides differ by it, so that is waited for.
 */
export function tieOutWhenDue({ clock, tieOut, progress, rest, hasLooked }: Sources): () => Promise<void> {
  let last: { readonly at: number; readonly progress: number } | undefined;
  return async () => {
    const isDue = last === undefined || last.progress !== progress() || clock.now() - last.at >= dayMs;
    if (!isDue || !hasLooked() || !isAtRest(await rest())) return;
    const now = { at: clock.now(), progress: progress() };
    await tieOut().then(
      () => {
        last = now;
      },
      // The use case itself has told the log; the next round tries again.
      () => undefined,
    );
  };
}

/** Who asks while it runs gets the outcome of that run: two at once would write over each other. */
export function oneAtATime<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined;
  return () => {
    running ??= work().finally(() => {
      running = undefined;
    });
    return running;
  };
}

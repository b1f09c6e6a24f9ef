import type { Clock } from '../../clock.ts';
import type { Planted } from './planted.ts';

/** One thing that happens in the firm. */
export interface Act<Stage> {
  readonly title: string;
  /** Whether the books have come so far; an act without it may follow at once. */
  readonly when?: (stage: Stage) => boolean;
  readonly play: (stage: Stage) => void;
  /** Exceptions that it leads to; whatever else is raised is a fault. */
  readonly raises?: readonly Planted[];
}

/** How far a story has come; kept with the books. */
export interface Progress {
  played: number;
  /** Milliseconds. */
  lastPlayedAt: number;
}

export interface Story {
  /** Plays the next act if the books have come so far and the pace allows it; gives back its title. */
  goOn(): string | undefined;
  readonly progress: Progress;
  readonly acts: number;
}

/**
 * A story is a fixed sequence of acts. What moves it on is a look from outside (a poll) together with the books,
 * never the time of day: so it comes to the same end however fast it is watched, and however often that is
 * interrupted.
 */
export function createStory<Stage>({
  acts,
  stage,
  progress,
  clock,
  paceMs,
}: {
  readonly acts: readonly Act<Stage>[];
  readonly stage: Stage;
  readonly progress: Progress;
  readonly clock: Clock;
  /** At least so long from act to act; for the eye. */
  readonly paceMs: number;
}): Story {
  return {
    progress,
    acts: acts.length,
    goOn: () => {
      const act = acts[progress.played];
      if (act === undefined || clock.now() < progress.lastPlayedAt + paceMs) return undefined;
      if (act.when !== undefined && !act.when(stage)) return undefined;
      act.play(stage);
      progress.played += 1;
      progress.lastPlayedAt = clock.now();
      return act.title;
    },
  };
}

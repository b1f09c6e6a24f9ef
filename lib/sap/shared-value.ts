import type { Clock } from '../clock.ts';

/** A value that everyone shares while it is good: loaded by one caller at a time, the others wait for it. */
export interface SharedValue<T> {
  /** The value at hand, else what `load` brings; a failed load is not kept. */
  get(load: () => Promise<T>): Promise<T>;
  /** Forgets this very value; one that came meanwhile stays. */
  drop(value: T): void;
}

export function sharedValue<T>(clock: Clock, lifeMs: number): SharedValue<T> {
  let held: { value: T; until: number } | undefined;
  let loading: Promise<T> | undefined;

  return {
    get(load) {
      if (held !== undefined && clock.now() < held.until) return Promise.resolve(held.value);
      loading ??= load()
        .then((value) => {
          held = { value, until: clock.now() + lifeMs };
          return value;
        })
        .finally(() => {
          loading = undefined;
        });
      return loading;
    },
    drop(value) {
      if (held?.value === value) held = undefined;
    },
  };
}

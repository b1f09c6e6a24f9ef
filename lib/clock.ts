/**
 * Time, passed in: nothing in the product reads the machine's clock or waits by itself, so a test or the
 * simulation decides how time passes.
 */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /** Resolves after `milliseconds`. */
  sleep(milliseconds: number): Promise<void>;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/** `2026-11-24T05:00:00.000Z` for a moment in milliseconds. */
export function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** `2026-11-24`: the UTC date of a moment in milliseconds. */
export function isoDate(milliseconds: number): string {
  return isoTime(milliseconds).slice(0, 10);
}

/** `2026-11-23`: the date that a moment in milliseconds has in a time zone, e.g. `America/New_York` (IANA). */
export function dateIn(timeZone: string, milliseconds: number): string {
  const numbers = { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  const parts = new Intl.DateTimeFormat('en-US', numbers).formatToParts(milliseconds);
  const [year, month, day] = ['year', 'month', 'day'].map(
    (name) => parts.find(({ type }) => type === name)?.value,
  );
  return `${year}-${month}-${day}`;
}

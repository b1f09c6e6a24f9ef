import { Refusal } from './refusal.ts';
import type { World } from './world.ts';

/** Calls in flight at once per developer key and organization (BILL dossier §2.1). */
const MOST_IN_FLIGHT = 3;
const HOUR = 3_600_000;

/** The calls that are in flight now; they live in this process only. */
export interface Traffic {
  /** Counts a call in; the answer says whether it is one too many and ends the count. */
  enter(developerKey: string): { readonly tooMany: boolean; leave(): void };
}

export function createTraffic(world: World): Traffic {
  const inFlight = new Map<string, number>();
  return {
    enter: (developerKey) => {
      const now = (inFlight.get(developerKey) ?? 0) + 1;
      inFlight.set(developerKey, now);
      const { statistics } = world.books;
      statistics.mostInFlight = Math.max(statistics.mostInFlight, now);
      return {
        tooMany: now + world.switches.othersInFlight > MOST_IN_FLIGHT,
        leave: () => inFlight.set(developerKey, (inFlight.get(developerKey) ?? 1) - 1),
      };
    },
  };
}

export function tooManyInFlight(world: World): Refusal {
  return new Refusal(
    world.switches.rateLimitStatus,
    'BDC_1322',
    `More than ${MOST_IN_FLIGHT} concurrent requests of this developer key for the organization.`,
  );
}

/** Counts the call in the clock hour; throws Refusal `BDC_1144` when the hour's share is spent. */
export function countCall(world: World, developerKey: string): void {
  count(world, runningHour(world).calls, developerKey, world.switches.callsPerHour);
}

export function countLogin(world: World, developerKey: string): void {
  count(world, runningHour(world).logins, developerKey, world.switches.loginsPerHour);
}

/** Calls that another program makes with the same developer key in this clock hour. */
export function countCallsOfOthers(world: World, calls: number): void {
  const { calls: counts } = runningHour(world);
  const key = world.books.developerKeys[0] ?? '';
  counts[key] = (counts[key] ?? 0) + calls;
}

function count(world: World, counts: Record<string, number>, key: string, most: number): void {
  const used = (counts[key] ?? 0) + 1;
  counts[key] = used;
  if (used <= most) return;
  throw new Refusal(world.switches.rateLimitStatus, 'BDC_1144', 'The hourly number of requests is used up.');
}

function runningHour(world: World) {
  const { hour } = world.books;
  const startedAt = Math.floor(world.clock.now() / HOUR) * HOUR;
  if (hour.startedAt !== startedAt) Object.assign(hour, { startedAt, calls: {}, logins: {} });
  return hour;
}

import { brokenInvariants, outcome } from './invariants.ts';
import { type Act, type Cast, newCast, story } from './story.ts';
import { type Snapshot, World, type WorldOptions } from './world.ts';

/** Plays the whole story; after each act the connector works until nothing is left to do. */
export async function runStory(options: WorldOptions = {}): Promise<World> {
  const world = new World(options);
  const cast = newCast();
  for (const act of story) await playAct(world, act, cast);
  return world;
}

/** Plays the first `count` acts without faults; gives back who they spoke of. */
export async function playActs(world: World, count: number): Promise<Cast> {
  const cast = newCast();
  for (const act of story.slice(0, count)) await playAct(world, act, cast);
  return cast;
}

async function playAct(world: World, act: Act, cast: Cast): Promise<void> {
  await act.play(world, cast);
  world.clock.pass(60_000);
  await world.settleDown({ slowPolls: act.slowPolls ?? [] });
}

/** One act as it goes when nothing goes wrong: where it starts, its calls, and how it ends. */
export interface Rehearsal {
  readonly act: Act;
  readonly before: Snapshot;
  readonly cast: Cast;
  /** The I/O calls of the act, in order. */
  readonly points: readonly string[];
  readonly end: unknown;
}

/** Plays the story once without faults and keeps each act's start and end. */
export async function rehearse(options: WorldOptions = {}): Promise<Rehearsal[]> {
  const rehearsals: Rehearsal[] = [];
  const cast = newCast();
  let before: Snapshot | undefined;
  for (const act of story) {
    const world = new World({ ...options, ...(before === undefined ? {} : { from: before }) });
    const start = before ?? world.snapshot();
    const castBefore = structuredClone(cast);
    await playAct(world, act, cast);
    rehearsals.push({
      act,
      before: start,
      cast: castBefore,
      points: [...world.points],
      end: await outcome(world),
    });
    before = world.snapshot();
  }
  return rehearsals;
}

/** Plays one act again under other circumstances; gives back what is broken, the end included. */
export async function replay(rehearsal: Rehearsal, options: WorldOptions): Promise<string[]> {
  const world = new World({ ...options, from: rehearsal.before });
  try {
    await playAct(world, rehearsal.act, structuredClone(rehearsal.cast));
  } catch (error) {
    return [`it stopped: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
  }
  const broken = await brokenInvariants(world);
  const end = JSON.stringify(await outcome(world));
  if (end !== JSON.stringify(rehearsal.end)) broken.push('it ended otherwise than without faults');
  return broken;
}

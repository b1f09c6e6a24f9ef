import { beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../lib/random.ts';
import { crashAt } from './faults.ts';
import { type Rehearsal, rehearse, replay } from './run-story.ts';
import { story } from './story.ts';

/** Every place at which an act's process can be killed: before and after each of its I/O calls. */
function placesOf({ points }: Rehearsal): string[] {
  return points.flatMap((_, index) => [`${index + 1} before`, `${index + 1} after`]);
}

describe('the connector is killed before and after every single I/O call of both journeys', () => {
  let rehearsals: Rehearsal[] = [];
  let tried = 0;
  beforeAll(async () => {
    rehearsals = await rehearse();
  });

  it.each(story.map((act, index) => [act.name, index] as const))(
    'while %s',
    async (_, index) => {
      const rehearsal = rehearsals[index];
      if (rehearsal === undefined) throw new Error('The act was not rehearsed.');
      const broken: string[] = [];
      for (const place of placesOf(rehearsal)) {
        const found = await replay(rehearsal, { fate: crashAt(new Set([place])) });
        broken.push(...found.map((each) => `killed ${place} (${whatAt(rehearsal, place)}): ${each}`));
        tried += 1;
      }
      expect(broken).toEqual([]);
    },
    600_000,
  );

  it('holds every invariant after each of them', () => {
    const expected = rehearsals.reduce((sum, rehearsal) => sum + 2 * rehearsal.points.length, 0);
    console.log(`Killed at ${tried} points, one at a time; every invariant held after each.`);
    expect(tried).toBe(expected);
    expect(tried).toBeGreaterThan(1_500);
  });

  it('holds when it is killed twice, at pairs of points drawn by a seed', async () => {
    const random = seededRandom(20_261_124);
    const broken: string[] = [];
    const pairs = 300;
    for (let pair = 0; pair < pairs; pair += 1) {
      const rehearsal = rehearsals[1 + Math.floor(random.next() * (rehearsals.length - 1))];
      if (rehearsal === undefined) throw new Error('The act was not rehearsed.');
      const places = placesOf(rehearsal);
      const draw = () => places[Math.floor(random.next() * places.length)] ?? '';
      const chosen = new Set([draw(), draw()]);
      const found = await replay(rehearsal, { fate: crashAt(chosen) });
      broken.push(
        ...found.map((each) => `killed ${[...chosen].join(' and ')} while ${rehearsal.act.name}: ${each}`),
      );
    }
    console.log(`Killed at ${pairs} pairs of points; every invariant held after each.`);
    expect(broken).toEqual([]);
  }, 600_000);
});

function whatAt({ points }: Rehearsal, place: string): string {
  return points[Number(place.split(' ')[0]) - 1] ?? 'nothing';
}

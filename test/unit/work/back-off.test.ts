import fc from 'fast-check';
import { expect, it } from 'vitest';
import { seededRandom } from '../../../lib/random.ts';
import { backOffSeconds, MAX_RECEIVE_COUNT, OUR_TRIES } from '../../../lib/work/back-off.ts';
import { RETENTION_DAYS, VISIBILITY_SECONDS } from '../../../lib/work/queue-definition.ts';

const latest = { next: () => 0, uuid: () => '' };
const soonest = { next: () => 1 - Number.EPSILON, uuid: () => '' };

it('waits 15 seconds first, doubling up to 15 minutes', () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 8, 60].map((receives) => backOffSeconds(receives, latest));
  expect(waits).toEqual([15, 30, 60, 120, 240, 480, 900, 900, 900]);
});

it('shortens a wait by at most a fifth, in whole seconds', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer(), (receives, seed) => {
      const seconds = backOffSeconds(receives, seededRandom(seed));
      expect(Number.isInteger(seconds)).toBe(true);
      expect(seconds).toBeGreaterThanOrEqual(backOffSeconds(receives, latest) * 0.8);
      expect(seconds).toBeLessThanOrEqual(backOffSeconds(receives, latest));
    }),
  );
});

it('leaves room for an outage of four days with the shortest waits, and the tries of our own after it', () => {
  let elapsed = 0;
  let receives = 0;
  while (elapsed < 4 * 24 * 60 * 60) {
    receives += 1;
    elapsed += backOffSeconds(receives, soonest);
  }
  expect(MAX_RECEIVE_COUNT).toBeGreaterThanOrEqual(receives + OUR_TRIES);
  expect(MAX_RECEIVE_COUNT).toBeLessThan(receives + OUR_TRIES + 3);
  expect(MAX_RECEIVE_COUNT).toBeLessThanOrEqual(1000);
});

it('puts aside what never answers before the queue forgets it', () => {
  expect(MAX_RECEIVE_COUNT * VISIBILITY_SECONDS).toBeLessThan(RETENTION_DAYS * 24 * 60 * 60);
});

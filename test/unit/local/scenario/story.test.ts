import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Act, createStory, type Progress } from '../../../../lib/local/scenario/story.ts';

interface Stage {
  readonly seen: string[];
  readonly ready: Set<string>;
}

const act = (title: string, waitsFor?: string): Act<Stage> => ({
  title,
  ...(waitsFor === undefined ? {} : { when: ({ ready }: Stage) => ready.has(waitsFor) }),
  play: ({ seen }) => void seen.push(title),
});

const acts = [act('first'), act('second', 'a'), act('third'), act('fourth', 'b')];

function open(progress: Progress, stage: Stage, paceMs = 0, now = () => 0) {
  const clock = { now, sleep: async () => undefined };
  return createStory({ acts, stage, progress, clock, paceMs });
}

test('acts are played one at a time, in their order, each once, whenever and however often it is looked', () => {
  const looks = fc.array(fc.constantFrom('look', 'a', 'b', 'interrupted'), { maxLength: 40 });
  fc.assert(
    fc.property(looks, (steps) => {
      const stage: Stage = { seen: [], ready: new Set() };
      const progress = { played: 0, lastPlayedAt: 0 };
      let story = open(progress, stage);
      for (const step of steps) {
        const before = stage.seen.length;
        if (step === 'interrupted') story = open(structuredClone(story.progress), stage);
        else if (step === 'look') story.goOn();
        else stage.ready.add(step);
        expect(stage.seen.length - before).toBeLessThanOrEqual(1);
      }
      expect(stage.seen).toEqual(acts.slice(0, stage.seen.length).map(({ title }) => title));
      for (const ready of ['a', 'b']) stage.ready.add(ready);
      while (story.goOn() !== undefined);
      expect(stage.seen).toEqual(acts.map(({ title }) => title));
    }),
  );
});

test('a pace keeps the acts apart', () => {
  let now = 1_000_000;
  const stage: Stage = { seen: [], ready: new Set(['a', 'b']) };
  const story = open({ played: 0, lastPlayedAt: 0 }, stage, 4_000, () => now);
  expect([story.goOn(), story.goOn()]).toEqual(['first', undefined]);
  now += 3_999;
  expect(story.goOn()).toBeUndefined();
  now += 1;
  expect(story.goOn()).toBe('second');
});

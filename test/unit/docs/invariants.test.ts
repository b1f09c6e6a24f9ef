import { describe, expect, it } from 'vitest';
import { expectNamedTests, text } from './named-tests.ts';

const rows = [...text('docs/invariants.md').matchAll(/^\| (?<name>I\d+) \|.*\|(?<tests>.*)\|$/gm)].map(
  ({ groups: { name = '', tests = '' } = {} }) => ({ name, tests }),
);

describe('the document of the invariants', () => {
  it('has all ten, in order', () => {
    expect(rows.map(({ name }) => name)).toEqual(Array.from({ length: 10 }, (_, index) => `I${index + 1}`));
  });

  it.each(rows)('names tests that are there: $name', ({ tests }) => expectNamedTests(tests));
});

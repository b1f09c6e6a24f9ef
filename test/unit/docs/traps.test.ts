import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = new URL('../../../', import.meta.url);
const text = (path: string) => readFileSync(new URL(path, root), 'utf8');
const [ofBill = '', ofSap = ''] = text('docs/traps.md').split('\n## ').slice(1);

/** `file` "name"; `file` "name" */
function references(cell: string) {
  return [...cell.matchAll(/`(?<path>[^`]+)` "(?<name>[^"]+)"/g)].map(({ groups = {} }) => groups);
}

function rows(table: string) {
  return [...table.matchAll(/^\| (?<number>\d+) \|(?<trap>.*)\|(?<answer>.*)\|(?<tests>.*)\|$/gm)].map(
    ({ groups = {} }) => ({
      number: Number(groups.number),
      answer: groups.answer,
      tests: groups.tests ?? '',
    }),
  );
}

describe('the document of the traps', () => {
  it('answers each of the 42 of BILL, once and in order', () => {
    expect(rows(ofBill).map(({ number }) => number)).toEqual(
      Array.from({ length: 42 }, (_, index) => index + 1),
    );
    expect(rows(ofBill).filter(({ answer }) => answer?.trim() === '')).toEqual([]);
  });

  it.each([...rows(ofBill), ...rows(ofSap)])('names tests that are there: $number', ({ tests }) => {
    expect(references(tests)).not.toEqual([]);
    for (const { path = '', name = '' } of references(tests)) expect(text(path), path).toContain(name);
  });
});

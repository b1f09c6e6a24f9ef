import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

const root = new URL('../../../', import.meta.url);

export const text = (path: string) => readFileSync(new URL(path, root), 'utf8');

/** Holds a cell of a table, `file` "name"; `file` "name", to the files: at least one test, and each is there. */
export function expectNamedTests(cell: string): void {
  const named = [...cell.matchAll(/`(?<path>[^`]+)` "(?<name>[^"]+)"/g)];
  expect(named).not.toEqual([]);
  for (const { groups: { path = '', name = '' } = {} } of named) expect(text(path), path).toContain(name);
}

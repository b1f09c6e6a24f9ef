import { type Navigation, type Row, textOf } from './entity-type.ts';

/** Follows navigations; each target table is grouped once per request. */
export type Related = (row: Row, navigation: Navigation) => readonly Row[];

export function relatedRows(rowsOf: (set: string) => readonly Row[]): Related {
  const groups = new Map<string, Map<string, Row[]>>();
  return (row, { target, on, where }) => {
    const name = `${target} ${on.join(' ')} ${JSON.stringify(where ?? {})}`;
    let group = groups.get(name);
    if (!group) {
      group = groupBy(rowsOf(target).filter(matches(where ?? {})), on);
      groups.set(name, group);
    }
    return group.get(joinKey(row, on)) ?? [];
  };
}

function groupBy(rows: readonly Row[], on: readonly string[]): Map<string, Row[]> {
  const result = new Map<string, Row[]>();
  for (const row of rows) {
    const key = joinKey(row, on);
    const group = result.get(key);
    if (group) group.push(row);
    else result.set(key, [row]);
  }
  return result;
}

function joinKey(row: Row, on: readonly string[]): string {
  return on.map((name) => textOf(row, name)).join('/');
}

/** True for rows that hold all of these values. */
export function matches(wanted: Row): (row: Row) => boolean {
  const entries = Object.entries(wanted);
  return (row) => entries.every(([name, value]) => (row[name] ?? '') === value);
}

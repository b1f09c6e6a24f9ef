import type { DocumentRow } from '../desk/desk.ts';
import type { DocumentList } from './api.ts';

export interface Wanted {
  readonly kind?: string | undefined;
  readonly stage?: string | undefined;
  /** Any number of the document, a part of one, or a part of the supplier's name. */
  readonly search?: string | undefined;
}

const longestList = 200;

/** `traced`: ids that the search names by a number the records themselves do not hold. */
export function findDocuments(
  rows: readonly DocumentRow[],
  { kind, stage, search = '' }: Wanted,
  traced: ReadonlySet<string>,
): DocumentList {
  const words = search.trim().toLowerCase();
  const found = rows
    .filter((row) => kind === undefined || row.kind === kind)
    .filter((row) => stage === undefined || row.stage === stage)
    .filter((row) => words === '' || traced.has(row.id) || holds(row, words))
    .toSorted((one, other) => compare(other.date, one.date) || compare(other.id, one.id));
  return { total: found.length, documents: found.slice(0, longestList) };
}

function holds({ id, party, numbers }: DocumentRow, words: string): boolean {
  return [id, party, ...numbers].some((text) => text.toLowerCase().includes(words));
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

import { type Answer, ok } from './answer.ts';
import { type Comparable, compare, type FilterFields, readFilters } from './filters.ts';
import { listParameter } from './refusal.ts';
import type { Call, World } from './world.ts';

/** How one kind of object is listed (BILL dossier §3.1 to §3.3). */
export interface ListSpec<Row> {
  readonly filters: FilterFields<Row>;
  readonly sorts: Readonly<Record<string, (row: Row, world: World) => Comparable>>;
  readonly present: (world: World, row: Row) => unknown;
  /** New rows are missing for a while, as the switch says; the entries of the settings are there at once. */
  readonly comesLate?: boolean;
  /** No `prevPage` (webhook lists). */
  readonly forwardOnly?: boolean;
}

interface Row {
  readonly id: string;
  readonly createdAt: number;
}

type SortKey<R> = { readonly of: (row: R, world: World) => Comparable; readonly sign: 1 | -1 };

/** Where a page starts: after a row, or at a place; `hollow` pages come without rows. */
interface PageStart {
  readonly query: string;
  readonly at: number;
  readonly after?: Comparable[];
  readonly hollow?: boolean;
}

export function answerList<R extends Row>(
  world: World,
  call: Call,
  rows: readonly R[],
  spec: ListSpec<R>,
): Answer {
  const most = readMax(call.query.get('max'));
  const filters = call.query.get('filters');
  const conditions = filters === null ? [] : readFilters(filters, spec.filters, world);
  const keys = readSort(call.query.get('sort'), spec);
  const query = `${call.operation} ${filters} ${call.query.get('sort')}`;
  const page = readPage(call.query.get('page'), query);
  if (page?.hollow) return ok({ results: [], nextPage: pageToken({ ...page, hollow: false }) });

  const placeOf = (row: R): Comparable[] => keys.map(({ of }) => of(row, world));
  const found = rows
    .filter((row) => isVisible(world, row, spec) && conditions.every((holds) => holds(row)))
    .map((row) => ({ row, place: placeOf(row) }))
    .sort((left, right) => comparePlaces(left.place, right.place, keys));
  const start = page === undefined ? 0 : startOf(page, found, keys, world);
  const results = found.slice(start, start + most);
  const last = results.at(-1);
  const end = start + results.length;
  const next: PageStart | undefined =
    last && end < found.length
      ? { query, at: end, after: last.place, hollow: world.switches.emptyPages }
      : undefined;
  return ok({
    results: results.map(({ row }) => spec.present(world, row)),
    nextPage: next && pageToken(next),
    prevPage:
      start > 0 && !spec.forwardOnly ? pageToken({ query, at: Math.max(0, start - most) }) : undefined,
  });
}

function isVisible<R extends Row>(world: World, row: R, { comesLate }: ListSpec<R>): boolean {
  return !comesLate || row.createdAt + world.switches.listLagMs <= world.clock.now();
}

function readMax(text: string | null): number {
  if (text === null) return 20;
  const max = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (max < 1 || max > 100) throw listParameter('max must be 1 to 100.');
  return max;
}

/** The order asked for, then creation and id, so that rows never change places by themselves. */
function readSort<R extends Row>(text: string | null, spec: ListSpec<R>): SortKey<R>[] {
  const asked = text === null ? [] : text.split(',').map((part) => readSortKey(part, spec));
  return [...asked, { of: (row) => row.createdAt, sign: 1 }, { of: (row) => row.id, sign: 1 }];
}

function readSortKey<R extends Row>(text: string, { sorts }: ListSpec<R>): SortKey<R> {
  const [, field = '', direction] = /^([A-Za-z][\w.]*):(asc|desc)$/.exec(text) ?? [];
  const of = Object.hasOwn(sorts, field) ? sorts[field] : undefined;
  if (of === undefined) throw listParameter(`"${text}" is no sort field:asc or field:desc.`);
  return { of, sign: direction === 'desc' ? -1 : 1 };
}

function comparePlaces<R>(left: Comparable[], right: Comparable[], keys: readonly SortKey<R>[]): number {
  for (const [index, { sign }] of keys.entries()) {
    const difference = compare(left[index] ?? '', right[index] ?? '');
    if (difference !== 0) return sign * difference;
  }
  return 0;
}

function startOf<R>(
  page: PageStart,
  found: readonly { place: Comparable[] }[],
  keys: readonly SortKey<R>[],
  world: World,
): number {
  const { after } = page;
  if (after === undefined || world.switches.pagesDrift) return page.at;
  const start = found.findIndex(({ place }) => comparePlaces(place, after, keys) > 0);
  return start === -1 ? found.length : start;
}

function pageToken(page: PageStart): string {
  return Buffer.from(JSON.stringify(page)).toString('base64url');
}

/** A token fits only the list, filter and order that it was given out for. */
function readPage(token: string | null, query: string): PageStart | undefined {
  if (token === null) return undefined;
  let page: PageStart | undefined;
  try {
    page = JSON.parse(Buffer.from(token, 'base64url').toString());
  } catch {
    throw listParameter('The page token is not valid.');
  }
  if (page?.query !== query) throw listParameter('The page token belongs to another list.');
  return page;
}

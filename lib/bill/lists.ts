import * as z from 'zod';
import type { ListPage } from './bill.ts';
import { UnexpectedAnswer } from './errors.ts';
import type { BillRequest } from './request.ts';
import type { Rest } from './rest.ts';

/** A list of BILL (BILL dossier §§3.1 to 3.3). */
export interface List<T> {
  readonly path: string;
  readonly api?: BillRequest['api'];
  readonly about: string;
  readonly row: z.ZodType<T>;
  /** `field:op:value`, joined by AND. */
  readonly filters?: readonly string[];
  readonly sort?: string;
}

/** The greatest that BILL takes. */
const rowsPerPage = '100';
/** A limit on the loop: 200,000 rows. */
const mostPages = 2_000;

/** One page; sort and filters stay the same while paging. */
export async function readPage<T>(rest: Rest, list: List<T>, page?: string): Promise<ListPage<T>> {
  const { path, api, about, row, filters = [], sort } = list;
  const query = {
    max: rowsPerPage,
    ...(sort !== undefined && { sort }),
    ...(filters.length > 0 && { filters: filters.join(',') }),
    ...(page !== undefined && { page }),
  };
  const request: BillRequest = { method: 'GET', path, about, query, ...(api && { api }) };
  const { results, nextPage } = await rest.call(request, pageShape(row));
  return { items: results, ...(nextPage && { next: nextPage }) };
}

/** Some of BILL's lists are bare arrays (§3.1). An answer without rows is none: a look-up must not take it for "not there". */
function pageShape<T>(row: z.ZodType<T>) {
  return z.preprocess(
    (answer) => (Array.isArray(answer) ? { results: answer } : answer),
    z.object({ results: z.array(row), nextPage: z.exactOptional(z.string()) }),
  );
}

/** All pages; an empty page with a next one goes on. Throws UnexpectedAnswer when they never end. */
export async function readAll<T>(rest: Rest, list: List<T>): Promise<T[]> {
  const rows: T[] = [];
  let next: string | undefined;
  for (let count = 0; count < mostPages; count += 1) {
    const page: ListPage<T> = await readPage(rest, list, next);
    rows.push(...page.items);
    if (page.next === undefined) return rows;
    next = page.next;
  }
  throw new UnexpectedAnswer(`BILL's list of ${list.about} has not ended after ${mostPages} pages.`);
}

/** A text in a filter: quotes keep its commas and colons together; its own quotes cannot be sent (§3.2). */
export function quotedText(text: string): string {
  return `"${text.replaceAll('"', '')}"`;
}

/** A list of ids in a filter: `"a,b"` (§3.2). */
export function quotedIds(ids: readonly string[]): string {
  return `"${ids.join(',')}"`;
}

/** An ISO time as BILL writes it, quoted for a filter: `"2026-11-24T05:00:00.000+00:00"` (§3.4). */
export function quotedTime(isoTime: string): string {
  return `"${new Date(isoTime).toISOString().replace('Z', '+00:00')}"`;
}

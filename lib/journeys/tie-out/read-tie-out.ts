import { bodyOf } from '../../ledger/record.ts';
import type { Item, Table } from '../../ledger/table.ts';
import { type TieOut, type TieOutDetail, type TieOutRun, tieOutPartition } from '../../ledger/tie-outs.ts';
import type { LocalDate } from '../../rules/local-date.ts';

/** The tie-out of a day: its totals, and each vendor's line with the documents behind what does not agree. */
export interface TieOutOfDay extends TieOutRun {
  readonly totals: readonly TieOut[];
  readonly lines: readonly TieOutDetail[];
}

/** The tie-out of this day, by default the last one; undefined where there is none. */
export async function readTieOut(table: Table, date?: LocalDate): Promise<TieOutOfDay | undefined> {
  const day = date ?? (await lastDay(table));
  if (day === undefined) return undefined;
  const items = await itemsOf(table, day);
  const bodies = <T extends object>(what: string) =>
    items.filter(({ sk }) => sk.startsWith(what)).flatMap((item) => bodyOf<T>(item) ?? []);
  const [run] = bodies<TieOutRun>('RUN');
  if (run === undefined) return undefined;
  const isOfRun = ({ ranAt }: Pick<TieOutRun, 'ranAt'>) => ranAt === run.ranAt;
  const totals = bodies<TieOut>('TOTAL#').filter(isOfRun);
  return { ...run, totals, lines: bodies<TieOutDetail>('VENDOR#').filter(isOfRun) };
}

async function lastDay(table: Table): Promise<LocalDate | undefined> {
  const { items } = await table.queryIndex('kind', 'tie-out', { descending: true, limit: 1 });
  return bodyOf<TieOutRun>(items[0])?.date;
}

async function itemsOf(table: Table, date: LocalDate): Promise<Item[]> {
  const items: Item[] = [];
  let after: string | undefined;
  do {
    const page = await table.query(tieOutPartition(date), after === undefined ? {} : { after });
    items.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return items;
}

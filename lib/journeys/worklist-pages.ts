import { bodyOf } from '../ledger/record.ts';
import type { Item } from '../ledger/table.ts';
import type { Connector } from './doors.ts';

/** So many documents fit into one call to either side. */
const pageSize = 50;

type Worklist = 'watched' | 'waiting' | 'exception' | 'open' | 'open-intent' | 'follow-up';

/** The records of a worklist, page by page; whatever changes meanwhile comes with the next look. */
export async function* worklistPages<R extends object>(
  connector: Pick<Connector, 'table'>,
  worklist: Worklist,
  kind?: string,
): AsyncGenerator<R[]> {
  for await (const items of worklistItems(connector, worklist)) {
    yield items
      .filter((item) => kind === undefined || item.kind === kind)
      .map((item) => bodyOf<R>(item))
      .filter((record) => record !== undefined);
  }
}

/** The same as items, for lists of documents of several kinds. */
export async function* worklistItems(
  { table }: Pick<Connector, 'table'>,
  worklist: Worklist,
): AsyncGenerator<Item[]> {
  let after: string | undefined;
  do {
    const page = await table.queryIndex('worklist', worklist, {
      limit: pageSize,
      ...(after === undefined ? {} : { after }),
    });
    yield page.items;
    after = page.next;
  } while (after !== undefined);
}

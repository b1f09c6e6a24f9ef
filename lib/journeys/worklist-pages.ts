import { bodyOf } from '../ledger/record.ts';
import type { Connector } from './doors.ts';

/** So many documents fit into one call to either side. */
const pageSize = 50;

/** The records of a worklist, page by page; whatever changes meanwhile comes with the next look. */
export async function* worklistPages<R extends object>(
  { table }: Pick<Connector, 'table'>,
  worklist: 'watched' | 'exception' | 'open',
): AsyncGenerator<R[]> {
  let after: string | undefined;
  do {
    const page = await table.queryIndex('worklist', worklist, {
      limit: pageSize,
      ...(after === undefined ? {} : { after }),
    });
    yield page.items.map((item) => bodyOf<R>(item)).filter((record) => record !== undefined);
    after = page.next;
  } while (after !== undefined);
}

import { readRecord, updateRecord } from '../../ledger/record.ts';
import {
  type ReferenceHead,
  type ReferencePart,
  type ReferenceReading,
  referenceHead,
  referencePages,
} from '../../ledger/reference-data.ts';
import type { Connector } from '../doors.ts';

const entriesPerPage = 1_000;

export async function readHead({ table }: Pick<Connector, 'table'>): Promise<ReferenceHead> {
  return (await readRecord(table, referenceHead, 'all')) ?? {};
}

/** The entries of a part that is kept, out of this process's memory where nothing has changed since. */
export async function entriesOf(
  { table, referenceMemory }: Pick<Connector, 'table' | 'referenceMemory'>,
  part: ReferencePart,
  { contentAt, slot, pages }: ReferenceReading,
): Promise<readonly object[]> {
  const known = referenceMemory.get(part);
  if (known?.contentAt === contentAt) return known.entries;
  const entries: object[] = [];
  for (let page = 0; page < pages; page += 1) {
    entries.push(...((await readRecord(table, referencePages, `${part} ${slot} ${page}`))?.entries ?? []));
  }
  referenceMemory.set(part, { contentAt, entries });
  return entries;
}

/** Keeps a part's new content: pages first, then the head that points at them. */
export async function keepEntries(
  connector: Connector,
  part: ReferencePart,
  entries: readonly object[],
  reading: Pick<ReferenceReading, 'readAt' | 'fullAt' | 'changedAt'>,
): Promise<void> {
  const before = (await readHead(connector))[part];
  const slot = before?.slot === 'a' ? 'b' : 'a';
  const pages = Math.ceil(entries.length / entriesPerPage);
  for (let page = 0; page < pages; page += 1) {
    const content = entries.slice(page * entriesPerPage, (page + 1) * entriesPerPage);
    await updateRecord(connector, referencePages, `${part} ${slot} ${page}`, () => ({ entries: content }));
  }
  await noteReading(connector, part, () => ({
    ...reading,
    state: 'kept',
    slot,
    pages,
    entries: entries.length,
    contentAt: reading.readAt,
  }));
}

/** Changes what the head says of one part. */
export async function noteReading(
  connector: Connector,
  part: ReferencePart,
  change: (before: ReferenceReading | undefined) => ReferenceReading,
): Promise<void> {
  await updateRecord(connector, referenceHead, 'all', (head = {}) => ({
    ...head,
    [part]: change(head[part]),
  }));
}

import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDynamoTable } from '../../../lib/ledger/dynamo-table.ts';
import { type Item, StaleItem, type Table } from '../../../lib/ledger/table.ts';
import { startEmbeddedTable } from '../../../lib/local/embedded/embedded-table.ts';

/** The rows that dynalite keeps on disk: of the table's items and of its two indexes. */
type Rows = Map<string, unknown>;
interface Database {
  open(): Promise<void>;
  close(): Promise<void>;
  iterator(): AsyncIterable<[string, unknown]>;
  put(key: string, value: unknown): Promise<void>;
  clear(): Promise<void>;
}

const here = createRequire(import.meta.url);
const { Level }: { Level: new (path: string, options: object) => Database } = createRequire(
  here.resolve('dynalite'),
)('level');

let stateDir: string;
beforeEach(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'ml-connector-'));
});
afterEach(() => rm(stateDir, { recursive: true, force: true }));

async function withTable<T>(work: (table: Table) => Promise<T>): Promise<T> {
  const embedded = await startEmbeddedTable(stateDir);
  try {
    return await work(createDynamoTable(embedded));
  } finally {
    await embedded.close();
  }
}

async function withRows<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const database = new Level(join(stateDir, 'table'), { valueEncoding: 'json' });
  await database.open();
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

const readRows = () =>
  withRows(async (database) => new Map(await Array.fromAsync(database.iterator())) as Rows);
const writeRows = (rows: Rows) =>
  withRows(async (database) => {
    await database.clear();
    for (const [key, value] of rows) await database.put(key, value);
  });

const ofIndex = ([key]: [string, unknown]) => key.startsWith('index-');
const ofWorklist = ([key]: [string, unknown]) => key.includes('~worklist~');
const indexRows = (rows: Rows) => [...rows].filter(ofIndex);
const otherRows = (rows: Rows) => [...rows].filter((row) => !ofIndex(row));

/** Every state in which a kill can leave the rows while dynalite goes from one to the other. */
function statesBetween(before: Rows, after: Rows): Rows[] {
  const kept = indexRows(before).filter(([key]) => after.has(key));
  const items = otherRows(before);
  const added = indexRows(after);
  return [
    new Map([...items, ...kept]),
    new Map([...items, ...kept, ...added.filter(ofWorklist)]),
    new Map([...items, ...kept, ...added.filter((row) => !ofWorklist(row))]),
    new Map([...items, ...kept, ...added]),
  ];
}

const key = { pk: 'invoice#1710#5105600001#2026', sk: 'state' };
const other = { pk: 'invoice#1710#5105600002#2026', sk: 'state', version: 0, kind: 'invoice', sort: '0' };
const base = { ...key, kind: 'invoice', sort: '1' };

async function expectInStep(table: Table, allowed: (Item | undefined)[]): Promise<void> {
  const item = await table.get(key);
  expect(allowed).toContainEqual(item);
  const indexed = item?.kind === undefined ? [] : [item];
  expect((await table.queryIndex('kind', 'invoice')).items).toEqual([{ ...other, version: 1 }, ...indexed]);
  for (const value of ['waiting', 'exception']) {
    const listed = item?.worklist === value ? [item] : [];
    expect((await table.queryIndex('worklist', value)).items).toEqual(listed);
  }
  const next = await table.put({ ...key, ...item, version: item?.version ?? 0, text: 'work goes on' });
  await expect(table.put({ ...next, version: next.version - 1 })).rejects.toBeInstanceOf(StaleItem);
}

describe.each([
  ['a first write', undefined, { ...base, worklist: 'waiting' }],
  ['a write that enters an index', base, { ...base, worklist: 'waiting' }],
  [
    'a write that moves within the indexes',
    { ...base, worklist: 'waiting' },
    { ...base, worklist: 'exception', sort: '2' },
  ],
  [
    'a write that changes nothing indexed',
    { ...base, worklist: 'waiting' },
    { ...base, worklist: 'waiting', text: 'new' },
  ],
  ['a write that leaves an index', { ...base, worklist: 'waiting' }, base],
  ['a delete', { ...base, worklist: 'waiting' }, undefined],
])('a kill during %s', (_, before, after) => {
  it('leaves the item as it was or as it was to be, and the indexes in step', async () => {
    const first = await withTable(async (table) => {
      await table.put(other);
      return before === undefined ? undefined : table.put({ ...before, version: 0 });
    });
    const rowsBefore = await readRows();
    const second = await withTable(async (table) => {
      if (after !== undefined) return table.put({ ...after, version: first?.version ?? 0 });
      await table.delete(key, 1);
      return undefined;
    });
    const rowsAfter = await readRows();
    for (const rows of statesBetween(rowsBefore, rowsAfter)) {
      await writeRows(rows);
      await withTable((table) => expectInStep(table, [first, second]));
    }
  });
});

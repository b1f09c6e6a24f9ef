import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDynamoTable } from '../../../lib/ledger/dynamo-table.ts';
import { createMemoryTable } from '../../../lib/ledger/memory-table.ts';
import { type Item, type Page, type Range, StaleItem, type Table } from '../../../lib/ledger/table.ts';
import { type EmbeddedTable, startEmbeddedTable } from '../../../lib/local/embedded/embedded-table.ts';

let embedded: EmbeddedTable;

beforeAll(async () => {
  embedded = await startEmbeddedTable();
});
afterAll(() => embedded.close());

const doors: [string, () => Table][] = [
  ['in memory', () => createMemoryTable()],
  ['in DynamoDB', () => createDynamoTable(embedded)],
];

/** All tests share one DynamoDB table, so each works on names of its own. */
const unique = (name: string) => `${name}#${randomUUID()}`;

async function walk(read: (after?: string) => Promise<Page>): Promise<{ items: Item[]; pages: number[] }> {
  const pages: Page[] = [await read()];
  for (let next = pages[0]?.next; next !== undefined; next = pages.at(-1)?.next) pages.push(await read(next));
  return { items: pages.flatMap(({ items }) => items), pages: pages.map(({ items }) => items.length) };
}

const sks = (items: Item[]) => items.map(({ sk }) => sk);

describe.each(doors)('the table %s', (_, open) => {
  it('knows nothing that was never written', async () => {
    const table = open();
    const pk = unique('invoice');
    expect(await table.get({ pk, sk: 'state' })).toBeUndefined();
    expect(await table.query(pk)).toEqual({ items: [] });
    expect(await table.queryIndex('worklist', unique('exception'))).toEqual({ items: [] });
  });

  it('gives back what was written, one version on', async () => {
    const table = open();
    const item = {
      pk: unique('invoice'),
      sk: 'state',
      version: 0,
      gross: '1190.00',
      lines: [{ glAccount: '61008000', shares: [{ costCenter: '17101101', amount: '595.00' }] }],
      cleared: false,
      none: null,
      empty: '',
    };
    const first = await table.put(item);
    expect(first).toEqual({ ...item, version: 1 });
    const second = await table.put({ ...first, cleared: true });
    expect(second).toEqual({ ...item, version: 2, cleared: true });
    expect(await table.get(item)).toEqual(second);
  });

  it('leaves out what is undefined, at every depth', async () => {
    const table = open();
    const item = {
      pk: unique('invoice'),
      sk: 'state',
      version: 0,
      gone: undefined,
      part: { gone: undefined, here: 1 },
    };
    const kept = { pk: item.pk, sk: 'state', version: 1, part: { here: 1 } };
    expect(await table.put(item)).toStrictEqual(kept);
    expect(await table.get(item)).toStrictEqual(kept);
  });

  it('shares no object with its callers', async () => {
    const table = open();
    const written = { pk: unique('invoice'), sk: 'state', version: 0, lines: ['one'] };
    const answered = await table.put(written);
    written.lines.push('two');
    (answered.lines as string[]).push('three');
    const linesOf = (item: Item | undefined) => item?.lines as string[];
    linesOf(await table.get(written)).push('four');
    linesOf((await table.query(written.pk)).items[0]).push('five');
    expect((await table.get(written))?.lines).toEqual(['one']);
  });

  it('refuses to create an item that exists', async () => {
    const table = open();
    const item = { pk: unique('lease'), sk: '1', version: 0 };
    await table.put(item);
    await expect(table.put(item)).rejects.toBeInstanceOf(StaleItem);
  });

  it('refuses a write on an old version, on a future one and on none', async () => {
    const table = open();
    const first = await table.put({ pk: unique('lease'), sk: '1', version: 0, holder: 'a' });
    const second = await table.put({ ...first, holder: 'b' });
    await expect(table.put({ ...first, holder: 'c' })).rejects.toBeInstanceOf(StaleItem);
    await expect(table.put({ ...second, version: 7 })).rejects.toBeInstanceOf(StaleItem);
    await expect(table.put({ ...second, sk: '2' })).rejects.toBeInstanceOf(StaleItem);
    expect(await table.get(second)).toEqual(second);
  });

  it('lets exactly one of many writers at the same time win', async () => {
    const table = open();
    const item = await table.put({ pk: unique('lease'), sk: '1', version: 0, holder: 'nobody' });
    const writers = await Promise.allSettled(
      Array.from({ length: 8 }, (_, holder) => table.put({ ...item, holder: `worker ${holder}` })),
    );
    const winners = writers.filter(({ status }) => status === 'fulfilled');
    expect(winners).toHaveLength(1);
    expect(winners[0]).toMatchObject({ value: await table.get(item) });
  });

  it('deletes only the version it was told', async () => {
    const table = open();
    const item = await table.put({ pk: unique('lease'), sk: '1', version: 0 });
    await expect(table.delete(item, 2)).rejects.toBeInstanceOf(StaleItem);
    await expect(table.delete({ ...item, sk: '2' }, 0)).rejects.toBeInstanceOf(StaleItem);
    await table.delete(item, 1);
    expect(await table.get(item)).toBeUndefined();
    await expect(table.delete(item, 1)).rejects.toBeInstanceOf(StaleItem);
    expect(await table.put({ ...item, version: 0 })).toMatchObject({ version: 1 });
  });

  it('lists a partition in the order of sk, by prefix, both ways', async () => {
    const table = open();
    const pk = unique('invoice');
    for (const sk of ['event#2', 'state', 'event#10', 'event#1', 'Event#0', 'évent']) {
      await table.put({ pk, sk, version: 0 });
    }
    await table.put({ pk: unique('invoice'), sk: 'event#1', version: 0 });
    expect(sks((await table.query(pk)).items)).toEqual([
      'Event#0',
      'event#1',
      'event#10',
      'event#2',
      'state',
      'évent',
    ]);
    const events = await table.query(pk, { prefix: 'event#', descending: true });
    expect(sks(events.items)).toEqual(['event#2', 'event#10', 'event#1']);
  });

  it('pages without a gap, a repeat, or an empty last page', async () => {
    const table = open();
    const pk = unique('timeline');
    for (let n = 0; n < 6; n += 1) await table.put({ pk, sk: `event#${n}`, version: 0 });
    const forth = await walk((after) => table.query(pk, { limit: 3, ...(after && { after }) }));
    expect(forth.pages).toEqual([3, 3]);
    expect(sks(forth.items)).toEqual([0, 1, 2, 3, 4, 5].map((n) => `event#${n}`));
    const range: Range = { prefix: 'event', limit: 4, descending: true };
    const back = await walk((after) => table.query(pk, { ...range, ...(after && { after }) }));
    expect(back.pages).toEqual([4, 2]);
    expect(sks(back.items)).toEqual([5, 4, 3, 2, 1, 0].map((n) => `event#${n}`));
  });

  it('goes on after a page although its last item has gone', async () => {
    const table = open();
    const pk = unique('timeline');
    for (const sk of ['1', '2', '3']) await table.put({ pk, sk, version: 0 });
    const { next } = await table.query(pk, { limit: 2 });
    await table.delete({ pk, sk: '2' }, 1);
    expect(sks((await table.query(pk, { after: next ?? '' })).items)).toEqual(['3']);
  });

  it('lists in an index only what carries both of its attributes, in the order of sort', async () => {
    const table = open();
    const exception = unique('exception');
    const pk = unique('invoice');
    await table.put({ pk, sk: '1', version: 0, worklist: exception, sort: '2026-11-02' });
    await table.put({ pk, sk: '2', version: 0, worklist: exception, sort: '2026-11-01', kind: 'invoice' });
    await table.put({ pk, sk: '3', version: 0, worklist: unique('waiting'), sort: '2026-11-01' });
    await table.put({ pk, sk: '4', version: 0, worklist: exception });
    await table.put({ pk, sk: '5', version: 0, sort: '2026-11-01' });
    expect(sks((await table.queryIndex('worklist', exception)).items)).toEqual(['2', '1']);
    expect(sks((await table.queryIndex('worklist', exception, { descending: true })).items)).toEqual([
      '1',
      '2',
    ]);
  });

  it('moves an item within an index, and out of it', async () => {
    const table = open();
    const waiting = unique('waiting');
    const key = { pk: unique('invoice'), sk: 'state' };
    const first = await table.put({ ...key, version: 0, worklist: waiting, sort: '1', kind: unique('kind') });
    const second = await table.put({ ...first, sort: '2' });
    expect((await table.queryIndex('worklist', waiting)).items).toEqual([second]);
    const { worklist, ...atRest } = second;
    const third = await table.put(atRest);
    expect((await table.queryIndex('worklist', waiting)).items).toEqual([]);
    expect((await table.queryIndex('kind', String(third.kind))).items).toEqual([third]);
    await table.delete(third, third.version);
    expect((await table.queryIndex('kind', String(third.kind))).items).toEqual([]);
  });

  it('pages through an index, equal sort values included', async () => {
    const table = open();
    const kind = unique('payment');
    for (let n = 0; n < 7; n += 1) {
      await table.put({
        pk: unique('payment'),
        sk: `${n}`,
        version: 0,
        kind,
        sort: `2026-11-0${Math.floor(n / 3)}`,
      });
    }
    const { items, pages } = await walk((after) =>
      table.queryIndex('kind', kind, { limit: 2, descending: true, ...(after && { after }) }),
    );
    expect(pages).toEqual([2, 2, 2, 1]);
    expect(items.map(({ sort }) => sort)).toEqual(
      items
        .map(({ sort }) => sort)
        .sort()
        .reverse(),
    );
    expect(sks(items).sort()).toEqual(['0', '1', '2', '3', '4', '5', '6']);
  });

  it('refuses a token that it never gave', async () => {
    const table = open();
    for (const after of ['', 'nonsense', Buffer.from('["only one"]').toString('base64url')]) {
      await expect(table.query(unique('invoice'), { after })).rejects.toBeInstanceOf(RangeError);
    }
  });

  it('refuses an item over 400 KB and an empty key', async () => {
    const table = open();
    const pk = unique('invoice');
    await expect(table.put({ pk, sk: 'state', version: 0, text: 'x'.repeat(410_000) })).rejects.toThrow();
    await expect(table.put({ pk, sk: '', version: 0 })).rejects.toThrow();
    await expect(table.put({ pk, sk: 'state', version: 0, kind: '', sort: '1' })).rejects.toThrow();
    expect(await table.get({ pk, sk: 'state' })).toBeUndefined();
  });
});

describe('the in-memory table as the model of the one in DynamoDB', () => {
  const small = (...values: string[]) => fc.constantFrom(...values);
  const item = fc.record(
    {
      worklist: small('exception', 'waiting'),
      kind: small('invoice', 'payment'),
      sort: small('1', '2', '2#b', '10'),
    },
    { requiredKeys: [] },
  );
  const key = fc.record({ pk: small('a', 'b'), sk: small('1', '10', '2', 'é', '😀', '\uffee') });
  const operation = fc.oneof(
    fc.record({ do: fc.constant('put' as const), key, item, lag: fc.nat({ max: 1 }) }),
    fc.record({ do: fc.constant('delete' as const), key, lag: fc.nat({ max: 1 }) }),
    fc.record({ do: fc.constant('get' as const), key }),
    fc.record({
      do: fc.constant('query' as const),
      pk: small('a', 'b'),
      prefix: small('', '1', 'é'),
      limit: fc.integer({ min: 1, max: 4 }),
      descending: fc.boolean(),
    }),
    fc.record({
      do: fc.constant('list' as const),
      index: fc.constantFrom('worklist' as const, 'kind' as const),
      value: small('exception', 'waiting', 'invoice', 'payment'),
      limit: fc.integer({ min: 1, max: 4 }),
      descending: fc.boolean(),
    }),
  );
  type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

  /** What one operation answers; places of equal sort are put in one order, since DynamoDB leaves it open. */
  async function run(table: Table, prefix: string, step: Operation): Promise<unknown> {
    const named = <T extends { pk: string; sk: string }>(place: T) => ({ ...place, pk: prefix + place.pk });
    const version = async (place: { pk: string; sk: string }, lag: number) =>
      Math.max(0, ((await table.get(place))?.version ?? 0) - lag);
    switch (step.do) {
      case 'put': {
        const { worklist, kind, sort } = step.item;
        return table.put({
          ...named(step.key),
          version: await version(named(step.key), step.lag),
          ...(worklist && { worklist: prefix + worklist }),
          ...(kind && { kind: prefix + kind }),
          ...(sort && { sort }),
        });
      }
      case 'delete':
        return table.delete(named(step.key), await version(named(step.key), step.lag));
      case 'get':
        return table.get(named(step.key));
      case 'query': {
        const { pk, prefix: begin, limit, descending } = step;
        return walk((after) =>
          table.query(prefix + pk, { prefix: begin, limit, descending, ...(after && { after }) }),
        );
      }
      case 'list': {
        const { index, value, limit, descending } = step;
        const { items, pages } = await walk((after) =>
          table.queryIndex(index, prefix + value, { limit, descending, ...(after && { after }) }),
        );
        const order = items.map(({ sort }) => sort);
        return {
          order,
          pages,
          items: new Set(items.map((one) => JSON.stringify(Object.entries(one).sort()))),
        };
      }
    }
  }

  const outcome = (promise: Promise<unknown>) =>
    promise.then(
      (value) => ({ value }),
      (error: Error) => ({ error: error.name }),
    );

  it('answers every sequence of operations alike', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: 8, maxLength: 40 }), async (steps) => {
        const memory = createMemoryTable();
        const dynamo = createDynamoTable(embedded);
        const prefix = unique('model');
        for (const step of steps) {
          const [expected, found] = [
            await outcome(run(memory, prefix, step)),
            await outcome(run(dynamo, prefix, step)),
          ];
          expect(found).toEqual(expected);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('goes back to a snapshot as often as asked, whatever was written since', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(operation, { maxLength: 20 }),
        fc.array(operation, { maxLength: 20 }),
        async (before, after) => {
          const table = createMemoryTable();
          for (const step of before) await outcome(run(table, '', step));
          const snapshot = table.snapshot();
          const everything = async () => [await table.query('a'), await table.query('b')];
          const then = await everything();
          for (const step of after) await outcome(run(table, '', step));
          table.restore(snapshot);
          expect(await everything()).toEqual(then);
          for (const step of after) await outcome(run(createMemoryTable(snapshot), '', step));
          expect(await everything()).toEqual(then);
        },
      ),
      { numRuns: 100 },
    );
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMemoryTable } from '../../../lib/ledger/memory-table.ts';
import { bodyOf, type RecordType, readRecord, updateRecord } from '../../../lib/ledger/record.ts';
import { manualClock } from '../../support/manual-clock.ts';

interface Long {
  readonly lines: readonly string[];
}

const longs: RecordType<Long> = {
  key: (id) => ({ pk: `LONG#${id}`, sk: 'STATE' }),
  listing: () => ({ kind: 'long', worklist: 'open' }),
};

test('a record of any length comes back as it was written, by its key and in lists', async () => {
  const anyLength = fc.record({ text: fc.string({ minLength: 1 }), lines: fc.nat({ max: 10_000 }) });
  await fc.assert(
    fc.asyncProperty(anyLength, async ({ text, lines }) => {
      const ledger = { table: createMemoryTable(), clock: manualClock() };
      const body = { lines: Array.from({ length: lines }, (_, n) => `${text} ${n}`) };
      await updateRecord(ledger, longs, '1', () => body);
      expect(await readRecord(ledger.table, longs, '1')).toEqual(body);
      const { items } = await ledger.table.queryIndex('worklist', 'open');
      expect(items.map((item) => bodyOf(item))).toEqual([body]);
      await updateRecord(ledger, longs, '1', () => ({ lines: ['short'] }));
      expect(await readRecord(ledger.table, longs, '1')).toEqual({ lines: ['short'] });
    }),
    { numRuns: 25 },
  );
});

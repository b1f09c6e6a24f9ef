import { describe, expect, it } from 'vitest';
import { WorldError } from '../../../lib/errors.ts';
import { takeTurns } from '../../../lib/journeys/take-turns.ts';

const outage = new WorldError({ code: 'SAP_BUSY', message: 'SAP is busy.', nextStep: 'Nothing.' });

/** What came out, and who had a turn. */
async function taken(rows: Record<string, Error | undefined>[]) {
  const had: string[] = [];
  const turns = rows.map((row) =>
    Object.entries(row).map(([of, error]) => ({
      of,
      take: async () => {
        had.push(of);
        if (error !== undefined) throw error;
      },
    })),
  );
  const thrown = await takeTurns(turns).then(
    () => undefined,
    (error: unknown) => error,
  );
  return { had, thrown };
}

describe('turns', () => {
  it('are all taken, and what failed is told at the end by its names', async () => {
    const first = new TypeError('odd');
    const { had, thrown } = await taken([
      { a: first, b: undefined, c: new Error('worse') },
      { d: undefined },
    ]);
    expect(had).toEqual(['a', 'b', 'c', 'd']);
    expect(thrown).toMatchObject({ message: 'a: odd; c: worse', cause: first });
  });

  it("end their row alone with the world's failure, which stays what it is", async () => {
    const { had, thrown } = await taken([{ a: outage, b: undefined }, { c: undefined }]);
    expect(had).toEqual(['a', 'c']);
    expect(thrown).toBe(outage);
  });

  it("do not hide a failure of ours behind the world's", async () => {
    const { thrown } = await taken([{ a: outage }, { b: new Error('odd') }]);
    expect(thrown).not.toBeInstanceOf(WorldError);
    expect(thrown).toMatchObject({ message: 'a: SAP is busy.; b: odd' });
  });

  it('throw nothing where nothing fails', async () => {
    expect(await taken([{ a: undefined }, {}])).toEqual({ had: ['a'], thrown: undefined });
  });
});

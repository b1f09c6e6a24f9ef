import { ConfigurationError } from '../../errors.ts';
import type { Table } from '../../ledger/table.ts';
import { listExceptions } from './clear-exceptions.ts';
import { type Story, trace } from './trace.ts';

/**
 * The id of the document with an open exception that a person names by any of its numbers (see `trace`); what nothing is
 * known by stays as it is. Throws ConfigurationError `SEVERAL_EXCEPTIONS`.
 */
export async function exceptionId(table: Table, number: string): Promise<string> {
  const open = await listExceptions({ table });
  if (open.some(({ id }) => id === number)) return number;
  const stories = await storiesOf(table, number);
  const meant = stories.filter((story) =>
    open.some(({ kind, id }) => kind === story.kind && id === story.id),
  );
  if (meant.length > 1) throw several(number, meant);
  const [only = stories.length === 1 ? stories[0] : undefined] = meant;
  return only?.id ?? number;
}

async function storiesOf(table: Table, number: string): Promise<Story[]> {
  try {
    return await trace(table, number);
  } catch (error) {
    if (error instanceof ConfigurationError && error.code === 'NOTHING_FOUND') return [];
    throw error;
  }
}

function several(number: string, stories: readonly Story[]): ConfigurationError {
  return new ConfigurationError({
    code: 'SEVERAL_EXCEPTIONS',
    message: `"${number}" stands for several documents with an open exception.`,
    nextStep: `Name one of them: ${stories.map(({ id }) => id).join(', ')}.`,
  });
}

import { ConfigurationError } from '../../errors.ts';
import type { Doors } from '../../journeys/doors.ts';
import {
  listExceptions,
  type OpenException,
  resolveException,
  retryException,
  showException,
  skipException,
} from '../../journeys/exceptions/clear-exceptions.ts';
import { exceptionId } from '../../journeys/exceptions/exception-id.ts';
import { trace } from '../../journeys/exceptions/trace.ts';
import type { Desk, DocumentRow, Task } from './desk.ts';
import { allRows } from './document-rows.ts';
import { documentStory } from './document-story.ts';
import { createParties } from './parties.ts';
import { namedTieOut } from './tie-out.ts';

/** A desk with the ledger at hand, which can also list every document. */
export interface LedgerDesk extends Desk {
  documents(): Promise<DocumentRow[]>;
  /** As `tasks`, for who has read all documents already. */
  tasksAmong(rows: readonly DocumentRow[]): Promise<Task[]>;
}

export function createLedgerDesk(doors: Pick<Doors, 'table' | 'queues' | 'clock' | 'random'>): LedgerDesk {
  const { table } = doors;
  const parties = createParties(table);
  const idOf = (number: string) => exceptionId(table, number.trim());
  const documents = () => allRows(table, parties);
  const tasksAmong = async (rows: readonly DocumentRow[]) =>
    (await listExceptions({ table })).map((exception) => taskOf(exception, rows));
  return {
    documents,
    tasks: async () => tasksAmong(await documents()),
    tasksAmong,
    task: async (number) => taskOf(await showException({ table }, await idOf(number)), await documents()),
    retry: async (number, by) => retryException(doors, await idOf(number), who(by)),
    resolve: async (number, keep, by, why) =>
      resolveException(doors, await idOf(number), keep, who(by), why.trim()),
    skip: async (number, by, why) => skipException(doors, await idOf(number), who(by), why.trim()),
    trace: async (number) => {
      const stories = await trace(table, number);
      return Promise.all(stories.map((story) => documentStory(table, parties, story)));
    },
    tieOut: (date) => namedTieOut(table, parties, date),
  };
}

function taskOf(exception: OpenException, rows: readonly DocumentRow[]): Task {
  const document = rows.find(({ kind, id }) => kind === exception.kind && id === exception.id);
  return { ...exception, ...(document && { document }) };
}

function who(by: string): string {
  if (by.trim() !== '') return by.trim();
  throw new ConfigurationError({
    code: 'WHO_MISSING',
    message: 'A decision needs the name of the person who takes it.',
    nextStep: 'Give --by "…".',
  });
}

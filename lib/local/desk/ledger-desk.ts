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
  const documents = () => allRows(table, parties);
  const tasksAmong = async (rows: readonly DocumentRow[]) =>
    (await listExceptions({ table })).map((exception) => taskOf(exception, rows));
  return {
    documents,
    tasks: async () => tasksAmong(await documents()),
    tasksAmong,
    task: async (id) => taskOf(await showException({ table }, id), await documents()),
    retry: async (id, by) => retryException(doors, id, who(by)),
    resolve: async (id, keep, by, why) => resolveException(doors, id, keep, who(by), why.trim()),
    skip: async (id, by, why) => skipException(doors, id, who(by), why.trim()),
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

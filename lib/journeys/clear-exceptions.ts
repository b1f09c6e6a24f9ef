import { isoTime } from '../clock.ts';
import { ConfigurationError } from '../errors.ts';
import { tell } from '../ledger/timeline.ts';
import { exceptionKinds, type OpenException, type Store } from './exception-kinds.ts';

export type { OpenException } from './exception-kinds.ts';

/** All open exceptions, oldest first. */
export async function listExceptions({ table }: Pick<Store, 'table'>): Promise<OpenException[]> {
  const open: OpenException[] = [];
  let after: string | undefined;
  do {
    const page = await table.queryIndex('worklist', 'exception', after === undefined ? {} : { after });
    for (const item of page.items) {
      const exception = exceptionKinds.find(({ listed }) => listed === item.kind)?.openOn(item);
      if (exception !== undefined) open.push(exception);
    }
    after = page.next;
  } while (after !== undefined);
  return open.sort(
    (left, right) => left.raisedAt.localeCompare(right.raisedAt) || left.id.localeCompare(right.id),
  );
}

/** The open exception of a document by its id; throws ConfigurationError `NO_SUCH_EXCEPTION`. */
export async function showException(store: Pick<Store, 'table'>, id: string): Promise<OpenException> {
  for (const kind of exceptionKinds) {
    const exception = await kind.read(store.table, id);
    if (exception !== undefined) return exception;
  }
  throw noSuchException(id);
}

/** Puts the document on its normal path again; the exception stays open until that succeeds. */
export async function retryException(store: Store, id: string, by: string): Promise<void> {
  for (const { kind, retry } of exceptionKinds) {
    if (!(await retry(store, id, by))) continue;
    await tell(store, { kind, id }, 'Retry asked for.', by);
    return;
  }
  throw noSuchException(id);
}

/** A person decides that nothing more is to be done; who and why are kept, and only a retry undoes it. */
export async function skipException(store: Store, id: string, by: string, why: string): Promise<void> {
  if (why.trim() === '') {
    throw new ConfigurationError({
      code: 'WHY_MISSING',
      message: `Skipping ${id} needs a reason.`,
      nextStep: 'Give --why "…".',
    });
  }
  const decision = { by, why, at: isoTime(store.clock.now()) };
  for (const { kind, skip } of exceptionKinds) {
    if (!(await skip(store, id, decision))) continue;
    await tell(store, { kind, id }, `Skipped: ${why}`, by);
    return;
  }
  throw noSuchException(id);
}

function noSuchException(id: string): ConfigurationError {
  return new ConfigurationError({
    code: 'NO_SUCH_EXCEPTION',
    message: `There is no open exception for "${id}".`,
    nextStep: 'See "ml-connector exceptions list" for the open ones.',
  });
}

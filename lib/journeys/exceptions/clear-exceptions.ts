import { isoTime } from '../../clock.ts';
import { ConfigurationError } from '../../errors.ts';
import type { Keep } from '../../ledger/drifts.ts';
import type { Decision } from '../../ledger/exception.ts';
import { tell } from '../../ledger/timeline.ts';
import { worklistItems } from '../worklist-pages.ts';
import { exceptionKinds, type OpenException, type Store } from './exception-kinds.ts';

export type { OpenException } from './exception-kinds.ts';

/** All open exceptions, oldest first; a vendor's link is listed by its open intent before its exception. */
export async function listExceptions({ table }: Pick<Store, 'table'>): Promise<OpenException[]> {
  const open: OpenException[] = [];
  for (const worklist of ['exception', 'open-intent'] as const) {
    for await (const items of worklistItems({ table }, worklist)) {
      for (const item of items) {
        const exception = exceptionKinds.find(({ listed }) => listed === item.kind)?.openOn(item);
        if (exception !== undefined) open.push(exception);
      }
    }
  }
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
  const decision = decisionOf(store, `Skipping ${id}`, by, why);
  for (const { kind, skip } of exceptionKinds) {
    if (!(await skip(store, id, decision))) continue;
    await tell(store, { kind, id }, `Skipped: ${why}`, by);
    return;
  }
  throw noSuchException(id);
}

/**
 * A person decides whose values hold where SAP and BILL differ, or that both stay as they are. The exception stays open
 * until that is carried out. Throws ConfigurationError `NO_SUCH_EXCEPTION`, `WHY_MISSING`, `NO_CHOICE` where the
 * exception is of another kind, `CANNOT_BE_KEPT` where this side's values cannot hold.
 */
export async function resolveException(
  store: Store,
  id: string,
  keep: Keep,
  by: string,
  why: string,
): Promise<void> {
  const decision = decisionOf(store, `The decision on ${id}`, by, why);
  const { choices } = await showException(store, id);
  const refusal = choices?.find((each) => each.keep === keep)?.refusal;
  if (refusal !== undefined) throw cannotBeKept(id, keep, refusal);
  for (const { kind, resolve } of exceptionKinds) {
    if (!(await resolve(store, id, keep, decision))) continue;
    await tell(store, { kind, id }, `${decided[keep]}: ${why}`, by);
    return;
  }
  throw noChoice(id);
}

const decided: Record<Keep, string> = {
  sap: "Decided to keep SAP's values",
  bill: "Decided to keep BILL's values",
  leave: 'Decided to leave the difference',
};

function decisionOf({ clock }: Store, what: string, by: string, why: string): Decision {
  if (why.trim() !== '') return { by, why, at: isoTime(clock.now()) };
  throw new ConfigurationError({
    code: 'WHY_MISSING',
    message: `${what} needs a reason.`,
    nextStep: 'Give --why "…".',
  });
}

function cannotBeKept(id: string, keep: Keep, refusal: string): ConfigurationError {
  return new ConfigurationError({
    code: 'CANNOT_BE_KEPT',
    message: `${keep === 'sap' ? "SAP's" : "BILL's"} values of ${id} cannot be kept: ${refusal}.`,
    nextStep: `Take another choice ("ml-connector exceptions show ${id}"), or retry once that has changed.`,
  });
}

function noChoice(id: string): ConfigurationError {
  return new ConfigurationError({
    code: 'NO_CHOICE',
    message: `The exception of ${id} is no difference between SAP and BILL of which one side could be kept.`,
    nextStep: `Do its next step ("ml-connector exceptions show ${id}"), then retry or skip it.`,
  });
}

function noSuchException(id: string): ConfigurationError {
  return new ConfigurationError({
    code: 'NO_SUCH_EXCEPTION',
    message: `There is no open exception for "${id}".`,
    nextStep: 'See "ml-connector exceptions list" for the open ones.',
  });
}

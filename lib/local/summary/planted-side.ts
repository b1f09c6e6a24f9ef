import type { DocumentName } from '../../ledger/timeline.ts';

/** An open exception. */
export interface RaisedException extends DocumentName {
  readonly code: string;
}

/** An exception that is to be open. */
export interface WantedException extends RaisedException {
  /** The document, for people. */
  readonly what: string;
}

/** Exceptions that nobody planted, and planted ones that were not raised. */
export function* differencesToPlanted(
  raised: readonly RaisedException[],
  planted: readonly WantedException[],
): Generator<string> {
  for (const each of raised)
    if (!planted.some((wanted) => isSame(each, wanted)))
      yield `${each.kind} ${each.id} has the exception ${each.code}, which nothing in the story explains.`;
  for (const wanted of planted)
    if (!raised.some((each) => isSame(each, wanted)))
      yield `${wanted.kind} ${wanted.id} (${wanted.what}) is to have the exception ${wanted.code}, and has not.`;
}

function isSame(one: RaisedException, other: RaisedException): boolean {
  return one.code === other.code && one.kind === other.kind && one.id === other.id;
}

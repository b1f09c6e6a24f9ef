import { WorldError } from '../errors.ts';

/** One document's turn. */
export interface Turn {
  /** `payment stp…`: names the document, for people. */
  readonly of: string;
  take(): Promise<void>;
}

interface Failure {
  readonly of: string;
  readonly error: unknown;
}

/**
 * All turns, one after the other; what fails keeps no other waiting and is thrown when all had their turn. The world's
 * failure ends its row, the turns that one service serves: the others of it would only meet it too.
 */
export async function takeTurns(rows: readonly (readonly Turn[])[]): Promise<void> {
  const failures: Failure[] = [];
  for (const turns of rows) {
    for (const { of, take } of turns) {
      try {
        await take();
      } catch (error) {
        failures.push({ of, error });
        if (error instanceof WorldError) break;
      }
    }
  }
  if (failures.length > 0) throw whatFailed(failures);
}

/** The world's failure as it is; with failures of ours an Error that names each document. */
function whatFailed(failures: readonly Failure[]): unknown {
  const ours = failures.find(({ error }) => !(error instanceof WorldError));
  if (ours === undefined) return failures[0]?.error;
  const named = failures.map(
    ({ of, error }) => `${of}: ${error instanceof Error ? error.message : String(error)}`,
  );
  return new Error(named.join('; '), { cause: ours.error });
}

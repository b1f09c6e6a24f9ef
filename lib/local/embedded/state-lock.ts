import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ConfigurationError } from '../../errors.ts';

/**
 * Keeps a second process away from a state directory; gives back how to let go. The lock is SQLite's, hence the
 * operating system's: it goes with the process, however that ends.
 * Throws ConfigurationError `STATE_IN_USE`, `STATE_UNWRITABLE`.
 */
export function lockState(stateDir: string): () => void {
  const lock = openLock(stateDir);
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    throw new ConfigurationError({
      code: 'STATE_IN_USE',
      message: `The state directory ${stateDir} is in use by another process.`,
      nextStep: 'Stop the other one first, or name another directory with --state.',
      cause,
    });
  }
  return () => lock.close();
}

function openLock(stateDir: string): DatabaseSync {
  try {
    mkdirSync(stateDir, { recursive: true });
    return new DatabaseSync(join(stateDir, 'lock'));
  } catch (cause) {
    throw new ConfigurationError({
      code: 'STATE_UNWRITABLE',
      message: `The state directory ${stateDir} cannot be used (${cause instanceof Error ? cause.message : cause}).`,
      nextStep: 'Name a directory that this user may write to with --state.',
      cause,
    });
  }
}

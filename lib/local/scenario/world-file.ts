import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from '../../errors.ts';
import type { BillBooks } from '../bill-simulator/books.ts';
import { lockState } from '../embedded/state-lock.ts';
import type { SapBooks } from '../sap-simulator/books.ts';
import type { Progress } from './story.ts';

/** All that is to be kept of the simulated world; books and progress of the story change together. */
export interface SavedWorld {
  readonly seed: number;
  readonly progress: Progress;
  /** Documents of the story by their names in it: invoices `5105600101/2026`, BILL payments `stp…`. */
  readonly names: Record<string, string>;
  /** Where both were served last: with the same addresses the connector's session in BILL goes on. */
  readonly ports: Ports;
  readonly sap: SapBooks;
  readonly bill: BillBooks;
}

export interface Ports {
  sap: number;
  bill: number;
}

export interface WorldFile {
  load(): SavedWorld | undefined;
  save(world: SavedWorld): void;
  /** Lets another process have the directory. */
  close(): void;
}

/** The world is kept nowhere. */
export const noFile: WorldFile = {
  load: () => undefined,
  save: () => undefined,
  close: () => undefined,
};

/**
 * Keeps the world in `stateDir`/world.json, always whole: a kill leaves the old file or the new one.
 * Throws ConfigurationError `STATE_IN_USE`; `load` throws `STATE_UNREADABLE`.
 */
export function openWorldFile(stateDir: string): WorldFile {
  const unlock = lockState(stateDir);
  const path = join(stateDir, 'world.json');
  const next = join(stateDir, 'world.next.json');
  return {
    load: () => read(path),
    save: (world) => {
      writeFileSync(next, JSON.stringify(world));
      renameSync(next, path);
    },
    close: unlock,
  };
}

function read(path: string): SavedWorld | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return JSON.parse(text) as SavedWorld;
  } catch (cause) {
    throw new ConfigurationError({
      code: 'STATE_UNREADABLE',
      message: `${path} holds no simulated world.`,
      nextStep: 'Remove the state directory to begin anew, or name another one with --state.',
      cause,
    });
  }
}

import { closeSync, openSync, writeSync } from 'node:fs';
import { ConfigurationError } from '../../errors.ts';

export interface WireFile {
  readonly write: (line: string) => void;
  close(): void;
}

/** Lines are added at the end, each at once: a kill loses none. Throws ConfigurationError `WIRETAP_UNWRITABLE`. */
export function openWireFile(path: string): WireFile {
  try {
    const file = openSync(path, 'a', 0o600);
    return { write: (line) => void writeSync(file, line), close: () => closeSync(file) };
  } catch (cause) {
    throw new ConfigurationError({
      code: 'WIRETAP_UNWRITABLE',
      message: `The recording ${path} cannot be written (${cause instanceof Error ? cause.message : cause}).`,
      nextStep: 'Name a file in a directory that this user may write to with --wiretap.',
      cause,
    });
  }
}

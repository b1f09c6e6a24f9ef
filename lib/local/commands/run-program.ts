import type { Command } from 'commander';
import { ConnectorError } from '../../errors.ts';

/** Runs the command line; a user's mistake is told in words, never as a stack. */
export async function runProgram(program: Command, argv: readonly string[]): Promise<void> {
  try {
    await program.parseAsync(argv);
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    process.stderr.write(`${error.message}\n${error.nextStep}\n`);
    process.exitCode = 1;
  }
}

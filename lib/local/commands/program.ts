import { Command, CommanderError } from 'commander';
import { ConnectorError } from '../../errors.ts';
import { addExceptions } from './exceptions.ts';
import { addLocal } from './local.ts';
import { addMap } from './map.ts';
import { addPing } from './ping.ts';
import { addSimulate } from './simulate.ts';
import { addStart } from './start.ts';
import { addTieOut } from './tie-out.ts';
import { addTrace } from './trace.ts';
import { addWebhook } from './webhook.ts';

const commands = [
  addStart,
  addLocal,
  addSimulate,
  addPing,
  addExceptions,
  addTrace,
  addWebhook,
  addTieOut,
  addMap,
];

/**
 * Runs the command line; gives back the exit code where the run decides it. A user's mistake is told through
 * `tell` in words, never as a stack.
 */
export async function runProgram(argv: readonly string[], tell: (text: string) => void): Promise<number> {
  const program = new Command('ml-connector')
    .description(
      'Connects SAP S/4HANA Cloud with BILL: approved supplier invoices become bills, cleared payments become journal entries.',
    )
    .exitOverride()
    .configureOutput({ writeErr: tell });
  for (const add of commands) add(program);
  try {
    await program.parseAsync(argv);
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    if (!(error instanceof ConnectorError)) throw error;
    tell(`${error.message}\n${error.nextStep}\n`);
    return 1;
  }
}

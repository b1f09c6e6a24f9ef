import type { Command } from 'commander';

export interface SetUpFlags {
  readonly secrets?: string;
  readonly stack?: string;
  readonly region?: string;
  readonly json?: true;
}

/** Where the credentials are. */
export function addSetUpOptions(command: Command): Command {
  return command
    .option('--secrets <file>', 'the secrets, as {"sap": …, "bill": …}')
    .option('--stack <name>', 'the secrets of a deployed connection, by its name')
    .option('--region <region>', "the stack's AWS region; default: that of the AWS settings")
    .option('--json', 'print JSON');
}

import { type Command, InvalidArgumentError } from 'commander';
import { systemClock } from '../../clock.ts';
import { systemRandom } from '../../random.ts';
import type { Desk } from '../desk/desk.ts';
import { createHttpDesk } from '../desk/http-desk.ts';
import { createLedgerDesk } from '../desk/ledger-desk.ts';
import { withStack } from '../setup/stack.ts';

export interface DeskFlags {
  readonly url: string;
  readonly stack?: string;
  readonly region?: string;
  readonly json?: true;
}

/** Where the connector is that the command speaks of. */
export function addDeskOptions(command: Command): Command {
  return command
    .option('--url <url>', 'the connector on this machine', httpUrl, 'http://127.0.0.1:8787')
    .option('--stack <name>', 'a deployed connection instead, by its name')
    .option('--region <region>', "the stack's AWS region; default: that of the AWS settings")
    .option('--json', 'print JSON');
}

export function atDesk<T>({ url, stack, region }: DeskFlags, work: (desk: Desk) => Promise<T>): Promise<T> {
  if (stack === undefined) return work(createHttpDesk(url));
  return withStack({ stack, region }, ({ table, queues }) =>
    work(createLedgerDesk({ table, queues, clock: systemClock, random: systemRandom })),
  );
}

function httpUrl(text: string): string {
  if (URL.canParse(text) && /^https?:/.test(text)) return text;
  throw new InvalidArgumentError('Give the whole address, such as http://127.0.0.1:8787.');
}

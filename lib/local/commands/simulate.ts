import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { systemClock } from '../../clock.ts';
import { ConfigurationError } from '../../errors.ts';
import { scenarioConfig } from '../scenario/scenario-config.ts';
import { serveWorld } from '../scenario/serve-world.ts';
import { noFile, openWorldFile } from '../scenario/world-file.ts';
import { port, seconds, wholeNumber } from './options.ts';
import { stopSignal, untilRaised } from './until-stopped.ts';

interface SimulateFlags {
  sapPort: number;
  billPort: number;
  seed: number;
  secretsOut?: string;
  configOut?: string;
  state?: string;
  pace: number;
}

/** `simulate`: SAP and BILL of the invented firm, for a connector in another process. */
export function addSimulate(program: Command): void {
  program
    .command('simulate')
    .description('run simulated SAP and BILL systems in which the story of an invented firm plays')
    .requiredOption('--sap-port <number>', 'port of SAP', port)
    .requiredOption('--bill-port <number>', 'port of BILL', port)
    .option('--seed <number>', 'other ids and secrets', wholeNumber, 1)
    .option('--secrets-out <file>', 'write the secrets that fit, for --secrets of the other commands')
    .option('--config-out <file>', 'write the configuration of the firm, for --config of the other commands')
    .option('--state <dir>', 'keeps both systems; without it they begin anew with every start')
    .option('--pace <seconds>', 'at least so long from one act of the story to the next', seconds, 0)
    .action(async (flags: SimulateFlags) => {
      const stop = stopSignal();
      const served = await serveWorld({
        ...flags,
        clock: systemClock,
        paceMs: flags.pace,
        file: flags.state === undefined ? noFile : openWorldFile(flags.state),
        notificationUrl: 'http://127.0.0.1:8787/webhooks/bill',
        onAct: (title) => process.stdout.write(`${title}.\n`),
      });
      const secrets = `${JSON.stringify(served.secrets, null, 2)}\n`;
      if (flags.secretsOut !== undefined) writeOut(flags.secretsOut, secrets, 0o600);
      if (flags.configOut !== undefined) writeOut(flags.configOut, scenarioConfig, 0o644);
      process.stdout.write(`SAP:  ${served.urls.sap}\nBILL: ${served.urls.bill}\n`);
      await untilRaised(stop);
      await served.close();
    });
}

function writeOut(path: string, text: string, mode: number): void {
  try {
    writeFileSync(path, text, { mode });
  } catch (cause) {
    throw new ConfigurationError({
      code: 'FILE_UNWRITABLE',
      message: `${path} cannot be written (${cause instanceof Error ? cause.message : cause}).`,
      nextStep: 'Name a file in a directory that this user may write to.',
      cause,
    });
  }
}

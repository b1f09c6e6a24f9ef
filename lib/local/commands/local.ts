import { join } from 'node:path';
import type { Command } from 'commander';
import { createFileSecrets } from '../../config/file-secrets.ts';
import { readConfigFile } from '../../config/read-config-file.ts';
import { isThisMachine } from '../run/this-machine.ts';
import { httpsUrl, pagePort, port, seconds } from './options.ts';
import { runLocal } from './run-local.ts';

interface LocalFlags {
  config: string;
  secrets: string;
  state?: string;
  port?: number;
  pollEvery?: number;
  once?: true;
  json?: true;
  wiretap?: string;
  webhookUrl?: string;
}

/** `local`: the connector alone, against whatever hosts the secrets name. */
export function addLocal(program: Command): void {
  program
    .command('local')
    .description('run the connector on this machine against the SAP and BILL that the secrets name')
    .requiredOption('--config <file>', 'the connector.config.json')
    .requiredOption('--secrets <file>', 'the secrets, as {"sap": …, "bill": …}')
    .option(
      '--state <dir>',
      'keeps the ledger and the queues; default: .local/<connection>, or nowhere where SAP and BILL are simulators on this machine',
    )
    .option(
      '--port <number>',
      'port of the webhook and the status page; default: 8787, with --once any free one',
      port,
    )
    .option('--poll-every <seconds>', 'cadence of the polls; default: as configured', seconds)
    .option('--once', 'work until there is nothing left to do, print the summary, and end')
    .option('--json', 'print the summary as JSON')
    .option('--wiretap <file>', 'add each request to SAP and BILL to this file, one JSON line each')
    .option(
      '--webhook-url <url>',
      'the address that BILL reaches this machine by, through a tunnel',
      httpsUrl,
    )
    .action(async (flags: LocalFlags) => {
      const config = readConfigFile(flags.config);
      process.exitCode = await runLocal({
        config,
        secrets: { file: flags.secrets },
        stateDir: flags.state ?? (await defaultState(flags.secrets, config.connection)),
        port: pagePort(flags),
        pollEveryMs: flags.pollEvery ?? config.polling.everyMinutes * 60_000,
        once: flags.once === true,
        json: flags.json === true,
        wiretap: flags.wiretap,
        webhookUrl: flags.webhookUrl,
        onStarted: ({ url }) => process.stderr.write(`The connector runs: ${url}\n`),
      });
    });
}

/** A connector that forgot what it has sent would send it again: only simulators may be met without a memory. */
async function defaultState(secretsFile: string, connection: string): Promise<string | undefined> {
  const secrets = createFileSecrets(secretsFile);
  const { baseUrl: sap } = await secrets.sap();
  const { baseUrl: bill } = await secrets.bill();
  return isThisMachine(sap) && isThisMachine(bill) ? undefined : join('.local', connection);
}

import { join } from 'node:path';
import type { Command } from 'commander';
import { systemClock } from '../../clock.ts';
import { loadConfig } from '../../config/load-config.ts';
import { scenarioConfig } from '../scenario/scenario-config.ts';
import { type ServedWorld, serveWorld } from '../scenario/serve-world.ts';
import { noFile, openWorldFile } from '../scenario/world-file.ts';
import { readBooksSide } from '../summary/books-side.ts';
import { pagePort, port, seconds, wholeNumber } from './options.ts';
import { runLocal } from './run-local.ts';

interface StartFlags {
  once?: true;
  json?: true;
  port?: number;
  wiretap?: string;
  state?: string;
  seed: number;
  pace?: number;
  pollEvery?: number;
}

/** For the eye: one act of the story every few seconds. */
const pleasantPaceMs = 4_000;

/** `start`: everything at once, to look at: the connector, simulated SAP and BILL, and a firm that uses both. */
export function addStart(program: Command): void {
  program
    .command('start')
    .description(
      'run the connector together with simulated SAP and BILL systems, and the story of an invented firm',
    )
    .option('--once', 'play the story to its end, print the summary, and end')
    .option('--json', 'print the summary as JSON')
    .option(
      '--port <number>',
      'port of the page and the webhook; default: 8787, with --once any free one',
      port,
    )
    .option('--wiretap <file>', 'add each request to SAP and BILL to this file, one JSON line each')
    .option('--state <dir>', 'keeps everything; without it each start begins anew')
    .option('--seed <number>', 'other ids and secrets', wholeNumber, 1)
    .option('--pace <seconds>', 'at least so long from one act of the story to the next', seconds)
    .option('--poll-every <seconds>', 'cadence of the polls; default: 2', seconds)
    .action(async (flags: StartFlags) => {
      const once = flags.once === true;
      const chosenPort = pagePort(flags);
      const served = await serveWorld({
        sapPort: 0,
        billPort: 0,
        seed: flags.seed,
        clock: systemClock,
        file: flags.state === undefined ? noFile : openWorldFile(join(flags.state, 'world')),
        notificationUrl: `http://127.0.0.1:${chosenPort}/webhooks/bill`,
        paceMs: flags.pace ?? (once ? 0 : pleasantPaceMs),
        onAct: (title) => process.stderr.write(`— ${title}.\n`),
      });
      try {
        process.exitCode = await runLocal({
          config: loadConfig(scenarioConfig),
          secrets: served.secrets,
          stateDir: flags.state,
          port: chosenPort,
          pollEveryMs: flags.pollEvery ?? 2_000,
          once,
          json: flags.json === true,
          wiretap: flags.wiretap,
          witness: () => witnessOf(served),
          onStarted: ({ url }) => process.stderr.write(startedText(url, served)),
        });
      } finally {
        await served.close();
      }
    });
}

function witnessOf({ world }: ServedWorld) {
  const { sap, bill, planted } = world;
  return {
    books: readBooksSide(sap.books, bill.books),
    billStatistics: bill.statistics(),
    planted: planted(),
  };
}

function startedText(url: string, { urls }: ServedWorld): string {
  return `The page: ${url.replace('127.0.0.1', 'localhost')}\nSAP:      ${urls.sap}\nBILL:     ${urls.bill}\n`;
}

import type { Command } from 'commander';
import { readConfigFile } from '../../config/read-config-file.ts';
import type { Probe } from '../../probe.ts';
import { ping } from '../setup/ping.ts';
import { withSetUp } from '../setup/set-up.ts';
import { addSetUpOptions, type SetUpFlags } from './set-up-options.ts';

/** `ping`: with the credentials alone, what works of SAP and BILL and what does not; exit code 1 where anything does not. */
export function addPing(program: Command): void {
  addSetUpOptions(program.command('ping'))
    .description('try everything that the connector needs of SAP and BILL, and change nothing')
    .option('--config <file>', 'try the accounts of this connector.config.json too')
    .action(async (flags: SetUpFlags & { config?: string }) => {
      const config = flags.config === undefined ? undefined : readConfigFile(flags.config);
      const probes: Probe[] = [];
      await withSetUp(flags, config, async (setUp) => {
        for await (const probe of ping(setUp, config)) {
          probes.push(probe);
          if (flags.json !== true) process.stdout.write(lineOf(probe));
        }
      });
      if (flags.json === true) process.stdout.write(`${JSON.stringify(probes, null, 2)}\n`);
      if (probes.some(({ ok }) => !ok)) process.exitCode = 1;
    });
}

function lineOf({ ok, what, found, fix }: Probe): string {
  return `${ok ? '✓' : '✗'} ${what}: ${found}${fix === undefined ? '' : ` → ${fix}`}\n`;
}

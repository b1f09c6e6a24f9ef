import type { Command } from 'commander';
import { systemClock } from '../../clock.ts';
import type { ConnectorConfig } from '../../config/connector-config.ts';
import { readConfigFile } from '../../config/read-config-file.ts';
import {
  type Coverage,
  type MappingCoverage,
  mappingCoverage,
} from '../../rules/mapping/mapping-coverage.ts';
import { type Suggestion, suggestEntries } from '../../rules/mapping/mapping-suggestions.ts';
import { type MappingFacts, readMappingFacts } from '../setup/mapping.ts';
import { withSetUp } from '../setup/set-up.ts';
import { columns, print } from './print.ts';
import { addSetUpOptions, type SetUpFlags } from './set-up-options.ts';

interface MapFlags extends SetUpFlags {
  readonly config: string;
}

interface Suggestions {
  readonly accounts: readonly Suggestion[];
  readonly costCenters: readonly Suggestion[];
}

/** `map`: how SAP's accounts and cost centers find their place in BILL, measured on the invoices of the last 90 days. */
export function addMap(program: Command): void {
  const map = program.command('map').description("check and propose the mapping of SAP's accounts to BILL's");
  addSetUpOptions(map.command('check'))
    .description(
      'what recent invoices use that is not mapped, mapped to something archived, or blocked in SAP',
    )
    .requiredOption('--config <file>', 'the connector.config.json')
    .action(async (flags: MapFlags) => {
      const { config, facts } = await readFacts(flags);
      const coverage = mappingCoverage(facts.invoices, config, facts);
      print(flags.json, coverage, coverageText(coverage));
      const { accounts, costCenters } = coverage;
      if (accounts.gaps.length + (costCenters?.gaps.length ?? 0) > 0) process.exitCode = 1;
    });
  addSetUpOptions(map.command('suggest'))
    .description('entries for what is not mapped, by the numbers and names of both sides, with a score')
    .requiredOption('--config <file>', 'the connector.config.json')
    .action(async (flags: MapFlags) => {
      const { config, facts } = await readFacts(flags);
      const suggestions = suggestionsOf(config, facts);
      print(flags.json, suggestions, suggestionText(suggestions));
    });
}

async function readFacts(flags: MapFlags): Promise<{ config: ConnectorConfig; facts: MappingFacts }> {
  const config = readConfigFile(flags.config);
  const facts = await withSetUp(flags, config, (setUp) => readMappingFacts(setUp, config, systemClock.now()));
  return { config, facts };
}

/** Without a mapping of cost centers, entries are proposed for all that are used, as for departments. */
function suggestionsOf(config: ConnectorConfig, facts: MappingFacts): Suggestions {
  const { chart, reference, invoices } = facts;
  const costCenters = config.costCenters ?? {
    as: 'department' as const,
    match: 'number' as const,
    entries: [],
  };
  const coverage = mappingCoverage(invoices, { ...config, costCenters }, facts);
  const names = new Map([
    ...(reference.glAccounts ?? []).map((each) => [each.glAccount, each.name] as const),
    ...(reference.costCenters ?? []).map((each) => [each.costCenter, each.name] as const),
  ]);
  const unmapped = ({ gaps }: Coverage) =>
    gaps
      .filter(({ problem }) => problem !== 'not-usable')
      .map(({ value }) => ({ number: value, name: names.get(value) ?? '' }));
  return {
    accounts: suggestEntries(unmapped(coverage.accounts), chart),
    costCenters: suggestEntries(
      coverage.costCenters === undefined ? [] : unmapped(coverage.costCenters),
      reference.classifications?.[costCenters.as] ?? [],
    ),
  };
}

function coverageText({ invoices, accounts, costCenters }: MappingCoverage): string {
  return [
    `Measured on ${invoices} invoices of the last 90 days.`,
    ...part('G/L accounts', accounts),
    ...(costCenters === undefined ? ['Cost centers are not mapped.'] : part('Cost centers', costCenters)),
    '',
  ].join('\n');
}

function part(name: string, { used, mapped, gaps }: Coverage): string[] {
  return [
    `${name}: ${mapped} of ${used} are mapped and usable.`,
    ...gaps.map(
      ({ text, invoices }) => `  ✗ ${text} (${invoices} ${invoices === 1 ? 'invoice' : 'invoices'})`,
    ),
  ];
}

function suggestionText({ accounts, costCenters }: Suggestions): string {
  if (accounts.length + costCenters.length === 0) return 'Nothing to propose.\n';
  const rows = (what: string, all: readonly Suggestion[]) =>
    all.map(({ number, name, entry, score, reasons }) => [
      what,
      `${number} ${name}`,
      `${entry.name} (${entry.id})`,
      score.toFixed(2),
      reasons.join('; '),
    ]);
  return columns([...rows('account', accounts), ...rows('cost center', costCenters)]);
}

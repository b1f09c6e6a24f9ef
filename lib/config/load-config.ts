import type * as z from 'zod';
import { ConfigurationError } from '../errors.ts';
import { type ConnectorConfig, connectorConfigSchema } from './connector-config.ts';
import { isInRange, type NumberRange } from './number-ranges.ts';

/**
 * Reads the text of a connector.config.json.
 * Throws ConfigurationError `CONFIG_INVALID` that lists every fault with its place and what to write instead.
 */
export function loadConfig(text: string, name = 'connector.config.json'): ConnectorConfig {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw invalid(name, [`the file is not JSON (${(cause as Error).message})`]);
  }
  const parsed = connectorConfigSchema.safeParse(json);
  if (!parsed.success) throw invalid(name, parsed.error.issues.map(faultText));
  const faults = [...doubles(parsed.data)];
  if (faults.length > 0) throw invalid(name, faults);
  return parsed.data;
}

function* doubles(config: ConnectorConfig): Generator<string> {
  const seen = new Set<string>();
  for (const { companyCode } of config.companyCodes) {
    if (seen.has(companyCode)) yield `companyCodes: ${companyCode} is there twice; keep one entry`;
    seen.add(companyCode);
  }
  if (config.handOverBlock === '' && config.companyCodes.some((each) => each.setHandOverBlock))
    yield 'handOverBlock: name the payment block key that "setHandOverBlock" is to set';
  yield* doubleEntries('accounts: G/L account', config.accounts, (each) =>
    'glAccount' in each ? each.glAccount : each,
  );
  yield* doubleEntries('costCenters.entries: cost center', config.costCenters?.entries ?? [], (each) =>
    'costCenter' in each ? each.costCenter : each,
  );
}

/** One value may have one entry, and lie in one range beside it. */
function* doubleEntries<E>(
  what: string,
  entries: readonly E[],
  of: (entry: E) => string | NumberRange,
): Generator<string> {
  const single = new Set<string>();
  const ranges: NumberRange[] = [];
  for (const place of entries.map(of)) {
    if (typeof place === 'string') {
      if (single.has(place)) yield `${what} ${place} is mapped twice; keep one entry`;
      single.add(place);
      continue;
    }
    const name = `${place.from} to ${place.to}`;
    if (!isInRange(place.from, place)) yield `${what}s ${name}: write the lower end first`;
    const other = ranges.find((each) => isInRange(place.from, each) || isInRange(each.from, place));
    if (other !== undefined) yield `${what}s ${name} overlap ${other.from} to ${other.to}; part the ranges`;
    ranges.push(place);
  }
}

function faultText(issue: z.core.$ZodIssue): string {
  const place = issue.path.length === 0 ? 'the file' : issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    return `${place}: unknown setting ${issue.keys.map((key) => `"${key}"`).join(', ')}; remove it or correct its spelling`;
  }
  return `${place}: ${issue.message}`;
}

function invalid(name: string, faults: string[]): ConfigurationError {
  return new ConfigurationError({
    code: 'CONFIG_INVALID',
    message: `${name} cannot be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
    nextStep: 'Correct the settings named above; docs/connector.config.schema.json describes each of them.',
  });
}

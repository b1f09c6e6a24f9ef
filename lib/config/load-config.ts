import { ConfigurationError } from '../errors.ts';
import { type ConnectorConfig, connectorConfigSchema } from './connector-config.ts';
import { faultTexts, inWords } from './fault-text.ts';
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
  const parsed = connectorConfigSchema.safeParse(json, { error: inWords });
  if (!parsed.success)
    throw invalid(
      name,
      parsed.error.issues.flatMap((issue) => faultTexts(issue, 'the file')),
    );
  const faults = [...doubles(parsed.data)];
  if (faults.length > 0) throw invalid(name, faults);
  return parsed.data;
}

function* doubles(config: ConnectorConfig): Generator<string> {
  const seen = new Set<string>();
  for (const { companyCode, clearingAccounts } of config.companyCodes) {
    if (seen.has(companyCode)) yield `companyCodes: ${companyCode} is there twice; keep one entry`;
    seen.add(companyCode);
    const fundingAccounts = clearingAccounts.map((each) => each.fundingAccount);
    for (const each of new Set(fundingAccounts.filter((one, index) => fundingAccounts.indexOf(one) < index)))
      yield `companyCodes: ${companyCode} has two clearing accounts for funding account "${each}"; keep one entry`;
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

function invalid(name: string, faults: string[]): ConfigurationError {
  return new ConfigurationError({
    code: 'CONFIG_INVALID',
    message: `${name} cannot be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
    nextStep: 'Correct the settings named above; docs/connector.config.schema.json describes each of them.',
  });
}

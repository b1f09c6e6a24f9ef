import type { ConnectorConfig } from '../../config/connector-config.ts';
import { isInRange, plainNumber } from '../../config/number-ranges.ts';
import type { ChartOfAccount } from '../bill-documents.ts';
import { type MappingProblem, theOnlyActive } from './mapped-entry.ts';

export type AccountMapping = { readonly chartOfAccountId: string } | MappingProblem;

type AccountEntry = ConnectorConfig['accounts'][number];

/**
 * BILL's chart-of-accounts entry for a SAP G/L account: the configuration's entry for this very account wins, then
 * its entry for a range that holds it, then the entry with the same account number where the configuration allows
 * it. Leading zeros never matter; archived entries are never used.
 */
export function mapAccount(
  glAccount: string,
  config: ConnectorConfig,
  chart: readonly ChartOfAccount[],
): AccountMapping {
  const account = plainNumber(glAccount);
  const configured = entryFor(account, config.accounts);
  if (configured !== undefined) return byEntry(account, configured, chart);
  const subject = `G/L account ${account}`;
  if (!config.matchAccountsByNumber) {
    return { problem: 'unmapped', text: `${subject} has no entry in the configuration` };
  }
  const same = withNumber(account, chart);
  if (same.length > 0) return theOnlyActiveAccount(same, subject, `with the number ${account}`);
  return {
    problem: 'unmapped',
    text: `${subject} has no entry in the configuration, and BILL has no account with this number`,
  };
}

function entryFor(account: string, entries: readonly AccountEntry[]): AccountEntry | undefined {
  const explicit = entries.find((each) => 'glAccount' in each && plainNumber(each.glAccount) === account);
  return explicit ?? entries.find((each) => 'from' in each && isInRange(account, each));
}

function byEntry(account: string, entry: AccountEntry, chart: readonly ChartOfAccount[]): AccountMapping {
  const { chartOfAccount } = entry;
  const subject =
    'from' in entry ? `G/L account ${account} (${entry.from} to ${entry.to})` : `G/L account ${account}`;
  const byId = chart.filter((each) => each.id === chartOfAccount);
  const found = byId.length > 0 ? byId : withNumber(plainNumber(chartOfAccount), chart);
  if (found.length > 0) return theOnlyActiveAccount(found, subject, `"${chartOfAccount}"`);
  return {
    problem: 'missing',
    text: `${subject} is mapped to "${chartOfAccount}", which BILL does not have`,
  };
}

function theOnlyActiveAccount(
  found: readonly ChartOfAccount[],
  subject: string,
  which: string,
): AccountMapping {
  const only = theOnlyActive(found, { subject, what: 'BILL account', which });
  return 'problem' in only ? only : { chartOfAccountId: only.id };
}

function withNumber(account: string, chart: readonly ChartOfAccount[]): ChartOfAccount[] {
  return chart.filter((each) => each.number !== undefined && plainNumber(each.number) === account);
}

import type { ConnectorConfig } from '../config/connector-config.ts';
import type { ChartOfAccount } from './bill-documents.ts';

export type AccountMapping =
  | { readonly chartOfAccountId: string }
  | {
      readonly problem: 'unmapped' | 'archived' | 'ambiguous' | 'missing';
      /** For people: which account, and what is wrong. */
      readonly text: string;
    };

/**
 * BILL's chart-of-accounts entry for a SAP G/L account: the configuration's own entry wins, else the entry with
 * the same account number where the configuration allows it. Leading zeros never matter; archived entries are
 * never used.
 */
export function mapAccount(
  glAccount: string,
  config: ConnectorConfig,
  chart: readonly ChartOfAccount[],
): AccountMapping {
  const account = withoutLeadingZeros(glAccount);
  const explicit = config.accounts.find((each) => withoutLeadingZeros(each.glAccount) === account);
  if (explicit !== undefined) return byEntry(account, explicit.chartOfAccount, chart);
  if (!config.matchAccountsByNumber) {
    return { problem: 'unmapped', text: `G/L account ${account} has no entry in the configuration` };
  }
  const same = withNumber(account, chart);
  if (same.length > 0) return theOnlyActive(account, same, `with the number ${account}`);
  return {
    problem: 'unmapped',
    text: `G/L account ${account} has no entry in the configuration, and BILL has no account with this number`,
  };
}

function byEntry(account: string, entry: string, chart: readonly ChartOfAccount[]): AccountMapping {
  const byId = chart.filter((each) => each.id === entry);
  const found = byId.length > 0 ? byId : withNumber(withoutLeadingZeros(entry), chart);
  if (found.length > 0) return theOnlyActive(account, found, `"${entry}"`);
  return {
    problem: 'missing',
    text: `G/L account ${account} is mapped to "${entry}", which BILL does not have`,
  };
}

function theOnlyActive(account: string, found: readonly ChartOfAccount[], which: string): AccountMapping {
  const [only, ...others] = found.filter((each) => !each.archived);
  if (only === undefined) {
    return { problem: 'archived', text: `G/L account ${account}: the BILL account ${which} is archived` };
  }
  if (others.length > 0) {
    const names = [only, ...others].map((each) => `${each.name} (${each.id})`).join(', ');
    return { problem: 'ambiguous', text: `G/L account ${account}: several BILL accounts ${which}: ${names}` };
  }
  return { chartOfAccountId: only.id };
}

function withNumber(account: string, chart: readonly ChartOfAccount[]): ChartOfAccount[] {
  return chart.filter((each) => each.number !== undefined && withoutLeadingZeros(each.number) === account);
}

function withoutLeadingZeros(account: string): string {
  return account.trim().replace(/^0+(?=.)/, '');
}

import { expect, test } from 'vitest';
import { loadConfig } from '../../../lib/config/load-config.ts';

const company = { companyCode: '1710', clearingAccounts: [{ fundingAccount: '*', glAccount: '11002080' }] };
const right = { connection: 'example-us', goLiveDate: '2026-10-01', companyCodes: [company] };

/** What a person reads who wrote this into the configuration. */
function faultsOf(change: object): string {
  try {
    loadConfig(JSON.stringify({ ...right, ...change }));
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('This configuration is accepted.');
}

const withCompany = (change: object) => ({ companyCodes: [{ ...company, ...change }] });

test.each([
  ['a setting left out', { companyCodes: undefined }, 'companyCodes: it is missing; write a list in [ ]'],
  ['an empty list', { companyCodes: [] }, 'companyCodes: write at least 1 entry'],
  [
    'a number for a text',
    withCompany({ companyCode: 1710 }),
    'companyCodes.0.companyCode: write a text in quotation marks',
  ],
  [
    'a choice that is none',
    withCompany({ postingProfile: 'payables' }),
    'companyCodes.0.postingProfile: write "payable" or "original-lines"',
  ],
  [
    'a key of the wrong length',
    withCompany({ journalEntryType: 'KZZ' }),
    'companyCodes.0.journalEntryType: write the document type with its 2 characters, e.g. "KZ"',
  ],
  ['part of a number', { polling: { everyMinutes: 2.5 } }, 'polling.everyMinutes: write a whole number'],
  ['too small a number', { polling: { everyMinutes: 0 } }, 'polling.everyMinutes: write at least 1'],
  ['too large a number', { payments: { watchDays: 400 } }, 'payments.watchDays: write at most 366'],
  ['no address', { alarms: { email: 'me' } }, 'alarms.email: write an e-mail address'],
  ['text for settings', { tax: 'spread' }, 'tax: write settings in { }'],
  [
    'half an entry for an account',
    { accounts: [{ glAccount: '61008000' }] },
    'accounts.0.chartOfAccount: it is missing; write a text in quotation marks',
  ],
  [
    'half an entry for a range',
    { accounts: [{ from: '61008000', chartOfAccount: '6100' }] },
    'accounts.0.to: it is missing; write a text in quotation marks',
  ],
  [
    'a misspelt name in an entry',
    { accounts: [{ glaccount: '61008000', chartOfAccount: '6100' }] },
    'accounts.0: unknown setting "glaccount"; remove it or correct its spelling',
  ],
  [
    'two clearing accounts for one funding account',
    withCompany({ clearingAccounts: [...company.clearingAccounts, { fundingAccount: '*', glAccount: '1' }] }),
    'companyCodes: 1710 has two clearing accounts for funding account "*"; keep one entry',
  ],
])('%s is told with its place and what to write', (_, change, fault) => {
  const told = faultsOf(change);
  expect(told).toContain(fault);
  expect(told).not.toMatch(/Invalid|Too |expected|pattern/);
});

import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../lib/config/load-config.ts';

const withZone = (timeZone?: string) =>
  JSON.stringify({
    connection: 'example-us',
    goLiveDate: '2026-10-01',
    companyCodes: [
      {
        companyCode: '1710',
        clearingAccounts: [{ fundingAccount: '*', glAccount: '11001080' }],
        ...(timeZone === undefined ? {} : { timeZone }),
      },
    ],
  });

describe('the time zone of a company code', () => {
  it.each(['America/New_York', 'Pacific/Kiritimati', 'Asia/Kolkata', 'UTC'])('may be %s', (timeZone) => {
    expect(loadConfig(withZone(timeZone)).companyCodes[0]).toMatchObject({ timeZone });
  });

  it('is UTC where none is named', () => {
    expect(loadConfig(withZone()).companyCodes[0]).toMatchObject({ timeZone: 'UTC' });
  });

  it.each(['', 'New York', 'America/Sampleton', '-05:00', '+0530'])(
    'is refused with an example: "%s"',
    (timeZone) => {
      expect(() => loadConfig(withZone(timeZone))).toThrow(
        /companyCodes\.0\.timeZone: write the name of an IANA time zone, e\.g\. "America\/New_York", or "UTC"/,
      );
    },
  );
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChartOfAccount } from '../../../../lib/rules/bill-documents.ts';
import { mapAccount } from '../../../../lib/rules/mapping/account-mapping.ts';
import { chart, config } from '../documents.ts';

const digits = fc.stringMatching(/^[1-9][0-9]{3,7}$/);
const zeros = fc.integer({ min: 0, max: 4 }).map((count) => '0'.repeat(count));

function entry(change: Partial<ChartOfAccount>): ChartOfAccount {
  return { id: '0caEXAMPLE00000009', name: 'Example', archived: false, number: '65100000', ...change };
}

describe('mapAccount', () => {
  it('maps by number, whatever the leading zeros on either side', () => {
    expect(mapAccount('0061008000', config(), chart)).toEqual({ chartOfAccountId: '0caEXAMPLE00000001' });
    fc.assert(
      fc.property(digits, zeros, zeros, (number, left, right) => {
        const found = mapAccount(left + number, config(), [entry({ number: right + number })]);
        expect(found).toEqual({ chartOfAccountId: '0caEXAMPLE00000009' });
      }),
    );
  });

  it('prefers the configured entry, by id or by number', () => {
    const byId = config({ accounts: [{ glAccount: '0061008000', chartOfAccount: '0caEXAMPLE00000002' }] });
    const byNumber = config({ accounts: [{ glAccount: '61008000', chartOfAccount: '61003000' }] });
    expect(mapAccount('61008000', byId, chart)).toEqual({ chartOfAccountId: '0caEXAMPLE00000002' });
    expect(mapAccount('61008000', byNumber, chart)).toEqual({ chartOfAccountId: '0caEXAMPLE00000002' });
  });

  it('does not fall back to the number when the configured entry is not there', () => {
    const gone = config({ accounts: [{ glAccount: '61008000', chartOfAccount: '0caGONE' }] });
    expect(mapAccount('61008000', gone, chart)).toMatchObject({ problem: 'missing' });
  });

  it('does not match by number where the configuration says so', () => {
    const strict = config({ matchAccountsByNumber: false });
    expect(mapAccount('61008000', strict, chart)).toMatchObject({ problem: 'unmapped' });
  });

  it('says what is wrong: no such account, archived, or several', () => {
    const archived = entry({ archived: true });
    expect(mapAccount('65100000', config(), chart)).toMatchObject({ problem: 'unmapped' });
    expect(mapAccount('65100000', config(), [archived])).toMatchObject({ problem: 'archived' });
    const twins = [entry({}), entry({ id: '0caEXAMPLE00000010' })];
    expect(mapAccount('65100000', config(), twins)).toMatchObject({ problem: 'ambiguous' });
    expect(mapAccount('65100000', config(), [archived, entry({ id: '0caLIVE' })])).toEqual({
      chartOfAccountId: '0caLIVE',
    });
  });

  it('never answers with an archived entry or with an account of another number', () => {
    const entries = fc.array(
      fc.record({
        id: fc.uuid(),
        name: fc.constant('Example'),
        archived: fc.boolean(),
        number: fc.constantFrom('100', '0100', '200', '300'),
      }),
    );
    fc.assert(
      fc.property(fc.constantFrom('100', '200'), entries, (glAccount, all) => {
        const found = mapAccount(glAccount, config(), all);
        if ('problem' in found) {
          const live = all.filter((each) => !each.archived && each.number.replace(/^0/, '') === glAccount);
          expect(live.length).not.toBe(1);
          expect(found.text).toContain(glAccount);
        } else {
          const used = all.find((each) => each.id === found.chartOfAccountId);
          expect(used).toMatchObject({ archived: false });
          expect(used?.number.replace(/^0/, '')).toBe(glAccount);
        }
      }),
    );
  });
});

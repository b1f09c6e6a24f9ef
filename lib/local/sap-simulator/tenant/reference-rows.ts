import type { Row } from '../odata/entity-type.ts';
import { beginningOfValidity, endOfValidity, type Organization } from '../organization.ts';

/** What the services of finance master data show of the tenant's organization. */
const chart = 'YCOA';
const controllingArea = 'A000';
/** When the tenant was set up: the stamp of accounts that nobody has changed since. */
const setUpAt = '2024-01-15T08:00:00.000Z';

export function referenceRows(organization: Organization, set: string): Row[] {
  return rowsOf[set]?.(organization) ?? [];
}

const rowsOf: Record<string, (organization: Organization) => Row[]> = {
  A_GLAccountInChartOfAccounts: ({ glAccounts }) =>
    Object.entries(glAccounts).map(([number, account]) => ({
      ...accountKey(number),
      GLAccountType: account.type === 'profit-loss' ? 'P' : 'X',
      IsBalanceSheetAccount: account.type !== 'profit-loss',
      IsProfitLossAccount: account.type === 'profit-loss',
      AccountIsBlockedForPosting: account.isBlocked === true,
      AccountIsMarkedForDeletion: account.isMarkedForDeletion === true,
      LastChangeDateTime: account.changedAt ?? setUpAt,
    })),
  A_GLAccountText: ({ glAccounts }) =>
    Object.entries(glAccounts).map(([number, { name }]) => ({
      ...accountKey(number),
      Language: 'EN',
      GLAccountName: name.slice(0, 20),
      GLAccountLongName: name.slice(0, 50),
    })),
  A_CostCenter: ({ costCenters }) =>
    Object.entries(costCenters).map(([number, center]) => ({
      ...period({ CostCenter: number }, center),
      CompanyCode: center.companyCode,
      ProfitCenter: center.profitCenter,
      IsBlkdForPrimaryCostsPosting: center.isBlocked === true ? 'X' : '',
    })),
  A_CostCenterText: ({ costCenters }) =>
    Object.entries(costCenters).map(([number, center]) => ({
      ...period({ CostCenter: number }, center),
      Language: 'EN',
      CostCenterName: center.name.slice(0, 20),
      CostCenterDescription: center.name.slice(0, 40),
    })),
  A_ProfitCenter: ({ profitCenters }) =>
    profitCenters.map((number) => ({ ...period({ ProfitCenter: number }, {}), Segment: '1000_A' })),
  A_ProfitCenterText: ({ profitCenters }) =>
    profitCenters.map((number) => ({
      ...period({ ProfitCenter: number }, {}),
      Language: 'EN',
      ProfitCenterName: `Profit center ${number}`.slice(0, 20),
    })),
  A_CompanyCode: ({ companyCodes }) =>
    Object.entries(companyCodes).map(([code, company]) => ({
      CompanyCode: code,
      CompanyCodeName: company.name.slice(0, 25),
      Currency: company.currency,
      Country: company.country,
      Language: 'EN',
      ChartOfAccounts: chart,
      FiscalYearVariant: 'K4',
      ControllingArea: controllingArea,
    })),
};

function accountKey(number: string): Row {
  return { ChartOfAccounts: chart, GLAccount: number.padStart(10, '0') };
}

function period(key: Row, { validFrom, validTo }: { validFrom?: string; validTo?: string }): Row {
  return {
    ControllingArea: controllingArea,
    ...key,
    ValidityStartDate: validFrom ?? beginningOfValidity,
    ValidityEndDate: validTo ?? endOfValidity,
  };
}

import { accounts, accountsWithOtherNumber, costCenters, departments, facilities } from './firm.ts';

const { workplace, germany } = departments;

/** The firm's connector.config.json. The lags are those of the simulators, which show everything at once. */
export const scenarioConfig = `${JSON.stringify(
  {
    connection: 'larkspur-finch',
    goLiveDate: '2026-10-01',
    companyCodes: [
      {
        companyCode: '1710',
        postingProfile: 'payable',
        clearingAccounts: [{ fundingAccount: '*', glAccount: '11001080' }],
        clearing: { afterDays: 3 },
      },
      {
        companyCode: '1720',
        postingProfile: 'payable',
        clearingAccounts: [{ fundingAccount: '*', glAccount: '11001080' }],
        setHandOverBlock: true,
      },
      {
        companyCode: '1010',
        postingProfile: 'original-lines',
        clearingAccounts: [{ fundingAccount: '*', glAccount: '11002080', takesCostCenter: true }],
      },
    ],
    handOverBlock: 'B',
    accounts: [
      { glAccount: accounts.training, chartOfAccount: accountsWithOtherNumber.training },
      { from: facilities.from, to: facilities.to, chartOfAccount: facilities.number },
    ],
    costCenters: {
      as: 'department',
      entries: [
        { costCenter: costCenters[workplace.of], entry: workplace.name },
        { from: germany.from, to: germany.to, entry: germany.name },
      ],
    },
    vendors: {
      conflicts: { name: 'ask' },
      createInSap: {
        grouping: 'BP02',
        companyCodes: [{ companyCode: '1710', payableAccount: '21100000', paymentTerms: 'NT30' }],
      },
    },
    tax: { as: 'spread' },
    invoices: { dueDate: 'first-discount', maxBillLines: 8, unplannedDeliveryCostAccount: accounts.supplies },
    polling: { everyMinutes: 1, recheckEveryMinutes: 5, followUpEveryMinutes: 1, overlapMinutes: 1 },
    payments: { paidInSap: 'record-payment', paidOutsideBill: 'exception', watchEveryMinutes: 5 },
    bill: { visibilityLagSeconds: 1 },
    sap: { visibilityLagSeconds: 1 },
  },
  null,
  2,
)}\n`;

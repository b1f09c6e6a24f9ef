import * as z from 'zod';
import type { CompanyCode, CostCenter, GlAccount, ProfitCenter } from '../rules/reference-data.ts';
import type { ODataClient } from './odata-client.ts';
import { all, any, compare, equal, v2 } from './odata-query.ts';
import {
  date,
  flag,
  optionalDate,
  optionalMoment,
  optionalNumber,
  optionalText,
  requiredText,
  rows,
  withoutZeros,
} from './odata-values.ts';
import { present } from './present.ts';
import type { Sap } from './sap.ts';
import { companyCodeService, costCenterService, glAccountService, profitCenterService } from './services.ts';

/** Reference data of finance (SAP dossier §8): read only, one call each where the server makes no pages. */
export function referenceData(
  odata: ODataClient,
): Pick<Sap, 'companyCodes' | 'glAccounts' | 'costCenters' | 'profitCenters'> {
  return {
    async companyCodes(codes) {
      const query = {
        filter: any(...codes.map((code) => equal('CompanyCode', v2.text(code)))),
        orderBy: ['CompanyCode'],
        select: Object.keys(companyCodeRow.shape),
      };
      return (await odata.list(companyCodeService, 'A_CompanyCode', query, companyCodeRow)).map(
        companyCodeOf,
      );
    },
    async glAccounts(charts, changedSince) {
      const ofCharts = any(...charts.map((chart) => equal('ChartOfAccounts', v2.text(chart))));
      const query = {
        filter:
          changedSince === undefined
            ? ofCharts
            : all(ofCharts, compare('LastChangeDateTime', 'ge', v2.moment(changedSince))),
        orderBy: ['ChartOfAccounts', 'GLAccount'],
        ...withTexts(glAccountRow, glAccountText),
      };
      return (await odata.list(glAccountService, 'A_GLAccountInChartOfAccounts', query, glAccountRow)).map(
        glAccountOf,
      );
    },
    async costCenters(companyCodes) {
      const query = {
        filter: any(...companyCodes.map((code) => equal('CompanyCode', v2.text(code)))),
        orderBy: ['ControllingArea', 'CostCenter', 'ValidityEndDate'],
        ...withTexts(costCenterRow, costCenterText),
      };
      return (await odata.list(costCenterService, 'A_CostCenter', query, costCenterRow)).map(costCenterOf);
    },
    async profitCenters() {
      const query = withTexts(profitCenterRow, profitCenterText);
      return (await odata.list(profitCenterService, 'A_ProfitCenter', query, profitCenterRow)).map(
        profitCenterOf,
      );
    },
  };
}

const companyCodeRow = z.object({
  CompanyCode: requiredText,
  CompanyCodeName: optionalText,
  Currency: requiredText,
  ChartOfAccounts: requiredText,
});

const glAccountText = z.object({
  Language: optionalText,
  GLAccountName: optionalText,
  GLAccountLongName: optionalText,
});
const glAccountRow = z.object({
  ChartOfAccounts: requiredText,
  GLAccount: requiredText,
  IsProfitLossAccount: flag,
  AccountIsBlockedForPosting: flag,
  AccountIsMarkedForDeletion: flag,
  LastChangeDateTime: optionalMoment,
  to_Text: rows(glAccountText),
});

const costCenterText = z.object({
  Language: optionalText,
  CostCenterName: optionalText,
  CostCenterDescription: optionalText,
});
const costCenterRow = z.object({
  CostCenter: requiredText,
  ValidityStartDate: optionalDate,
  ValidityEndDate: date,
  CompanyCode: optionalText,
  ProfitCenter: optionalNumber,
  IsBlkdForPrimaryCostsPosting: flag,
  to_Text: rows(costCenterText),
});

const profitCenterText = z.object({
  Language: optionalText,
  ProfitCenterName: optionalText,
  ProfitCenterLongName: optionalText,
});
const profitCenterRow = z.object({
  ProfitCenter: requiredText,
  ValidityStartDate: optionalDate,
  ValidityEndDate: date,
  ProfitCenterIsBlocked: flag,
  to_Text: rows(profitCenterText),
});

/** Only what the row's schema reads, and the texts with it. */
function withTexts(row: z.ZodObject, text: z.ZodObject) {
  const own = Object.keys(row.shape).filter((name) => name !== 'to_Text');
  return {
    select: [...own, ...Object.keys(text.shape).map((name) => `to_Text/${name}`)],
    expand: ['to_Text'],
  };
}

/** The English text, else the first: names are for people and for suggestions only. */
function textIn<T extends { readonly Language?: string | undefined }>(texts: readonly T[]): T | undefined {
  return texts.find(({ Language }) => Language === 'EN') ?? texts[0];
}

const beginningOfTime = '0001-01-01';

function companyCodeOf(row: z.output<typeof companyCodeRow>): CompanyCode {
  return {
    companyCode: row.CompanyCode,
    name: row.CompanyCodeName ?? row.CompanyCode,
    currency: row.Currency,
    chartOfAccounts: row.ChartOfAccounts,
  };
}

function glAccountOf(row: z.output<typeof glAccountRow>): GlAccount {
  const text = textIn(row.to_Text);
  return present({
    chartOfAccounts: row.ChartOfAccounts,
    glAccount: withoutZeros(row.GLAccount),
    name: text?.GLAccountLongName ?? text?.GLAccountName ?? '',
    isProfitLoss: row.IsProfitLossAccount,
    isBlocked: row.AccountIsBlockedForPosting,
    isMarkedForDeletion: row.AccountIsMarkedForDeletion,
    changedAt: row.LastChangeDateTime,
  });
}

function costCenterOf(row: z.output<typeof costCenterRow>): CostCenter {
  const text = textIn(row.to_Text);
  return present({
    costCenter: withoutZeros(row.CostCenter),
    companyCode: row.CompanyCode ?? '',
    name: text?.CostCenterDescription ?? text?.CostCenterName ?? '',
    validFrom: row.ValidityStartDate ?? beginningOfTime,
    validTo: row.ValidityEndDate,
    profitCenter: row.ProfitCenter,
    isBlocked: row.IsBlkdForPrimaryCostsPosting,
  });
}

function profitCenterOf(row: z.output<typeof profitCenterRow>): ProfitCenter {
  const text = textIn(row.to_Text);
  return {
    profitCenter: withoutZeros(row.ProfitCenter),
    name: text?.ProfitCenterLongName ?? text?.ProfitCenterName ?? '',
    validFrom: row.ValidityStartDate ?? beginningOfTime,
    validTo: row.ValidityEndDate,
    isBlocked: row.ProfitCenterIsBlocked,
  };
}

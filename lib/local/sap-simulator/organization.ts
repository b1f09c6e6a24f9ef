/** What is configured in the tenant: invented, in the manner of SAP's model company. */
export interface Organization {
  readonly companyCodes: Record<string, CompanyCode>;
  readonly glAccounts: Record<string, GlAccount>;
  readonly costCenters: Record<string, CostCenter>;
  readonly profitCenters: string[];
  readonly paymentTerms: Record<string, PaymentTerms>;
  /** Document types that the posting service may use. */
  readonly documentTypes: Record<string, DocumentType>;
  readonly reversalReasons: string[];
  /** Value of one unit in USD, decimal text, for amounts in company code currency. */
  readonly rates: Record<string, string>;
}

export interface CompanyCode {
  readonly name: string;
  readonly currency: string;
  readonly country: string;
  readonly taxAccount: string;
  readonly bankAccount: string;
  /** Periods `yyyy-mm` in which nothing can be posted. */
  readonly closedPeriods: string[];
}

export interface GlAccount {
  readonly name: string;
  readonly type: 'profit-loss' | 'balance-sheet' | 'payable';
  /** Balance-sheet accounts only: whether a cost center may stand in its account assignment. */
  takesCostCenter?: boolean;
  requiresProfitCenter?: boolean;
  isBlocked?: boolean;
  isMarkedForDeletion?: boolean;
  /** ISO time of the last change; absent since the tenant was set up. */
  changedAt?: string;
  /** Payable accounts only: other payable accounts that may stand for it in a posting. */
  readonly alternatives?: string[];
}

interface CostCenter {
  readonly name: string;
  readonly companyCode: string;
  readonly profitCenter: string;
  /** `yyyy-mm-dd`, both ends included; absent: as below. */
  validFrom?: string;
  validTo?: string;
  isBlocked?: boolean;
}

export const beginningOfValidity = '2020-01-01';
export const endOfValidity = '9999-12-31';

/** Cost centers are time-dependent (dossier §8): whether one takes postings of this date. */
export function isValidOn({ validFrom, validTo }: CostCenter, date: string): boolean {
  return (validFrom ?? beginningOfValidity) <= date && date <= (validTo ?? endOfValidity);
}

export interface PaymentTerms {
  readonly netDays: number;
  readonly discount?: { readonly days: number; readonly percent: string };
  /** Several due dates: weights of the parts and their days; makes several supplier lines (dossier §5). */
  readonly instalments?: readonly { readonly weight: string; readonly netDays: number }[];
}

interface DocumentType {
  readonly name: string;
  /** First and last number of the range. */
  readonly from: number;
  readonly to: number;
}

export const initialOrganization: Organization = {
  companyCodes: {
    '1710': companyCode('Example Services Inc.', 'USD', 'US'),
    '1720': companyCode('Example Analytics LLC', 'USD', 'US'),
    '1010': companyCode('Beispiel Beratung GmbH', 'EUR', 'DE'),
  },
  glAccounts: {
    '21100000': { name: 'Payables domestic', type: 'payable', alternatives: ['21120000'] },
    '21110000': { name: 'Payables foreign', type: 'payable', alternatives: ['21120000'] },
    '21120000': { name: 'Payables retentions', type: 'payable', alternatives: ['21100000', '21110000'] },
    '21121000': { name: 'Goods received, not invoiced', type: 'balance-sheet' },
    '11001000': { name: 'Bank 1 main account', type: 'balance-sheet' },
    '11001080': { name: 'Bank 1 payment clearing', type: 'balance-sheet' },
    '11002080': { name: 'Bank 2 payment clearing', type: 'balance-sheet', takesCostCenter: true },
    '12600000': { name: 'Input tax', type: 'balance-sheet' },
    '13600000': { name: 'Inventory trading goods', type: 'balance-sheet' },
    '16001000': { name: 'Machinery', type: 'balance-sheet' },
    '61003000': { name: 'Office supplies', type: 'profit-loss' },
    '61005000': { name: 'Rent', type: 'profit-loss' },
    '61006000': { name: 'Travel expenses', type: 'profit-loss' },
    '61008000': { name: 'Consulting services', type: 'profit-loss' },
    '61009000': { name: 'Software subscriptions', type: 'profit-loss' },
    '61010000': { name: 'Freight costs', type: 'profit-loss' },
    '70100000': { name: 'Cash discount received', type: 'profit-loss' },
    '71100000': { name: 'Bank fees', type: 'profit-loss' },
    '72040000': { name: 'Exchange differences', type: 'profit-loss' },
  },
  costCenters: {
    '17101101': costCenter('Consulting US', '1710', 'YB110'),
    '17101201': costCenter('Sales US', '1710', 'YB110'),
    '17101301': costCenter('Finance US', '1710', 'YB600'),
    '17101401': costCenter('Office and IT US', '1710', 'YB600'),
    '17201101': costCenter('Analytics US', '1720', 'YB110'),
    '10101101': costCenter('Consulting DE', '1010', 'YB110'),
    '10101301': costCenter('Finance DE', '1010', 'YB600'),
  },
  profitCenters: ['YB110', 'YB600'],
  paymentTerms: {
    NT00: { netDays: 0 },
    NT14: { netDays: 14 },
    NT30: { netDays: 30 },
    NT45: { netDays: 45 },
    NT60: { netDays: 60 },
    D230: { netDays: 30, discount: { days: 14, percent: '2.000' } },
    IN03: {
      netDays: 90,
      instalments: [30, 60, 90].map((netDays) => ({ weight: '1', netDays })),
    },
  },
  documentTypes: {
    SA: { name: 'G/L account document', from: 100_000_000, to: 199_999_999 },
    AB: { name: 'General document', from: 200_000_000, to: 299_999_999 },
    KZ: { name: 'Vendor payment', from: 1_500_000_000, to: 1_599_999_999 },
    KR: { name: 'Vendor invoice', from: 1_900_000_000, to: 1_999_999_999 },
  },
  reversalReasons: ['01', '02', '03', '05'],
  rates: { USD: '1', EUR: '1.1', GBP: '1.25', CAD: '0.7', JPY: '0.0065' },
};

function companyCode(name: string, currency: string, country: string): CompanyCode {
  return { name, currency, country, taxAccount: '12600000', bankAccount: '11001000', closedPeriods: [] };
}

function costCenter(name: string, code: string, profitCenter: string): CostCenter {
  return { name, companyCode: code, profitCenter };
}

/**
 * The firm of the scenario: invented, 300 people, three companies. Numbers follow SAP's model company; each G/L
 * account has the same number in BILL's chart of accounts unless it is said otherwise.
 */
export const firm = {
  name: 'Larkspur & Finch Advisory',
  people: 300,
  companyCodes: {
    '1710': { name: 'Larkspur & Finch Inc.', currency: 'USD' },
    '1720': { name: 'Larkspur & Finch Analytics LLC', currency: 'USD' },
    '1010': { name: 'Larkspur & Finch GmbH', currency: 'EUR' },
  },
} as const;

export type CompanyCode = keyof typeof firm.companyCodes;

/** G/L accounts that the firm's invoices use. */
export const accounts = {
  supplies: '61003000',
  rent: '61005000',
  travel: '61006000',
  consulting: '61008000',
  software: '61009000',
  cleaning: '61012000',
  telephone: '61013000',
  legal: '61014000',
  recruiting: '61015000',
  training: '61016000',
  insurance: '61017000',
  events: '61018000',
  gifts: '61019000',
  temporaryStaff: '61020000',
  hardware: '61021000',
  subscriptions: '61022000',
  repairs: '61031000',
} as const;

export type Account = keyof typeof accounts;

export const accountNames: Record<Account, string> = {
  supplies: 'Office supplies',
  rent: 'Rent',
  travel: 'Travel expenses',
  consulting: 'Consulting services',
  software: 'Software subscriptions',
  cleaning: 'Cleaning',
  telephone: 'Telephone and internet',
  legal: 'Legal fees',
  recruiting: 'Recruiting',
  training: 'Training',
  insurance: 'Insurance',
  events: 'Events and catering',
  gifts: 'Client gifts',
  temporaryStaff: 'Temporary staff',
  hardware: 'Low-value hardware',
  subscriptions: 'Journals and subscriptions',
  repairs: 'Repairs and maintenance',
};

/**
 * Nobody has set up client gifts in BILL: the first such invoice needs a person. Repairs lie in a range of accounts
 * that are one account in BILL.
 */
export const accountsMissingInBill: readonly Account[] = ['gifts', 'repairs'];

/** Somebody has archived it in BILL, although SAP still uses it. */
export const accountsArchivedInBill: readonly Account[] = ['subscriptions'];

/** All that keeps the buildings running is one account in BILL. */
export const facilities = { from: '61030000', to: '61039999', number: '6500', name: 'Facilities' } as const;

/** BILL knows training under another number; the configuration maps it. */
export const accountsWithOtherNumber: Partial<Record<Account, string>> = { training: '6400' };

export const costCenters = {
  consultingUs: '17101101',
  salesUs: '17101201',
  financeUs: '17101301',
  officeUs: '17101401',
  orchardUs: '17101501',
  analytics: '17201101',
  consultingDe: '10101101',
  financeDe: '10101301',
} as const;

export type CostCenter = keyof typeof costCenters;

export const costCenterNames: Record<CostCenter, string> = {
  consultingUs: 'Consulting US',
  salesUs: 'Sales US',
  financeUs: 'Finance US',
  officeUs: 'Office and IT US',
  orchardUs: 'Project Orchard',
  analytics: 'Analytics US',
  consultingDe: 'Consulting DE',
  financeDe: 'Finance DE',
};

/** Departments bear the numbers of their cost centers in BILL, except these two: the configuration maps them. */
export const departments = {
  workplace: { shortName: 'WP', name: 'Workplace', of: 'officeUs' },
  germany: { shortName: 'DE', name: 'Germany', from: '10100000', to: '10109999' },
} as const;

/** The last day of a project that is over. */
export const endedCostCenters: Partial<Record<CostCenter, string>> = { orchardUs: '2026-09-30' };

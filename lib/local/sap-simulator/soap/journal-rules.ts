import { isZero, sum } from '../../../money.ts';
import { isRealDate } from '../odata/literals.ts';
import { isValidOn, type Organization } from '../organization.ts';
import { isPeriodOpen } from '../tenant/fi-documents.ts';
import { supplierCompanyRow, supplierRow } from '../tenant/suppliers.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { EntryItem, EntryRequest } from './journal-entry-request.ts';

/** One line of the answer's log: `number(class)` and its words (SAP dossier §§9.3, 9.4). */
export interface Message {
  readonly typeId: string;
  readonly severity: 1 | 2 | 3;
  readonly note: string;
}

/** Why accounting refuses the entry, all reasons at once; empty when it may be posted. Numbers not in §9.4 are [G]. */
export function entryProblems(tenant: Tenant, entry: EntryRequest): Message[] {
  const header = headerProblems(tenant, entry);
  return header.length > 0 ? header : [...balanceProblems(entry), ...itemProblems(tenant, entry)];
}

/** What holds for entries and for reversals. */
export function headerProblems({ books }: Tenant, entry: EntryRequest): Message[] {
  const { organization } = books;
  const { companyCode, postingDate, documentType } = entry;
  if (!organization.companyCodes[companyCode])
    return [error('165(F5)', `Company code ${companyCode} is not defined`)];
  if (!isRealDate(postingDate) || !isRealDate(entry.documentDate)) {
    return [error('016(F5)', 'Posting date and document date are needed')];
  }
  const found: Message[] = [];
  if (entry.originalReferenceDocumentType !== 'BKPFF' || entry.businessTransactionType !== 'RFBU') {
    found.push(error('603(RW)', 'Business transaction is not BKPFF / RFBU'));
  }
  if (!organization.documentTypes[documentType]) {
    found.push(error('814(F5)', `Document type ${documentType} is not defined`));
  }
  if (!isPeriodOpen(books, companyCode, postingDate)) {
    found.push(
      error('201(F5)', `Period ${postingDate.slice(5, 7)} is not open for company code ${companyCode}`),
    );
  }
  return found;
}

function balanceProblems({ items }: EntryRequest): Message[] {
  const currencies = new Set(items.map((item) => item.currency));
  const [currency = ''] = currencies;
  if (items.length < 2) return [error('701(F5)', 'A document needs at least two items')];
  if (currencies.has('')) return [error('705(F5)', 'An item has no transaction currency')];
  if (currencies.size > 1) return [error('706(F5)', 'Items are in different transaction currencies')];
  const total = sum(
    items.map((item) => item.amount),
    currency,
  );
  if (!isZero(total, currency))
    return [error('702(F5)', `Balance in transaction currency: ${total} ${currency}`)];
  return items.flatMap((item) => signProblems(item));
}

/** Debits are positive with `S`, credits negative with `H` (§9.2). */
function signProblems({ amount, currency, debitCreditCode, account }: EntryItem): Message[] {
  if (isZero(amount, currency)) return [error('210(F5)', `Item ${account} has no amount`)];
  const expected = amount.startsWith('-') ? 'H' : 'S';
  if (debitCreditCode === '' || debitCreditCode === expected) return [];
  return [error('116(RW)', `Amount ${amount} of item ${account} contradicts its code ${debitCreditCode}`)];
}

function itemProblems(tenant: Tenant, entry: EntryRequest): Message[] {
  return entry.items.flatMap((item) => {
    if (item.kind === 'debtor') {
      return [
        error('102(F5)', `Customer ${item.account} is not defined in company code ${entry.companyCode}`),
      ];
    }
    if (item.kind === 'creditor') return creditorProblems(tenant, entry, item);
    return item.kind === 'tax' ? [] : glProblems(tenant.books.organization, entry, item);
  });
}

function creditorProblems(tenant: Tenant, { companyCode }: EntryRequest, item: EntryItem): Message[] {
  const company = supplierCompanyRow(tenant, item.account, companyCode);
  if (!company)
    return [error('104(F5)', `Vendor ${item.account} is not defined in company code ${companyCode}`)];
  const found: Message[] = [];
  if (
    supplierRow(tenant, item.account).PostingIsBlocked === true ||
    company.SupplierIsBlockedForPosting === true
  ) {
    found.push(error('353(F5)', `Account ${item.account} is blocked for posting`));
  }
  const own = String(company.ReconciliationAccount ?? '');
  const other = item.alternativePayableAccount;
  const allowed = tenant.books.organization.glAccounts[own]?.alternatives ?? [];
  if (other !== '' && other !== own && !allowed.includes(other)) {
    found.push(error('352(F5)', `Reconciliation account ${other} is not allowed instead of ${own}`));
  }
  return found;
}

function glProblems(organization: Organization, entry: EntryRequest, item: EntryItem): Message[] {
  const account = organization.glAccounts[item.account];
  if (!account) return [error('507(F5)', `G/L account ${item.account} is not in chart of accounts YCOA`)];
  if (account.type === 'payable') {
    return [
      error(
        '354(F5)',
        `Account ${item.account} is a reconciliation account and cannot be posted to directly`,
      ),
    ];
  }
  const found: Message[] = [];
  if (account.isBlocked) found.push(error('003(FH)', `Account ${item.account} is blocked for posting`));
  const isAssigned = item.costCenter !== '' || item.wbsElement !== '' || item.orderId !== '';
  if (account.type === 'profit-loss' && !isAssigned) {
    found.push(error('235(KI)', `Account ${item.account} requires an assignment to a CO object`));
  }
  if (account.type === 'balance-sheet' && item.costCenter !== '' && !account.takesCostCenter) {
    found.push(error('809(F5)', `Field Cost Ctr cannot be filled for account ${item.account}`));
  }
  return [...found, ...centerProblems(organization, entry, item, account.requiresProfitCenter ?? false)];
}

function centerProblems(
  organization: Organization,
  { companyCode, postingDate }: EntryRequest,
  { account, costCenter, profitCenter }: EntryItem,
  requiresProfitCenter: boolean,
): Message[] {
  const found: Message[] = [];
  const center = organization.costCenters[costCenter.replace(/^0+(?=.)/, '')];
  if (costCenter !== '' && center?.companyCode !== companyCode) {
    found.push(
      error('113(KS)', `Cost center A000/${costCenter} does not exist in company code ${companyCode}`),
    );
  } else if (center && !isValidOn(center, postingDate)) {
    found.push(error('265(KS)', `Cost center A000/${costCenter} is not valid on ${postingDate}`));
  }
  if (center?.isBlocked)
    found.push(error('265(KI)', `Cost center A000/${costCenter} is blocked against direct postings`));
  if (profitCenter !== '' && !organization.profitCenters.includes(profitCenter)) {
    found.push(error('711(KM)', `Profit center A000/${profitCenter} does not exist`));
  }
  if (requiresProfitCenter && profitCenter === '' && !center) {
    found.push(
      error('808(F5)', `Field Profit Ctr is a required field for G/L account ${companyCode} ${account}`),
    );
  }
  return found;
}

export function error(typeId: string, note: string): Message {
  return { typeId, severity: 3, note };
}

import Big from 'big.js';
import { isoDate, isoTime } from '../../../clock.ts';
import { type Amount, currencyDecimals, negate, sum } from '../../../money.ts';
import { type SapBooks, table } from '../books.ts';
import { type Row, textOf } from '../odata/entity-type.ts';
import type { CompanyCode } from '../organization.ts';
import type { Tenant } from './tenant.ts';

/** FI documents: the rows of A_OperationalAcctgDocItemCube (SAP dossier §5). */
export const journalItems = 'A_OperationalAcctgDocItemCube';

export interface FiHeader {
  readonly companyCode: string;
  readonly accountingDocument: string;
  readonly documentType: string;
  readonly documentDate: string;
  readonly postingDate: string;
  readonly currency: string;
  readonly headerText: string;
  /** DocumentReferenceID; stored in upper case (dossier §9.6). */
  readonly reference: string;
  /** `RMRP` for supplier invoices, `BKPFF` for journal entries. */
  readonly referenceDocumentType: string;
  readonly originalReferenceDocument: string;
  readonly createdBy: string;
  readonly more?: Row;
}

export interface FiLine {
  /** Debit positive, credit negative. */
  readonly amount: Amount;
  readonly accountType: 'K' | 'S' | 'A' | 'M';
  readonly glAccount: string;
  readonly more?: Row;
}

export interface FiDocument {
  readonly companyCode: string;
  readonly accountingDocument: string;
  readonly fiscalYear: string;
}

/** `1710/2026/1500000042`. */
export function documentKey(row: Row): string {
  return ['CompanyCode', 'FiscalYear', 'AccountingDocument'].map((name) => textOf(row, name)).join('/');
}

export function documentRows(books: SapBooks, document: FiDocument): Row[] {
  const { companyCode, fiscalYear, accountingDocument } = document;
  const wanted = `${companyCode}/${fiscalYear}/${accountingDocument}`;
  return table(books, journalItems).filter((row) => documentKey(row) === wanted);
}

export function companyCodeOf(books: SapBooks, code: string): CompanyCode {
  const found = books.organization.companyCodes[code];
  if (!found) throw new Error(`Company code ${code} is not defined in this tenant.`);
  return found;
}

/** Fiscal year variant K4: the calendar year and its months. */
export function fiscalYearOf(postingDate: string): string {
  return postingDate.slice(0, 4);
}

export function isPeriodOpen(books: SapBooks, companyCode: string, postingDate: string): boolean {
  return !companyCodeOf(books, companyCode).closedPeriods.includes(postingDate.slice(0, 7));
}

/** Writes a document; it shows to reads after `visibleAfterMs`. Debits and credits must be equal. */
export function writeFiDocument(
  tenant: Tenant,
  header: FiHeader,
  lines: readonly FiLine[],
  visibleAfterMs = 0,
): FiDocument {
  const { books, clock } = tenant;
  const total = sum(
    lines.map((line) => line.amount),
    header.currency,
  );
  if (Number(total) !== 0) throw new Error(`FI document ${header.accountingDocument} is off by ${total}.`);
  const common = headerRow(tenant, header);
  lines.forEach((line, index) => {
    const item = String(index + 1).padStart(3, '0');
    table(books, journalItems).push({
      ...common,
      AccountingDocumentItem: item,
      ...lineRow(tenant, header, line),
    });
  });
  if (visibleAfterMs > 0) books.visibleFrom[documentKey(common)] = clock.now() + visibleAfterMs;
  const { companyCode, accountingDocument, postingDate } = header;
  return { companyCode, accountingDocument, fiscalYear: fiscalYearOf(postingDate) };
}

function headerRow({ books, clock }: Tenant, header: FiHeader): Row {
  const company = companyCodeOf(books, header.companyCode);
  const today = isoDate(clock.now());
  return {
    CompanyCode: header.companyCode,
    CompanyCodeName: company.name,
    ChartOfAccounts: 'YCOA',
    ControllingArea: 'A000',
    FiscalYear: fiscalYearOf(header.postingDate),
    FiscalPeriod: header.postingDate.slice(5, 7).padStart(3, '0'),
    AccountingDocument: header.accountingDocument,
    AccountingDocumentType: header.documentType,
    DocumentDate: header.documentDate,
    PostingDate: header.postingDate,
    TransactionCurrency: header.currency,
    CompanyCodeCurrency: company.currency,
    AccountingDocumentHeaderText: header.headerText,
    DocumentReferenceID: header.reference.toUpperCase(),
    ReferenceDocumentType: header.referenceDocumentType,
    OriginalReferenceDocument: header.originalReferenceDocument,
    BusinessTransactionType: header.referenceDocumentType === 'RMRP' ? 'RMRP' : 'RFBU',
    AccountingDocCreatedByUser: header.createdBy,
    AccountingDocumentCreationDate: today,
    CreationTime: `PT${isoTime(clock.now()).slice(11, 19).replace(':', 'H').replace(':', 'M')}S`,
    LastChangeDate: today,
    Ledger: '0L',
    ...header.more,
  };
}

function lineRow({ books }: Tenant, header: FiHeader, line: FiLine): Row {
  const isDebit = !line.amount.startsWith('-');
  const isSupplier = line.accountType === 'K';
  const account = books.organization.glAccounts[line.glAccount];
  return {
    FinancialAccountType: line.accountType,
    GLAccount: line.glAccount,
    OperationalGLAccount: line.glAccount,
    GLAccountName: account?.name ?? '',
    IsBalanceSheetAccount: account?.type !== 'profit-loss',
    DebitCreditCode: isDebit ? 'S' : 'H',
    PostingKey: isSupplier ? (isDebit ? '21' : '31') : isDebit ? '40' : '50',
    AmountInTransactionCurrency: line.amount,
    AmountInCompanyCodeCurrency: inCompanyCodeCurrency(books, header, line.amount),
    IsOpenItemManaged: isSupplier ? 'X' : '',
    ...line.more,
  };
}

function inCompanyCodeCurrency(books: SapBooks, { companyCode, currency }: FiHeader, value: Amount): Amount {
  const { rates } = books.organization;
  const target = companyCodeOf(books, companyCode).currency;
  if (target === currency) return value;
  const rate = new Big(rates[currency] ?? '1').div(rates[target] ?? '1');
  return new Big(value).times(rate).toFixed(currencyDecimals(target));
}

/** Posts the opposite of a document, marks both, and clears the supplier lines of both against each other. */
export function reverseFiDocument(
  tenant: Tenant,
  original: FiDocument,
  header: FiHeader,
  reason: string,
  visibleAfterMs = 0,
): FiDocument {
  const rows = documentRows(tenant.books, original);
  const named: Row = tenant.switches.reversalNamesOriginal
    ? { ReverseDocument: original.accountingDocument, ReverseDocumentFiscalYear: original.fiscalYear }
    : {};
  const reversal = writeFiDocument(
    tenant,
    { ...header, more: { ...header.more, ...named, IsReversal: true, ReversalReason: reason } },
    rows.map((row) => reversedLine(row, header.currency)),
    visibleAfterMs,
  );
  for (const row of rows) {
    row.ReverseDocument = reversal.accountingDocument;
    row.ReverseDocumentFiscalYear = reversal.fiscalYear;
    row.ReversalReason = reason;
    row.IsReversed = true;
  }
  clearLines([...rows, ...documentRows(tenant.books, reversal)], reversal, header.postingDate);
  return reversal;
}

function reversedLine(row: Row, currency: string): FiLine {
  const copied = [
    'Supplier',
    'CostCenter',
    'ProfitCenter',
    'AssignmentReference',
    'DocumentItemText',
    'TaxCode',
  ];
  return {
    amount: negate(textOf(row, 'AmountInTransactionCurrency'), currency),
    accountType: textOf(row, 'FinancialAccountType') as FiLine['accountType'],
    glAccount: textOf(row, 'GLAccount'),
    more: Object.fromEntries(copied.flatMap((name) => (name in row ? [[name, row[name] ?? '']] : []))),
  };
}

/** Clears the open supplier lines among these rows by a document. */
export function clearLines(rows: readonly Row[], clearing: FiDocument, date: string): void {
  for (const row of rows) {
    if (row.FinancialAccountType !== 'K' || row.IsCleared === true) continue;
    row.IsCleared = true;
    row.ClearingDate = date;
    row.ClearingCreationDate = date;
    row.ClearingAccountingDocument = clearing.accountingDocument;
    row.ClearingDocFiscalYear = clearing.fiscalYear;
  }
}

import { type SapBooks, table } from '../books.ts';
import { type Row, textOf } from '../odata/entity-type.ts';
import { documentKey, journalItems } from './fi-documents.ts';

/**
 * The books by business keys, in a fixed order, without surrogate numbers, users and times: what two runs of the
 * same story must have in common.
 */
export function canonicalBooks(books: SapBooks) {
  const items = table(books, journalItems);
  const payables = groupBy(items.filter(isInvoiceLine), (row) => textOf(row, 'OriginalReferenceDocument'));
  const entries = groupBy(
    items.filter((row) => row.ReferenceDocumentType === 'BKPFF'),
    documentKey,
  );
  return {
    invoices: sorted(table(books, 'A_SupplierInvoice').map((header) => canonicalInvoice(header, payables))),
    journalEntries: sorted([...entries.values()].map(canonicalEntry)),
    suppliers: sorted(table(books, 'A_Supplier').map((master) => canonicalSupplier(books, master))),
  };
}

function canonicalSupplier(books: SapBooks, master: Row) {
  const supplier = textOf(master, 'Supplier');
  const of = (set: string, key: string, value: string) =>
    table(books, set).filter((row) => row[key] === value);
  return {
    ...texts(master, ['Supplier', 'SupplierName']),
    isBlocked: [master.PaymentIsBlockedForSupplier, master.PostingIsBlocked].includes(true),
    isToBeDeleted: master.DeletionIndicator === true,
    taxNumbers: sorted(of('A_BusinessPartnerTaxNumber', 'BusinessPartner', supplier)),
    companies: sorted(of('A_SupplierCompany', 'Supplier', supplier)),
    addresses: of('A_BusinessPartnerAddress', 'BusinessPartner', supplier).map((row) => ({
      ...texts(row, ['StreetName', 'HouseNumber', 'CityName', 'PostalCode', 'Region', 'Country']),
      emails: of('A_AddressEmailAddress', 'AddressID', textOf(row, 'AddressID')).map(
        (each) => each.EmailAddress,
      ),
      phones: of('A_AddressPhoneNumber', 'AddressID', textOf(row, 'AddressID')).map(
        (each) => each.PhoneNumber,
      ),
    })),
  };
}

function isInvoiceLine(row: Row): boolean {
  return row.ReferenceDocumentType === 'RMRP' && row.FinancialAccountType === 'K';
}

function canonicalInvoice(header: Row, payables: ReadonlyMap<string, Row[]>) {
  const key = `${textOf(header, 'SupplierInvoice')}${textOf(header, 'FiscalYear')}`;
  return {
    ...texts(header, [
      'CompanyCode',
      'SupplierInvoice',
      'FiscalYear',
      'InvoicingParty',
      'SupplierInvoiceIDByInvcgParty',
      'DocumentCurrency',
      'InvoiceGrossAmount',
      'SupplierInvoiceStatus',
      'PaymentBlockingReason',
    ]),
    isReversed: header.IsReversed === true,
    payables: (payables.get(key) ?? []).map((row) => ({
      ...texts(row, ['AmountInTransactionCurrency', 'PaymentBlockingReason', 'NetDueDate']),
      isCleared: row.IsCleared === true,
    })),
  };
}

function canonicalEntry(rows: readonly Row[]) {
  const first = rows[0] ?? {};
  return {
    ...texts(first, [
      'CompanyCode',
      'AccountingDocumentType',
      'DocumentReferenceID',
      'Reference1InDocumentHeader',
      'AccountingDocumentHeaderText',
      'PostingDate',
      'TransactionCurrency',
    ]),
    isReversal: first.IsReversal === true,
    isReversed: first.IsReversed === true,
    lines: sorted(rows.map((row) => ({ ...texts(row, lineProperties), isCleared: row.IsCleared === true }))),
  };
}

const lineProperties = [
  'FinancialAccountType',
  'GLAccount',
  'Supplier',
  'AmountInTransactionCurrency',
  'CostCenter',
  'ProfitCenter',
  'AssignmentReference',
  'DocumentItemText',
  'Reference3IDByBusinessPartner',
  'FollowOnDocumentType',
];

function texts(row: Row, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.map((name) => [name, textOf(row, name)]).filter(([, value]) => value !== ''),
  );
}

function sorted<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, key: JSON.stringify(item) }))
    .sort((left, right) => (left.key < right.key ? -1 : left.key > right.key ? 1 : 0))
    .map(({ item }) => item);
}

function groupBy(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  return Map.groupBy(rows, keyOf);
}

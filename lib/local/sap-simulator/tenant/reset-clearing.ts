import { nextNumber, table } from '../books.ts';
import { type Row, textOf } from '../odata/entity-type.ts';
import { matches } from '../odata/related-rows.ts';
import {
  documentRows,
  type FiDocument,
  type FiHeader,
  journalItems,
  reverseFiDocument,
} from './fi-documents.ts';
import type { Tenant } from './tenant.ts';

const clearingProperties = [
  'ClearingDate',
  'ClearingCreationDate',
  'ClearingAccountingDocument',
  'ClearingDocFiscalYear',
];

/** What an accountant does with "Reset Cleared Items": the lines are open again, a document with lines is reversed. */
export function resetClearing(tenant: Tenant, clearing: FiDocument): void {
  const { books } = tenant;
  const lines = table(books, journalItems).filter(
    matches({
      CompanyCode: clearing.companyCode,
      ClearingAccountingDocument: clearing.accountingDocument,
      ClearingDocFiscalYear: clearing.fiscalYear,
    }),
  );
  if (lines.length === 0) throw new Error(`Document ${clearing.accountingDocument} has cleared nothing.`);
  for (const line of lines) {
    for (const name of clearingProperties) delete line[name];
    line.IsCleared = false;
  }
  const [first] = documentRows(books, clearing);
  if (first !== undefined) reverseFiDocument(tenant, clearing, reversingHeader(tenant, first), '01');
}

function reversingHeader({ books }: Tenant, first: Row): FiHeader {
  const companyCode = textOf(first, 'CompanyCode');
  const accountingDocument = nextNumber(books, `clearing/${companyCode}/reset`, 290_000_000);
  return {
    companyCode,
    accountingDocument,
    documentType: textOf(first, 'AccountingDocumentType'),
    documentDate: textOf(first, 'DocumentDate'),
    postingDate: textOf(first, 'PostingDate'),
    currency: textOf(first, 'TransactionCurrency'),
    headerText: 'Clearing reset',
    reference: textOf(first, 'DocumentReferenceID'),
    referenceDocumentType: 'BKPFF',
    originalReferenceDocument: `${accountingDocument}${companyCode}${textOf(first, 'FiscalYear')}`,
    createdBy: 'CB9980000010',
  };
}

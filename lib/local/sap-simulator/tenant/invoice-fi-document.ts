import type { InvoiceKey } from '../../../rules/sap-invoices.ts';
import { nextNumber, type SapBooks, table } from '../books.ts';
import { type Row, textOf } from '../odata/entity-type.ts';
import { matches } from '../odata/related-rows.ts';
import { type FiDocument, type FiHeader, journalItems } from './fi-documents.ts';
import type { Tenant } from './tenant.ts';

/** Next number of the FI documents that invoices make. */
export function nextInvoiceDocument(books: SapBooks, companyCode: string): string {
  return nextNumber(books, `fi-invoice/${companyCode}`, 5_100_000_001);
}

/** The head of an FI document that belongs to an invoice. */
export function invoiceFiHeader(header: Row, accountingDocument: string): FiHeader {
  return {
    companyCode: textOf(header, 'CompanyCode'),
    accountingDocument,
    documentType: textOf(header, 'AccountingDocumentType'),
    documentDate: textOf(header, 'DocumentDate'),
    postingDate: textOf(header, 'PostingDate'),
    currency: textOf(header, 'DocumentCurrency'),
    headerText: textOf(header, 'DocumentHeaderText'),
    reference: textOf(header, 'SupplierInvoiceIDByInvcgParty'),
    referenceDocumentType: 'RMRP',
    originalReferenceDocument: reference(header),
    createdBy: 'CB9980000010',
  };
}

/** The supplier lines of the invoice's own FI document. */
export function payableRows(tenant: Tenant, key: InvoiceKey): Row[] {
  const wanted = matches({
    CompanyCode: key.companyCode,
    OriginalReferenceDocument: `${key.supplierInvoice}${key.fiscalYear}`,
    ReferenceDocumentType: 'RMRP',
    FinancialAccountType: 'K',
  });
  return table(tenant.books, journalItems).filter(wanted);
}

/** The invoice's own FI document; undefined while parked. */
export function fiDocumentOf(tenant: Tenant, key: InvoiceKey): FiDocument | undefined {
  const row = payableRows(tenant, key)[0];
  return (
    row && {
      companyCode: key.companyCode,
      accountingDocument: textOf(row, 'AccountingDocument'),
      fiscalYear: textOf(row, 'FiscalYear'),
    }
  );
}

function reference(header: Row): string {
  return `${textOf(header, 'SupplierInvoice')}${textOf(header, 'FiscalYear')}`;
}

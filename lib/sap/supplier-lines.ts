import * as z from 'zod';
import { amount } from '../money.ts';
import type { DocumentKey, SupplierLine } from '../rules/sap-accounting.ts';
import type { ODataClient } from './odata-client.ts';
import { all, any, choices, equal, v2 } from './odata-query.ts';
import { decimal, flag, optionalDate, optionalNumber, optionalText, requiredText } from './odata-values.ts';
import { present } from './present.ts';
import type { Sap } from './sap.ts';
import { operationalItemService as service } from './services.ts';

/** A supplier line of A_OperationalAcctgDocItemCube with its clearing and what it refers to (SAP dossier §5). */
const supplierLineRow = z.object({
  CompanyCode: requiredText,
  FiscalYear: requiredText,
  AccountingDocument: requiredText,
  AccountingDocumentItem: requiredText,
  Supplier: optionalNumber,
  TransactionCurrency: requiredText,
  AmountInTransactionCurrency: decimal,
  NetDueDate: optionalDate,
  PaymentBlockingReason: optionalText,
  IsCleared: flag,
  ClearingAccountingDocument: optionalText,
  ClearingDocFiscalYear: optionalText,
  InvoiceReference: optionalText,
  InvoiceReferenceFiscalYear: optionalText,
  InvoiceItemReference: optionalText,
  AssignmentReference: optionalText,
  SpecialGLCode: optionalText,
  ReverseDocument: optionalText,
  IsReversal: flag,
});

type SupplierLineRow = z.output<typeof supplierLineRow>;

export function supplierLines(odata: ODataClient): Pick<Sap, 'supplierLines'> {
  return {
    async supplierLines(documents) {
      const found = new Map<string, SupplierLine>();
      for (const [companyCode, ofCompany] of Map.groupBy(documents, (each) => each.companyCode)) {
        const numbers = [...new Set(ofCompany.map((each) => each.accountingDocument))];
        for (const chosen of choices(numbers.map(ownOrReferring))) {
          const filter = all(
            equal('FinancialAccountType', v2.text('K')),
            equal('CompanyCode', v2.text(companyCode)),
            chosen,
          );
          const query = { filter, orderBy: keyFields, select: Object.keys(supplierLineRow.shape) };
          const rows = await odata.list(service, 'A_OperationalAcctgDocItemCube', query, supplierLineRow);
          for (const line of rows.map(lineOf)) {
            if (ofCompany.some((each) => concerns(line, each))) found.set(nameOf(line), line);
          }
        }
      }
      return [...found.values()];
    },
  };
}

const keyFields = ['CompanyCode', 'FiscalYear', 'AccountingDocument', 'AccountingDocumentItem'];

function ownOrReferring(number: string) {
  return any(equal('AccountingDocument', v2.text(number)), equal('InvoiceReference', v2.text(number)));
}

/** A number may be there again in another fiscal year. */
function concerns(line: SupplierLine, { accountingDocument, fiscalYear }: DocumentKey): boolean {
  const isIt = (each: Omit<DocumentKey, 'companyCode'> | undefined) =>
    each?.accountingDocument === accountingDocument && each.fiscalYear === fiscalYear;
  return isIt(line) || isIt(line.refersTo);
}

function nameOf({ companyCode, fiscalYear, accountingDocument, item }: SupplierLine): string {
  return `${companyCode}/${fiscalYear}/${accountingDocument}/${item}`;
}

function lineOf(row: SupplierLineRow): SupplierLine {
  return present({
    companyCode: row.CompanyCode,
    accountingDocument: row.AccountingDocument,
    fiscalYear: row.FiscalYear,
    item: row.AccountingDocumentItem,
    supplier: row.Supplier ?? '',
    currency: row.TransactionCurrency,
    amount: amount(row.AmountInTransactionCurrency, row.TransactionCurrency),
    netDueDate: row.NetDueDate,
    paymentBlock: row.PaymentBlockingReason,
    isCleared: row.IsCleared,
    clearedBy: documentOf(row.ClearingAccountingDocument, row.ClearingDocFiscalYear),
    refersTo: reference(row),
    assignmentReference: row.AssignmentReference,
    specialGlCode: row.SpecialGLCode,
    isReversed: row.IsReversal || !isInitial(row.ReverseDocument),
  });
}

function reference(row: SupplierLineRow): SupplierLine['refersTo'] {
  const document = documentOf(row.InvoiceReference, row.InvoiceReferenceFiscalYear);
  return document === undefined
    ? undefined
    : { ...document, item: (row.InvoiceItemReference ?? '').padStart(3, '0') };
}

function documentOf(number: string | undefined, year: string | undefined): SupplierLine['clearedBy'] {
  return number === undefined || isInitial(number)
    ? undefined
    : { accountingDocument: number, fiscalYear: year ?? '' };
}

/** NUMC fields show zeros for "nothing" (SAP dossier §3.1). */
function isInitial(number: string | undefined): boolean {
  return /^0*$/.test(number ?? '');
}

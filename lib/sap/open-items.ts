import * as z from 'zod';
import { amount } from '../money.ts';
import type { OpenSupplierItem } from '../rules/sap-accounting.ts';
import type { ODataClient } from './odata-client.ts';
import { all, any, compare, equal, v2 } from './odata-query.ts';
import { decimal, optionalNumber, optionalText, requiredText } from './odata-values.ts';
import { present } from './present.ts';
import type { Sap } from './sap.ts';
import { operationalItemService as service } from './services.ts';

const openItemRow = z.object({
  CompanyCode: requiredText,
  FiscalYear: requiredText,
  AccountingDocument: requiredText,
  AccountingDocumentItem: requiredText,
  Supplier: optionalNumber,
  TransactionCurrency: requiredText,
  AmountInTransactionCurrency: decimal,
  OriginalReferenceDocument: optionalText,
  InvoiceReference: optionalText,
  InvoiceReferenceFiscalYear: optionalText,
  SpecialGLCode: optionalText,
});

const keyFields = ['CompanyCode', 'FiscalYear', 'AccountingDocument', 'AccountingDocumentItem'];

/** The supplier items of A_OperationalAcctgDocItemCube that no clearing has closed (SAP dossier §5). */
export function openItems(odata: ODataClient): Pick<Sap, 'openSupplierItems'> {
  return {
    async openSupplierItems(companyCodes, postedSince) {
      const filter = all(
        equal('FinancialAccountType', v2.text('K')),
        any(...companyCodes.map((code) => equal('CompanyCode', v2.text(code)))),
        equal('IsCleared', v2.flag(false)),
        compare('PostingDate', 'ge', v2.date(postedSince)),
      );
      const query = { filter, orderBy: keyFields, select: Object.keys(openItemRow.shape) };
      const rows = await odata.list(service, 'A_OperationalAcctgDocItemCube', query, openItemRow);
      return rows.filter((row) => row.SpecialGLCode === undefined).map(itemOf);
    },
  };
}

function itemOf(row: z.output<typeof openItemRow>): OpenSupplierItem {
  return present({
    companyCode: row.CompanyCode,
    fiscalYear: row.FiscalYear,
    accountingDocument: row.AccountingDocument,
    supplier: row.Supplier ?? '',
    currency: row.TransactionCurrency,
    amount: amount(row.AmountInTransactionCurrency, row.TransactionCurrency),
    originalReference: row.OriginalReferenceDocument,
    paysInPart: paysInPart(row),
  });
}

function paysInPart(row: z.output<typeof openItemRow>): OpenSupplierItem['paysInPart'] {
  const { InvoiceReference: accountingDocument, InvoiceReferenceFiscalYear: fiscalYear } = row;
  if (accountingDocument === undefined || fiscalYear === undefined) return undefined;
  return { accountingDocument, fiscalYear };
}

import * as z from 'zod';
import { amount } from '../money.ts';
import type { InvoiceKey, PayableLine } from '../rules/sap-invoices.ts';
import type { ODataClient } from './odata-client.ts';
import { all, any, choices, equal, v2 } from './odata-query.ts';
import {
  decimal,
  flag,
  optionalDate,
  optionalDecimal,
  optionalNumber,
  optionalText,
  requiredText,
} from './odata-values.ts';
import { present } from './present.ts';
import type { Sap } from './sap.ts';
import { operationalItemService as service } from './services.ts';
import { hasAmount } from './supplier-invoice-shape.ts';

/** A supplier line of A_OperationalAcctgDocItemCube (SAP dossier §5). */
const payableLineRow = z.object({
  OriginalReferenceDocument: requiredText,
  CompanyCode: requiredText,
  AccountingDocument: requiredText,
  FiscalYear: requiredText,
  AccountingDocumentItem: requiredText,
  Supplier: optionalNumber,
  GLAccount: optionalNumber,
  TransactionCurrency: requiredText,
  AmountInTransactionCurrency: decimal,
  NetDueDate: optionalDate,
  CashDiscount1DueDate: optionalDate,
  WithholdingTaxAmount: optionalDecimal,
  PaymentBlockingReason: optionalText,
  PaymentMethod: optionalText,
  IsCleared: flag,
  ClearingAccountingDocument: optionalText,
  ClearingDate: optionalDate,
  SpecialGLCode: optionalText,
});

type PayableLineRow = z.output<typeof payableLineRow>;

/** An invoice's FI document is found by invoice number + fiscal year as one key (SAP dossier §§0.5, 5). */
export function payableLines(odata: ODataClient): Pick<Sap, 'payableLines'> {
  return {
    async payableLines(keys) {
      const companies = [...new Set(keys.map((key) => key.companyCode))];
      const references = [...new Set(keys.map(referenceOf))];
      const found: PayableLine[] = [];
      for (const ofInvoices of choices(
        references.map((each) => equal('OriginalReferenceDocument', v2.text(each))),
      )) {
        const filter = all(
          equal('FinancialAccountType', v2.text('K')),
          any(...companies.map((code) => equal('CompanyCode', v2.text(code)))),
          ofInvoices,
        );
        const query = { filter, orderBy: keyFields, select: Object.keys(payableLineRow.shape) };
        found.push(
          ...(await odata.list(service, 'A_OperationalAcctgDocItemCube', query, payableLineRow)).map(lineOf),
        );
      }
      return found;
    },
  };
}

const keyFields = ['CompanyCode', 'FiscalYear', 'AccountingDocument', 'AccountingDocumentItem'];
const invoiceNumberLength = 10;

function referenceOf({ supplierInvoice, fiscalYear }: InvoiceKey): string {
  return `${supplierInvoice}${fiscalYear}`;
}

function lineOf(row: PayableLineRow): PayableLine {
  const reference = row.OriginalReferenceDocument;
  return present({
    invoice: {
      supplierInvoice: reference.slice(0, invoiceNumberLength),
      fiscalYear: reference.slice(invoiceNumberLength),
    },
    companyCode: row.CompanyCode,
    accountingDocument: row.AccountingDocument,
    accountingDocumentYear: row.FiscalYear,
    item: row.AccountingDocumentItem,
    supplier: row.Supplier ?? '',
    glAccount: row.GLAccount ?? '',
    currency: row.TransactionCurrency,
    amount: amount(row.AmountInTransactionCurrency, row.TransactionCurrency),
    netDueDate: row.NetDueDate,
    discountDueDate: row.CashDiscount1DueDate,
    withheldTax: withheldOf(row),
    paymentBlock: row.PaymentBlockingReason,
    paymentMethod: row.PaymentMethod,
    isCleared: row.IsCleared,
    clearingDocument: row.ClearingAccountingDocument,
    clearingDate: row.ClearingDate,
    specialGlCode: row.SpecialGLCode,
  });
}

function withheldOf({ WithholdingTaxAmount: tax, TransactionCurrency: currency }: PayableLineRow) {
  return hasAmount(tax, currency) ? amount(tax, currency) : undefined;
}

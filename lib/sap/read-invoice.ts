import * as z from 'zod';
import { DocumentError } from '../errors.ts';
import { AmountError, amount } from '../money.ts';
import type { SupplierInvoice, WithholdingTax } from '../rules/sap-invoices.ts';
import { UnexpectedAnswer } from './failures.ts';
import { parseRow } from './odata-client.ts';
import { optionalDate, optionalNumber, requiredText } from './odata-values.ts';
import { present } from './present.ts';
import type { UnreadableInvoice } from './sap.ts';
import { linesOf } from './supplier-invoice-lines.ts';
import {
  hasAmount,
  otherInvoice,
  type SupplierInvoiceRow,
  stampOf,
  supplierInvoiceRow,
} from './supplier-invoice-shape.ts';

export const entitySet = 'A_SupplierInvoice';

/** What every row must have: without it no poll could tell where it stands. */
const head = z.object({
  SupplierInvoice: requiredText,
  FiscalYear: requiredText,
  CompanyCode: requiredText,
  LastChangeDateTime: z.string().nullish(),
  SuplrInvcLstChgDteTmeTxt: z.string().nullish(),
  InvoicingParty: optionalNumber,
  CreationDate: optionalDate.catch(undefined),
  PostingDate: optionalDate.catch(undefined),
});

/** One odd invoice keeps no other waiting: what cannot be read comes with its key and the reason. */
export function readInvoice(row: unknown): SupplierInvoice | UnreadableInvoice {
  const { CompanyCode, SupplierInvoice, FiscalYear, InvoicingParty, CreationDate, PostingDate, ...stamps } =
    parseRow(entitySet, head, row);
  try {
    return invoiceOf(parseRow(entitySet, supplierInvoiceRow, row));
  } catch (error) {
    if (!(error instanceof UnexpectedAnswer || error instanceof AmountError)) throw error;
    return present({
      key: { companyCode: CompanyCode, supplierInvoice: SupplierInvoice, fiscalYear: FiscalYear },
      changeStamp: stampOf(stamps),
      supplier: InvoicingParty ?? '',
      creationDate: CreationDate,
      postingDate: PostingDate,
      unreadable: error.message,
    });
  }
}

export function isUnreadable(read: SupplierInvoice | UnreadableInvoice): read is UnreadableInvoice {
  return 'unreadable' in read;
}

export function isReadable(read: SupplierInvoice | UnreadableInvoice): read is SupplierInvoice {
  return !isUnreadable(read);
}

/** A single invoice that is needed now. Throws DocumentError `INVOICE_NOT_READABLE`. */
export function readableInvoice(row: unknown): SupplierInvoice {
  const read = readInvoice(row);
  if (isReadable(read)) return read;
  throw notReadable(read);
}

export function notReadable({ key, supplier, unreadable }: UnreadableInvoice): DocumentError {
  const { companyCode, supplierInvoice, fiscalYear } = key;
  return new DocumentError({
    code: 'INVOICE_NOT_READABLE',
    message: `SAP shows supplier invoice ${companyCode}/${supplierInvoice}/${fiscalYear} in a form that cannot be read: ${unreadable}`,
    nextStep:
      'Look at it in SAP ("Supplier Invoices List"). Once it is corrected or posted it is read again by itself; if it is right as it is, handle it by hand, skip this, and tell the person who runs the connector.',
    sapValues: { supplier },
  });
}

function invoiceOf(row: SupplierInvoiceRow): SupplierInvoice {
  const currency = row.DocumentCurrency;
  return present({
    key: { companyCode: row.CompanyCode, supplierInvoice: row.SupplierInvoice, fiscalYear: row.FiscalYear },
    changeStamp: stampOf(row),
    status: row.SupplierInvoiceStatus,
    supplier: row.InvoicingParty ?? '',
    alternativePayee: row.AlternativePayeePayer,
    reference: row.SupplierInvoiceIDByInvcgParty,
    isCreditMemo: row.SupplierInvoiceIsCreditMemo,
    documentDate: row.DocumentDate,
    postingDate: row.PostingDate,
    creationDate: row.CreationDate,
    currency,
    grossAmount: amount(row.InvoiceGrossAmount, currency),
    headerText: row.DocumentHeaderText,
    accountingDocumentType: row.AccountingDocumentType,
    paymentTerms: row.PaymentTerms,
    paymentBlock: row.PaymentBlockingReason,
    paymentMethod: row.PaymentMethod,
    payableAccount: row.ReconciliationAccount,
    reversedBy: otherInvoice(row.ReverseDocument, row.ReverseDocumentFiscalYear),
    isReversal: row.IsReversal ? true : undefined,
    originalInvoice: otherInvoice(row.InvoiceReference, row.InvoiceReferenceFiscalYear),
    lines: linesOf(row),
    taxes: row.to_SupplierInvoiceTax.map((tax) => ({
      taxCode: tax.TaxCode,
      amount: amount(tax.TaxAmount, currency),
    })),
    withholdingTaxes: row.to_SupplierInvoiceWhldgTax.map((tax) => withholdingOf(tax, currency)),
  });
}

function withholdingOf(
  tax: SupplierInvoiceRow['to_SupplierInvoiceWhldgTax'][number],
  currency: string,
): WithholdingTax {
  const manual = tax.ManuallyEnteredWhldgTaxAmount;
  const isManual = tax.WhldgTaxIsEnteredManually || hasAmount(manual, currency);
  return present({
    type: tax.WithholdingTaxType,
    code: tax.WithholdingTaxCode,
    baseAmount: amount(tax.WithholdingTaxBaseAmount, currency),
    manualAmount: isManual && typeof manual === 'string' ? amount(manual, currency) : undefined,
  });
}

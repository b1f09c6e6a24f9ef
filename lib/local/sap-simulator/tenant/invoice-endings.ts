import { isoDate } from '../../../clock.ts';
import { type Amount, isZero, negate, sum } from '../../../money.ts';
import type { InvoiceKey } from '../../../rules/sap-invoices.ts';
import { nextNumber, table } from '../books.ts';
import { type Row, textOf } from '../odata/entity-type.ts';
import { moveChangeStamp } from './change-stamp.ts';
import {
  clearLines,
  companyCodeOf,
  documentRows,
  type FiDocument,
  type FiHeader,
  type FiLine,
  fiscalYearOf,
  isPeriodOpen,
  reverseFiDocument,
  writeFiDocument,
} from './fi-documents.ts';
import { fiDocumentOf, invoiceFiHeader, nextInvoiceDocument, payableRows } from './invoice-fi-document.ts';
import { invoiceRow, keyOf } from './invoices.ts';
import type { Tenant } from './tenant.ts';

/** Cancels a posted invoice by a reversing one; both FI documents are cleared against each other (dossier §4.3). */
export function reverseInvoice(
  tenant: Tenant,
  key: InvoiceKey,
  { reason = '01', postingDate = isoDate(tenant.clock.now()) } = {},
): InvoiceKey {
  const header = invoiceRow(tenant, key);
  const original = fiDocumentOf(tenant, key);
  if (!original || textOf(header, 'ReverseDocument') !== '') {
    throw new Error(`Invoice ${key.supplierInvoice} is not posted, or reversed already.`);
  }
  if (payableRows(tenant, key).some((row) => row.IsCleared === true)) {
    throw new Error(`Invoice ${key.supplierInvoice} is cleared: its clearing must be reset first.`);
  }
  if (!isPeriodOpen(tenant.books, key.companyCode, postingDate)) {
    throw new Error(`The period of ${postingDate} is closed in company code ${key.companyCode}.`);
  }
  const reversal = reversingInvoice(tenant, header, postingDate);
  header.ReverseDocument = textOf(reversal, 'SupplierInvoice');
  header.ReverseDocumentFiscalYear = textOf(reversal, 'FiscalYear');
  header.IsReversed = true;
  const reversalHeader = invoiceFiHeader(reversal, nextInvoiceDocument(tenant.books, key.companyCode));
  reverseFiDocument(tenant, original, reversalHeader, reason, tenant.switches.visibilityLagMs);
  moveChangeStamp(tenant, header);
  moveChangeStamp(tenant, reversal);
  return keyOf(reversal);
}

function reversingInvoice(tenant: Tenant, header: Row, postingDate: string): Row {
  const number = nextNumber(tenant.books, 'supplier-invoice', 5_105_600_101);
  const reversal: Row = {
    ...header,
    SupplierInvoice: number,
    FiscalYear: fiscalYearOf(postingDate),
    PostingDate: postingDate,
    CreationDate: isoDate(tenant.clock.now()),
    SupplierInvoiceIsCreditMemo: header.SupplierInvoiceIsCreditMemo === 'X' ? '' : 'X',
    IsReversal: true,
    ...(tenant.switches.reversalNamesOriginal && {
      ReverseDocument: textOf(header, 'SupplierInvoice'),
      ReverseDocumentFiscalYear: textOf(header, 'FiscalYear'),
    }),
  };
  table(tenant.books, 'A_SupplierInvoice').push(reversal);
  return reversal;
}

/** Pays the invoice's open supplier lines inside SAP, as the automatic payment run does; clears them. */
export function payInSap(
  tenant: Tenant,
  key: InvoiceKey,
  postingDate = isoDate(tenant.clock.now()),
): FiDocument {
  const header = invoiceRow(tenant, key);
  const open = payableRows(tenant, key).filter((row) => row.IsCleared !== true);
  const currency = textOf(header, 'DocumentCurrency');
  const amounts = open.map((row) => textOf(row, 'AmountInTransactionCurrency'));
  const total = sum(amounts, currency);
  if (isZero(total, currency)) throw new Error(`Invoice ${key.supplierInvoice} has nothing open.`);
  const payment = writeFiDocument(
    tenant,
    paymentHeader(tenant, header, postingDate),
    paymentLines(tenant, header, total),
  );
  clearLines([...open, ...documentRows(tenant.books, payment)], payment, postingDate);
  return payment;
}

function paymentHeader({ books }: Tenant, header: Row, postingDate: string): FiHeader {
  const companyCode = textOf(header, 'CompanyCode');
  const accountingDocument = nextNumber(books, `fi-payment/${companyCode}`, 2_000_000_001);
  return {
    ...invoiceFiHeader(header, accountingDocument),
    documentType: 'ZP',
    postingDate,
    documentDate: postingDate,
    referenceDocumentType: 'BKPFF',
    originalReferenceDocument: `${accountingDocument}${companyCode}${fiscalYearOf(postingDate)}`,
  };
}

/** Debits the payable account with what was open, credits the bank. */
function paymentLines({ books }: Tenant, header: Row, total: Amount): FiLine[] {
  return [
    {
      amount: negate(total, textOf(header, 'DocumentCurrency')),
      accountType: 'K',
      glAccount: textOf(header, 'ReconciliationAccount'),
      more: { Supplier: textOf(header, 'InvoicingParty') },
    },
    {
      amount: total,
      accountType: 'S',
      glAccount: companyCodeOf(books, textOf(header, 'CompanyCode')).bankAccount,
    },
  ];
}

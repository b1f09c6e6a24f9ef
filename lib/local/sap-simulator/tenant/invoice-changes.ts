import { isoDate } from '../../../clock.ts';
import { type Amount, isZero, negate, sum } from '../../../money.ts';
import type { InvoiceKey } from '../../../rules/sap-documents.ts';
import { nextNumber, table } from '../books.ts';
import { type Row, textOf } from '../odata/entity-type.ts';
import { matches } from '../odata/related-rows.ts';
import { moveChangeStamp } from './change-stamp.ts';
import {
  clearLines,
  companyCodeOf,
  type FiDocument,
  type FiHeader,
  fiscalYearOf,
  isPeriodOpen,
  journalItems,
  reverseFiDocument,
  writeFiDocument,
} from './fi-documents.ts';
import { itemSets, writeItems } from './invoice-items.ts';
import { dueRow, postToFi, termsOf } from './invoice-posting.ts';
import { grossAmount, invoiceRow, keyOf, termsRow } from './invoices.ts';
import type { NewInvoice } from './new-invoice.ts';
import type { Tenant } from './tenant.ts';

/** What a clerk may change; amounts only while the invoice is not posted. Absent: stays. */
export interface InvoiceChanges {
  readonly reference?: string;
  readonly headerText?: string;
  readonly paymentTerms?: string;
  readonly dueCalculationBaseDate?: string;
  readonly paymentMethod?: string;
  readonly paymentBlock?: string;
  /** Text of each item, by item number (`0001` G/L, `000001` purchase order). */
  readonly itemTexts?: Readonly<Record<string, string>>;
  /** Replaces all items and taxes; only while not posted. */
  readonly items?: Pick<NewInvoice, 'lines' | 'taxes' | 'withholdingTaxes' | 'grossAmount'>;
}

export function changeInvoice(tenant: Tenant, key: InvoiceKey, changes: InvoiceChanges): void {
  const header = invoiceRow(tenant, key);
  if (changes.items) replaceItems(tenant, header, changes.items);
  if (changes.reference !== undefined) header.SupplierInvoiceIDByInvcgParty = changes.reference;
  if (changes.headerText !== undefined) header.DocumentHeaderText = changes.headerText;
  if (changes.paymentMethod !== undefined) header.PaymentMethod = changes.paymentMethod;
  if (changes.paymentBlock !== undefined) header.PaymentBlockingReason = changes.paymentBlock;
  const terms = changes.paymentTerms ?? textOf(header, 'PaymentTerms');
  const baseDate = changes.dueCalculationBaseDate ?? textOf(header, 'DueCalculationBaseDate');
  Object.assign(header, termsRow(tenant, terms, baseDate));
  changeItemTexts(tenant, header, changes.itemTexts ?? {});
  changeFiLines(tenant, header, changes);
  moveChangeStamp(tenant, header);
}

function replaceItems(tenant: Tenant, header: Row, items: NonNullable<InvoiceChanges['items']>): void {
  if (header.SupplierInvoiceStatus === '5')
    throw new Error('The items of a posted invoice cannot be changed.');
  const isOfInvoice = matches(numberOf(header));
  for (const set of itemSets) {
    tenant.books.tables[set] = table(tenant.books, set).filter((row) => !isOfInvoice(row));
  }
  writeItems(tenant.books, header, items);
  header.InvoiceGrossAmount = grossAmount(tenant, header, items.grossAmount);
}

function changeItemTexts({ books }: Tenant, header: Row, texts: Readonly<Record<string, string>>): void {
  for (const row of itemSets.flatMap((set) => table(books, set)).filter(matches(numberOf(header)))) {
    const text = texts[textOf(row, 'SupplierInvoiceItem')];
    if (text !== undefined && 'SupplierInvoiceItemText' in row) row.SupplierInvoiceItemText = text;
  }
}

function changeFiLines(tenant: Tenant, header: Row, changes: InvoiceChanges): void {
  const instalments = termsOf(tenant.books, header)?.instalments;
  payableRows(tenant, keyOf(header)).forEach((row, index) => {
    Object.assign(row, dueRow(tenant.books, header, instalments?.[index]?.netDays));
    row.PaymentMethod = textOf(header, 'PaymentMethod');
    row.DocumentReferenceID = textOf(header, 'SupplierInvoiceIDByInvcgParty').toUpperCase();
    if (changes.paymentBlock !== undefined) row.PaymentBlockingReason = changes.paymentBlock;
  });
}

/** Lifts the payment block; in FI only, the invoice's change stamp stays unless the tenant's switch says so. */
export function releaseBlock(
  tenant: Tenant,
  key: InvoiceKey,
  where: 'everywhere' | 'fi-only' = 'everywhere',
): void {
  setFiBlock(tenant, key, '');
  if (where === 'fi-only') return;
  const header = invoiceRow(tenant, key);
  header.PaymentBlockingReason = '';
  moveChangeStamp(tenant, header);
}

/** Sets or lifts (``) the block of the invoice's supplier lines, as a change in accounting does (dossier §4.8). */
export function setFiBlock(tenant: Tenant, key: InvoiceKey, block: string): void {
  for (const row of payableRows(tenant, key)) row.PaymentBlockingReason = block;
  if (tenant.switches.fiBlockMovesStamp) moveChangeStamp(tenant, invoiceRow(tenant, key));
}

/** Posts a parked invoice: its creation date stays, its status becomes `5` (dossier §4.3). */
export function postParked(tenant: Tenant, key: InvoiceKey, fiVisibilityDelayMs = 0): void {
  const header = invoiceRow(tenant, key);
  if (header.SupplierInvoiceStatus === '5')
    throw new Error(`Invoice ${key.supplierInvoice} is posted already.`);
  postToFi(tenant, header, fiVisibilityDelayMs);
  header.SupplierInvoiceStatus = '5';
  moveChangeStamp(tenant, header);
}

/** Deletes a parked invoice: status `2`. */
export function deleteParked(tenant: Tenant, key: InvoiceKey): void {
  const header = invoiceRow(tenant, key);
  if (header.SupplierInvoiceStatus === '5') throw new Error('A posted invoice is reversed, not deleted.');
  header.SupplierInvoiceStatus = '2';
  moveChangeStamp(tenant, header);
}

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
  if (!isPeriodOpen(tenant.books, key.companyCode, postingDate)) {
    throw new Error(`The period of ${postingDate} is closed in company code ${key.companyCode}.`);
  }
  const reversal = reversingInvoice(tenant, header, postingDate);
  header.ReverseDocument = textOf(reversal, 'SupplierInvoice');
  header.ReverseDocumentFiscalYear = textOf(reversal, 'FiscalYear');
  header.IsReversed = true;
  const accountingDocument = nextNumber(tenant.books, `fi-invoice/${key.companyCode}`, 5_100_000_001);
  const reversalHeader = {
    ...fiHeader(reversal, accountingDocument, 'RMRP'),
    originalReferenceDocument: reference(reversal),
  };
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
  const { books } = tenant;
  const header = invoiceRow(tenant, key);
  const open = payableRows(tenant, key).filter((row) => row.IsCleared !== true);
  const currency = textOf(header, 'DocumentCurrency');
  const total: Amount = sum(
    open.map((row) => textOf(row, 'AmountInTransactionCurrency')),
    currency,
  );
  if (isZero(total, currency)) throw new Error(`Invoice ${key.supplierInvoice} has nothing open.`);
  const accountingDocument = nextNumber(books, `fi-payment/${key.companyCode}`, 2_000_000_001);
  const payment = writeFiDocument(
    tenant,
    {
      ...fiHeader(header, accountingDocument, 'BKPFF'),
      documentType: 'ZP',
      postingDate,
      documentDate: postingDate,
      originalReferenceDocument: `${accountingDocument}${key.companyCode}${fiscalYearOf(postingDate)}`,
    },
    [
      {
        amount: negate(total, currency),
        accountType: 'K',
        glAccount: textOf(header, 'ReconciliationAccount'),
        more: { Supplier: textOf(header, 'InvoicingParty') },
      },
      { amount: total, accountType: 'S', glAccount: companyCodeOf(books, key.companyCode).bankAccount },
    ],
  );
  const paymentRows = table(books, journalItems).filter(
    matches({ AccountingDocument: accountingDocument, CompanyCode: key.companyCode }),
  );
  clearLines([...open, ...paymentRows], payment, postingDate);
  return payment;
}

function fiHeader(header: Row, accountingDocument: string, referenceDocumentType: string): FiHeader {
  return {
    companyCode: textOf(header, 'CompanyCode'),
    accountingDocument,
    documentType: textOf(header, 'AccountingDocumentType'),
    documentDate: textOf(header, 'DocumentDate'),
    postingDate: textOf(header, 'PostingDate'),
    currency: textOf(header, 'DocumentCurrency'),
    headerText: textOf(header, 'DocumentHeaderText'),
    reference: textOf(header, 'SupplierInvoiceIDByInvcgParty'),
    referenceDocumentType,
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

function fiDocumentOf(tenant: Tenant, key: InvoiceKey): FiDocument | undefined {
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

function numberOf(header: Row): Row {
  return { SupplierInvoice: textOf(header, 'SupplierInvoice'), FiscalYear: textOf(header, 'FiscalYear') };
}

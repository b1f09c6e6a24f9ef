import { type Clock, isoTime } from '../clock.ts';
import { toMinor } from '../money.ts';
import type { JournalEntry, JournalGlItem, JournalSupplierItem, Reversal } from '../rules/sap-accounting.ts';
import { withZeros } from './odata-values.ts';
import { soapActionOf, soapEnvelope, type Xml } from './soap.ts';

/**
 * Requests of JournalEntryCreateRequestConfirmation_In as SOAP 1.1. The order of the fields here is the order of
 * SAP's schema; only the root element carries the namespace (SAP dossier §§9.1, 9.2). Master-data numbers go in
 * SAP's inner form with leading zeros, which needs no conversion on its side.
 */
export const soapAction = soapActionOf('JournalEntryCreateRequestConfirmation_In');

/** Identifies the request; SAP echoes `id` in its answer. `simulated`: checked by SAP, nothing is posted. */
export interface MessageHeader {
  readonly id: string;
  readonly clock: Clock;
  readonly simulated?: boolean;
}

export function entryXml(header: MessageHeader, entry: JournalEntry): string {
  return envelope(header, {
    ...documentHead(entry),
    ...documentKeys(entry, entry.documentDate),
    Reference1InDocumentHeader: entry.reference1,
    Item: entry.glItems.map((item, index) =>
      glItem(item, entry.currency, entry.supplierItems.length + index + 1),
    ),
    CreditorItem: entry.supplierItems.map((item, index) => creditorItem(item, entry.currency, index + 1)),
  });
}

/** A reversal has no items: the document is named as number (10) + company code (4) + year (4) (SAP dossier §9.7). */
export function reversalXml(header: MessageHeader, reversal: Reversal): string {
  const { accountingDocument, companyCode, fiscalYear } = reversal;
  return envelope(header, {
    ...documentHead(reversal),
    ReversalReason: reversal.reason,
    ReversalReferenceDocument: `${accountingDocument.padStart(10, '0')}${companyCode}${fiscalYear}`,
    ...documentKeys(reversal, reversal.postingDate),
  });
}

function documentHead(document: JournalEntry | Reversal): Record<string, Xml> {
  return {
    OriginalReferenceDocumentType: 'BKPFF',
    BusinessTransactionType: 'RFBU',
    AccountingDocumentType: document.documentType,
    DocumentReferenceID: document.documentReferenceId,
    DocumentHeaderText: document.headerText,
  };
}

function documentKeys(document: JournalEntry | Reversal, documentDate: string): Record<string, Xml> {
  return {
    CreatedByUser: document.createdByUser,
    CompanyCode: document.companyCode,
    DocumentDate: documentDate,
    PostingDate: document.postingDate,
  };
}

function glItem(item: JournalGlItem, currency: string, place: number): Xml {
  const { profitCenter, costCenter } = item;
  return {
    ReferenceDocumentItem: String(place),
    GLAccount: withZeros(item.glAccount),
    ...amountFields(item.amount, currency),
    DocumentItemText: item.text,
    AssignmentReference: item.assignmentReference,
    Reference3IDByBusinessPartner: item.reference3,
    AccountAssignment:
      profitCenter === undefined && costCenter === undefined
        ? undefined
        : { ProfitCenter: padded(profitCenter), CostCenter: padded(costCenter) },
  };
}

function creditorItem(item: JournalSupplierItem, currency: string, place: number): Xml {
  return {
    ReferenceDocumentItem: String(place),
    Creditor: withZeros(item.supplier),
    ...amountFields(item.amount, currency),
    AltvRecnclnAccts: padded(item.alternativePayableAccount),
    DocumentItemText: item.text,
    AssignmentReference: item.assignmentReference,
  };
}

/** Debit positive with `S`, credit negative with `H`: sign and code always agree (SAP dossier §9.2). */
function amountFields(amount: string, currency: string): Record<string, Xml> {
  return {
    AmountInTransactionCurrency: { '@currencyCode': currency, '#text': amount },
    DebitCreditCode: toMinor(amount, currency) < 0n ? 'H' : 'S',
  };
}

function padded(number: string | undefined): string | undefined {
  return number === undefined ? undefined : withZeros(number);
}

function envelope({ id, clock, simulated }: MessageHeader, journalEntry: Xml): string {
  const messageHeader = {
    ID: id,
    CreationDateTime: isoTime(clock.now()),
    TestDataIndicator: simulated === true ? 'true' : undefined,
  };
  return soapEnvelope('JournalEntryBulkCreateRequest', {
    MessageHeader: messageHeader,
    JournalEntryCreateRequest: { MessageHeader: messageHeader, JournalEntry: journalEntry },
  });
}

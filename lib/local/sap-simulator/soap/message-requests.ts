import type {
  BlockChange,
  ClearingRequest,
  ClearingRequestItem,
  LineKey,
} from '../tenant/message-requests.ts';
import { child, children, childText, type XmlElement } from '../xml.ts';

/** Reads one JournalEntryClearingRequest (SAP dossier §9.8). */
export function readClearing(request: XmlElement): ClearingRequest {
  const entry = child(request, 'JournalEntry');
  const text = (name: string) => childText(entry, name);
  const companyCode = text('CompanyCode');
  return {
    companyCode,
    documentType: text('AccountingDocumentType'),
    documentDate: text('DocumentDate'),
    postingDate: text('PostingDate'),
    currency: text('CurrencyCode'),
    headerText: text('DocumentHeaderText'),
    reference: text('ReferenceDocument'),
    createdBy: text('CreatedByUser'),
    items: children(entry, 'APARItems').map((item) => readItem(item, companyCode)),
  };
}

function readItem(item: XmlElement, companyCode: string): ClearingRequestItem {
  const partialAmount = childText(item, 'PartialPaymentAmtInDspCrcy');
  return {
    companyCode: childText(item, 'CompanyCode') || companyCode,
    ...documentOf(item, 'AccountingDocumentItem'),
    accountType: childText(item, 'AccountType'),
    account: childText(item, 'APARAccount').replace(/^0+(?=.)/, ''),
    ...(partialAmount === '' ? {} : { partialAmount }),
  };
}

/** Reads one JournalEntryDebtorCreditorItem (SAP dossier §4.8). */
export function readBlockChange(request: XmlElement): BlockChange {
  const key = child(request, 'ItemKey');
  const change = child(request, 'PaymentBlockingReasonCodeChange');
  return {
    companyCode: childText(key, 'CompanyCode'),
    ...documentOf(key, 'AccountingDocumentItemID'),
    block: childText(change, 'PaymentBlockingReasonCode'),
    isRequested: ['true', '1'].includes(childText(change, 'FieldValueChangeIsRequested')),
  };
}

function documentOf(element: XmlElement | undefined, item: string): Omit<LineKey, 'companyCode'> {
  return {
    accountingDocument: childText(element, 'AccountingDocument').padStart(10, '0'),
    fiscalYear: childText(element, 'FiscalYear'),
    item: childText(element, item).padStart(3, '0'),
  };
}

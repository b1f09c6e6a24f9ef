import { elements, messageHeader } from './schema-notation.ts';

/**
 * The elements of JournalEntryBulkClearingRequest (SAP dossier §9.8; field notes of working calls: the order is that
 * of the notes, amounts carry a currency).
 */
export const clearingRequest = elements(
  {
    bulk: 'MessageHeader!:{message} JournalEntryClearingRequest!*:{request}',
    request: 'MessageHeader:{message} JournalEntry!:{entry}',
    message: messageHeader,
    entry: `CompanyCode!:4 AccountingDocumentType!:2 DocumentDate!:date PostingDate!:date CurrencyCode!:3
      DocumentHeaderText:0-25 ReferenceDocument:16 CreatedByUser:12 GLItems*:{glItem} APARItems*:{item}`,
    glItem: `ReferenceDocumentItem:10 CompanyCode:4 GLAccount!:10 FiscalYear!:=4 AccountingDocument!:10
      AccountingDocumentItem!:decimal`,
    item: `ReferenceDocumentItem:10 CompanyCode:4 AccountType!:=1 APARAccount!:10 FiscalYear!:=4
      AccountingDocument!:10 AccountingDocumentItem!:decimal PartialPaymentAmtInDspCrcy:amount
      CashDiscountAmountInDspCrcy:amount OtherDeductionAmountInDspCrcy:amount PaymentDifferenceReason:3`,
  },
  'bulk',
);

/**
 * What the simulated tenant knows of JournalEntryBulkChangeRequestMessage: a payment block on supplier lines (SAP
 * dossier §4.8; WSDL of a public-cloud tenant). An empty code stands for "no block": the schema wants a character,
 * SAP's parser takes empty elements (§9.2), so the switch `liftsBlocks` decides.
 */
export const changeRequest = elements(
  {
    bulk: 'MessageHeader!:{message} JournalEntryDebtorCreditorItem!*:{change}',
    message: messageHeader,
    change: 'MessageHeader!:{message} ItemKey!:{key} PaymentBlockingReasonCodeChange!:{block}',
    key: 'AccountingDocument!:10 CompanyCode!:4 FiscalYear!:=4 AccountingDocumentItemID!:decimal',
    block: 'PaymentBlockingReasonCode!:0-2 FieldValueChangeIsRequested!:bool',
  },
  'bulk',
);

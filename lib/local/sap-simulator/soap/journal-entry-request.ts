import { type Amount, AmountError, amount } from '../../../money.ts';
import { child, children, childText, type XmlElement } from '../xml.ts';

/** A journal entry as received; absent texts are empty, too long ones cut where the strict parser did not refuse them. */
export interface EntryRequest {
  /** ID of the entry's own message header, else of the bulk's. */
  readonly messageId: string;
  readonly isTest: boolean;
  readonly documentType: string;
  readonly businessTransactionType: string;
  readonly originalReferenceDocumentType: string;
  readonly reference: string;
  readonly headerText: string;
  readonly reversalReason: string;
  readonly reversedDocument: string;
  readonly createdBy: string;
  readonly companyCode: string;
  readonly documentDate: string;
  readonly postingDate: string;
  readonly reference1: string;
  readonly reference2: string;
  readonly items: readonly EntryItem[];
  readonly withholdingTypes: readonly string[];
}

export interface EntryItem {
  readonly kind: 'gl-account' | 'creditor' | 'debtor' | 'tax';
  /** G/L account, supplier or customer, without leading zeros; a tax code for taxes. */
  readonly account: string;
  readonly amount: Amount;
  readonly currency: string;
  readonly debitCreditCode: string;
  readonly text: string;
  readonly assignmentReference: string;
  readonly alternativePayableAccount: string;
  readonly costCenter: string;
  readonly profitCenter: string;
  readonly wbsElement: string;
  readonly orderId: string;
  readonly reference1: string;
  readonly reference2: string;
  readonly reference3: string;
  readonly paymentBlock: string;
  readonly paymentMethod: string;
}

const accountElements = [
  ['Item', 'gl-account', 'GLAccount'],
  ['DebtorItem', 'debtor', 'Debtor'],
  ['CreditorItem', 'creditor', 'Creditor'],
  ['ProductTaxItem', 'tax', 'TaxCode'],
] as const;

export function readEntry(bulk: XmlElement, request: XmlElement): EntryRequest {
  const message = child(request, 'MessageHeader');
  const bulkMessage = child(bulk, 'MessageHeader');
  const entry = child(request, 'JournalEntry');
  const text = (name: string) => childText(entry, name);
  return {
    messageId: childText(message, 'ID') || childText(bulkMessage, 'ID'),
    isTest: [message, bulkMessage].some((each) =>
      ['true', '1'].includes(childText(each, 'TestDataIndicator')),
    ),
    documentType: text('AccountingDocumentType'),
    businessTransactionType: text('BusinessTransactionType'),
    originalReferenceDocumentType: text('OriginalReferenceDocumentType'),
    reference: text('DocumentReferenceID').slice(0, 16),
    headerText: text('DocumentHeaderText').slice(0, 25),
    reversalReason: text('ReversalReason'),
    reversedDocument: text('ReversalReferenceDocument'),
    createdBy: text('CreatedByUser'),
    companyCode: text('CompanyCode'),
    documentDate: text('DocumentDate'),
    postingDate: text('PostingDate'),
    reference1: text('Reference1InDocumentHeader'),
    reference2: text('Reference2InDocumentHeader'),
    items: accountElements.flatMap(([name, kind, account]) =>
      children(entry, name).map((item) => readItem(item, kind, account)),
    ),
    withholdingTypes: children(entry, 'WithholdingTaxItem').map((item) =>
      childText(item, 'WithholdingTaxType'),
    ),
  };
}

function readItem(item: XmlElement, kind: EntryItem['kind'], account: string): EntryItem {
  const text = (name: string) => childText(item, name);
  const value = child(item, 'AmountInTransactionCurrency');
  const currency = value?.attributes.currencyCode ?? '';
  const assignment = child(item, 'AccountAssignment');
  const payment = child(item, 'PaymentDetails');
  return {
    kind,
    account: text(account).replace(/^0+(?=.)/, ''),
    amount: readAmount(value?.text ?? '', currency),
    currency,
    debitCreditCode: text('DebitCreditCode'),
    text: text('DocumentItemText'),
    assignmentReference: text('AssignmentReference'),
    alternativePayableAccount: text('AltvRecnclnAccts').replace(/^0+(?=.)/, ''),
    costCenter: childText(assignment, 'CostCenter'),
    profitCenter: childText(assignment, 'ProfitCenter'),
    wbsElement: childText(assignment, 'WBSElement'),
    orderId: childText(assignment, 'OrderID'),
    reference1: text('Reference1IDByBusinessPartner'),
    reference2: text('Reference2IDByBusinessPartner'),
    reference3: text('Reference3IDByBusinessPartner'),
    paymentBlock: childText(payment, 'PaymentBlockingReason'),
    paymentMethod: childText(payment, 'PaymentMethod'),
  };
}

/** The strict parser has refused bad amounts before; the lenient one takes them for none. */
function readAmount(text: string, currency: string): Amount {
  try {
    return amount(text, currency);
  } catch (error) {
    if (error instanceof AmountError) return '0';
    throw error;
  }
}

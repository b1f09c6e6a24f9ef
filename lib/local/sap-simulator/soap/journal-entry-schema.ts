import { elements, messageHeader } from './schema-notation.ts';

/**
 * The elements of JournalEntryBulkCreateRequest in their order (SAP dossier §9.2; WSDL of a public-cloud tenant,
 * August 2024).
 */
const amounts = `AmountInTransactionCurrency!:amount AmountInCompanyCodeCurrency:amount AmountInGroupCurrency:amount
  AmountInFreeDefinedCurrency1:amount`;
const references =
  'Reference1IDByBusinessPartner:12 Reference2IDByBusinessPartner:12 Reference3IDByBusinessPartner:20';
const partner = `${amounts} DebitCreditCode:=1 AltvRecnclnAccts:10 DocumentItemText:0-50 AssignmentReference:18
  ${references} CashDiscountTerms:{terms}`;

const lists: Record<string, string> = {
  bulk: 'MessageHeader!:{message} JournalEntryCreateRequest!*:{request}',
  request: 'MessageHeader!:{message} JournalEntry!:{entry}',
  message: messageHeader,
  entry: `OriginalReferenceDocumentType!:5 OriginalReferenceDocument:20 OriginalReferenceDocumentLogicalSystem:10
    BusinessTransactionType!:4 AccountingDocumentType!:5 AccountingDocument:10 DocumentReferenceID:16
    OriginalPredecessorRefDocument:20 DocumentHeaderText:0-25 ReversalReason:0-2 ReversalReferenceDocument:0-20
    ReversalDate:date DoTaxAmountCheck:bool TaxFulfillmentDate:date CreatedByUser!:0-12 CompanyCode!:4
    DocumentDate!:date PostingDate!:date PostingFiscalPeriod:0-2 TaxReportingDate:date TaxDeterminationDate:date
    InvoiceReceiptDate:date ExchangeRateDate:date ECSEnvironment:10 ExchangeRate:decimal
    IndirectQuotedExchangeRate:decimal SourceSystemCompanyCode:20 SourceSystemAccountingDocument:35
    Reference1InDocumentHeader:20 Reference2InDocumentHeader:20 Item*:{item} DebtorItem*:{debtor}
    CreditorItem*:{creditor} ProductTaxItem*:{tax} WithholdingTaxItem*:{withholding}`,
  item: `ReferenceDocumentItem:10 ItemGroup:6 CompanyCode:4 GLAccount!:10 ${amounts} DebitCreditCode:=1
    DocumentItemText:0-50 ReasonCode:0-3 OplAcctgDocItmCntrySpcfcRef1:0-50 AssignmentReference:18
    FinancialTransactionType:3 Tax:{itemTax} Plant:4 Material:60 QuantityInEntryUnit:decimal
    IsNotCashDiscountLiable:bool TradingPartner:6 ValueDate:date BusinessPlace:4 HouseBank:5 HouseBankAccount:5
    FinancialServicesProductGroup:0-10 FinancialServicesBranch:0-10 FinancialDataSource:0-10 ${references}
    AccountAssignment:{assignment}`,
  itemTax: `TaxCode!:4 TaxJurisdiction:15 TaxItemGroup:6 TaxCountry:3`,
  assignment: `AccountAssignmentType:2 OrderID:12 ProfitCenter:10 PartnerProfitCenter:10 Segment:10
    PartnerSegment:10 CostCenter:10 CostCtrActivityType:6 WBSElement:24 MasterFixedAsset:12 WorkItem:10 FixedAsset:4
    SalesOrder:10 SalesOrderItem:6 FunctionalArea:16`,
  debtor: `ReferenceDocumentItem!:10 Debtor!:10 ${partner}`,
  creditor: `ReferenceDocumentItem!:10 Creditor!:10 ${partner} PaymentDetails:{payment}
    StateCentralBankPaymentReason:3 OplAcctgDocItmCntrySpcfcRef1:0-50 VATRegistration:20 BranchAccount:10
    BusinessPlace:4 HouseBank:5 HouseBankAccount:5 TaxCountry:3`,
  terms: `CashDiscountBaseAmount:amount DueCalculationBaseDate!:date CashDiscount1Days:days
    CashDiscount1Percent:decimal CashDiscount2Days:days CashDiscount2Percent:decimal NetPaymentDays!:days`,
  payment: `AmountInPaymentCurrency:amount PaymentMethod:=1 PaymentMethodSupplement:2 PaymentReference:30
    PaymentReason:0-4 PaymentBlockingReason:2 AlternativePayee:10`,
  tax: `ReferenceDocumentItem:10 TaxCode!:4 TaxItemClassification:3 ConditionType:0-4 TaxJurisdiction:15
    TaxItemGroup:6 TaxRate:decimal TaxDeterminationDate:date TaxCountry:=3 ${amounts} DebitCreditCode:=1
    ProductiveTaxText:0-50 TaxBaseAmountInTransCrcy!:amount`,
  withholding: `ReferenceDocumentItem:10 WithholdingTaxType!:2 WithholdingTaxCode!:2
    AmountInTransactionCurrency:amount AmountInCompanyCodeCurrency:amount AmountInGroupCurrency:amount
    AmountInFreeDefinedCurrency1:amount TaxBaseAmountInTransCrcy:amount TaxIsToBeCalculated:bool`,
};

/** The content of JournalEntryBulkCreateRequest. */
export const bulkRequest = elements(lists, 'bulk');

import { type EntityType, entityType } from '../odata/entity-type.ts';

/** API_OPLACCTGDOCITEMCUBE_SRV, read only (SAP dossier §5; metadata as a tenant served it, August 2024). */
export const journalItemEntities: readonly EntityType[] = [
  entityType(
    'A_OperationalAcctgDocItemCube',
    'CompanyCode FiscalYear AccountingDocument AccountingDocumentItem',
    `CompanyCode:4 FiscalYear:n4 AccountingDocument:10 AccountingDocumentItem:n3 CompanyCodeName:25
     ChartOfAccounts:4 AccountingDocumentItemType:1 ClearingDate:date ClearingCreationDate:date
     ClearingAccountingDocument:10 IsCleared:bool PostingKey:2 FinancialAccountType:1 SpecialGLCode:1
     DebitCreditCode:1 BusinessArea:4 TaxCode:2 WithholdingTaxCode:2 TransactionTypeDetermination:3 ValueDate:date
     AssignmentReference:18 DocumentItemText:50 ControllingArea:4 CostCenter:10 CostCenterName:20 OrderID:12
     MasterFixedAsset:12 FixedAsset:4 IsOpenItemManaged:1 IsAutomaticallyCreated:bool OperationalGLAccount:10
     GLAccount:10 GLAccountName:30 GLAccountLongName:50 Customer:10 Supplier:10 SupplierName:80 BranchAccount:10
     IsBalanceSheetAccount:bool ProfitLossAccountType:2 DueCalculationBaseDate:date PaymentTerms:4
     CashDiscount1Days:3.0 CashDiscount2Days:3.0 NetPaymentDays:3.0 CashDiscount1Percent:5.3
     CashDiscount2Percent:5.3 PaymentMethod:1 PaymentBlockingReason:1 FixedCashDiscount:1 HouseBank:5
     BPBankAccountInternalID:4 InvoiceReference:10 InvoiceReferenceFiscalYear:n4 InvoiceItemReference:n3
     FollowOnDocumentType:1 Material:40 Product:40 Plant:4 PurchasingDocument:10 PurchasingDocumentItem:n5
     AccountAssignmentNumber:n2 VATRegistration:20 PaymentDifferenceReason:3 ProfitCenter:10 TaxJurisdiction:15
     ClearingIsReversed:bool PaymentMethodSupplement:2 AlternativeGLAccount:10 Reference1IDByBusinessPartner:12
     Reference2IDByBusinessPartner:12 IsNegativePosting:bool Reference3IDByBusinessPartner:20 Region:3
     HasPaymentOrder:bool PaymentReference:30 ClearingItem:5.0 BusinessPlace:4 FunctionalArea:16
     ClearingDocFiscalYear:n4 LedgerGLLineItem:6 Segment:10 HouseBankAccount:5 ReferenceDocumentType:5
     OriginalReferenceDocument:20 ReferenceDocumentLogicalSystem:10 AccountingDocumentItemRef:10 FiscalPeriod:n3
     AccountingDocumentCategory:1 PostingDate:date DocumentDate:date AccountingDocumentType:2
     AccountingDocumentTypeName:20 NetDueDate:date CashDiscount1DueDate:date CashDiscount2DueDate:date
     OffsettingAccount:10 OffsettingAccountType:1 CompanyCodeCurrency:5 AmountInCompanyCodeCurrency:24.3
     TransactionCurrency:5 AmountInTransactionCurrency:24.3 TaxAmount:24.3 TaxBaseAmountInTransCrcy:24.3
     WithholdingTaxBaseAmount:24.3 CashDiscountBaseAmount:24.3 CashDiscountAmount:24.3 WithholdingTaxAmount:24.3
     BaseUnit:3 Quantity:23.3 AccountingDocumentCreationDate:date CreationTime:time LastChangeDate:date
     ExchangeRateDate:date AccountingDocCreatedByUser:12 TransactionCode:20 DocumentReferenceID:16
     ReverseDocument:10 ReverseDocumentFiscalYear:n4 AccountingDocumentHeaderText:25 ExchangeRate:9.5
     BusinessTransactionType:4 ReversalReason:2 Reference1InDocumentHeader:20 Reference2InDocumentHeader:20
     InvoiceReceiptDate:date Ledger:2 LedgerGroup:4 AlternativeReferenceDocument:26 TaxReportingDate:date
     IsReversal:bool IsReversed:bool`,
  ),
];

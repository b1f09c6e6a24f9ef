import { type EntityType, entityType, many, one, withoutProperties } from '../odata/entity-type.ts';
import type { SapSwitches } from '../switches.ts';

/** API_SUPPLIERINVOICE_PROCESS_SRV (SAP dossier §§4.1, 4.2; metadata of the public cloud, January 2026). */
const invoiceKey = 'SupplierInvoice FiscalYear';

const header = entityType(
  'A_SupplierInvoice',
  invoiceKey,
  `SupplierInvoice:10 FiscalYear:n4 CompanyCode:4 PaymentTerms:4 BPBankAccountInternalID:4
   InvoiceReferenceFiscalYear:n4 BusinessPlace:4 BusinessSectionCode:4 BusinessArea:4 PaymentReason:4
   DocumentDate:date PostingDate:date DueCalculationBaseDate:date TaxDeterminationDate:date TaxReportingDate:date
   TaxFulfillmentDate:date InvoiceReceiptDate:date RetentionDueDate:date CreationDate:date
   SuplrInvcLstChgDteTmeTxt:23 LastChangeDateTime:moment SupplierInvoiceIDByInvcgParty:16 InvoicingParty:10
   ReconciliationAccount:10 InvoiceReference:10 AlternativePayeePayer:10 DocumentCurrency:5 HouseBank:5
   HouseBankAccount:5 InvoiceGrossAmount:14.3 UnplannedDeliveryCost:14.3 ManualCashDiscount:14.3
   DocumentHeaderText:25 CashDiscount1Percent:5.3 CashDiscount2Percent:5.3 CashDiscount1Days:3.0
   CashDiscount2Days:3.0 NetPaymentDays:3.0 PaymentBlockingReason:1 SupplierInvoiceStatus:1 PaymentMethod:1
   FixedCashDiscount:1 SupplierInvoiceIsCreditMemo:1 AccountingDocumentType:2 PaymentMethodSupplement:2
   UnplannedDeliveryCostTaxCode:2 IndirectQuotedExchangeRate:9.5 DirectQuotedExchangeRate:9.5
   StateCentralBankPaymentReason:3 SupplyingCountry:3 UnplndDeliveryCostTaxCountry:3
   DeliveryOfGoodsReportingCntry:3 PaymentReference:30 UnplndDelivCostTaxJurisdiction:15 AssignmentReference:18
   SupplierPostingLineItemText:50 TaxIsCalculatedAutomatically:bool SuplrInvcIsCapitalGoodsRelated:bool
   IsEUTriangularDeal:bool SupplierVATRegistration:20 SupplierInvoiceOrigin:1 ReverseDocument:10
   ReverseDocumentFiscalYear:n4 IsReversal:bool- IsReversed:bool- SupplierInvoicePaymentStatus:20-`,
  {
    to_SuplrInvcItemPurOrdRef: many('A_SuplrInvcItemPurOrdRef', invoiceKey),
    to_SupplierInvoiceItemGLAcct: many('A_SupplierInvoiceItemGLAcct', invoiceKey),
    to_SuplrInvcItemMaterial: many('A_SupplierInvoiceItemMaterial', invoiceKey),
    to_SuplrInvcItemAsset: many('A_SupplierInvoiceItemAsset', invoiceKey),
    to_SupplierInvoiceTax: many('A_SupplierInvoiceTax', invoiceKey),
    to_SupplierInvoiceWhldgTax: many('A_SuplrInvcHeaderWhldgTax', invoiceKey),
    to_SelectedPurchaseOrders: many('A_SuplrInvcSeldPurgDocument', invoiceKey),
    to_SuplrInvoiceAdditionalData: one('A_SuplrInvoiceAdditionalData', invoiceKey),
    to_SupplierInvoiceODN: many('A_SupplierInvoiceODN', invoiceKey),
  },
);

const items: readonly EntityType[] = [
  entityType(
    'A_SuplrInvcItemPurOrdRef',
    `${invoiceKey} SupplierInvoiceItem`,
    `SupplierInvoice:10 FiscalYear:n4 SupplierInvoiceItem:n6 PurchaseOrder:10 ReferenceDocument:10
     FreightSupplier:10 PurchaseOrderItem:n5 DocumentCurrency:5 Plant:4 ReferenceDocumentFiscalYear:n4
     ReferenceDocumentItem:n4 SuplrInvcDeliveryCostCndnType:4 IsSubsequentDebitCredit:1 TaxCode:2
     TaxJurisdiction:15 SupplierInvoiceItemAmount:14.3 RetentionAmountInDocCurrency:14.3
     PurchaseOrderQuantityUnit:3 PurchaseOrderQtyUnitSAPCode:3 PurchaseOrderQtyUnitISOCode:3
     PurchaseOrderPriceUnit:3 TaxCountry:3 QuantityInPurchaseOrderUnit:13.3 QtyInPurchaseOrderPriceUnit:13.3
     SupplierInvoiceItemText:50 IsNotCashDiscountLiable:bool IsFinallyInvoiced:bool
     PurchasingDocumentItemCategory:1 ProductType:2 RetentionPercentage:5.2 RetentionDueDate:date
     TaxDeterminationDate:date ServiceEntrySheet:10- ServiceEntrySheetItem:10-`,
    {
      to_SupplierInvoiceItmAcctAssgmt: many('A_SuplrInvcItemAcctAssgmt', `${invoiceKey} SupplierInvoiceItem`),
    },
  ),
  entityType(
    'A_SuplrInvcItemAcctAssgmt',
    `${invoiceKey} SupplierInvoiceItem OrdinalNumber`,
    `SupplierInvoice:10 FiscalYear:n4 SupplierInvoiceItem:n6 OrdinalNumber:n4 ControllingArea:4 BusinessArea:4
     FixedAsset:4 CostCenter:10 ProfitCenter:10 GLAccount:10 SalesOrder:10 FunctionalArea:16 CostObject:12
     MasterFixedAsset:12 InternalOrder:12 WBSElement:24 DocumentCurrency:5 SuplrInvcAcctAssignmentAmount:14.3
     PurchaseOrderQuantityUnit:3 PurchaseOrderQtyUnitSAPCode:3 PurchaseOrderQtyUnitISOCode:3 TaxCountry:3
     Quantity:13.3 QuantityInPurchaseOrderUnit:13.3 TaxCode:2 AccountAssignmentNumber:n2 DebitCreditCode:1
     TaxJurisdiction:15 CompanyCode:4 SuplrInvcAccountAssignmentText:50`,
  ),
  entityType(
    'A_SupplierInvoiceItemGLAcct',
    `${invoiceKey} SupplierInvoiceItem`,
    `SupplierInvoice:10 FiscalYear:n4 SupplierInvoiceItem:n4 CompanyCode:4 ControllingArea:4 BusinessArea:4
     CostCenter:10 ProfitCenter:10 GLAccount:10 SalesOrder:10 FunctionalArea:16 InternalOrder:12 WBSElement:24
     DocumentCurrency:5 SupplierInvoiceItemAmount:14.3 TaxBaseAmountInTransCrcy:14.3 TaxCode:2 DebitCreditCode:1
     TaxJurisdiction:15 SupplierInvoiceItemText:50 AssignmentReference:18 IsNotCashDiscountLiable:bool
     QuantityUnit:3 TaxCountry:3 Quantity:13.3`,
  ),
  entityType(
    'A_SupplierInvoiceItemMaterial',
    `${invoiceKey} SupplierInvoiceItem`,
    `SupplierInvoice:10 FiscalYear:n4 SupplierInvoiceItem:n6 Material:40 ValuationArea:4 CompanyCode:4 Plant:4
     InventoryValuationType:10 TaxCode:2 TaxJurisdiction:15 TaxCountry:3 QuantityUnit:3
     TaxDeterminationDate:date DocumentCurrency:5 SupplierInvoiceItemAmount:14.3 Quantity:13.3 DebitCreditCode:1
     IsNotCashDiscountLiable:bool`,
  ),
  entityType(
    'A_SupplierInvoiceItemAsset',
    `${invoiceKey} SupplierInvoiceItem`,
    `SupplierInvoice:10 FiscalYear:n4 SupplierInvoiceItem:n4 CompanyCode:4 FixedAsset:4 MasterFixedAsset:12
     ProfitCenter:10 GLAccount:10 DocumentCurrency:5 SupplierInvoiceItemAmount:14.3 TaxCode:2 TaxJurisdiction:15
     TaxCountry:3 QuantityUnit:3 TaxDeterminationDate:date AssetValueDate:date DebitCreditCode:1
     SupplierInvoiceItemText:50 AssignmentReference:18 IsNotCashDiscountLiable:bool Quantity:13.3`,
  ),
  entityType(
    'A_SupplierInvoiceTax',
    `${invoiceKey} TaxCode SupplierInvoiceTaxCounter`,
    `SupplierInvoice:10 FiscalYear:n4 TaxCode:2 SupplierInvoiceTaxCounter:n6 DocumentCurrency:5 TaxAmount:14.3
     TaxBaseAmountInTransCrcy:16.3 TaxJurisdiction:15 TaxCountry:3 TaxDeterminationDate:date`,
  ),
  entityType(
    'A_SuplrInvcHeaderWhldgTax',
    `${invoiceKey} WithholdingTaxType`,
    `SupplierInvoice:10 FiscalYear:n4 WithholdingTaxType:2 WithholdingTaxCode:2 DocumentCurrency:5
     WithholdingTaxBaseAmount:16.3 ManuallyEnteredWhldgTaxAmount:16.3 WhldgTaxIsEnteredManually:bool
     WhldgTaxBaseIsEnteredManually:bool`,
  ),
  entityType(
    'A_SuplrInvcSeldPurgDocument',
    `${invoiceKey} PurchaseOrder PurchaseOrderItem`,
    'SupplierInvoice:10 FiscalYear:n4 PurchaseOrder:10 PurchaseOrderItem:n5',
  ),
  entityType(
    'A_SuplrInvoiceAdditionalData',
    invoiceKey,
    `SupplierInvoice:10 FiscalYear:n4 InvoicingPartyName1:35 InvoicingPartyName2:35 StreetAddressName:35
     CityName:35 PostalCode:10 Region:3 Country:3 IsOneTimeAccount:bool IBAN:34-`,
  ),
  entityType(
    'A_SupplierInvoiceODN',
    `AFDFUniqueKeyUUID ${invoiceKey}`,
    `SupplierInvoice:10 FiscalYear:n4 AFDFUniqueKeyUUID:guid OfficialDocumentNumberCountry:3
     OfficialDocumentNumber:200`,
  ),
];

/** The header has the change stamp and the creation date of this tenant's release only. */
export function supplierInvoiceEntities(switches: SapSwitches): readonly EntityType[] {
  const stamps = ['SuplrInvcLstChgDteTmeTxt', 'LastChangeDateTime'];
  const absent = stamps.filter((stamp) => stamp !== switches.changeStamp);
  if (!switches.hasCreationDate) absent.push('CreationDate');
  return [withoutProperties(header, absent), ...items];
}

import { type EntityType, entityType, many, one } from '../odata/entity-type.ts';

/** api_purchaseorder_2, OData V4 (SAP dossier §7; metadata as a tenant served it, July 2026). */
const itemKey = 'PurchaseOrder PurchaseOrderItem';

export const purchaseOrderEntities: readonly EntityType[] = [
  entityType(
    'PurchaseOrder',
    'PurchaseOrder',
    `PurchaseOrder:10 PurchaseOrderType:4 CreatedByUser:12 CreationDate:date PurchaseOrderDate:date
     LastChangeDateTime:moment Language:2 PurchaseOrderDeletionCode:1 CompanyCode:4 PurchasingOrganization:4
     PurchasingGroup:3 Supplier:10 InvoicingParty:10 PaymentTerms:4 NetPaymentDays:3.0
     CorrespncExternalReference:12 DocumentCurrency:3`,
    { _PurchaseOrderItem: many('PurchaseOrderItem', 'PurchaseOrder') },
  ),
  entityType(
    'PurchaseOrderItem',
    itemKey,
    `PurchaseOrder:10 PurchaseOrderItem:n5 DocumentCurrency:3 PurchasingDocumentDeletionCode:1 MaterialGroup:9
     Material:40 SupplierMaterialNumber:35 PurchaseOrderItemText:40 CompanyCode:4 Plant:4
     PurchaseOrderQuantityUnit:3 NetPriceQuantity:5.0 OrderPriceUnit:3 IsCompletelyDelivered:bool
     IsFinallyInvoiced:bool GoodsReceiptIsExpected:bool InvoiceIsExpected:bool InvoiceIsGoodsReceiptBased:bool
     RequisitionerName:12 MultipleAcctAssgmtDistribution:1 AccountAssignmentCategory:1 NetAmount:13.3
     GrossAmount:13.3 OrderQuantity:13.3 NetPriceAmount:11.3 TaxCode:2 TaxJurisdiction:15 ProfitCenter:10`,
    {
      _PurchaseOrder: one('PurchaseOrder', 'PurchaseOrder'),
      _PurOrdAccountAssignment: many('PurchaseOrderAccountAssignment', itemKey),
    },
  ),
  entityType(
    'PurchaseOrderAccountAssignment',
    `${itemKey} AccountAssignmentNumber`,
    `PurchaseOrder:10 PurchaseOrderItem:n5 AccountAssignmentNumber:n2 CostCenter:10 MasterFixedAsset:12
     Quantity:13.3 MultipleAcctAssgmtDistrPercent:3.1 DocumentCurrency:3 PurgDocNetAmount:13.3 IsDeleted:bool
     GLAccount:10 BusinessArea:4 OrderID:12 ControllingArea:4 ProfitCenter:10 WBSElementExternalID:24
     FunctionalArea:16 TaxCode:2 CompanyCode:4`,
    {
      _PurchaseOrder: one('PurchaseOrder', 'PurchaseOrder'),
      _PurchaseOrderItem: one('PurchaseOrderItem', itemKey),
    },
  ),
];

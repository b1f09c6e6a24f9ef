/** A_SupplierInvoice rows as OData V2 sends them, with invented data (shape: SAP dossier §9.9 and §4.2). */
export type Row = Record<string, unknown>;

const deferred = { __deferred: { uri: 'https://my000001-api.example.test/…' } };

export function many(...results: Row[]): Row {
  return { results };
}

/** An invoice of 1,200.50 USD: one purchase-order item with two shares, one G/L item, tax. */
export function invoiceRow(changes: Row = {}): Row {
  return {
    __metadata: { id: '…', type: 'API_SUPPLIERINVOICE_PROCESS_SRV.A_SupplierInvoiceType' },
    SupplierInvoice: '5105600101',
    FiscalYear: '2026',
    CompanyCode: '1710',
    DocumentDate: '/Date(1795132800000)/',
    PostingDate: '/Date(1795219200000)/',
    CreationDate: '/Date(1795219200000)/',
    SuplrInvcLstChgDteTmeTxt: '20261121093012.1234560',
    SupplierInvoiceIDByInvcgParty: 'INV-4711',
    InvoicingParty: '0017300001',
    AlternativePayeePayer: '',
    DocumentCurrency: 'USD',
    InvoiceGrossAmount: '1200.500',
    UnplannedDeliveryCost: '0.000',
    UnplannedDeliveryCostTaxCode: '',
    DocumentHeaderText: 'Office chairs',
    AccountingDocumentType: 'RE',
    PaymentTerms: 'NT30',
    DueCalculationBaseDate: '/Date(1795132800000)/',
    PaymentBlockingReason: '',
    PaymentMethod: '',
    SupplierInvoiceStatus: '5',
    SupplierInvoiceIsCreditMemo: '',
    ReconciliationAccount: '0021100000',
    ReverseDocument: '',
    ReverseDocumentFiscalYear: '0000',
    InvoiceReference: '',
    InvoiceReferenceFiscalYear: '0000',
    IsReversal: false,
    IsReversed: false,
    YY1_ApprovedBy_MIH: 'an extension field',
    to_SuplrInvoiceAdditionalData: deferred,
    to_SuplrInvcItemPurOrdRef: many(
      purchaseOrderItem({
        to_SupplierInvoiceItmAcctAssgmt: many(
          share({
            OrdinalNumber: '0001',
            SuplrInvcAcctAssignmentAmount: '600.000',
            CostCenter: '0017101101',
          }),
          share({
            OrdinalNumber: '0002',
            SuplrInvcAcctAssignmentAmount: '200.000',
            CostCenter: '0017101902',
          }),
        ),
      }),
    ),
    to_SupplierInvoiceItemGLAcct: many(glItem({ SupplierInvoiceItemAmount: '300.500' })),
    to_SuplrInvcItemMaterial: many(),
    to_SuplrInvcItemAsset: many(),
    to_SupplierInvoiceTax: many({ TaxCode: 'I1', SupplierInvoiceTaxCounter: '000001', TaxAmount: '100.000' }),
    to_SupplierInvoiceWhldgTax: many(),
    ...changes,
  };
}

export function purchaseOrderItem(changes: Row = {}): Row {
  return {
    SupplierInvoiceItem: '000001',
    PurchaseOrder: '4500000101',
    PurchaseOrderItem: '00010',
    TaxCode: 'I1',
    SupplierInvoiceItemAmount: '800.000',
    SupplierInvoiceItemText: '',
    QuantityInPurchaseOrderUnit: '12.000',
    PurchaseOrderQuantityUnit: 'PC',
    to_SupplierInvoiceItmAcctAssgmt: many(),
    ...changes,
  };
}

export function share(changes: Row = {}): Row {
  return {
    OrdinalNumber: '0001',
    SuplrInvcAcctAssignmentAmount: '800.000',
    DebitCreditCode: 'S',
    GLAccount: '0061008000',
    CostCenter: '0017101101',
    ProfitCenter: 'YB101',
    WBSElement: '',
    InternalOrder: '',
    TaxCode: 'I1',
    Quantity: '6.500',
    SuplrInvcAccountAssignmentText: '',
    ...changes,
  };
}

export function glItem(changes: Row = {}): Row {
  return {
    SupplierInvoiceItem: '0001',
    GLAccount: '0061003000',
    CostCenter: '0017101902',
    ProfitCenter: 'YB101',
    WBSElement: '',
    InternalOrder: '000000900001',
    SupplierInvoiceItemAmount: '300.500',
    DebitCreditCode: 'S',
    TaxCode: 'I1',
    SupplierInvoiceItemText: 'Delivery',
    ...changes,
  };
}

export function list(rows: readonly Row[], next?: string): unknown {
  return { d: next === undefined ? { results: rows } : { results: rows, __next: next } };
}

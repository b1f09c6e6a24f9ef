import * as z from 'zod';
import { isZero } from '../money.ts';
import {
  date,
  decimal,
  flag,
  isoMoment,
  optionalDate,
  optionalDecimal,
  optionalNumber,
  optionalText,
  requiredText,
  rows,
} from './odata-values.ts';

/**
 * A_SupplierInvoice with its items as OData sends them (SAP dossier §§4.1, 4.2). The change stamps, the alternative
 * payee, the payable account and the creation date exist in some tenants only.
 */
const accountAssignment = z.object({
  OrdinalNumber: requiredText,
  SuplrInvcAcctAssignmentAmount: decimal,
  DebitCreditCode: optionalText,
  GLAccount: optionalNumber,
  CostCenter: optionalNumber,
  ProfitCenter: optionalNumber,
  WBSElement: optionalText,
  InternalOrder: optionalNumber,
  TaxCode: optionalText,
  Quantity: optionalDecimal,
  SuplrInvcAccountAssignmentText: optionalText,
});

const purchaseOrderItem = z.object({
  SupplierInvoiceItem: requiredText,
  SupplierInvoiceItemAmount: decimal,
  PurchaseOrder: optionalText,
  PurchaseOrderItem: optionalText,
  TaxCode: optionalText,
  SupplierInvoiceItemText: optionalText,
  QuantityInPurchaseOrderUnit: optionalDecimal,
  PurchaseOrderQuantityUnit: optionalText,
  IsSubsequentDebitCredit: flag,
  to_SupplierInvoiceItmAcctAssgmt: rows(accountAssignment),
});

const glAccountItem = z.object({
  SupplierInvoiceItem: requiredText,
  SupplierInvoiceItemAmount: decimal,
  DebitCreditCode: optionalText,
  GLAccount: optionalNumber,
  CostCenter: optionalNumber,
  ProfitCenter: optionalNumber,
  WBSElement: optionalText,
  InternalOrder: optionalNumber,
  TaxCode: optionalText,
  SupplierInvoiceItemText: optionalText,
});

const materialItem = z.object({
  SupplierInvoiceItem: requiredText,
  SupplierInvoiceItemAmount: decimal,
  DebitCreditCode: optionalText,
  Material: optionalText,
  TaxCode: optionalText,
  Quantity: optionalDecimal,
  QuantityUnit: optionalText,
});

const assetItem = z.object({
  SupplierInvoiceItem: requiredText,
  SupplierInvoiceItemAmount: decimal,
  DebitCreditCode: optionalText,
  GLAccount: optionalNumber,
  ProfitCenter: optionalNumber,
  MasterFixedAsset: optionalNumber,
  TaxCode: optionalText,
  SupplierInvoiceItemText: optionalText,
  Quantity: optionalDecimal,
  QuantityUnit: optionalText,
});

const tax = z.object({ TaxCode: z.string().trim(), TaxAmount: decimal });

const withholdingTax = z.object({
  WithholdingTaxType: requiredText,
  WithholdingTaxCode: z.string().trim(),
  WithholdingTaxBaseAmount: decimal,
  ManuallyEnteredWhldgTaxAmount: optionalDecimal,
  WhldgTaxIsEnteredManually: flag,
});

export const supplierInvoiceRow = z.object({
  SupplierInvoice: requiredText,
  FiscalYear: requiredText,
  CompanyCode: requiredText,
  LastChangeDateTime: z.string().nullish(),
  SuplrInvcLstChgDteTmeTxt: z.string().nullish(),
  SupplierInvoiceStatus: z.string().trim(),
  InvoicingParty: optionalNumber,
  AlternativePayeePayer: optionalNumber,
  SupplierInvoiceIDByInvcgParty: optionalText,
  SupplierInvoiceIsCreditMemo: flag,
  DocumentDate: date,
  PostingDate: date,
  CreationDate: optionalDate,
  DocumentCurrency: requiredText,
  InvoiceGrossAmount: decimal,
  UnplannedDeliveryCost: optionalDecimal,
  UnplannedDeliveryCostTaxCode: optionalText,
  DocumentHeaderText: optionalText,
  AccountingDocumentType: optionalText,
  PaymentTerms: optionalText,
  PaymentBlockingReason: optionalText,
  PaymentMethod: optionalText,
  ReconciliationAccount: optionalNumber,
  IsReversal: flag,
  ReverseDocument: optionalText,
  ReverseDocumentFiscalYear: optionalText,
  InvoiceReference: optionalText,
  InvoiceReferenceFiscalYear: optionalText,
  to_SuplrInvcItemPurOrdRef: rows(purchaseOrderItem),
  to_SupplierInvoiceItemGLAcct: rows(glAccountItem),
  to_SuplrInvcItemMaterial: rows(materialItem),
  to_SuplrInvcItemAsset: rows(assetItem),
  to_SupplierInvoiceTax: rows(tax),
  to_SupplierInvoiceWhldgTax: rows(withholdingTax),
});

export type SupplierInvoiceRow = z.output<typeof supplierInvoiceRow>;

/** The navigations that make an invoice whole: one that is not read loses amounts (SAP dossier §4.2). */
export const supplierInvoiceExpand = [
  'to_SuplrInvcItemPurOrdRef/to_SupplierInvoiceItmAcctAssgmt',
  'to_SupplierInvoiceItemGLAcct',
  'to_SuplrInvcItemMaterial',
  'to_SuplrInvcItemAsset',
  'to_SupplierInvoiceTax',
  'to_SupplierInvoiceWhldgTax',
] as const;

/** The stamp of the row, in a form whose text order is its order in time. */
export function stampOf(
  row: Pick<SupplierInvoiceRow, 'LastChangeDateTime' | 'SuplrInvcLstChgDteTmeTxt'>,
): string {
  const moment = row.LastChangeDateTime;
  if (moment) return isoMoment(moment) ?? moment;
  return row.SuplrInvcLstChgDteTmeTxt ?? '';
}

/** Number and year of another invoice; SAP shows an empty year as `0000` (SAP dossier §9.9). */
export function otherInvoice(number: string | undefined, year: string | undefined) {
  if (number === undefined || /^0*$/.test(number)) return undefined;
  return { supplierInvoice: number, fiscalYear: year ?? '0000' };
}

export function hasAmount(value: string | null | undefined, currency: string): value is string {
  return value !== null && value !== undefined && !isZero(value, currency);
}

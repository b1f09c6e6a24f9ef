/**
 * SAP's supplier invoices as the connector knows them: plain JSON, dates as `yyyy-mm-dd`, amounts as decimal text in
 * the document's currency (see money.ts), absent values left out, numbers without alpha-conversion zeros
 * (supplier `17300001`, G/L account `61008000`; item numbers keep theirs).
 * Names follow the metadata of the services; the source of every field is the SAP dossier, §§4, 5 and 7.
 */
import type { Amount } from '../money.ts';
import type { LocalDate } from './local-date.ts';

/** Identifies a supplier invoice everywhere (I1). */
export interface InvoiceKey {
  readonly companyCode: string;
  /** 10 digits. */
  readonly supplierInvoice: string;
  /** 4 digits. */
  readonly fiscalYear: string;
}

/** One account-assignment share of an invoice item, net of tax; signed: positive is owed to the supplier. */
export interface InvoiceLine {
  readonly kind: 'purchase-order' | 'gl-account' | 'material' | 'asset' | 'unplanned-delivery-cost';
  /** `000001` for purchase-order items, `0001` for G/L items, `` for header cost. */
  readonly item: string;
  /** OrdinalNumber of the account assignment where the item is split, else ``. */
  readonly share: string;
  readonly amount: Amount;
  readonly glAccount?: string;
  readonly costCenter?: string;
  readonly profitCenter?: string;
  readonly wbsElement?: string;
  readonly internalOrder?: string;
  readonly taxCode?: string;
  readonly text?: string;
  readonly purchaseOrder?: string;
  readonly purchaseOrderItem?: string;
  readonly material?: string;
  /** Decimal text in `unit`. */
  readonly quantity?: string;
  readonly unit?: string;
  /** IsSubsequentDebitCredit: corrects the price of what was invoiced before; no new quantity. */
  readonly isSubsequent?: boolean;
}

export interface InvoiceTax {
  readonly taxCode: string;
  /** Signed like the lines. */
  readonly amount: Amount;
}

export interface WithholdingTax {
  readonly type: string;
  readonly code: string;
  readonly baseAmount: Amount;
  /** Entered by hand; where SAP computes it the amount is on the FI line. */
  readonly manualAmount?: Amount;
}

/** A_SupplierInvoice with its items. */
export interface SupplierInvoice {
  readonly key: InvoiceKey;
  /** The tenant's change stamp as SAP sent it, never reformatted; compared as text. Empty in date mode. */
  readonly changeStamp: string;
  /** SupplierInvoiceStatus: `5` is posted (§4.3). Unknown values are kept. */
  readonly status: string;
  /** InvoicingParty. */
  readonly supplier: string;
  /** AlternativePayeePayer, when another supplier is to be paid. */
  readonly alternativePayee?: string;
  /** SupplierInvoiceIDByInvcgParty: the supplier's own invoice number, at most 16 characters. */
  readonly reference?: string;
  readonly isCreditMemo: boolean;
  readonly documentDate: LocalDate;
  readonly postingDate: LocalDate;
  readonly creationDate?: LocalDate;
  readonly currency: string;
  /** Positive, for credit memos too. */
  readonly grossAmount: Amount;
  readonly headerText?: string;
  readonly accountingDocumentType?: string;
  readonly paymentTerms?: string;
  /** PaymentBlockingReason of the header; absent when free. */
  readonly paymentBlock?: string;
  readonly paymentMethod?: string;
  /** ReconciliationAccount of the header, on today's cloud. */
  readonly payableAccount?: string;
  /** ReverseDocument + its year, when the invoice was cancelled. */
  readonly reversedBy?: { readonly supplierInvoice: string; readonly fiscalYear: string };
  /** IsReversal: the document only reverses another one. */
  readonly isReversal?: boolean;
  /** InvoiceReference: the invoice that a credit memo refers to. */
  readonly originalInvoice?: { readonly supplierInvoice: string; readonly fiscalYear: string };
  readonly lines: readonly InvoiceLine[];
  readonly taxes: readonly InvoiceTax[];
  readonly withholdingTaxes: readonly WithholdingTax[];
}

/** The supplier line(s) of the invoice's FI document: A_OperationalAcctgDocItemCube, account type K (§5). */
export interface PayableLine {
  readonly invoice: { readonly supplierInvoice: string; readonly fiscalYear: string };
  readonly companyCode: string;
  readonly accountingDocument: string;
  readonly accountingDocumentYear: string;
  readonly item: string;
  readonly supplier: string;
  /** The payable (reconciliation) account. */
  readonly glAccount: string;
  readonly currency: string;
  /** As SAP shows it: invoices negative, credit memos positive. */
  readonly amount: Amount;
  readonly netDueDate?: LocalDate;
  /** CashDiscount1DueDate: the last day of the first cash discount. */
  readonly discountDueDate?: LocalDate;
  /** WithholdingTaxAmount: tax that will be withheld when this line is paid. */
  readonly withheldTax?: Amount;
  readonly paymentBlock?: string;
  readonly paymentMethod?: string;
  readonly isCleared: boolean;
  readonly clearingDocument?: string;
  readonly clearingDate?: LocalDate;
  /** SpecialGLCode; such lines (down payments) are not payable by us. */
  readonly specialGlCode?: string;
}

/** Text of a purchase-order item, for the bill line's description (§7). */
export interface PurchaseOrderItemText {
  readonly purchaseOrder: string;
  readonly purchaseOrderItem: string;
  readonly text: string;
}

/** A file that is attached to a supplier invoice. */
export interface Attachment {
  /** SAP's key of the file, as an address writes it; a file that takes its place has another one. */
  readonly id: string;
  readonly fileName: string;
  readonly mimeType?: string;
  /** Size in bytes, where SAP tells it. */
  readonly bytes?: number;
  /** ISO time. */
  readonly createdAt?: string;
}

import type { Amount } from '../../../money.ts';

/** A supplier invoice as a clerk enters it. Amounts are positive, for credit memos too. */
export interface NewInvoice {
  readonly companyCode: string;
  /** InvoicingParty. */
  readonly supplier: string;
  /** The supplier's own number, at most 16 characters; absent: none entered. */
  readonly reference?: string;
  readonly documentDate: string;
  readonly postingDate: string;
  /** Default: the company code's. */
  readonly currency?: string;
  readonly creditMemo?: boolean;
  /** The invoice that a credit memo refers to. */
  readonly originalInvoice?: InvoiceNumber;
  readonly headerText?: string;
  /** Default: the supplier's in this company code. */
  readonly paymentTerms?: string;
  /** Default: the document date. */
  readonly dueCalculationBaseDate?: string;
  readonly paymentMethod?: string;
  /** PaymentBlockingReason of header and FI lines: `A` by hand, `R` by invoice verification (dossier §4.3). */
  readonly paymentBlock?: string;
  readonly alternativePayee?: string;
  /** Default: the supplier's in this company code. */
  readonly payableAccount?: string;
  /** The supplier is a one-time account: who it is stands on the invoice alone. */
  readonly oneTimeSupplier?: { readonly name: string; readonly city: string; readonly country: string };
  readonly lines: readonly NewInvoiceLine[];
  readonly taxes?: readonly { readonly taxCode: string; readonly amount: Amount; readonly base?: Amount }[];
  readonly withholdingTaxes?: readonly NewWithholdingTax[];
  readonly unplannedDeliveryCost?: Amount;
  /** Default: the sum of all parts. Another sum stands for cost that this API shows nowhere. */
  readonly grossAmount?: Amount;
  /** SupplierInvoiceStatus, default `5` posted; `A` parked, `B` waiting for approval, … (dossier §4.3). */
  readonly status?: string;
  /** The FI document shows this much later, beside the tenant's own lag. */
  readonly fiVisibilityDelayMs?: number;
}

interface InvoiceNumber {
  readonly supplierInvoice: string;
  readonly fiscalYear: string;
}

interface NewWithholdingTax {
  readonly type: string;
  readonly code: string;
  readonly baseAmount: Amount;
  /** Entered by hand; else SAP computes it later. */
  readonly manualAmount?: Amount;
}

interface AnyLine {
  /** Negative: takes away from the gross amount. */
  readonly amount: Amount;
  readonly taxCode?: string;
  readonly text?: string;
}

export interface Assignment {
  readonly glAccount: string;
  readonly costCenter?: string;
  readonly profitCenter?: string;
  readonly wbsElement?: string;
  readonly internalOrder?: string;
}

export type NewInvoiceLine =
  | (AnyLine & Assignment & { readonly kind: 'gl-account' })
  | (AnyLine & {
      readonly kind: 'purchase-order';
      readonly purchaseOrder: string;
      readonly purchaseOrderItem: string;
      readonly quantity?: string;
      readonly unit?: string;
      /** Subsequent debit or credit: corrects the price of what was invoiced before. */
      readonly isSubsequent?: boolean;
      /** Shares of the amount; default: the order item's own assignment; none for goods bought to stock. */
      readonly shares?: readonly (Assignment & { readonly amount: Amount; readonly quantity?: string })[];
    })
  | (AnyLine & {
      readonly kind: 'material';
      readonly material: string;
      readonly quantity: string;
      readonly unit: string;
    })
  | (AnyLine & { readonly kind: 'asset'; readonly masterFixedAsset: string });

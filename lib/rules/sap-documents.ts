/**
 * SAP's documents as the connector knows them: plain JSON, dates as `yyyy-mm-dd`, amounts as decimal text in the
 * document's currency (see money.ts), absent values left out, numbers without alpha-conversion zeros
 * (supplier `17300001`, G/L account `61008000`; item numbers keep theirs).
 * Names follow the metadata of the services; the source of every field is the SAP dossier, §§4 to 7.
 */
import type { Amount } from '../money.ts';

/** `2026-11-24`. */
export type LocalDate = string;

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

/** A supplier item that is not cleared, of any document (§5). */
export interface OpenSupplierItem {
  readonly companyCode: string;
  readonly fiscalYear: string;
  readonly accountingDocument: string;
  readonly supplier: string;
  readonly currency: string;
  /** As SAP shows it: invoices negative, payments positive. */
  readonly amount: Amount;
  /** Invoice number and fiscal year, where it comes from a supplier invoice. */
  readonly originalReference?: string;
  /** InvoiceReference: the FI document of an invoice that this item pays in part (SAP dossier §5). */
  readonly paysInPart?: { readonly accountingDocument: string; readonly fiscalYear: string };
}

export interface SupplierCompany {
  readonly companyCode: string;
  readonly payableAccount?: string;
  readonly paymentBlock?: string;
  readonly paymentMethods?: string;
  readonly alternativePayee?: string;
  readonly currency?: string;
  readonly postingBlocked: boolean;
  readonly deletionFlag: boolean;
}

/** Business partner in the role of a supplier, with its address valid today (§6). */
export interface Supplier {
  readonly supplier: string;
  readonly businessPartner: string;
  readonly name: string;
  readonly category?: 'person' | 'organization' | 'group';
  readonly address?: {
    readonly street?: string;
    readonly houseNumber?: string;
    readonly city?: string;
    readonly postalCode?: string;
    readonly region?: string;
    /** ISO 3166-1 alpha-2. */
    readonly country?: string;
  };
  readonly email?: string;
  readonly phone?: string;
  readonly taxNumbers: readonly { readonly type: string; readonly number: string }[];
  readonly vatRegistration?: string;
  readonly paymentBlocked: boolean;
  readonly postingBlocked: boolean;
  readonly deletionFlag: boolean;
  readonly companies: readonly SupplierCompany[];
}

/** Name and place of a one-time supplier, which stand on its invoice alone; never its bank data (§4.2). */
export interface OneTimeSupplier {
  readonly supplierInvoice: string;
  readonly fiscalYear: string;
  readonly name: string;
  readonly city?: string;
  readonly country?: string;
}

/** A supplier whose business partner was changed, in the order of the changes. */
export interface ChangedSupplier {
  readonly supplier: string;
  readonly businessPartner: string;
  readonly name: string;
  /** `yyyy-mm-ddThh:mm:ss` of LastChangeDate and LastChangeTime, in SAP's own time zone (§6). */
  readonly changedAt: string;
}

/** What is created in SAP for a vendor that was born in BILL (§6): never bank details. */
export interface NewSupplier {
  /** OrganizationBPName1 to 4, at most 40 characters each. */
  readonly names: readonly string[];
  /** SearchTerm2: the look-up key of this creation, 16 characters. */
  readonly searchKey: string;
  readonly grouping: string;
  readonly address: {
    readonly street: string;
    readonly city: string;
    readonly postalCode: string;
    readonly region?: string;
    readonly country: string;
  };
  readonly email?: string;
  readonly phone?: string;
  readonly taxNumber?: { readonly type: string; readonly number: string };
  readonly companies: readonly {
    readonly companyCode: string;
    readonly payableAccount: string;
    readonly paymentTerms: string;
  }[];
  readonly purchasing?: {
    readonly organization: string;
    readonly currency: string;
    readonly paymentTerms: string;
  };
}

/** E-mail and phone of a supplier's standard address. */
export interface SupplierContact {
  readonly email?: string;
  readonly phone?: string;
}

/** Text of a purchase-order item, for the bill line's description (§7). */
export interface PurchaseOrderItemText {
  readonly purchaseOrder: string;
  readonly purchaseOrderItem: string;
  readonly text: string;
}

/** What is sent to the journal-entry service (§9.2). Amounts are signed: debit positive, credit negative. */
export interface JournalEntry {
  readonly companyCode: string;
  readonly documentType: string;
  readonly documentDate: LocalDate;
  readonly postingDate: LocalDate;
  readonly currency: string;
  /** The look-up key: 16 upper-case characters (§9.6). */
  readonly documentReferenceId: string;
  readonly headerText: string;
  /** At most 12 characters. */
  readonly createdByUser: string;
  /** At most 20 characters, upper case. */
  readonly reference1?: string;
  readonly supplierItems: readonly JournalSupplierItem[];
  readonly glItems: readonly JournalGlItem[];
}

export interface JournalSupplierItem {
  readonly supplier: string;
  readonly amount: Amount;
  /** Only where the invoice's payable account is not the supplier's own. */
  readonly alternativePayableAccount?: string;
  readonly text?: string;
  /** At most 18 characters: the invoice as number + year. */
  readonly assignmentReference?: string;
}

export interface JournalGlItem {
  readonly glAccount: string;
  readonly amount: Amount;
  readonly costCenter?: string;
  readonly profitCenter?: string;
  readonly text?: string;
  readonly assignmentReference?: string;
  /** At most 20 characters. */
  readonly reference3?: string;
}

/** A journal entry as found by its reference, or as answered by the posting service. */
export interface PostedEntry {
  readonly companyCode: string;
  readonly accountingDocument: string;
  readonly fiscalYear: string;
  /** Set when the entry was reversed since. */
  readonly reversedBy?: string;
  /** Messages of severity 2, for the timeline. */
  readonly warnings: readonly string[];
}

/** The reversal of a posted entry (§9.7): a document of its own, with a look-up key of its own. */
export interface Reversal {
  readonly companyCode: string;
  readonly documentType: string;
  readonly accountingDocument: string;
  readonly fiscalYear: string;
  readonly postingDate: LocalDate;
  /** SAP's reversal reason, 2 characters. */
  readonly reason: string;
  readonly documentReferenceId: string;
  readonly headerText: string;
  readonly createdByUser: string;
}

/** Identifies an FI document. */
export interface DocumentKey {
  readonly companyCode: string;
  readonly accountingDocument: string;
  readonly fiscalYear: string;
}

/** Identifies a line of an FI document. */
export interface LineKey extends DocumentKey {
  /** AccountingDocumentItem, three digits. */
  readonly item: string;
}

/** A supplier line of any FI document (§5), of an invoice, a payment's entry or a clearing alike. */
export interface SupplierLine extends LineKey {
  readonly supplier: string;
  readonly currency: string;
  /** As SAP shows it: owed to the supplier negative, paid positive. */
  readonly amount: Amount;
  readonly netDueDate?: LocalDate;
  readonly paymentBlock?: string;
  readonly isCleared: boolean;
  /** The document that cleared it. */
  readonly clearedBy?: { readonly accountingDocument: string; readonly fiscalYear: string };
  /** The line that a partial payment belongs to. */
  readonly refersTo?: {
    readonly accountingDocument: string;
    readonly fiscalYear: string;
    readonly item: string;
  };
  readonly assignmentReference?: string;
  readonly specialGlCode?: string;
  /** Its document was reversed, or is a reversal itself. */
  readonly isReversed: boolean;
}

/** Supplier lines to be cleared against each other (§9.8). */
export interface Clearing {
  readonly companyCode: string;
  /** Of the clearing document; decides how SAP splits it (§9.8). */
  readonly documentType: string;
  readonly documentDate: LocalDate;
  readonly postingDate: LocalDate;
  readonly currency: string;
  /** At most 25 characters. */
  readonly headerText: string;
  /** At most 16 characters. */
  readonly reference: string;
  readonly createdByUser: string;
  readonly items: readonly ClearingItem[];
}

export interface ClearingItem extends LineKey {
  readonly supplier: string;
  /** Clears so much of the line, without a sign; absent: all of it. */
  readonly partialAmount?: Amount;
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

/** SAP's FI documents, in the same notation as its invoices (sap-invoices.ts); source: the SAP dossier, §§5 and 9. */
import type { Amount } from '../money.ts';
import type { LocalDate } from './local-date.ts';

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
  readonly reversedBy?: Pick<DocumentKey, 'accountingDocument' | 'fiscalYear'>;
  /** It reverses another entry, whose reference it may have taken over. */
  readonly isReversal?: true;
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

import type { Probe } from '../probe.ts';
import type { LocalDate } from '../rules/local-date.ts';
import type { CompanyCode, CostCenter, GlAccount, ProfitCenter } from '../rules/reference-data.ts';
import type {
  Clearing,
  DocumentKey,
  JournalEntry,
  LineKey,
  OpenSupplierItem,
  PostedEntry,
  Reversal,
  SupplierLine,
} from '../rules/sap-accounting.ts';
import type {
  Attachment,
  InvoiceKey,
  PayableLine,
  PurchaseOrderItemText,
  SupplierInvoice,
} from '../rules/sap-invoices.ts';
import type {
  ChangedSupplier,
  NewSupplier,
  OneTimeSupplier,
  Supplier,
  SupplierContact,
} from '../rules/sap-suppliers.ts';

/**
 * How this tenant tells that an invoice changed, best first (SAP dossier §0.2): the stamp `LastChangeDateTime`,
 * the text stamp of today's cloud, or no stamp at all (windows of creation and posting dates).
 */
export type ChangeStamp = 'LastChangeDateTime' | 'SuplrInvcLstChgDteTmeTxt' | 'dates';

/** Where a poll stands: everything before it has been read. Pages follow each other by it (keyset, no `$skip`). */
export interface InvoicePosition {
  /**
   * The stamp as SAP sent it (a V2 moment as ISO time); in date mode a date `yyyy-mm-dd`, the same on all pages of
   * one window: they follow each other by invoice and year.
   */
  readonly stamp: string;
  readonly supplierInvoice: string;
  readonly fiscalYear: string;
}

/** An invoice that SAP shows in a form that the connector cannot read. */
export interface UnreadableInvoice {
  readonly key: InvoiceKey;
  readonly changeStamp: string;
  /** Empty where SAP tells none. */
  readonly supplier: string;
  readonly creationDate?: LocalDate;
  readonly postingDate?: LocalDate;
  /** Which of its fields are otherwise than documented; never their values. */
  readonly unreadable: string;
}

export interface InvoicePage {
  readonly invoices: readonly SupplierInvoice[];
  readonly unreadable: readonly UnreadableInvoice[];
  /** Pass it to read on; undefined when nothing is left. */
  readonly next?: InvoicePosition;
}

/** Where the poll of business partners stands; pages follow each other by it. */
export interface SupplierPosition {
  /** `yyyy-mm-ddThh:mm:ss`, in SAP's own time zone. */
  readonly changedAt: string;
  readonly businessPartner: string;
}

interface SupplierPage {
  readonly changed: readonly ChangedSupplier[];
  /** Pass it to read on; undefined when nothing is left. */
  readonly next?: SupplierPosition;
}

/** What is known of a firm that is looked for among SAP's suppliers. */
export interface SupplierTraits {
  readonly name: string;
  readonly taxId?: string;
  readonly email?: string;
}

/** What an invoice poll asks for. */
export interface InvoiceQuery {
  readonly changeStamp: ChangeStamp;
  readonly companyCodes: readonly string[];
  /** Strictly after this place in the order (stamp, invoice, year). */
  readonly after: InvoicePosition;
  /** In date mode: windows start this many days before `after.stamp`. */
  readonly reReadDays: number;
}

/**
 * All that the connector does in SAP, as the journeys see it. Every method throws WorldError for outages and
 * refused credentials (`mayHaveHappened` only where a posting may have happened) and DocumentError where SAP
 * refuses this very document.
 */
export interface Sap {
  /** Reads the tenant's own `$metadata` of the supplier-invoice service. */
  changeStamp(): Promise<ChangeStamp>;
  /**
   * One page (100) with all items, assignments, taxes: one call. Throws UnexpectedAnswer where several invoices and none
   * of them can be read.
   */
  invoicesChangedSince(query: InvoiceQuery): Promise<InvoicePage>;
  /**
   * The given invoices, in as few calls as the URL length allows; missing ones are left out. Throws DocumentError
   * `INVOICE_NOT_READABLE`.
   */
  invoices(keys: readonly InvoiceKey[]): Promise<SupplierInvoice[]>;
  /** The FI supplier lines of the given invoices, in as few calls as the URL length allows. */
  payableLines(keys: readonly InvoiceKey[]): Promise<PayableLine[]>;
  /** All supplier items of these company codes that are open, posted on or after this date; special G/L left out. */
  openSupplierItems(companyCodes: readonly string[], postedSince: LocalDate): Promise<OpenSupplierItem[]>;
  /** Suppliers with address, e-mail, tax numbers and company data, in a bounded number of calls. */
  suppliers(numbers: readonly string[]): Promise<Supplier[]>;
  /** The files that are attached to one invoice, of whatever kind: one call. */
  attachments(key: InvoiceKey): Promise<Attachment[]>;
  /** The content of one of them: one call. `gone` when it was removed meanwhile, `too-large` beyond so many bytes. */
  attachmentContent(file: Attachment, mostBytes: number): Promise<Uint8Array | 'gone' | 'too-large'>;
  /** The one-time suppliers among the given invoices, without bank data; most pages have none. */
  oneTimeSuppliers(keys: readonly InvoiceKey[]): Promise<OneTimeSupplier[]>;
  /** Suppliers whose business partner changed after this place: one call (§6: date and time are two conditions). */
  suppliersChangedSince(after: SupplierPosition): Promise<SupplierPage>;
  /**
   * Suppliers that have this tax id, this e-mail, or a name with the same first word, in at most six calls.
   * `complete` is false where more have such a name than were read.
   */
  suppliersLike(traits: SupplierTraits): Promise<{ suppliers: Supplier[]; complete: boolean }>;
  /** Suppliers that were created with this look-up key. */
  suppliersBySearchKey(searchKey: string): Promise<Supplier[]>;
  /** Creates business partner, roles and supplier in one call. Throws DocumentError `SUPPLIER_NOT_CREATED`. */
  createSupplier(supplier: NewSupplier): Promise<Supplier>;
  /**
   * Changes e-mail and phone of the standard address; gives back the supplier as it is then. Throws DocumentError
   * `SUPPLIER_CONTACT_MISSING` where SAP has no entry to change, `SUPPLIER_CHANGE_REFUSED` where it refuses.
   */
  changeSupplierContact(supplier: string, contact: SupplierContact): Promise<Supplier>;
  /** Texts of purchase-order items. */
  purchaseOrderItemTexts(
    items: readonly { readonly purchaseOrder: string; readonly purchaseOrderItem: string }[],
  ): Promise<PurchaseOrderItemText[]>;
  /** Reference data (§8), never written. Company codes with their chart and currency. */
  companyCodes(codes: readonly string[]): Promise<CompanyCode[]>;
  /** The accounts of these charts; with an ISO time only those that changed at or after it. */
  glAccounts(charts: readonly string[], changedSince?: string): Promise<GlAccount[]>;
  /** All periods of all cost centers of these company codes; SAP has no change stamp for them. */
  costCenters(companyCodes: readonly string[]): Promise<CostCenter[]>;
  /** All periods of all profit centers. */
  profitCenters(): Promise<ProfitCenter[]>;
  /** Posts one entry; success is a document number and severity below 3 (§9.3). Never repeated by the client. */
  postJournalEntry(entry: JournalEntry, messageId: string): Promise<PostedEntry>;
  /** Reverses one entry (§9.7): its own document, with a look-up key of its own. */
  reverseJournalEntry(reversal: Reversal, messageId: string): Promise<PostedEntry>;
  /**
   * Entries of the company code that carry this look-up key (§9.6), posted on or after `since`; of one document type
   * where given. A reversal by hand may have taken the key over.
   */
  journalEntriesByReference(
    companyCode: string,
    documentReferenceId: string,
    since: LocalDate,
    documentType?: string,
  ): Promise<PostedEntry[]>;
  /** The supplier lines of these FI documents, and those that refer to them, in as few calls as the URL length allows. */
  supplierLines(documents: readonly DocumentKey[]): Promise<SupplierLine[]>;
  /**
   * Asks SAP to clear lines, each clearing for itself (§9.8). Asynchronous: SAP says nothing about the outcome, it
   * shows in `supplierLines`. A repeated message id is refused by SAP in silence (§9.5).
   */
  requestClearing(clearings: readonly Clearing[], messageId: string): Promise<void>;
  /** Asks SAP to set the payment block of these lines, or to lift it (``); asynchronous like the clearing (§4.8). */
  requestPaymentBlock(lines: readonly LineKey[], block: string, messageId: string): Promise<void>;
  /** Tries each service once, for `ping`; does not throw. */
  probe(): Promise<Probe[]>;
  /** The same for the service of attachments, which only those need who send them. */
  probeAttachments(): Promise<Probe>;
}

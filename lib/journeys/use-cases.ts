import type {
  AttachmentWork,
  BillLook,
  BillWork,
  FailedPaymentWork,
  ForeignBillWork,
  InvoiceWork,
  PaymentWork,
  SapWork,
  VendorWork,
} from '../work/messages.ts';

/** What a poll did, for the log, the page and the question whether there is nothing left to do. */
export interface PollReport {
  /** Documents that were new or changed since the last poll. */
  readonly found: number;
  /** Messages sent to a queue. */
  readonly queued: number;
}

/** The answer to BILL's notification (I7): 200 only when the queue holds it or nothing is to be done. */
export interface EventAnswer {
  readonly status: 200 | 400 | 401 | 413 | 503;
  /** `TAKEN`, `NOTHING_TO_DO`, `NOT_JSON`, `NOT_SIGNED`, `WRONG_SIGNATURE`, `TOO_LARGE`, `QUEUE_UNAVAILABLE`. */
  readonly code: string;
}

/**
 * The product, seen from its entrances: each function, the local run and the tests call one of these.
 * A method that works on one message returns when the message is done (an exception raised included), throws
 * WorldError when it must wait, and any other error when it is our fault.
 */
export interface UseCases {
  /** Journey 1, on a schedule: SAP's changed invoices into `bill-work`. */
  findInvoices(): Promise<PollReport>;
  /** Journey 1, on a slower schedule: kept-back invoices by their FI lines. */
  recheckInvoices(): Promise<PollReport>;
  /** Journey 1, on the slow schedule: handed-over invoices that SAP has cleared, into `bill-work`. */
  watchInvoices(): Promise<PollReport>;
  /** Journey 1, one message of `bill-work`. */
  handOverInvoice(work: InvoiceWork): Promise<void>;
  /** One message of `bill-work`: a bill of ours that looked otherwise in BILL than the ledger has it. */
  lookAtBill(work: BillLook): Promise<void>;
  /** Journey 1, one message of `bill-work`: the files of an invoice that is in BILL. */
  sendAttachments(work: AttachmentWork): Promise<void>;
  /** Journey 2, on a schedule: payments a webhook missed into `sap-work`, and the subscription's health. */
  findPayments(): Promise<PollReport>;
  /** On a schedule: accounts, cost centers and BILL's lists into the ledger; finds no documents. */
  readReferenceData(): Promise<PollReport>;
  /** Daily: what SAP and BILL still have to pay, compared and kept; finds the lines that differ. */
  tieOut(): Promise<PollReport>;
  /** Journey 2, on the slow schedule: payments and bills that changed without our hearing of it. */
  watchPayments(): Promise<PollReport>;
  /** Journey 2, BILL's webhook: raw bytes and the `x-bill-sha-signature` header. Never throws. */
  receiveEvent(rawBody: Uint8Array, signature: string | undefined): Promise<EventAnswer>;
  /** Journey 2, one message of `sap-work`. */
  returnPayment(work: PaymentWork): Promise<void>;
  /** Vendors, on a schedule: suppliers that changed in SAP and have a vendor, into `sap-work`. */
  findSuppliers(): Promise<PollReport>;
  /** Vendors, once a day: every linked supplier against what was compared last. */
  compareSuppliers(): Promise<PollReport>;
  /**
   * On a schedule: vendors that changed in BILL and bills that are not ours into `sap-work`, bills of ours that people
   * changed there into `bill-work`.
   */
  findVendors(): Promise<PollReport>;
  /** Vendors, one message of `sap-work`: a vendor that changed on either side. */
  alignVendor(work: VendorWork): Promise<void>;
  /** One message of `sap-work`: a bill that the poll did not know as ours. */
  checkForeignBill(work: ForeignBillWork): Promise<void>;
  /** Journey 2, one message of `sap-work`: a payment that BILL could not create. */
  noteFailedPayment(work: FailedPaymentWork): Promise<void>;
  /** On a schedule: clearings and payment blocks, which SAP does asynchronously, asked for and confirmed. */
  followUp(): Promise<PollReport>;
  /** After a few tries of our own: the document gets an open exception, its message goes to the dead letters. */
  reportOurFailure(work: BillWork | SapWork, error: unknown): Promise<void>;
}

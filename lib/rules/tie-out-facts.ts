import type { Amount } from '../money.ts';

/** A supplier item that is open in SAP: of an invoice whose bill is in BILL, or of a payment that was posted. */
export interface OpenInSap {
  readonly document: string;
  readonly kind: 'invoice' | 'payment';
  readonly companyCode: string;
  readonly currency: string;
  readonly vendorId: string;
  /** Of a payment: the invoices that it was posted for. */
  readonly pays?: readonly string[];
  /** As SAP shows it: invoices negative, payments positive. */
  readonly amount: Amount;
}

/** A bill in BILL that stands for an invoice. */
export interface OpenInBill {
  /** The invoice. */
  readonly document: string;
  readonly billId: string;
  readonly companyCode: string;
  readonly currency: string;
  readonly vendorId: string;
  /** What has not been paid by cleared payments or credits. */
  readonly open: Amount;
  /** The part of it that is on its way. */
  readonly inTransit: Amount;
  /** Of a vendor credit: the invoices whose bills used it. */
  readonly usedFor?: readonly string[];
  /** Why BILL's amount is not known; `open` is 0 then, which explains nothing. */
  readonly untold?: string;
}

/** A part of a payment that is cleared in BILL and not posted in SAP, with why. */
export interface NotPosted {
  /** The payment. */
  readonly document: string;
  /** The invoice that it pays. */
  readonly invoice: string;
  readonly companyCode: string;
  readonly currency: string;
  readonly vendorId: string;
  readonly amount: Amount;
  readonly why: string;
}

export interface TieOutFacts {
  readonly sap: readonly OpenInSap[];
  readonly bill: readonly OpenInBill[];
  readonly notPosted: readonly NotPosted[];
  /** Invoices with an open exception, by id, with what it says: what differs there is a person's already. */
  readonly exceptions: ReadonlyMap<string, string>;
}

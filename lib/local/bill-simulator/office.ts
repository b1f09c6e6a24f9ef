import type { Amount } from '../../money.ts';
import type { ClassificationKind, DisbursementType, VoidType } from './books.ts';
import type { NewClassification } from './classifications.ts';
import type { NewFundingAccount } from './funding-accounts.ts';
import type { VendorFields } from './vendor-fields.ts';

/**
 * What people and BILL itself do inside BILL, for scenarios and tests. Amounts are decimal text. Actions that make
 * something answer its id. They throw Refusal where BILL would not let a person do it. Each tells the webhooks what
 * the API's own calls would tell (BILL dossier §9.1).
 */
export interface BillOfficeActions {
  addVendor(vendor: VendorFields & { name: string }): string;
  editVendor(vendorId: string, change: VendorFields): void;
  archiveVendor(vendorId: string): void;
  restoreVendor(vendorId: string): void;
  /** The vendor accepts an invitation to BILL's network (§4.4). */
  connectVendor(vendorId: string): void;

  addChartOfAccount(entry: { name: string; number?: string; type?: string }): string;
  addDepartment(entry: NewClassification): string;
  addLocation(entry: NewClassification): string;
  addAccountingClass(entry: NewClassification): string;
  /** An account, department, location or accounting class that nothing may be coded with any more. */
  archiveClassification(kind: ClassificationKind, id: string): void;
  restoreClassification(kind: ClassificationKind, id: string): void;
  addFundingAccount(account: NewFundingAccount): string;

  /** A bill that comes from the inbox, a recurring bill or another program (§5.9). */
  addForeignBill(bill: OfficeBill): string;
  /** `lines` replaces all lines; a line keeps its id by naming it. */
  editBill(billId: string, change: Partial<OfficeBill>): void;
  approveBill(billId: string): void;
  denyBill(billId: string): void;
  /** Adds a file to a bill by hand. */
  addDocument(billId: string, name: string, content: Uint8Array): void;
  archiveBill(billId: string): void;
  restoreBill(billId: string): void;

  addVendorCredit(credit: {
    vendorId: string;
    referenceNumber: string;
    creditDate: string;
    amount: Amount;
  }): string;
  /** Covers (a part of) a bill by a credit without any payment: no event tells of it (§13.16). */
  applyVendorCredit(billId: string, creditId: string, amount: Amount): void;

  /** Makes a payment, SCHEDULED at once; no event tells of its creation (§9.1). */
  pay(payment: OfficePayment): string;
  /** A payment made elsewhere, recorded by a person (§7.6): CLEARED at once. */
  recordPayment(payment: { bills: OfficePayment['bills']; processDate: string }): string;
  /** A payment that still awaits approval becomes SCHEDULED. */
  approvePayment(paymentId: string): void;
  /** To another `singleStatus` of §7.3, or to a value that the dossier does not list. */
  advance(paymentId: string, singleStatus: string): void;
  /** Only while SCHEDULED. */
  cancel(paymentId: string): void;
  /** Asks for a void and decides it: by default at once and accepted; `later` leaves it VOID_PENDING. */
  void(paymentId: string, type: VoidType, decision?: 'ACCEPTED' | 'REJECTED' | 'later'): void;
  decideVoid(paymentId: string, decision: 'ACCEPTED' | 'REJECTED'): void;
  /** The bank sends the money of a CLEARED payment back: DISBURSEMENT_FAILED_ACTION_NEEDED; a void comes later. */
  returnPayment(paymentId: string): void;
  /** A payment that BILL could not create: `payment.failed`, without a payment id (§9.5). */
  failPayment(payment: OfficePayment, error: { code: string; message: string }): void;

  /** Answers id and security key. */
  addSubscription(subscription: { name?: string; notificationUrl: string; events?: readonly string[] }): {
    id: string;
    securityKey: string;
  };
  /** What BILL does by itself after repeated failure (§9.4). */
  switchSubscriptionOff(subscriptionId?: string): void;
  switchSubscriptionOn(subscriptionId?: string): void;
  /** The next notification is never sent; its event is in the log. */
  loseNextNotification(): void;
  /** The next notification is sent twice. */
  repeatNextNotification(): void;
  /** Keeps notifications back until they are released, the last first. */
  holdNotifications(): void;
  releaseNotifications(): void;
  /** What the receiver of a notification answered after all retries; 0 when nothing came. */
  noteDelivery(eventId: string, status: number): void;

  /** Another program under the same developer key spends calls of this clock hour (§2.1). */
  spendCalls(calls: number): void;
  /** All sessions end. */
  endSessions(): void;
}

export interface OfficeBill {
  readonly vendorId: string;
  readonly invoiceNumber: string;
  readonly invoiceDate: string;
  readonly dueDate: string;
  readonly description?: string;
  readonly lines: readonly {
    readonly id?: string;
    readonly amount: Amount;
    readonly description?: string;
    readonly chartOfAccountId?: string;
  }[];
}

export interface OfficePayment {
  /** Bills of one vendor, with the money paid for each, without credits. */
  readonly bills: readonly { readonly billId: string; readonly amount: Amount }[];
  /** Credits used inside the payment. */
  readonly vendorCredits?: readonly {
    readonly billId: string;
    readonly id: string;
    readonly amount: Amount;
  }[];
  readonly disbursementType: DisbursementType;
  readonly fundingAccountId: string;
  readonly processDate: string;
  /** For a vendor in another currency: US dollars that are debited, and the rate. */
  readonly fundingAmount?: Amount;
  readonly exchangeRate?: string;
  /** The payment waits for an approver first (`status` APPROVING). */
  readonly awaitsApproval?: boolean;
}

import type { Probe } from '../probe.ts';
import type {
  Bill,
  BillDocument,
  ChartOfAccount,
  NewBill,
  NewVendor,
  NewVendorCredit,
  Payment,
  RecordedPayment,
  Subscription,
  Vendor,
  VendorChange,
  VendorCredit,
} from '../rules/bill-documents.ts';
import type { Classification, ClassificationKind } from '../rules/reference-data.ts';

/** One page of a list that is read in the order of `updatedTime`. */
export interface ListPage<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

/**
 * BILL's calls, as the journeys see them, made under one lease of the gate (I4). Every method throws
 * WorldError for outages, quota and refused sessions (`mayHaveHappened` where a create may have happened) and
 * DocumentError where BILL refuses this very document (its `code` is BILL's, e.g. `BDC_1171`).
 */
export interface BillCalls {
  vendor(id: string): Promise<Vendor | undefined>;
  /** Vendors changed at or after `since` (ISO time), archived ones too. */
  vendorsUpdatedSince(since: string, page?: string): Promise<ListPage<Vendor>>;
  createVendor(vendor: NewVendor): Promise<Vendor>;
  /** PATCH: changes the named fields and no bank details; one answer is the vendor as it is then (§4.1). */
  changeVendor(id: string, change: VendorChange): Promise<Vendor>;
  bill(id: string): Promise<Bill | undefined>;
  /** Bills changed at or after `since` (ISO time), archived ones too; drafts are left out. */
  billsUpdatedSince(since: string, page?: string): Promise<ListPage<Bill>>;
  /** All bills of the vendor created at or after `since` (ISO time), archived ones too, all pages. */
  billsOfVendor(vendorId: string, since: string): Promise<Bill[]>;
  /** All bills that are neither archived nor wholly paid, all pages. */
  openBills(): Promise<Bill[]>;
  /** At most 100, archived ones too; missing ones are left out. */
  billsById(ids: readonly string[]): Promise<Bill[]>;
  createBill(bill: NewBill): Promise<Bill>;
  /** PATCH: changes the named fields; every line given needs its `id` (§5.1). */
  patchBill(id: string, change: Partial<NewBill>): Promise<Bill>;
  /** PUT: the whole bill; a line without `id` is new, an omitted one is removed. Give it ids from a fresh read. */
  replaceBill(id: string, bill: NewBill): Promise<Bill>;
  archiveBill(id: string): Promise<Bill>;
  restoreBill(id: string): Promise<Bill>;
  /** The documents of a bill, all pages; one that was uploaded just now may be missing for minutes (§5.7). */
  documentsOfBill(billId: string): Promise<BillDocument[]>;
  /** At most 6 MB; there is no way back, and the same again makes a second document (§5.7). */
  uploadDocument(billId: string, name: string, file: Uint8Array): Promise<BillDocument>;
  vendorCredit(id: string): Promise<VendorCredit | undefined>;
  /** The vendor's credits created at or after `since` (ISO time), archived ones too, newest first. */
  vendorCreditsOfVendor(vendorId: string, since: string): Promise<VendorCredit[]>;
  createVendorCredit(credit: NewVendorCredit): Promise<VendorCredit>;
  /** Cannot be undone (§6). */
  archiveVendorCredit(id: string): Promise<VendorCredit>;
  payment(id: string): Promise<Payment | undefined>;
  /** POST /v3/bills/record-payment: BILL moves no money. Not idempotent: look it up before a repeat (§7.6). */
  recordPayment(payment: RecordedPayment): Promise<Payment>;
  /** Payments recorded outside BILL for this vendor and process date, all pages. */
  recordedPayments(vendorId: string, processDate: string): Promise<Payment[]>;
  /** At most 100; missing ones are left out. */
  paymentsById(ids: readonly string[]): Promise<Payment[]>;
  /** The vendor's payments created at or after `since` (ISO time), all pages. */
  paymentsOfVendor(vendorId: string, since: string): Promise<Payment[]>;
  /** Payments with this transaction number, all pages. */
  paymentsByTransactionNumber(transactionNumber: string): Promise<Payment[]>;
  paymentsUpdatedSince(since: string, page?: string): Promise<ListPage<Payment>>;
  chartOfAccounts(): Promise<ChartOfAccount[]>;
  /** Departments, locations or accounting classes; undefined where the organization does not use them. */
  classifications(kind: ClassificationKind): Promise<Classification[] | undefined>;
  subscriptions(): Promise<Subscription[]>;
  /** Answers the new subscription and its security key, which BILL shows once. */
  createSubscription(
    wanted: { name: string; events: readonly string[]; notificationUrl: string },
    idempotentKey: string,
  ): Promise<Subscription & { securityKey: string }>;
  changeSubscription(
    id: string,
    change: { enabled?: boolean; notificationUrl?: string },
  ): Promise<Subscription>;
  /** Replaces the events of a subscription, which stays what it is otherwise and is switched on (BILL dossier §9.2). */
  setSubscriptionEvents(subscription: Subscription, events: readonly string[]): Promise<Subscription>;
  testSubscription(id: string): Promise<void>;
  rotateSecurityKey(id: string, idempotentKey: string): Promise<{ securityKey: string }>;
}

/** Who uses BILL and for how many calls, for the gate's lease and the books of calls per purpose. */
export type BillPurpose =
  | 'hand-over-invoice'
  | 'ensure-vendor'
  | 'align-vendor'
  | 'send-attachment'
  | 'return-payment'
  | 'poll'
  | 'set-up';

export interface BillGateway {
  /**
   * Takes one of the three leases, runs `work` under it and gives it back whatever happens. Waits a short while
   * when all are taken; throws WorldError `BILL_GATE_BUSY`, `BILL_GATE_CLOSED` or `BILL_BUDGET_SPENT` (with
   * `retryAfterMs`) when it cannot be had.
   */
  withLease<T>(purpose: BillPurpose, work: (calls: BillCalls) => Promise<T>): Promise<T>;
  /** Login, rights, chart of accounts, subscription, for `ping`; does not throw. */
  probe(): Promise<Probe[]>;
}

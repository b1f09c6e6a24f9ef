import type { LineFields } from './bill-fields.ts';
import { inventedText } from './ids.ts';
import type { VendorFields } from './vendor-fields.ts';

/** Everything BILL remembers, as one plain JSON object: a process can save it and another one goes on with it. */
export interface BillBooks {
  readonly seed: string;
  readonly organizationId: string;
  /** The connector's own key first; further ones belong to other programs. */
  readonly developerKeys: string[];
  readonly users: StoredUser[];
  readonly sessions: Record<string, StoredSession>;
  readonly vendors: Record<string, StoredVendor>;
  readonly bills: Record<string, StoredBill>;
  readonly payments: Record<string, StoredPayment>;
  readonly vendorCredits: Record<string, StoredVendorCredit>;
  readonly documents: Record<string, StoredDocument>;
  readonly classifications: Record<ClassificationKind, Record<string, StoredClassification>>;
  readonly fundingAccounts: Record<string, StoredFundingAccount>;
  readonly subscriptions: Record<string, StoredSubscription>;
  readonly events: Record<string, StoredEvent>;
  /** Answers to calls with `X-Idempotent-Key`, by operation and key. */
  readonly idempotentAnswers: Record<string, { at: number; answer: unknown }>;
  /** How often an id with the same content was given out. */
  readonly occurrences: Record<string, number>;
  /** The counters of the running clock hour, by developer key. */
  readonly hour: { startedAt: number; calls: Record<string, number>; logins: Record<string, number> };
  /** What happens to the next notifications. */
  readonly delivery: { lose: number; repeat: number; hold: boolean; held: string[] };
  readonly statistics: BillStatistics;
}

export interface BillStatistics {
  calls: number;
  /** Calls by operation, e.g. `GET /v3/bills/:billId`. */
  perOperation: Record<string, number>;
  /** Most calls in flight at once under one developer key, refused ones included. */
  mostInFlight: number;
  /** Successful logins. */
  logins: number;
  /** Calls answered with an error. */
  refused: number;
  refusedByCode: Record<string, number>;
}

/** Money is in cents throughout, times in milliseconds. */
interface Stored {
  readonly id: string;
  readonly createdAt: number;
  updatedAt: number;
}

export interface StoredUser {
  readonly id: string;
  readonly kind: 'user' | 'sync-token';
  readonly username: string;
  readonly password: string;
}

export interface StoredSession {
  readonly userId: string;
  readonly developerKey: string;
  lastUsedAt: number;
}

export interface StoredVendor extends Stored {
  archived: boolean;
  /** In the BILL network. */
  isConnected?: boolean;
  fields: VendorFields & { name: string };
}

export interface StoredLine extends Omit<LineFields, 'id' | 'amount'> {
  readonly id: string;
  readonly amount: number;
}

export interface CreditUse {
  readonly id: string;
  readonly amount: number;
}

export interface StoredBill extends Stored {
  vendorId: string;
  invoiceNumber: string;
  invoiceDate: string;
  dueDate: string;
  description?: string | undefined;
  purchaseOrderNumber?: string | undefined;
  payFromChartOfAccountId?: string | undefined;
  classifications?: LineFields['classifications'];
  lines: StoredLine[];
  vendorCredits: CreditUse[];
  archived: boolean;
  approvalStatus: 'UNASSIGNED' | 'APPROVED' | 'DENIED';
  approvers: { userId: string; status: 'APPROVED' | 'DENIED'; at: number }[];
  readonly createdBy: string;
  /** Which bill of this vendor and number it is, from 1. */
  readonly occurrence: number;
  /** Payments that name this bill, whatever became of them. */
  readonly paymentIds: string[];
}

interface StoredSplit {
  readonly id: string;
  readonly billId: string;
  /** Money paid, without credits. */
  readonly cash: number;
  readonly vendorCredits: CreditUse[];
}

export interface StoredVoid {
  readonly id: string;
  readonly requestedBy: string;
  readonly type: VoidType;
  status: 'TO_BE_PROCESSED' | 'ACCEPTED' | 'REJECTED';
  readonly reason: string;
  readonly createdAt: number;
  updatedAt: number;
  /** What the payment was before the void was asked for. */
  readonly before: string;
}

export type VoidType = 'VOID_ONLY' | 'VOID_AND_CREDIT' | 'VOID_AND_REISSUE' | 'VOID_AND_REISSUE_VCARD';

export type DisbursementType =
  | 'ACH'
  | 'CHECK'
  | 'RPPS'
  | 'VIRTUAL_CARD'
  | 'WALLET'
  | 'OFFLINE'
  | 'AMEX'
  | 'CREDIT_CARD'
  | 'INTERNATIONAL';

export interface StoredPayment extends Stored {
  readonly vendorId: string;
  readonly splits: StoredSplit[];
  /** Money that the funding account pays, in US dollars. */
  readonly fundingAmount: number;
  readonly exchangeRate?: string | undefined;
  processDate: string;
  /** A value of §7.3, or one that the dossier does not list; undefined while the payment awaits approval. */
  singleStatus: string | undefined;
  readonly onlinePayment: boolean;
  readonly disbursementType: DisbursementType;
  readonly fundingAccountId?: string | undefined;
  readonly transactionNumber: string;
  readonly confirmationNumber: string;
  readonly description?: string | undefined;
  readonly createdBy: string;
  readonly voids: StoredVoid[];
  /** What `record-payment` was given beside the payment itself. */
  readonly recorded?:
    | {
        toPrintCheck?: boolean | undefined;
        chartOfAccountId?: string | undefined;
        syncReference?: string | undefined;
        allowExport?: boolean | undefined;
      }
    | undefined;
}

export interface StoredVendorCredit extends Stored {
  readonly vendorId: string;
  readonly referenceNumber: string;
  readonly creditDate: string;
  readonly description?: string | undefined;
  readonly applyToChartOfAccountId?: string | undefined;
  readonly applyToBankAccountId?: string | undefined;
  readonly lines: StoredLine[];
  archived: boolean;
}

/** A file on a bill; of its content the books keep what tells it from others. */
export interface StoredDocument extends Stored {
  readonly uploadId: string;
  readonly billId: string;
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

export const classificationKinds = [
  'chart-of-accounts',
  'departments',
  'locations',
  'accounting-classes',
] as const;
export type ClassificationKind = (typeof classificationKinds)[number];

export interface StoredClassification extends Stored {
  readonly name: string;
  readonly shortName?: string | undefined;
  readonly description?: string | undefined;
  readonly parentId?: string | undefined;
  /** Charts of accounts only. */
  readonly account?: { readonly type: string; readonly number?: string | undefined };
  archived: boolean;
}

export interface StoredFundingAccount extends Stored {
  readonly bankName: string;
  readonly nameOnAccount: string;
  /** The last four digits. */
  readonly accountNumberEnd: string;
  readonly routingNumber: string;
  readonly status: 'VERIFIED' | 'PENDING' | 'BLOCKED';
  readonly forPayables: boolean;
  archived: boolean;
}

export interface StoredSubscription extends Stored {
  name: string;
  enabled: boolean;
  events: { type: string; version: string }[];
  notificationUrl: string;
  securityKey: string;
  previousKey?: { key: string; replacedAt: number };
}

export interface StoredEvent {
  readonly id: string;
  readonly type: string;
  readonly subscriptionId: string;
  readonly entityId: string;
  /** The minified JSON that is sent. */
  readonly payload: string;
  readonly createdAt: number;
  /** What the receiver last answered. */
  statusCode?: number;
}

/** Books of an organization in which nothing happened yet; credentials and ids come from the seed. */
export function openBooks(seed: string): BillBooks {
  const id = (prefix: string, word: string) => `${prefix}${inventedText(seed, word)}`.slice(0, 20);
  const secret = (word: string) => inventedText(seed, word);
  return {
    seed,
    organizationId: id('008', 'organization'),
    developerKeys: [secret('developer key'), secret('developer key of another program')],
    users: [
      { id: id('006', 'token'), kind: 'sync-token', username: 'erp-sync', password: secret('token value') },
      { id: id('006', 'clerk'), kind: 'user', username: 'clerk@example.com', password: secret('password') },
    ],
    sessions: {},
    vendors: {},
    bills: {},
    payments: {},
    vendorCredits: {},
    documents: {},
    classifications: { 'chart-of-accounts': {}, departments: {}, locations: {}, 'accounting-classes': {} },
    fundingAccounts: {},
    subscriptions: {},
    events: {},
    idempotentAnswers: {},
    occurrences: {},
    hour: { startedAt: 0, calls: {}, logins: {} },
    delivery: { lose: 0, repeat: 0, hold: false, held: [] },
    statistics: { calls: 0, perOperation: {}, mostInFlight: 0, logins: 0, refused: 0, refusedByCode: {} },
  };
}

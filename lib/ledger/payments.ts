import type { Decision, Exception } from './exception.ts';
import type { Intent } from './intent.ts';
import { worklistOf } from './invoices.ts';
import type { RecordType } from './record.ts';

export type PaymentState =
  | 'queued'
  | 'in-transit'
  | 'posted'
  | 'reversed'
  | 'exception'
  | 'skipped'
  | 'ignored';

/** What an entry pays of one bill. */
export interface PostingPart {
  /** Invoice id. */
  readonly invoice: string;
  /** In the currency of the entry. */
  readonly amount: string;
  /** The FI lines of the bill's instalment; absent where it stands for the whole invoice, and in older records. */
  readonly fiLines?: readonly string[];
}

/** One journal entry of a payment: one per generation and company code (I1). */
export interface Posting {
  readonly generation: number;
  readonly companyCode: string;
  readonly referenceCode: string;
  readonly accountingDocument: string;
  readonly fiscalYear: string;
  readonly documentType: string;
  readonly currency: string;
  /** Paid to the vendor by this entry. */
  readonly amount: string;
  /** Invoice ids that it pays. */
  readonly invoices: readonly string[];
  /** What it pays of each bill. */
  readonly parts?: readonly PostingPart[];
  /** ISO time. */
  readonly at: string;
  readonly reversal?: {
    readonly referenceCode: string;
    readonly accountingDocument: string;
    readonly fiscalYear: string;
    readonly at: string;
  };
}

/**
 * A vendor credit that the payment used for one bill: no money moved for it, so no entry shows it. Whoever clears the
 * invoice clears it against this credit memo.
 */
export interface UsedCredit {
  readonly creditId: string;
  readonly billId: string;
  /** Decimal text in the vendor's currency. */
  readonly amount: string;
  /** Invoice id of the bill's invoice; absent where the bill does not come from SAP. */
  readonly invoice?: string;
  /** Invoice id of the SAP credit memo that the vendor credit stands for; absent where it is not known. */
  readonly creditMemo?: string;
}

/** A BILL payment's own record. */
export interface PaymentRecord {
  readonly paymentId: string;
  readonly vendorId: string;
  readonly vendorName?: string;
  readonly amount: string;
  readonly currency?: string;
  readonly singleStatus?: string;
  /** What it pays of each bill, as BILL showed it when it was last read; absent until BILL has shown it. */
  readonly billPayments?: readonly { readonly billId: string; readonly amount: string }[];
  readonly state: PaymentState;
  readonly reason: string;
  /** BILL's updatedTime of the newest state that was dealt with. */
  readonly doneUpdatedTime?: string;
  /** ISO time when the payment was first heard of. */
  readonly firstSeenAt: string;
  readonly postings: readonly Posting[];
  /** Vendor credits used inside the payment; absent when it used none, or was voided. */
  readonly credits?: readonly UsedCredit[];
  /** ISO time until which a posted payment is watched for a return. */
  readonly watchUntil?: string;
  /** Invoice id, when the connector itself recorded this payment for one that was made in SAP. */
  readonly recordedFor?: string;
  readonly intent?: Intent;
  readonly exception?: Exception;
  readonly skipped?: Decision;
}

export const paymentRecords: RecordType<PaymentRecord> = {
  key: (id) => ({ pk: `PAYMENT#${id}`, sk: 'STATE' }),
  listing: (record) => ({
    kind: 'payment',
    ...(isWatched(record) ? { worklist: 'watched' } : {}),
    ...worklistOf(record, false),
  }),
};

/** BILL may still move it, and the notification of that may be lost. */
function isWatched({ state, watchUntil }: PaymentRecord): boolean {
  return state === 'in-transit' || watchUntil !== undefined;
}

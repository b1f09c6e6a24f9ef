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
  /** ISO time. */
  readonly at: string;
  readonly reversal?: {
    readonly referenceCode: string;
    readonly accountingDocument: string;
    readonly fiscalYear: string;
    readonly at: string;
  };
}

/** A BILL payment's own record. */
export interface PaymentRecord {
  readonly paymentId: string;
  readonly vendorId: string;
  readonly vendorName?: string;
  readonly amount: string;
  readonly currency?: string;
  readonly singleStatus?: string;
  readonly state: PaymentState;
  readonly reason: string;
  /** BILL's updatedTime of the newest state that was dealt with. */
  readonly doneUpdatedTime?: string;
  /** ISO time when the payment was first heard of. */
  readonly firstSeenAt: string;
  readonly postings: readonly Posting[];
  readonly intent?: Intent;
  readonly exception?: Exception;
  readonly skipped?: Decision;
}

export const paymentRecords: RecordType<PaymentRecord> = {
  key: (id) => ({ pk: `PAYMENT#${id}`, sk: 'STATE' }),
  listing: (record) => ({ kind: 'payment', ...worklistOf(record, false) }),
};

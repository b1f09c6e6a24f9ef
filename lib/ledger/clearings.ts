import type { LocalDate } from '../rules/local-date.ts';
import type { Intent } from './intent.ts';
import type { PostingPart } from './payments.ts';
import type { RecordType } from './record.ts';

/**
 * Where the clearing of one journal entry with its invoices stands. A record of its own beside the payment's: it
 * goes on whatever else happens to the payment.
 */
export interface ClearingRecord {
  readonly paymentId: string;
  readonly generation: number;
  readonly companyCode: string;
  /** Look-up key of the entry. */
  readonly referenceCode: string;
  readonly accountingDocument: string;
  readonly fiscalYear: string;
  /** Of the entry: its clearing is posted on no earlier day. Absent in records of an older version. */
  readonly postingDate?: LocalDate;
  readonly currency: string;
  /** What the entry pays. */
  readonly amount: string;
  /** Invoice ids. */
  readonly invoices: readonly string[];
  /** Of the entry, one for each bill; absent in records of an older version. */
  readonly parts?: readonly PostingPart[];
  /**
   * `due` from `dueAt` on, `asked` of SAP and not confirmed yet, `cleared`; `exception`: waits for a person's
   * retry; `dropped`: the entry is, or is to be, reversed.
   */
  readonly state: 'due' | 'asked' | 'cleared' | 'exception' | 'dropped';
  /** ISO time: held back until then. */
  readonly dueAt: string;
  /** How often SAP was asked: tells the message ids apart. */
  readonly asked: number;
  /** ISO time of the last asking. */
  readonly askedAt?: string;
  readonly intent?: Intent;
}

/** `stp…#1#1710`: payment, generation, company code. */
export function clearingId(of: Pick<ClearingRecord, 'paymentId' | 'generation' | 'companyCode'>): string {
  return `${of.paymentId}#${of.generation}#${of.companyCode}`;
}

export const clearingRecords: RecordType<ClearingRecord> = {
  key: (id) => {
    const [paymentId = '', ...rest] = id.split('#');
    return { pk: `PAYMENT#${paymentId}`, sk: `CLEARING#${rest.join('#')}` };
  },
  listing: (record) => ({ kind: 'clearing', ...followed(record) }),
};

/** What SAP has yet to do or to confirm; an open intent comes first. */
export function followed({ intent, state }: { intent?: Intent; state: string }): { worklist?: string } {
  if (intent !== undefined) return { worklist: 'open-intent' };
  return state === 'due' || state === 'asked' ? { worklist: 'follow-up' } : {};
}

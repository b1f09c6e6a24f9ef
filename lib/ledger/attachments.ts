import type { InvoiceKey } from '../rules/sap-invoices.ts';
import type { Decision, Exception } from './exception.ts';
import type { Intent } from './intent.ts';
import { invoiceId } from './invoices.ts';
import type { RecordType } from './record.ts';

/** A file of an invoice on one of its bills. */
interface FileOnBill {
  /** SAP's key of the file. */
  readonly file: string;
  readonly billId: string;
}

interface SentFile extends FileOnBill {
  /** What BILL knows it by; unique among the invoice's files. */
  readonly name: string;
  /** BILL's id of the document, or of its upload. */
  readonly documentId: string;
  /** ISO time. */
  readonly at: string;
}

/** BILL said no; not tried again unless a person asks for it. */
export interface RefusedFile extends FileOnBill {
  readonly name: string;
  readonly why: string;
}

/**
 * What became of the files that are attached to an invoice in SAP. A record of its own beside the invoice's, with an
 * exception of its own: a file never keeps a bill or a payment waiting.
 */
export interface AttachmentsRecord {
  readonly key: InvoiceKey;
  /** `due`: to be looked at; `asked`: the queue has the message; `done`. */
  readonly state: 'due' | 'asked' | 'done';
  /** ISO time from which this was wanted. */
  readonly since: string;
  /** Rises with every wish to look. */
  readonly attempt: number;
  /** The version of the invoice that was looked at last. */
  readonly version?: string;
  readonly sent: readonly SentFile[];
  readonly refused: readonly RefusedFile[];
  /** Files that are none for BILL, of which the story has told already. */
  readonly told: readonly string[];
  /** Files that the open exception is about. */
  readonly problems: readonly string[];
  /** Files that a person decided about. */
  readonly waived: readonly string[];
  readonly intent?: Intent;
  readonly exception?: Exception;
  readonly skipped?: Decision;
}

const suffix = '/attachments';

/** `1710/5105600101/2026/attachments`. */
export function attachmentsId(key: InvoiceKey): string {
  return `${invoiceId(key)}${suffix}`;
}

export const attachmentRecords: RecordType<AttachmentsRecord> = {
  key: (id) => ({ pk: `INVOICE#${id.slice(0, -suffix.length)}`, sk: 'ATTACHMENTS' }),
  listing: (record) => ({ kind: 'attachments', ...worklistOf(record) }),
};

/** What goes on by itself comes before what waits for a person. */
function worklistOf({ state, intent, exception }: AttachmentsRecord): { worklist?: string } {
  if (state !== 'done') return { worklist: intent === undefined ? 'follow-up' : 'open-intent' };
  return exception === undefined ? {} : { worklist: 'exception' };
}

import type { NewBill } from '../rules/bill-documents.ts';
import type {
  InvoiceKey,
  LocalDate,
  PayableLine,
  PurchaseOrderItemText,
  Supplier,
  SupplierInvoice,
} from '../rules/sap-documents.ts';
import type { Decision, Exception } from './exception.ts';
import type { Intent } from './intent.ts';
import type { RecordType } from './record.ts';

export type InvoiceState =
  | 'queued'
  | 'kept-back'
  | 'handed-over'
  | 'exception'
  | 'skipped'
  | 'withdrawn'
  | 'settled'
  | 'not-ours';

/** The bill that stands for the invoice in BILL. */
export interface HandedOver {
  readonly billId: string;
  readonly vendorId: string;
  /** What BILL was last sent: the measure of what a person changed there. */
  readonly sent: NewBill;
  readonly fingerprint: string;
  readonly archived: boolean;
  /** ISO time. */
  readonly at: string;
}

/** An invoice's own record: its lock, its state, its intent, its exception. */
export interface InvoiceRecord {
  readonly key: InvoiceKey;
  readonly supplier: string;
  readonly reference?: string;
  readonly currency: string;
  /** Gross, as in SAP. */
  readonly amount: string;
  readonly isCreditMemo: boolean;
  readonly postingDate: LocalDate;
  readonly state: InvoiceState;
  /** Why it is in this state, for people. */
  readonly reason: string;
  /** The newest version of the invoice that was seen in SAP. */
  readonly seenVersion: string;
  /** Rises with every retry, so that the queue's five-minute memory does not swallow it. */
  readonly attempt: number;
  /** The version and attempt that were last dealt with. */
  readonly done?: { readonly version: string; readonly attempt: number };
  readonly bill?: HandedOver;
  /** BILL payments whose journal entries pay this invoice, `stp… 1` (payment and generation); reversed ones leave. */
  readonly paidBy?: readonly string[];
  readonly intent?: Intent;
  readonly exception?: Exception;
  readonly skipped?: Decision;
}

/** What SAP said about the invoice when it was last read; large, so kept beside the record. */
export interface InvoiceFacts {
  readonly version: string;
  /** ISO time of the read. */
  readonly readAt: string;
  readonly invoice: SupplierInvoice;
  readonly payable: readonly PayableLine[];
  /** The invoicing party and, where another one is paid, the payee. */
  readonly suppliers: readonly Supplier[];
  readonly itemTexts: readonly PurchaseOrderItemText[];
}

/** `1710/5105600101/2026`: how people name an invoice, and its id in the ledger. */
export function invoiceId(key: InvoiceKey): string {
  return `${key.companyCode}/${key.supplierInvoice}/${key.fiscalYear}`;
}

export const invoiceRecords: RecordType<InvoiceRecord> = {
  key: (id) => ({ pk: `INVOICE#${id}`, sk: 'STATE' }),
  listing: (record) => ({ kind: 'invoice', ...worklistOf(record, record.state === 'kept-back') }),
};

export const invoiceFacts: RecordType<InvoiceFacts> = {
  key: (id) => ({ pk: `INVOICE#${id}`, sk: 'FACTS' }),
  listing: () => ({}),
};

/** An open intent comes before an exception, an exception before mere waiting. */
export function worklistOf(
  record: { intent?: Intent; exception?: Exception },
  waits: boolean,
): { worklist?: string } {
  if (record.intent !== undefined) return { worklist: 'open-intent' };
  if (record.exception !== undefined) return { worklist: 'exception' };
  return waits ? { worklist: 'waiting' } : {};
}

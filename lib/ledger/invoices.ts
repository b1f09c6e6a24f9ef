import type { Amount } from '../money.ts';
import type { NewBill, NewVendorCredit } from '../rules/bill-documents.ts';
import type { Instalment } from '../rules/invoices/payable-parts.ts';
import type { LocalDate } from '../rules/local-date.ts';
import type {
  InvoiceKey,
  PayableLine,
  PurchaseOrderItemText,
  SupplierInvoice,
} from '../rules/sap-invoices.ts';
import type { OneTimeSupplier, Supplier } from '../rules/sap-suppliers.ts';
import type { SeenDrift } from './drifts.ts';
import type { Decision, Exception } from './exception.ts';
import type { Intent } from './intent.ts';
import { type RecordType, without } from './record.ts';

export type InvoiceState =
  | 'queued'
  | 'kept-back'
  | 'handed-over'
  | 'exception'
  | 'skipped'
  | 'withdrawn'
  | 'settled'
  | 'not-ours';

/** A bill that stands for the invoice, or for one of its instalments, in BILL. */
export interface HandedOver {
  readonly billId: string;
  /** Absent where the bill stands for the whole invoice. */
  readonly instalment?: Instalment;
  /** Tax that the bill leaves out because it is withheld, in the invoice's currency. */
  readonly withheld?: Amount;
  readonly vendorId: string;
  /** What SAP wanted last, and BILL was sent. */
  readonly sent: NewBill;
  /** What a person accepted in its place. This, or else `sent`, is the measure of what people change in BILL. */
  readonly stands?: NewBill;
  readonly fingerprint: string;
  /** True while BILL's bill is known to be other than what was sent: compared anew with every look. */
  readonly differs?: boolean;
  /** BILL's updatedTime of the newest bill that was read for a list row without lines. */
  readonly lookedAt?: string;
  readonly archived: boolean;
  /** A person left what it stands for to SAP: no other bill takes its place. */
  readonly leftToSap?: Decision;
  /** Archived because SAP keeps the invoice back: restored once SAP frees it. */
  readonly keptBack?: boolean;
  /** ISO time. */
  readonly at: string;
}

/** The vendor credit that stands for a credit memo in BILL. */
export interface CreditInBill {
  readonly creditId: string;
  readonly vendorId: string;
  /** What BILL was sent. */
  readonly sent: NewVendorCredit;
  readonly fingerprint: string;
  /** True while BILL's credit is known to be other than what was sent. */
  readonly differs?: boolean;
  /** Cannot be undone in BILL. */
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
  /** One, or one for each instalment (I1); the last of each, archived ones too. */
  readonly bills?: readonly HandedOver[];
  /** Where BILL's bills are not as SAP wants them; what both sides agree on again leaves. */
  readonly drifts?: readonly SeenDrift[];
  /** A credit memo's. */
  readonly credit?: CreditInBill;
  /** BILL payments whose journal entries pay this invoice, `stp… 1` (payment and generation); reversed ones leave. */
  readonly paidBy?: readonly string[];
  /** Vendor credits used inside payments of this invoice's bill, in the vendor's currency. */
  readonly creditedBy?: readonly {
    readonly paymentId: string;
    readonly creditId: string;
    readonly amount: string;
    /** Invoice id of the credit memo in SAP, where it is known. */
    readonly creditMemo?: string;
  }[];
  /** Payments that the connector recorded in BILL for one made in SAP: one for each bill. */
  readonly recordedPayments?: readonly {
    readonly paymentId: string;
    readonly billId: string;
    readonly amount: string;
    /** The SAP clearing document, as `syncReference` says it. */
    readonly syncReference: string;
    /** ISO time. */
    readonly at: string;
  }[];
  /** ISO time when both sides were seen to owe nothing any more: SAP's item is cleared, the bill paid or gone. */
  readonly settledAt?: string;
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
  /** Whom a one-time account stands for on this invoice. */
  readonly oneTimeSupplier?: OneTimeSupplier;
}

/** The invoice's bills that are to be paid: none, one, or one for each instalment. */
export function liveBills({ bills = [] }: Pick<InvoiceRecord, 'bills'>): HandedOver[] {
  return bills.filter((bill) => !bill.archived);
}

/** The record with this bill in the place of an older one for the same instalment. */
export function withBill(record: InvoiceRecord, bill: HandedOver): InvoiceRecord {
  const { bills = [], drifts = [] } = record;
  const others = bills.filter((each) => !isSamePart(each, bill));
  const gone = new Set(bills.filter((each) => isSamePart(each, bill)).map(({ billId }) => billId));
  const open = drifts.filter(({ billId }) => !gone.has(billId));
  return { ...record, bills: [...others, bill], ...(drifts.length === 0 ? {} : { drifts: open }) };
}

/** The record with one of its bills changed, and parts of it gone. */
export function withBillChanged(
  record: InvoiceRecord,
  billId: string,
  change: Partial<HandedOver>,
  ...gone: ('stands' | 'leftToSap' | 'keptBack')[]
): InvoiceRecord {
  const changed = (bill: HandedOver) =>
    gone.reduce<HandedOver>((left, part) => without(left, part), { ...bill, ...change });
  const bills = (record.bills ?? []).map((each) => (each.billId === billId ? changed(each) : each));
  return { ...record, bills };
}

/** A person decided that BILL does not pay this part of the invoice. */
export function isLeftToSap({ bills = [] }: Pick<InvoiceRecord, 'bills'>, part: PartOfInvoice): boolean {
  return bills.some((bill) => bill.archived && bill.leftToSap !== undefined && isSamePart(bill, part));
}

/** Both stand for the whole invoice, or for the instalment of the same number. */
export function isSamePart(one: PartOfInvoice, other: PartOfInvoice): boolean {
  return one.instalment?.number === other.instalment?.number;
}

type PartOfInvoice = { readonly instalment?: Pick<Instalment, 'number'> };

/** `1710/5105600101/2026`: how people name an invoice, and its id in the ledger. */
export function invoiceId(key: InvoiceKey): string {
  return `${key.companyCode}/${key.supplierInvoice}/${key.fiscalYear}`;
}

/** The key of an invoice from its id. */
export function invoiceKeyOf(id: string): InvoiceKey {
  const [companyCode = '', supplierInvoice = '', fiscalYear = ''] = id.split('/');
  return { companyCode, supplierInvoice, fiscalYear };
}

export const invoiceRecords: RecordType<InvoiceRecord> = {
  key: (id) => ({ pk: `INVOICE#${id}`, sk: 'STATE' }),
  listing: (record) => ({
    kind: 'invoice',
    ...(isOpen(record) ? { worklist: 'open' } : {}),
    ...worklistOf(record, record.state === 'kept-back'),
  }),
};

export const invoiceFacts: RecordType<InvoiceFacts> = {
  key: (id) => ({ pk: `INVOICE#${id}`, sk: 'FACTS' }),
  listing: () => ({}),
};

/** Its bill or vendor credit is in BILL, and it is still to be paid, used or cleared. */
function isOpen(record: InvoiceRecord): boolean {
  const { state, settledAt, credit } = record;
  const isInBill = liveBills(record).length > 0 || credit?.archived === false;
  return state === 'handed-over' && settledAt === undefined && isInBill;
}

/**
 * An exception comes before an open intent, which may be what it is about (`FOUND_TWICE`): nobody goes on with it before
 * a person has decided, and after a skip before a retry.
 */
export function worklistOf(
  record: { intent?: Intent; exception?: Exception; skipped?: Decision },
  waits: boolean,
): { worklist?: string } {
  if (record.exception !== undefined) return { worklist: 'exception' };
  if (record.intent !== undefined && record.skipped === undefined) return { worklist: 'open-intent' };
  return waits ? { worklist: 'waiting' } : {};
}

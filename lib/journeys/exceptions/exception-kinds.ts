import { type AttachmentsRecord, attachmentRecords, attachmentsId } from '../../ledger/attachments.ts';
import type { ConnectionRecord } from '../../ledger/connection.ts';
import { connectionRecords } from '../../ledger/connection.ts';
import { driftInException, driftOf, isMadeInBill, type Keep, type SeenDrift } from '../../ledger/drifts.ts';
import type { Decision, Exception } from '../../ledger/exception.ts';
import { type ForeignBill, foreignBills } from '../../ledger/foreign-bills.ts';
import { type InvoiceRecord, invoiceId, invoiceRecords, liveBills } from '../../ledger/invoices.ts';
import { type PaymentRecord, paymentRecords } from '../../ledger/payments.ts';
import { bodyOf, type RecordType, readRecord, updateRecord, without } from '../../ledger/record.ts';
import type { Item, Table } from '../../ledger/table.ts';
import type { DocumentName } from '../../ledger/timeline.ts';
import { type KnownVendor, knownVendors, type VendorLink, vendorLinks } from '../../ledger/vendors.ts';
import type { SapWork } from '../../work/messages.ts';
import { retryAttachments } from '../attachments/want-attachments.ts';
import type { Connector } from '../doors.ts';
import { type Choice, choicesOn, decideOn } from '../drift/drift-choices.ts';
import { billLookMessage } from '../drift/find-drift.ts';
import { billWorkMessage } from '../invoices/find-invoices.ts';
import { wantNoBlock } from '../invoices/hand-over-block.ts';
import { sendSapWork } from '../payments/send-sap-work.ts';

/** What clearing an exception needs; the command line and the page have no more. */
export type Store = Pick<Connector, 'table' | 'queues' | 'clock' | 'random'>;

/** One open exception as a clerk sees it. */
export interface OpenException extends Exception {
  readonly kind: DocumentName['kind'];
  /** `1710/5105600101/2026`, `stp…`, a supplier's, vendor's or bill's number, or the name of the connection's part. */
  readonly id: string;
  /** Supplier and reference, or vendor, with amount and currency. */
  readonly title: string;
  /** Where SAP and BILL differ: the sides that a person may keep, and why one cannot be kept. */
  readonly choices?: readonly Choice[];
}

/** One kind of document that may carry an exception. */
export interface ExceptionKind {
  readonly kind: DocumentName['kind'];
  /** What its records are listed under in the ledger. */
  readonly listed: string;
  openOn(item: Item): OpenException | undefined;
  read(table: Table, id: string): Promise<OpenException | undefined>;
  /** Puts the document on its normal path again; false when it carries neither exception nor decision. */
  retry(store: Store, id: string, by: string): Promise<boolean>;
  /** Decides whose values hold, and sends the document its way; false when there is nothing to decide. */
  resolve(store: Store, id: string, keep: Keep, decision: Decision): Promise<boolean>;
  /** Closes the exception for good; false when there is none. */
  skip(store: Store, id: string, decision: Decision): Promise<boolean>;
}

interface Clearable {
  readonly exception?: Exception;
  readonly skipped?: Decision;
}

interface Spec<R extends Clearable> {
  readonly kind: DocumentName['kind'];
  readonly listed: string;
  readonly type: RecordType<R>;
  named(record: R): Pick<OpenException, 'id' | 'title'>;
  choices?(record: R): Choice[] | undefined;
  retry?(store: Store, record: R, by: string): Promise<void>;
  /** The record with the decision on it. */
  decided?(record: R, keep: Keep, decision: Decision): R;
  /** What a person's decision makes of the record; its exception is gone already. */
  skip?(record: R, decision: Decision, skipped: Exception): R;
  /** What else the decision entails; `before` still has the exception. */
  afterSkip?(store: Store, before: R): Promise<void>;
}

const invoice: Spec<InvoiceRecord> = {
  kind: 'invoice',
  listed: 'invoice',
  type: invoiceRecords,
  named: (record) => ({
    id: invoiceId(record.key),
    title: `Supplier ${record.supplier}, reference ${record.reference ?? 'none'}, ${record.amount} ${record.currency}`,
  }),
  choices: choicesOn,
  decided: decideOn,
  retry: async (store, record, by) => {
    const { key, seenVersion, attempt, supplier } = record;
    const seen = driftInException(record);
    const isToBeRead = seen !== undefined && seen.decision === undefined && isMadeInBill(seen);
    const message = isToBeRead
      ? billLookMessage(
          { kind: 'bill', key, billId: seen.billId, retry: true, reason: retryBy(by) },
          supplier,
          store.random.uuid(),
        )
      : billWorkMessage({ kind: 'invoice', key, changeStamp: seenVersion, attempt: attempt + 1 }, supplier);
    await store.queues.send('bill-work', [message]);
  },
  skip: (record, skipped) => ({ ...record, state: 'skipped', reason: skipped.why, skipped }),
  afterSkip: async (store, before) => {
    const isPaidInBill = liveBills(before).some(({ billId }) => !isGoneInBill(driftOf(before, billId)));
    if (!isPaidInBill) await wantNoBlock(store, invoiceId(before.key));
  },
};

/** A bill that a person has archived in BILL before any payment will not be paid there: SAP may pay it again. */
function isGoneInBill(drift: SeenDrift | undefined): boolean {
  return drift?.kind === 'archived' && drift.refusals.bill === undefined;
}

/** Who skips it has seen to the files that it names. */
const attachments: Spec<AttachmentsRecord> = {
  kind: 'attachments',
  listed: 'attachments',
  type: attachmentRecords,
  named: ({ key }) => ({ id: attachmentsId(key), title: `Files of invoice ${invoiceId(key)}` }),
  retry: retryAttachments,
  skip: (record, skipped) => ({
    ...record,
    waived: [...record.waived, ...record.problems],
    problems: [],
    skipped,
  }),
};

const payment: Spec<PaymentRecord> = {
  kind: 'payment',
  listed: 'payment',
  type: paymentRecords,
  named: ({ paymentId, vendorId, vendorName = vendorId, amount, currency = '' }) => ({
    id: paymentId,
    title: `Vendor ${vendorName}, ${amount} ${currency}`.trim(),
  }),
  retry: (store, { paymentId, vendorId }, by) =>
    askAgain(store, { kind: 'payment', paymentId, vendorId, reason: retryBy(by) }),
  skip: (record, skipped) => ({ ...record, state: 'skipped', reason: skipped.why, skipped }),
};

/** Who skips the exception of a link accepts what both sides say now. */
const supplier: Spec<VendorLink> = {
  kind: 'supplier',
  listed: 'link',
  type: vendorLinks,
  named: (link) => ({
    id: link.supplier,
    title: `Supplier ${link.supplier} ${link.supplierName}, vendor ${link.vendorName ?? link.vendorId ?? 'none yet'}`,
  }),
  retry: async (store, { vendorId }, by) => {
    if (vendorId !== undefined)
      await askAgain(store, { kind: 'vendor', vendorId, retry: true, reason: retryBy(by) });
  },
  skip: (link, decision, { code, what }) => ({
    ...link,
    ...(link.seen === undefined ? {} : { agreed: link.seen }),
    skipped: { ...decision, code, what },
  }),
};

const vendor: Spec<KnownVendor> = {
  kind: 'vendor',
  listed: 'vendor',
  type: knownVendors,
  named: ({ vendor: { id, name } }) => ({ id, title: `Vendor ${name}` }),
  retry: (store, known, by) =>
    askAgain(store, { kind: 'vendor', vendorId: known.vendor.id, retry: true, reason: retryBy(by) }),
  skip: (known, skipped) => ({ ...known, skipped }),
};

const foreignBill: Spec<ForeignBill> = {
  kind: 'foreign-bill',
  listed: 'foreign-bill',
  type: foreignBills,
  named: ({ billId, vendorName, invoiceNumber, amount, currency }) => ({
    id: billId,
    title: `Vendor ${vendorName}, number ${invoiceNumber || 'not known'}, ${amount} ${currency}`.trim(),
  }),
  retry: (store, { billId, vendorId }, by) =>
    askAgain(store, { kind: 'foreign-bill', billId, vendorId, retry: true, reason: retryBy(by) }),
  skip: (record, skipped) => ({ ...record, skipped }),
};

/** It mends itself with the next poll. */
const connection: Spec<ConnectionRecord> = {
  kind: 'connection',
  listed: 'connection',
  type: connectionRecords,
  named: ({ name }) => ({ id: name, title: `Connection: ${name}` }),
};

/** Every kind of document that may carry an exception. */
export const exceptionKinds: readonly ExceptionKind[] = [
  kindOf(invoice),
  kindOf(attachments),
  kindOf(payment),
  kindOf(supplier),
  kindOf(vendor),
  kindOf(foreignBill),
  kindOf(connection),
];

function kindOf<R extends Clearable>(spec: Spec<R>): ExceptionKind {
  const { kind, listed, type } = spec;
  const open = (record: R | undefined): OpenException | undefined =>
    record?.exception === undefined ? undefined : shown(record, record.exception);
  const shown = (record: R, exception: Exception): OpenException => {
    const choices = spec.choices?.(record);
    return { ...exception, kind, ...spec.named(record), ...(choices === undefined ? {} : { choices }) };
  };
  return {
    kind,
    listed,
    openOn: (item) => open(bodyOf<R>(item)),
    read: async (table, id) => open(await readRecord(table, type, id)),
    retry: async (store, id, by) => {
      const record = await readRecord(store.table, type, id);
      if (spec.retry === undefined || (record?.exception ?? record?.skipped) === undefined) return false;
      if (record !== undefined) await spec.retry(store, record, by);
      return true;
    },
    resolve: async (store, id, keep, decision) => {
      const { decided, retry, choices } = spec;
      const before = await readRecord(store.table, type, id);
      if (before?.exception === undefined || choices?.(before) === undefined) return false;
      const shownThen = JSON.stringify(before.exception);
      const after = await updateRecord(store, type, id, (current) => {
        const isTheSame = JSON.stringify(current?.exception) === shownThen;
        return current !== undefined && isTheSame ? decided?.(current, keep, decision) : undefined;
      });
      if (after !== undefined) await retry?.(store, after, decision.by);
      return true;
    },
    skip: async (store, id, decision) => {
      const { skip, afterSkip } = spec;
      const before = await readRecord(store.table, type, id);
      if (skip === undefined || before?.exception === undefined) return false;
      await updateRecord(store, type, id, (current) =>
        current?.exception === undefined
          ? undefined
          : skip(without(current, 'exception'), decision, current.exception),
      );
      await afterSkip?.(store, before);
      return true;
    },
  };
}

function retryBy(by: string): string {
  return `retry by ${by}`.slice(0, 200);
}

async function askAgain(store: Store, message: SapWork): Promise<void> {
  await sendSapWork(store, [{ message, deduplicationId: store.random.uuid() }]);
}

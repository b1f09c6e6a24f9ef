import { isoTime } from '../clock.ts';
import { ConfigurationError } from '../errors.ts';
import type { ConnectionRecord } from '../ledger/connection.ts';
import type { Exception } from '../ledger/exception.ts';
import { type InvoiceRecord, invoiceRecords, liveBills } from '../ledger/invoices.ts';
import { type PaymentRecord, paymentRecords } from '../ledger/payments.ts';
import { bodyOf, readRecord, updateRecord, without } from '../ledger/record.ts';
import { tell } from '../ledger/timeline.ts';
import type { Connector } from './doors.ts';
import { billWorkMessage } from './find-invoices.ts';
import { sendSapWork } from './find-payments.ts';
import { wantNoBlock } from './hand-over-block.ts';

/** One open exception as a clerk sees it. */
export interface OpenException extends Exception {
  readonly kind: 'invoice' | 'payment' | 'connection';
  /** `1710/5105600101/2026`, `stp…`, or the name of the connection's part. */
  readonly id: string;
  /** Supplier and reference, or vendor, with amount and currency. */
  readonly title: string;
}

type Store = Pick<Connector, 'table' | 'queues' | 'clock' | 'random'>;

/** All open exceptions, oldest first. */
export async function listExceptions({ table }: Pick<Store, 'table'>): Promise<OpenException[]> {
  const open: OpenException[] = [];
  let after: string | undefined;
  do {
    const page = await table.queryIndex('worklist', 'exception', after === undefined ? {} : { after });
    for (const item of page.items) {
      const exception = openException(bodyOf<InvoiceRecord | PaymentRecord | ConnectionRecord>(item));
      if (exception !== undefined) open.push(exception);
    }
    after = page.next;
  } while (after !== undefined);
  return open.sort(
    (left, right) => left.raisedAt.localeCompare(right.raisedAt) || left.id.localeCompare(right.id),
  );
}

/** The open exception of a document by its id; throws ConfigurationError `NO_SUCH_EXCEPTION`. */
export async function showException(store: Pick<Store, 'table'>, id: string): Promise<OpenException> {
  const exception = openException(
    (await readRecord(store.table, invoiceRecords, id)) ??
      (await readRecord(store.table, paymentRecords, id)),
  );
  if (exception !== undefined) return exception;
  const listed = (await listExceptions(store)).find((each) => each.id === id);
  if (listed !== undefined) return listed;
  throw noSuchException(id);
}

/** Puts the document on its normal path again; the exception stays open until that succeeds. */
export async function retryException(store: Store, id: string, by: string): Promise<void> {
  const invoice = await readRecord(store.table, invoiceRecords, id);
  const payment = invoice === undefined ? await readRecord(store.table, paymentRecords, id) : undefined;
  if (!mayBeRetried(invoice) && !mayBeRetried(payment)) throw noSuchException(id);
  if (invoice !== undefined) {
    const attempt = invoice.attempt + 1;
    const work = { kind: 'invoice', key: invoice.key, changeStamp: invoice.seenVersion, attempt } as const;
    await store.queues.send('bill-work', [billWorkMessage(work, invoice.supplier)]);
  } else if (payment !== undefined) {
    const message = {
      kind: 'payment',
      paymentId: id,
      vendorId: payment.vendorId,
      reason: `retry by ${by}`.slice(0, 200),
    } as const;
    await sendSapWork(store, [{ message, deduplicationId: store.random.uuid() }]);
  }
  await tell(store, { kind: invoice === undefined ? 'payment' : 'invoice', id }, 'Retry asked for.', by);
}

/** A person decides that nothing more is to be done; who and why are kept, and only a retry undoes it. */
export async function skipException(store: Store, id: string, by: string, why: string): Promise<void> {
  if (why.trim() === '') {
    throw new ConfigurationError({
      code: 'WHY_MISSING',
      message: `Skipping ${id} needs a reason.`,
      nextStep: 'Give --why "…".',
    });
  }
  const decision = { by, why, at: isoTime(store.clock.now()) };
  const skip = <R extends InvoiceRecord | PaymentRecord>(current: R | undefined): R | undefined => {
    if (current?.exception === undefined) throw noSuchException(id);
    return { ...without(current, 'exception'), state: 'skipped', reason: why, skipped: decision };
  };
  const isInvoice = (await readRecord(store.table, invoiceRecords, id)) !== undefined;
  if (isInvoice) await skipInvoice(store, id, skip);
  else await updateRecord(store, paymentRecords, id, skip);
  await tell(store, { kind: isInvoice ? 'invoice' : 'payment', id }, `Skipped: ${why}`, by);
}

/** A bill that a person has archived in BILL will not be paid there: SAP may pay the invoice again. */
async function skipInvoice(
  store: Store,
  id: string,
  skip: (current: InvoiceRecord | undefined) => InvoiceRecord | undefined,
): Promise<void> {
  const before = await readRecord(store.table, invoiceRecords, id);
  await updateRecord(store, invoiceRecords, id, skip);
  const isGone = before?.exception?.code === 'ARCHIVED_IN_BILL' || (before && liveBills(before).length === 0);
  if (isGone) await wantNoBlock(store, id);
}

function mayBeRetried(record: InvoiceRecord | PaymentRecord | undefined): boolean {
  return record?.exception !== undefined || record?.skipped !== undefined;
}

function openException(
  record: InvoiceRecord | PaymentRecord | ConnectionRecord | undefined,
): OpenException | undefined {
  if (record?.exception === undefined) return undefined;
  return { ...record.exception, ...named(record) };
}

function named(
  record: InvoiceRecord | PaymentRecord | ConnectionRecord,
): Pick<OpenException, 'kind' | 'id' | 'title'> {
  if ('key' in record) {
    const { companyCode, supplierInvoice, fiscalYear } = record.key;
    const title = `Supplier ${record.supplier}, reference ${record.reference ?? 'none'}, ${record.amount} ${record.currency}`;
    return { kind: 'invoice', id: `${companyCode}/${supplierInvoice}/${fiscalYear}`, title };
  }
  if ('paymentId' in record) {
    const title =
      `Vendor ${record.vendorName ?? record.vendorId}, ${record.amount} ${record.currency ?? ''}`.trim();
    return { kind: 'payment', id: record.paymentId, title };
  }
  return { kind: 'connection', id: record.name, title: `Connection: ${record.name}` };
}

function noSuchException(id: string): ConfigurationError {
  return new ConfigurationError({
    code: 'NO_SUCH_EXCEPTION',
    message: `There is no open exception for "${id}".`,
    nextStep: 'See "ml-connector exceptions list" for the open ones.',
  });
}

import { DocumentError } from '../../errors.ts';
import { driftInException, driftOf, isMadeInBill } from '../../ledger/drifts.ts';
import { type InvoiceRecord, invoiceId, invoiceRecords, withBillChanged } from '../../ledger/invoices.ts';
import { readRecord, updateRecord } from '../../ledger/record.ts';
import { tell } from '../../ledger/timeline.ts';
import type { Bill } from '../../rules/bill-documents.ts';
import { type BillDrift, billDrift } from '../../rules/invoices/bill-drift.ts';
import type { BillLook } from '../../work/messages.ts';
import type { Connector } from '../doors.ts';
import { doneOf, raiseOnInvoice } from '../exceptions/raise.ts';
import { settleBill } from '../invoices/bill-writes.ts';
import { billWorkMessage } from '../invoices/find-invoices.ts';
import { madeInBill } from './drift-problems.ts';
import { asLeft, forgetDrift, noteDrift } from './seen-drifts.ts';

/**
 * A bill of ours that looked otherwise in BILL than the ledger has it, read anew: people's changes there become an
 * exception with both values, once; a bill that agrees again closes its own exception. Returns when the message is
 * done; throws WorldError when it must wait.
 */
export async function lookAtBill(connector: Connector, work: BillLook): Promise<void> {
  const id = invoiceId(work.key);
  const before = await readRecord(connector.table, invoiceRecords, id);
  if (before === undefined) return;
  try {
    await settleBill(connector, id, before);
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    return raiseOnInvoice(connector, id, error, doneOf(before));
  }
  const bill = await connector.bill.withLease('hand-over-invoice', (calls) => calls.bill(work.billId));
  const record = await readRecord(connector.table, invoiceRecords, id);
  if (bill === undefined || record === undefined) return;
  await noteLook(connector, id, bill);
  const drift = billDrift(asLeft(record, bill.id), bill);
  if (drift === undefined) return agreed(connector, id, record, bill);
  await raise(connector, id, record, bill, drift, work.retry === true);
}

/** What agrees again needs nobody: the invoice goes its normal way, which closes the exception. */
async function agreed(connector: Connector, id: string, record: InvoiceRecord, bill: Bill): Promise<void> {
  const known = driftOf(record, bill.id);
  const wasOtherThanSent = asLeft(record, bill.id).differs === true;
  if (!wasOtherThanSent && (known === undefined || !isMadeInBill(known))) return;
  await queueAgain(connector, record);
  if (known === undefined) return;
  await forgetDrift(connector, id, bill.id);
  await tell(connector, { kind: 'invoice', id }, `Bill ${bill.id} is in BILL again as it was left there.`);
}

/** A later attempt of the invoice; sent before the ledger forgets why. */
async function queueAgain(
  { queues }: Connector,
  { key, seenVersion, attempt, supplier }: InvoiceRecord,
): Promise<void> {
  const work = { kind: 'invoice', key, changeStamp: seenVersion, attempt: attempt + 1 } as const;
  await queues.send('bill-work', [billWorkMessage(work, supplier)]);
}

/** The same difference is raised once; beside another exception it waits until that one is cleared. */
async function raise(
  connector: Connector,
  id: string,
  record: InvoiceRecord,
  bill: Bill,
  drift: BillDrift,
  isRetry: boolean,
): Promise<void> {
  const seen = madeInBill(id, drift, asLeft(record, bill.id), bill);
  const known = driftOf(record, bill.id);
  const isKnown = known?.values === seen.values && (known.decision ?? record.exception) !== undefined;
  if (isKnown && !isRetry) return;
  const error = await noteDrift(connector, id, seen);
  const isAnothers = record.exception !== undefined && driftInException(record)?.billId !== bill.id;
  if (isAnothers) await tell(connector, { kind: 'invoice', id }, error.message);
  else await raiseOnInvoice(connector, id, error, doneOf(record));
}

/** The connector failed on the look several times: a person is told on the invoice. */
export async function raiseFailedLook(
  connector: Connector,
  { key }: BillLook,
  failure: DocumentError,
): Promise<void> {
  const record = await readRecord(connector.table, invoiceRecords, invoiceId(key));
  if (record !== undefined) await raiseOnInvoice(connector, invoiceId(key), failure, doneOf(record));
}

async function noteLook(connector: Connector, id: string, { id: billId, updatedTime }: Bill): Promise<void> {
  await updateRecord(connector, invoiceRecords, id, (current) =>
    current === undefined ? undefined : withBillChanged(current, billId, { lookedAt: updatedTime }),
  );
}

import { DocumentError } from '../../errors.ts';
import { invoiceRecords } from '../../ledger/invoices.ts';
import { readRecord } from '../../ledger/record.ts';
import { tell } from '../../ledger/timeline.ts';
import { knownVendors } from '../../ledger/vendors.ts';
import type { Payment } from '../../rules/bill-documents.ts';
import { billsOf } from '../../rules/payments/payment-parts.ts';
import type { FailedPaymentWork } from '../../work/messages.ts';
import type { Connector } from '../doors.ts';
import { doneOf, raiseOn, raiseOnInvoice } from '../exceptions/raise.ts';
import { returnPayment } from './return-payment.ts';
import { invoiceOf } from './used-credits.ts';

/**
 * A payment that BILL could not create has no id (BILL dossier §9.5): its bills stay open and there is nothing to
 * reverse, so it is noted on the invoices that it was to pay. Where BILL has a payment with this transaction number
 * for one of these bills after all, that one is looked at like any other.
 */
export async function noteFailedPayment(connector: Connector, work: FailedPaymentWork): Promise<void> {
  const { transactionNumber, vendorId, billIds, reason } = work;
  const payments =
    transactionNumber === undefined
      ? []
      : await connector.bill.withLease('return-payment', (calls) =>
          calls.paymentsByTransactionNumber(transactionNumber),
        );
  for (const { id, updatedTime } of payments.filter((payment) => paysOneOf(payment, billIds))) {
    await returnPayment(connector, { kind: 'payment', paymentId: id, updatedTime, reason: 'payment.failed' });
  }
  const text = `${notCreated(work)} Nothing was paid and nothing was posted.`;
  for (const id of await invoicesOf(connector, billIds)) await tell(connector, { kind: 'invoice', id }, text);
  connector.observe.log('warn', 'payment-failed', {
    document: transactionNumber ?? vendorId ?? 'unknown',
    reason,
  });
}

/**
 * The connector failed on the notice several times: a person is told on the invoices, where nothing else waits for one
 * already, or on the vendor where none of the bills is ours.
 */
export async function raiseFailedNote(
  connector: Connector,
  work: FailedPaymentWork,
  { code, message, cause }: DocumentError,
): Promise<void> {
  const failure = new DocumentError({
    code,
    message: `${notCreated(work)} ${message}`,
    nextStep:
      'See in BILL whether the payment is to be made again, and tell the person who runs the connector: the log has the details. Then retry.',
    cause,
  });
  const { billIds, vendorId } = work;
  const invoices = await invoicesOf(connector, billIds);
  for (const id of invoices) await raiseOnFree(connector, id, failure);
  if (invoices.length === 0 && vendorId !== undefined)
    await raiseOn(connector, knownVendors, { kind: 'vendor', id: vendorId }, failure);
}

function notCreated({ transactionNumber, reason }: FailedPaymentWork): string {
  return `BILL could not create payment${transactionNumber === undefined ? '' : ` ${transactionNumber}`}: ${reason}`;
}

async function raiseOnFree(connector: Connector, id: string, failure: DocumentError): Promise<void> {
  const record = await readRecord(connector.table, invoiceRecords, id);
  if (record === undefined) return;
  if (record.exception === undefined && record.skipped === undefined)
    await raiseOnInvoice(connector, id, failure, doneOf(record));
  else await tell(connector, { kind: 'invoice', id }, failure.message);
}

/** List rows may come without their bills (BILL dossier §4.1): then the number alone decides. */
function paysOneOf(payment: Payment, billIds: readonly string[]): boolean {
  const paid = billsOf(payment);
  return paid.length === 0 || paid.some((id) => billIds.includes(id));
}

async function invoicesOf(connector: Connector, billIds: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const billId of billIds) {
    const id = await invoiceOf(connector, billId);
    if (id !== undefined) found.add(id);
  }
  return [...found];
}

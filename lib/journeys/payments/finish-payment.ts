import { isoTime } from '../../clock.ts';
import { type PaymentRecord, type PaymentState, paymentRecords } from '../../ledger/payments.ts';
import { readRecord, updateRecord, without } from '../../ledger/record.ts';
import { tell } from '../../ledger/timeline.ts';
import { knownVendors } from '../../ledger/vendors.ts';
import type { Payment } from '../../rules/bill-documents.ts';
import type { Connector } from '../doors.ts';
import { takeUpClearings } from './clearing-records.ts';
import { paymentHead } from './payment-head.ts';
import { invoiceOf } from './used-credits.ts';

/** Records the outcome on the payment's own item, closes its exception, and tells its invoices of it. */
export async function finishPayment(
  connector: Connector,
  payment: Payment,
  state: PaymentState,
  reason: string,
): Promise<void> {
  const before = await readRecord(connector.table, paymentRecords, payment.id);
  const wasStuck = before?.exception !== undefined || before?.skipped !== undefined;
  if (state === 'posted' && wasStuck) await takeUpClearings(connector, payment.id);
  const vendor = await readRecord(connector.table, knownVendors, payment.vendorId);
  const currency = vendor?.vendor.billCurrency ?? before?.postings[0]?.currency;
  await updateRecord(connector, paymentRecords, payment.id, (current) => {
    if (current === undefined) return undefined;
    return {
      ...without(without(without(current, 'exception'), 'skipped'), 'watchUntil'),
      ...watchUntil(connector, current.postings),
      ...paymentHead(payment),
      ...(currency === undefined ? {} : { currency }),
      state,
      reason,
    };
  });
  if (before?.exception !== undefined) {
    await tell(
      connector,
      { kind: 'payment', id: payment.id },
      `Exception ${before.exception.code} is cleared.`,
    );
  }
  const text = `BILL says ${payment.singleStatus ?? payment.status ?? 'nothing'}: ${reason}.`;
  if (before?.singleStatus !== payment.singleStatus || before?.state !== state) {
    await tell(connector, { kind: 'payment', id: payment.id }, text);
    await tellInvoices(connector, payment, text);
  }
}

async function tellInvoices(connector: Connector, payment: Payment, text: string): Promise<void> {
  for (const { billId } of payment.billPayments) {
    const id = await invoiceOf(connector, billId);
    if (id !== undefined) await tell(connector, { kind: 'invoice', id }, `Payment ${payment.id}: ${text}`);
  }
}

/** A live entry is watched for a return as long as the configuration says (BILL dossier §13.19). */
function watchUntil({ config }: Connector, postings: PaymentRecord['postings']) {
  const posted = postings.filter(({ reversal }) => reversal === undefined).map(({ at }) => Date.parse(at));
  if (posted.length === 0 || config.payments.watchDays === 0) return {};
  return { watchUntil: isoTime(Math.max(...posted) + config.payments.watchDays * 86_400_000) };
}

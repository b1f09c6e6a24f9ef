import type { BillCalls } from '../../bill/bill.ts';
import { isoTime } from '../../clock.ts';
import { WorldError } from '../../errors.ts';
import type { Intent } from '../../ledger/intent.ts';
import { type InvoiceRecord, invoiceRecords } from '../../ledger/invoices.ts';
import { paymentRecords } from '../../ledger/payments.ts';
import { readRecord, updateRecord } from '../../ledger/record.ts';
import { tell } from '../../ledger/timeline.ts';
import { compareDecimals } from '../../money.ts';
import type { Payment, RecordedPayment } from '../../rules/bill-documents.ts';
import { billsOf } from '../../rules/payments/payment-parts.ts';
import type { Connector } from '../doors.ts';
import { earliestOf, settle, type Write, writeOnce } from '../once.ts';
import { invoiceOf } from './used-credits.ts';

const action = 'record-payment';

/** Records in BILL, once, what SAP has paid (BILL dossier §7.6). */
export async function recordPayment(
  connector: Connector,
  id: string,
  payment: RecordedPayment,
  calls: BillCalls,
): Promise<void> {
  const recorded = await writeOnce(connector, recording(connector, id, payment, calls));
  connector.observe.log('info', 'payment-recorded', { document: id, payment: recorded.id });
  const text = `Payment ${recorded.id} over ${payment.amount} was recorded in BILL: SAP paid the invoice by ${payment.syncReference}.`;
  await tell(connector, { kind: 'invoice', id }, text);
}

/** Settles an open intent to record a payment. */
export async function settleRecording(
  connector: Connector,
  id: string,
  intent: Intent,
  calls: BillCalls,
): Promise<void> {
  await settle(connector, recording(connector, id, intent.sent as RecordedPayment, calls), intent);
}

export function isRecording(intent: Intent): boolean {
  return intent.action === action;
}

/**
 * Whether the connector recorded this payment itself, so that it must not come back to SAP (BILL dossier §13.24).
 * Throws WorldError while a recording that it may be is not settled yet.
 */
export async function recordedByUs(connector: Connector, payment: Payment): Promise<boolean> {
  const record = await readRecord(connector.table, paymentRecords, payment.id);
  if (record?.recordedFor !== undefined) return true;
  for (const billId of billsOf(payment)) {
    const id = await invoiceOf(connector, billId);
    const intent =
      id === undefined ? undefined : (await readRecord(connector.table, invoiceRecords, id))?.intent;
    if (intent === undefined || !isRecording(intent)) continue;
    if (isIt(intent.sent as RecordedPayment, intent, payment)) throw notSettled(payment.id);
  }
  return false;
}

function recording(
  connector: Connector,
  id: string,
  payment: RecordedPayment,
  calls: BillCalls,
): Write<InvoiceRecord, Payment> {
  const { vendorId, processDate, amount, syncReference } = payment;
  return {
    type: invoiceRecords,
    id,
    action,
    sent: payment,
    lagMs: connector.config.bill.visibilityLagSeconds * 1000,
    find: async (intent) => {
      const recorded = await calls.recordedPayments(vendorId, processDate);
      return recorded.filter((each) => isIt(payment, intent, each));
    },
    act: () => calls.recordPayment(payment),
    remember: ({ id: paymentId }) => rememberAsOurs(connector, id, paymentId, payment),
    record: (current, { id: paymentId }) => ({
      ...current,
      recordedPayments: [
        ...(current.recordedPayments ?? []),
        { paymentId, billId: payment.billId, amount, syncReference, at: isoTime(connector.clock.now()) },
      ],
    }),
  };
}

/** Lists may not show the reference (BILL dossier §14.11): then bill, amount and time tell. */
function isIt(sent: RecordedPayment, intent: Intent, found: Payment): boolean {
  return (
    found.billId === sent.billId &&
    found.singleStatus !== 'VOIDED' &&
    compareDecimals(found.amount, sent.amount) === 0 &&
    Date.parse(found.createdTime) >= earliestOf(intent) &&
    (found.syncReference === undefined || found.syncReference === sent.syncReference)
  );
}

/** Before the intent is closed the payment is known as ours, so that the poll leaves it alone. */
async function rememberAsOurs(
  connector: Connector,
  invoice: string,
  paymentId: string,
  { vendorId, amount }: RecordedPayment,
): Promise<void> {
  await updateRecord(connector, paymentRecords, paymentId, (current) => ({
    vendorId,
    amount,
    postings: [],
    firstSeenAt: isoTime(connector.clock.now()),
    ...current,
    paymentId,
    state: 'ignored' as const,
    reason: 'the connector recorded it for a payment made in SAP',
    recordedFor: invoice,
  }));
}

function notSettled(paymentId: string): WorldError {
  return new WorldError({
    code: 'RECORDING_NOT_SETTLED',
    message: `Payment ${paymentId} may be one that the connector is recording in BILL at this moment.`,
    nextStep: 'Nothing: it is looked at again by itself.',
    retryAfterMs: 10_000,
  });
}

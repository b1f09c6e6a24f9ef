import { isoTime } from '../../clock.ts';
import { DocumentError, WorldError } from '../../errors.ts';
import { type PaymentRecord, paymentRecords } from '../../ledger/payments.ts';
import { readRecord, updateRecord } from '../../ledger/record.ts';
import { tell } from '../../ledger/timeline.ts';
import { knownVendors } from '../../ledger/vendors.ts';
import { compareDecimals } from '../../money.ts';
import type { Payment } from '../../rules/bill-documents.ts';
import { entriesFromPayment } from '../../rules/payments/journal-entry.ts';
import {
  outsidePaymentStep,
  type PaymentStep,
  paymentGeneration,
  paymentStep,
  type Standing,
  standingOf,
} from '../../rules/payments/payment-states.ts';
import type { PaymentWork } from '../../work/messages.ts';
import type { Connector } from '../doors.ts';
import { eachOf } from '../each-of.ts';
import { raiseOnPayment } from '../exceptions/raise.ts';
import { settlePosting } from './entry-writes.ts';
import { finishPayment } from './finish-payment.ts';
import { paidInvoices } from './paid-invoices.ts';
import { paymentHead, paymentValues } from './payment-head.ts';
import { postEntry } from './post-entry.ts';
import { recordedByUs } from './record-payment.ts';
import { reverseEntry } from './reverse-entry.ts';
import { forgetCredits, noteCredits } from './used-credits.ts';

/** A payment that a webhook names may not be readable at once. */
const appearsWithinMs = 15 * 60_000;

/**
 * Journey 2, second step: what BILL says of the payment now decides what SAP should hold. The payment is read by
 * id and only that is believed. Returns when the message is done; throws WorldError when it must wait.
 */
export async function returnPayment(connector: Connector, work: PaymentWork): Promise<void> {
  const record = await openRecord(connector, work);
  if (isDone(record, work)) return;
  if (isPutAside(record, work) && !(await isTakenBack(connector, record))) return;
  let seen: Partial<PaymentRecord> =
    work.updatedTime === undefined ? {} : { doneUpdatedTime: work.updatedTime };
  try {
    await settlePosting(connector, work.paymentId, record);
    const payment = await connector.bill.withLease('return-payment', (calls) =>
      calls.payment(work.paymentId),
    );
    if (payment === undefined) throw notThere(connector, record);
    seen = paymentHead(payment);
    await follow(connector, payment);
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    await raiseOnPayment(connector, work.paymentId, error, seen);
  }
}

async function openRecord(
  connector: Connector,
  { paymentId, vendorId, reason }: PaymentWork,
): Promise<PaymentRecord> {
  let isNew = false;
  const record = await updateRecord(connector, paymentRecords, paymentId, (current) => {
    isNew = current === undefined;
    if (current !== undefined) return undefined;
    const firstSeenAt = isoTime(connector.clock.now());
    return {
      paymentId,
      vendorId: vendorId ?? '',
      amount: '',
      state: 'queued' as const,
      reason: 'waits for its turn',
      firstSeenAt,
      postings: [],
    };
  });
  if (record === undefined)
    throw new Error(`Payment ${paymentId} has no record although it was just written.`);
  if (isNew) {
    connector.observe.log('info', 'payment-found', { document: paymentId, reason });
    await tell(connector, { kind: 'payment', id: paymentId }, `Heard of by ${reason}.`);
  }
  return record;
}

/** The state that made us look was dealt with already. A person's retry names no state and is never done. */
function isDone(record: PaymentRecord, { updatedTime }: PaymentWork): boolean {
  if (record.intent !== undefined && record.skipped === undefined) return false;
  if (updatedTime === undefined || record.doneUpdatedTime === undefined) return false;
  return Date.parse(record.doneUpdatedTime) >= Date.parse(updatedTime);
}

/** A person has seen to it; only a retry takes it up again. */
function isPutAside({ skipped }: PaymentRecord, { reason }: PaymentWork): boolean {
  return skipped !== undefined && !reason.startsWith('retry');
}

/**
 * What was put aside is news again when BILL takes back, by a void or for a reissue, what an entry of ours stands for.
 * Anything else that BILL says of it is only kept, so that nobody looks twice.
 */
async function isTakenBack(connector: Connector, record: PaymentRecord): Promise<boolean> {
  const { paymentId, postings } = record;
  const payment = await connector.bill.withLease('return-payment', (calls) => calls.payment(paymentId));
  if (payment === undefined) return false;
  const generation = paymentGeneration(payment, postings);
  const isUndone = paymentStep(payment, 'posted').step === 'reverse';
  const stands = postings.some(
    (each) => each.reversal === undefined && (isUndone || each.generation < generation),
  );
  if (stands && payment.singleStatus !== record.singleStatus) return true;
  await updateRecord(connector, paymentRecords, paymentId, (current) =>
    current?.skipped === undefined ? undefined : { ...current, ...paymentHead(payment) },
  );
  return false;
}

/** One row of the state machine, by how the payment's current generation stands in SAP. */
async function follow(connector: Connector, payment: Payment): Promise<void> {
  const postings = (await readRecord(connector.table, paymentRecords, payment.id))?.postings ?? [];
  const generation = paymentGeneration(payment, postings);
  const step = await stepOf(connector, payment, standingOf(postings, generation));
  if (step.step === 'ignore') return finishPayment(connector, payment, 'ignored', step.text);
  await reverseUpTo(connector, payment, generation - 1);
  switch (step.step) {
    case 'attend':
      throw needsAPerson(payment, step);
    case 'wait':
      return finishPayment(connector, payment, 'in-transit', step.text);
    case 'keep':
      return finishPayment(connector, payment, 'posted', step.text);
    case 'reverse':
      await reverseUpTo(connector, payment, generation);
      await forgetCredits(connector, payment.id);
      return finishPayment(connector, payment, 'reversed', step.text);
    case 'post':
      await postGeneration(connector, payment, generation);
      await noteCredits(connector, payment);
      return finishPayment(connector, payment, 'posted', postedText(payment));
  }
}

async function stepOf(connector: Connector, payment: Payment, standing: Standing): Promise<PaymentStep> {
  if (payment.onlinePayment !== false) return paymentStep(payment, standing);
  const isOurs = await recordedByUs(connector, payment);
  return outsidePaymentStep(payment, standing, { isOurs, policy: connector.config.payments.paidOutsideBill });
}

/**
 * A void or return reverses the entries of its generation; a reissue is a new generation with the same id. An entry
 * that needs a person keeps none of the others standing.
 */
async function reverseUpTo(connector: Connector, payment: Payment, generation: number): Promise<void> {
  const record = await readRecord(connector.table, paymentRecords, payment.id);
  const standing = (record?.postings ?? []).filter(
    (posting) => posting.generation <= generation && posting.reversal === undefined,
  );
  await eachOf(standing, (posting) => reverseEntry(connector, payment, posting));
}

async function postGeneration(connector: Connector, payment: Payment, generation: number): Promise<void> {
  const vendor = await readRecord(connector.table, knownVendors, payment.vendorId);
  const invoices = await paidInvoices(connector, payment);
  const [first] = invoices;
  if (first === undefined)
    throw new Error(`Payment ${payment.id} pays nothing, although its parts were read.`);
  const currency = vendor?.vendor.billCurrency ?? first.invoice.currency;
  const drafts = entriesFromPayment({
    payment,
    generation,
    invoices,
    config: connector.config,
    vendorCurrency: currency,
  });
  // Each company code has an entry of its own: a closed period in one holds up no other.
  await eachOf(drafts, async (draft) => {
    const record = await readRecord(connector.table, paymentRecords, payment.id);
    const posted = record?.postings.some(
      (each) => each.generation === generation && each.companyCode === draft.companyCode,
    );
    if (posted !== true) await postEntry(connector, payment, generation, draft, invoices);
  });
}

function postedText({ amount }: Payment): string {
  const isMoney = compareDecimals(amount, '0') !== 0;
  return isMoney ? 'cleared and posted in SAP' : 'paid by vendor credits alone; nothing to post';
}

function needsAPerson(
  payment: Payment,
  { code, text, nextStep }: Extract<PaymentStep, { step: 'attend' }>,
): DocumentError {
  return new DocumentError({ code, message: text, nextStep, billValues: paymentValues(payment) });
}

function notThere(
  connector: Connector,
  { paymentId, firstSeenAt }: PaymentRecord,
): WorldError | DocumentError {
  if (connector.clock.now() - Date.parse(firstSeenAt) < appearsWithinMs) {
    return new WorldError({
      code: 'PAYMENT_NOT_VISIBLE_YET',
      message: `BILL does not show payment ${paymentId} yet.`,
      nextStep: 'Nothing: it is read again by itself.',
      retryAfterMs: 30_000,
    });
  }
  return new DocumentError({
    code: 'PAYMENT_NOT_IN_BILL',
    message: `BILL told of payment ${paymentId}, but it cannot be read there.`,
    nextStep:
      'Look it up in BILL and check that the user may read payments; then retry, or skip if it does not exist.',
    billValues: { payment: paymentId },
  });
}

import { isoTime } from '../clock.ts';
import { DocumentError, WorldError } from '../errors.ts';
import { invoiceFacts, invoiceRecords } from '../ledger/invoices.ts';
import { type PaymentRecord, type PaymentState, paymentRecords } from '../ledger/payments.ts';
import { readRecord, updateRecord, without } from '../ledger/record.ts';
import { tell } from '../ledger/timeline.ts';
import { knownVendors } from '../ledger/vendors.ts';
import { compareDecimals } from '../money.ts';
import type { Payment } from '../rules/bill-documents.ts';
import { entriesFromPayment, type PaidInvoice } from '../rules/journal-entry.ts';
import { linesOfInstalment } from '../rules/payable-parts.ts';
import { paymentParts } from '../rules/payment-parts.ts';
import {
  outsidePaymentStep,
  type PaymentStep,
  paymentGeneration,
  paymentStep,
  type Standing,
  standingOf,
} from '../rules/payment-states.ts';
import type { PaymentWork } from '../work/messages.ts';
import { takeUpClearings } from './clearing-records.ts';
import type { Connector } from './doors.ts';
import { postEntry, reverseEntry, settlePosting } from './post-entry.ts';
import { raiseOnPayment } from './raise.ts';
import { readFacts } from './read-facts.ts';
import { recordedByUs } from './record-payment.ts';
import { forgetCredits, invoiceOf, noteCredits } from './used-credits.ts';

/** A payment that a webhook names may not be readable at once. */
const appearsWithinMs = 15 * 60_000;

/**
 * Journey 2, second step: what BILL says of the payment now decides what SAP should hold. The payment is read by
 * id and only that is believed. Returns when the message is done; throws WorldError when it must wait.
 */
export async function returnPayment(connector: Connector, work: PaymentWork): Promise<void> {
  const record = await openRecord(connector, work);
  if (isDone(record, work)) return;
  let seen: Partial<PaymentRecord> =
    work.updatedTime === undefined ? {} : { doneUpdatedTime: work.updatedTime };
  try {
    await settlePosting(connector, work.paymentId, record);
    const payment = await connector.bill.withLease('return-payment', (calls) =>
      calls.payment(work.paymentId),
    );
    if (payment === undefined) throw notThere(connector, record);
    seen = headOf(payment);
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
function isDone(record: PaymentRecord, { updatedTime, reason }: PaymentWork): boolean {
  if (record.intent !== undefined) return false;
  if (record.skipped !== undefined && !reason.startsWith('retry')) return true;
  if (updatedTime === undefined || record.doneUpdatedTime === undefined) return false;
  return Date.parse(record.doneUpdatedTime) >= Date.parse(updatedTime);
}

/** One row of the state machine, by how the payment's current generation stands in SAP. */
async function follow(connector: Connector, payment: Payment): Promise<void> {
  const postings = (await readRecord(connector.table, paymentRecords, payment.id))?.postings ?? [];
  const generation = paymentGeneration(payment, postings);
  const step = await stepOf(connector, payment, standingOf(postings, generation));
  if (step.step === 'ignore') return finish(connector, payment, 'ignored', step.text);
  await reverseUpTo(connector, payment, generation - 1);
  switch (step.step) {
    case 'attend':
      throw needsAPerson(payment, step);
    case 'wait':
      return finish(connector, payment, 'in-transit', step.text);
    case 'keep':
      return finish(connector, payment, 'posted', step.text);
    case 'reverse':
      await reverseUpTo(connector, payment, generation);
      await forgetCredits(connector, payment.id);
      return finish(connector, payment, 'reversed', step.text);
    case 'post':
      await postGeneration(connector, payment, generation);
      await noteCredits(connector, payment);
      return finish(connector, payment, 'posted', postedText(payment));
  }
}

async function stepOf(connector: Connector, payment: Payment, standing: Standing): Promise<PaymentStep> {
  if (payment.onlinePayment !== false) return paymentStep(payment, standing);
  const isOurs = await recordedByUs(connector, payment);
  return outsidePaymentStep(payment, standing, { isOurs, policy: connector.config.payments.paidOutsideBill });
}

/** A void or return reverses the entries of its generation; a reissue is a new generation with the same id. */
async function reverseUpTo(connector: Connector, payment: Payment, generation: number): Promise<void> {
  const record = await readRecord(connector.table, paymentRecords, payment.id);
  for (const posting of record?.postings ?? []) {
    if (posting.generation <= generation && posting.reversal === undefined)
      await reverseEntry(connector, payment, posting);
  }
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
  for (const draft of drafts) {
    const record = await readRecord(connector.table, paymentRecords, payment.id);
    const posted = record?.postings.some(
      (each) => each.generation === generation && each.companyCode === draft.companyCode,
    );
    if (posted !== true) await postEntry(connector, payment, generation, draft, invoices);
  }
}

/** The SAP invoices behind the bills that this payment pays; all of them must be ours. */
async function paidInvoices(connector: Connector, payment: Payment): Promise<PaidInvoice[]> {
  const paid: PaidInvoice[] = [];
  for (const part of paymentParts(payment)) {
    const id = await invoiceOf(connector, part.billId);
    if (id === undefined) throw notOurBill(payment, part.billId);
    const { invoice, payable: allLines, suppliers } = await factsOf(connector, id);
    const payable = linesOfInstalment(await instalmentOf(connector, id, part.billId), allLines);
    const company = suppliers
      .find((each) => each.supplier === (payable[0]?.supplier ?? invoice.supplier))
      ?.companies.find((each) => each.companyCode === invoice.key.companyCode);
    const supplierPayableAccount = company?.payableAccount;
    paid.push({
      billId: part.billId,
      amount: part.amount,
      invoice,
      payable,
      ...(supplierPayableAccount === undefined ? {} : { supplierPayableAccount }),
    });
  }
  return paid;
}

/** Which of the invoice's instalments the bill stands for: only its FI lines are paid. */
async function instalmentOf({ table }: Connector, id: string, billId: string) {
  const record = await readRecord(table, invoiceRecords, id);
  return record?.bills?.find((bill) => bill.billId === billId)?.instalment;
}

/** The facts that journey 1 kept, or the invoice as SAP has it. */
async function factsOf(connector: Connector, id: string) {
  const kept = await readRecord(connector.table, invoiceFacts, id);
  if (kept !== undefined) return kept;
  const record = await readRecord(connector.table, invoiceRecords, id);
  const invoices = record === undefined ? [] : await connector.sap.invoices([record.key]);
  const [facts] = await readFacts(connector, invoices);
  if (facts !== undefined) return facts;
  throw new DocumentError({
    code: 'INVOICE_NOT_IN_SAP',
    message: `Supplier invoice ${id}, which this payment pays, can no longer be read in SAP.`,
    nextStep: 'Check the invoice and the authorisations in SAP, then retry.',
    sapValues: { invoice: id },
  });
}

async function finish(
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
      ...headOf(payment),
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

function postedText({ amount }: Payment): string {
  const isMoney = compareDecimals(amount, '0') !== 0;
  return isMoney ? 'cleared and posted in SAP' : 'paid by vendor credits alone; nothing to post';
}

/** A live entry is watched for a return as long as the configuration says (BILL dossier §13.19). */
function watchUntil({ config }: Connector, postings: PaymentRecord['postings']) {
  const posted = postings.filter(({ reversal }) => reversal === undefined).map(({ at }) => Date.parse(at));
  if (posted.length === 0 || config.payments.watchDays === 0) return {};
  return { watchUntil: isoTime(Math.max(...posted) + config.payments.watchDays * 86_400_000) };
}

/** What a record repeats of the payment, for lists and for the next look. */
function headOf(payment: Payment) {
  return {
    vendorId: payment.vendorId,
    ...(payment.vendorName === undefined ? {} : { vendorName: payment.vendorName }),
    amount: payment.amount,
    ...(payment.singleStatus === undefined ? {} : { singleStatus: payment.singleStatus }),
    doneUpdatedTime: payment.updatedTime,
  };
}

function needsAPerson(
  payment: Payment,
  { code, text, nextStep }: Extract<PaymentStep, { step: 'attend' }>,
): DocumentError {
  return new DocumentError({ code, message: text, nextStep, billValues: valuesOf(payment) });
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

function notOurBill(payment: Payment, billId: string): DocumentError {
  return new DocumentError({
    code: 'PAID_BILL_NOT_FROM_SAP',
    message: `Payment ${payment.id} pays bill ${billId}, which does not come from an SAP invoice; nothing was posted.`,
    nextStep:
      'Post this payment in SAP by hand and skip it, or enter the invoice in SAP and ask BILL to pay through that one.',
    billValues: { ...valuesOf(payment), bill: billId },
  });
}

function valuesOf(payment: Payment): Record<string, string> {
  return {
    payment: payment.id,
    vendor: payment.vendorName ?? payment.vendorId,
    amount: payment.amount,
    status: payment.singleStatus ?? payment.status ?? 'none',
  };
}

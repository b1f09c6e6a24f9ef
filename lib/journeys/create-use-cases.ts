import { DocumentError } from '../errors.ts';
import { invoiceId } from '../ledger/invoices.ts';
import { knownVendors } from '../ledger/vendors.ts';
import type { BillWork, SapWork } from '../work/messages.ts';
import { giveUpAttachments, sendAttachments } from './attachments/send-attachments.ts';
import { type Connector, createConnector, type Doors, forOneWork } from './doors.ts';
import { checkForeignBill, raiseFailedCheck } from './drift/check-foreign-bill.ts';
import { lookAtBill, raiseFailedLook } from './drift/look-at-bill.ts';
import { connectorFailed, raiseOn, raiseOnInvoice, raiseOnPayment } from './exceptions/raise.ts';
import { followUp } from './follow-up.ts';
import { findInvoices } from './invoices/find-invoices.ts';
import { handOverInvoice } from './invoices/hand-over-invoice.ts';
import { recheckInvoices, watchInvoices } from './invoices/recheck-invoices.ts';
import { findPayments } from './payments/find-payments.ts';
import { noteFailedPayment, raiseFailedNote } from './payments/note-failed-payment.ts';
import { returnPayment } from './payments/return-payment.ts';
import { watchPayments } from './payments/watch-payments.ts';
import { readReferenceData } from './reference-data/read-reference-data.ts';
import { tieOut } from './tie-out/tie-out.ts';
import type { PollReport, UseCases } from './use-cases.ts';
import { alignVendor } from './vendors/align-vendor.ts';
import { compareSuppliers } from './vendors/compare-suppliers.ts';
import { findSuppliers } from './vendors/find-suppliers.ts';
import { findVendors } from './vendors/find-vendors.ts';
import { receiveEvent } from './webhooks/receive-event.ts';

/** The product on these doors. */
export function createUseCases(doors: Doors): UseCases {
  const connector = createConnector(doors);
  return {
    findInvoices: () => poll(connector, 'find-invoices', findInvoices),
    recheckInvoices: () => poll(connector, 'recheck-invoices', recheckInvoices),
    findPayments: () => poll(connector, 'find-payments', findPayments),
    tieOut: () => poll(connector, 'tie-out', tieOut),
    readReferenceData: () => poll(connector, 'read-reference-data', readReferenceData),
    followUp: () => poll(connector, 'follow-up', followUp),
    watchInvoices: () => poll(connector, 'watch-invoices', watchInvoices),
    watchPayments: () => poll(connector, 'watch-payments', watchPayments),
    findSuppliers: () => poll(connector, 'find-suppliers', findSuppliers),
    compareSuppliers: () => poll(connector, 'compare-suppliers', compareSuppliers),
    findVendors: () => poll(connector, 'find-vendors', findVendors),
    alignVendor: (work) => alignVendor(forOneWork(connector), work),
    checkForeignBill: (work) => checkForeignBill(forOneWork(connector), work),
    handOverInvoice: (work) => handOverInvoice(forOneWork(connector), work),
    lookAtBill: (work) => lookAtBill(forOneWork(connector), work),
    sendAttachments: (work) => sendAttachments(forOneWork(connector), work),
    receiveEvent: (rawBody, signature) => receiveEvent(connector, rawBody, signature),
    returnPayment: (work) => returnPayment(forOneWork(connector), work),
    noteFailedPayment: (work) => noteFailedPayment(forOneWork(connector), work),
    reportOurFailure: (work, error) => reportOurFailure(connector, work, error),
  };
}

/** A poll that fails is counted for its alarm; the next one starts where the cursor stands. */
async function poll(
  connector: Connector,
  name: string,
  run: (connector: Connector) => Promise<PollReport>,
): Promise<PollReport> {
  try {
    const report = await run(forOneWork(connector));
    connector.observe.log('info', 'poll-done', { poll: name, ...report });
    return report;
  } catch (error) {
    connector.observe.count('PollsFailed');
    connector.observe.log('error', 'poll-failed', {
      poll: name,
      error: error instanceof Error ? error.message : 'unknown',
    });
    throw error;
  }
}

async function reportOurFailure(
  connector: Connector,
  work: BillWork | SapWork,
  error: unknown,
): Promise<void> {
  const failure = new DocumentError({
    code: connectorFailed,
    message: `The connector failed on this document several times (${error instanceof Error ? error.name : 'unknown error'}); its message was put aside.`,
    nextStep: 'Tell the person who runs the connector: the log has the details. Retry once that is mended.',
    cause: error,
  });
  if (work.kind === 'invoice') {
    await raiseOnInvoice(connector, invoiceId(work.key), failure, {
      version: work.changeStamp,
      attempt: work.attempt,
    });
  } else if (work.kind === 'bill') {
    await raiseFailedLook(connector, work, failure);
  } else if (work.kind === 'attachments') {
    await giveUpAttachments(connector, work, failure);
  } else if (work.kind === 'payment') {
    await raiseOnPayment(connector, work.paymentId, failure);
  } else if (work.kind === 'vendor') {
    await raiseOn(connector, knownVendors, { kind: 'vendor', id: work.vendorId }, failure);
  } else if (work.kind === 'foreign-bill') {
    await raiseFailedCheck(connector, work, failure);
  } else {
    await raiseFailedNote(connector, work, failure);
  }
}

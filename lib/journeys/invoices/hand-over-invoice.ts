import { DocumentError } from '../../errors.ts';
import { aliases, aliasId } from '../../ledger/aliases.ts';
import {
  type CreditInBill,
  type InvoiceFacts,
  type InvoiceRecord,
  type InvoiceState,
  invoiceFacts,
  invoiceId,
  invoiceRecords,
  liveBills,
} from '../../ledger/invoices.ts';
import { readRecord, updateRecord, without } from '../../ledger/record.ts';
import { tell } from '../../ledger/timeline.ts';
import { type Eligibility, eligibility } from '../../rules/invoices/eligibility.ts';
import type { InvoiceKey } from '../../rules/sap-invoices.ts';
import type { InvoiceWork } from '../../work/messages.ts';
import { wantAttachments } from '../attachments/want-attachments.ts';
import type { Connector } from '../doors.ts';
import { carryOutDecisions } from '../drift/keep-one-side.ts';
import { refuseOpenDrifts } from '../drift/seen-drifts.ts';
import { connectorFailed, raiseOnInvoice } from '../exceptions/raise.ts';
import { settleBill } from './bill-writes.ts';
import { followBills, withdrawBills } from './follow-bills.ts';
import { followCredit, settledCredit, withdrawCredit } from './follow-credit.ts';
import { takeUpBlock } from './hand-over-block.ts';
import { followKeptBack } from './not-payable.ts';
import { followClearing, markSettled } from './paid-in-sap.ts';
import { headOf, keepFacts, readFacts } from './read-facts.ts';

/** Facts older than this are read again before money may move on them. */
const factsFreshForMs = 10 * 60_000;

/**
 * Journey 1, second step: one invoice becomes a bill, or its bill follows it. Returns when the message is done
 * (an exception raised included); throws WorldError when it must wait.
 */
export async function handOverInvoice(connector: Connector, work: InvoiceWork): Promise<void> {
  const id = invoiceId(work.key);
  const record = await readRecord(connector.table, invoiceRecords, id);
  if (record === undefined || isDone(record, work)) return;
  try {
    await settleBill(connector, id, record);
    const facts = await currentFacts(connector, record, work);
    if (facts === undefined) throw vanished(work.key);
    await carryOutDecisions(connector, id, facts);
    await follow(connector, id, facts, work);
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    await raiseOnInvoice(connector, id, error, { version: work.changeStamp, attempt: work.attempt });
  }
}

/**
 * Older than what was dealt with, dealt with already, or put aside by a person. An open intent is never done, nor is
 * what we failed on: its message may come back from the dead letters.
 */
function isDone(record: InvoiceRecord, work: InvoiceWork): boolean {
  if (record.intent !== undefined) return false;
  if (work.attempt < record.attempt) return true;
  if (record.skipped !== undefined && work.attempt === record.attempt) return true;
  if (work.attempt === record.attempt && work.changeStamp !== record.seenVersion) return true;
  if (record.exception?.code === connectorFailed) return false;
  return record.done?.version === work.changeStamp && record.done.attempt === work.attempt;
}

/** The facts of the last poll; read anew for a repeated attempt and when they have grown old. */
async function currentFacts(
  connector: Connector,
  record: InvoiceRecord,
  work: InvoiceWork,
): Promise<InvoiceFacts | undefined> {
  const kept = await readRecord(connector.table, invoiceFacts, invoiceId(record.key));
  const age = connector.clock.now() - Date.parse(kept?.readAt ?? '1970-01-01T00:00:00Z');
  if (kept !== undefined && work.attempt === 1 && age < factsFreshForMs) return kept;
  const [facts] = await readFacts(connector, await connector.sap.invoices([record.key]));
  if (facts !== undefined) await keepFacts(connector, facts);
  return facts;
}

/** What SAP says now decides what BILL should hold. */
async function follow(
  connector: Connector,
  id: string,
  facts: InvoiceFacts,
  work: InvoiceWork,
): Promise<void> {
  const record = await readRecord(connector.table, invoiceRecords, id);
  if (record === undefined) return;
  const verdict = eligibility({ invoice: facts.invoice, payable: facts.payable, config: connector.config });
  if (facts.invoice.isCreditMemo && (verdict.kind === 'eligible' || liveCredit(record) !== undefined))
    return followMemo(connector, id, facts, work, record, verdict);
  const live = liveBills(record);
  if (verdict.kind === 'eligible') {
    await followBills(connector, id, facts);
    await rememberNumbers(connector, id, facts);
    const { state, reason } = await handedOver(connector, id);
    if (state === 'handed-over') await wantAttachments(connector, record.key, facts.version);
    await finish(connector, id, facts, work, state, reason);
  } else if (live.length === 0) {
    await finish(connector, id, facts, work, verdict.kind, verdict.reason);
  } else if (verdict.kind === 'withdrawn') {
    await withdrawBills(connector, id, record, facts, 'the invoice was withdrawn in SAP');
    await finish(connector, id, facts, work, 'withdrawn', verdict.reason);
  } else if (verdict.kind === 'settled') {
    const { state, reason } = await followClearing(connector, id, record, facts);
    await finish(connector, id, facts, work, state, reason);
    await markSettled(connector, id);
  } else {
    const { state, reason } = await followKeptBack(connector, id, record, facts, verdict);
    await finish(connector, id, facts, work, state, reason);
  }
}

/** Where people left all of it to SAP, nothing of the invoice is in BILL. */
async function handedOver(
  { table }: Connector,
  id: string,
): Promise<{ readonly state: InvoiceState; readonly reason: string }> {
  const { bills = [] } = (await readRecord(table, invoiceRecords, id)) ?? {};
  const decided = bills.find(({ leftToSap }) => leftToSap !== undefined)?.leftToSap;
  if (decided === undefined || bills.some(({ archived }) => !archived))
    return { state: 'handed-over', reason: 'the bill is in BILL' };
  return { state: 'skipped', reason: `left to SAP by ${decided.by}: ${decided.why}` };
}

/** The same for a credit memo and its vendor credit. */
async function followMemo(
  connector: Connector,
  id: string,
  facts: InvoiceFacts,
  work: InvoiceWork,
  record: InvoiceRecord,
  verdict: Eligibility,
): Promise<void> {
  const credit = liveCredit(record);
  if (verdict.kind === 'eligible') {
    await followCredit(connector, id, record, facts);
    await rememberNumbers(connector, id, facts);
    await finish(connector, id, facts, work, 'handed-over', 'the vendor credit is in BILL');
  } else if (credit === undefined) {
    await finish(connector, id, facts, work, verdict.kind, verdict.reason);
  } else if (verdict.kind === 'withdrawn') {
    await withdrawCredit(connector, id, credit);
    await finish(connector, id, facts, work, 'withdrawn', verdict.reason);
  } else if (verdict.kind === 'settled') {
    const isUsed = (await settledCredit(connector, id, credit)) === 'used';
    const reason = isUsed ? 'used in BILL and cleared in SAP' : verdict.reason;
    await finish(connector, id, facts, work, isUsed ? 'handed-over' : 'settled', reason);
    await markSettled(connector, id);
  } else {
    throw noLongerPayable(facts, credit.creditId, verdict.reason);
  }
}

function liveCredit({ credit }: InvoiceRecord): CreditInBill | undefined {
  return credit?.archived === false ? credit : undefined;
}

/** Records the outcome on the document's own item and closes its exception, unless a difference waits for a person. */
async function finish(
  connector: Connector,
  id: string,
  { version, invoice }: InvoiceFacts,
  work: InvoiceWork,
  state: InvoiceState,
  reason: string,
): Promise<void> {
  await refuseOpenDrifts(connector, id);
  const before = await readRecord(connector.table, invoiceRecords, id);
  const wasStuck = before?.exception !== undefined || before?.skipped !== undefined;
  if (wasStuck) await takeUpBlock(connector, id);
  await updateRecord(connector, invoiceRecords, id, (current) => {
    if (current === undefined) return undefined;
    const attempt = Math.max(current.attempt, work.attempt);
    const done = { version, attempt: work.attempt };
    const cleared = {
      ...without(without(without(current, 'exception'), 'skipped'), 'settledAt'),
      ...headOf(invoice),
    };
    return {
      ...cleared,
      state,
      reason,
      attempt,
      done,
      seenVersion: newer(current.seenVersion, work.changeStamp, version),
    };
  });
  if (before?.exception !== undefined) {
    await tell(connector, { kind: 'invoice', id }, `Exception ${before.exception.code} is cleared.`);
  }
  if (before?.state !== state) await tell(connector, { kind: 'invoice', id }, `Now ${state}: ${reason}.`);
}

/** A poll may have seen something newer while we worked: its own message is on its way then. */
function newer(seen: string, worked: string, read: string): string {
  return seen === worked ? read : seen;
}

/** The invoice is found by any of its numbers in SAP. */
async function rememberNumbers(
  connector: Connector,
  id: string,
  { invoice, payable }: InvoiceFacts,
): Promise<void> {
  const numbers = [
    invoice.key.supplierInvoice,
    invoice.reference,
    ...payable.map((line) => line.accountingDocument),
  ];
  for (const number of new Set(numbers.filter((each) => each !== undefined))) {
    const alias = { number, document: { kind: 'invoice', id } } as const;
    await updateRecord(connector, aliases, aliasId(alias), (current) =>
      current === undefined ? alias : undefined,
    );
  }
}

function noLongerPayable({ invoice }: InvoiceFacts, billId: string, reason: string): DocumentError {
  return new DocumentError({
    code: 'NO_LONGER_PAYABLE_IN_SAP',
    message: `Invoice ${invoiceId(invoice.key)} has bill ${billId} in BILL, but SAP says: ${reason}`,
    nextStep:
      'If it must not be paid through BILL, archive the bill (or cancel its payment) in BILL and skip this; if it may be paid, free it in SAP and retry.',
    sapValues: { invoice: invoiceId(invoice.key), state: reason },
    billValues: { bill: billId },
  });
}

function vanished(key: InvoiceKey): DocumentError {
  return new DocumentError({
    code: 'INVOICE_NOT_IN_SAP',
    message: `Supplier invoice ${invoiceId(key)} can no longer be read in SAP.`,
    nextStep:
      'Look it up in SAP. If it was deleted on purpose, skip this; otherwise check the authorisations and retry.',
    sapValues: { invoice: invoiceId(key) },
  });
}

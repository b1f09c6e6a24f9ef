import type { BillCalls } from '../bill/bill.ts';
import { DocumentError } from '../errors.ts';
import type { Intent } from '../ledger/intent.ts';
import {
  type HandedOver,
  type InvoiceFacts,
  type InvoiceRecord,
  invoiceRecords,
  liveBills,
  withBillChanged,
} from '../ledger/invoices.ts';
import { readRecord, updateRecord } from '../ledger/record.ts';
import { tell } from '../ledger/timeline.ts';
import { planBillChange, planBillWithdrawal } from '../rules/bill-changes.ts';
import { differences } from '../rules/bill-differences.ts';
import type { Bill, NewBill } from '../rules/bill-documents.ts';
import type { PlannedBill } from '../rules/bill-from-invoice.ts';
import { fingerprint } from '../rules/reference-code.ts';
import { billCreation, createOrAdopt, refuseDifferences } from './create-bill.ts';
import type { Connector } from './doors.ts';
import { openCreditWrite } from './follow-credit.ts';
import { wantNoBlock } from './hand-over-block.ts';
import { settle, type Write, writeOnce } from './once.ts';
import { isRecording, settleRecording } from './record-payment.ts';

/** A later change in SAP: the bill follows while BILL still allows it and nobody has changed it there (I9). */
export async function changeBill(
  connector: Connector,
  id: string,
  handed: HandedOver,
  planned: PlannedBill,
): Promise<void> {
  const wanted = planned.bill;
  if (fingerprint(wanted) === handed.fingerprint) {
    if (handed.differs === true) await checkMended(connector, id, handed);
    return;
  }
  await connector.bill.withLease('hand-over-invoice', async (calls) => {
    const current = await existing(id, handed, calls);
    if (wanted.vendorId !== handed.vendorId)
      return replacePayee(connector, id, handed, planned, current, calls);
    if (current.archived) throw archivedInBill(id, current);
    const plan = planBillChange({ wanted, current, lastSent: handed.sent });
    if (plan.kind === 'locked') throw locked(id, wanted, current, plan.why);
    if (plan.kind === 'edited-in-bill') throw editedInBill(id, current, plan.differences);
    const act = async () => {
      if (plan.kind === 'patch') return calls.patchBill(current.id, plan.change);
      return plan.kind === 'replace' ? calls.replaceBill(current.id, plan.bill) : current;
    };
    const change = { billId: handed.billId, planned };
    const changed = await writeOnce(connector, { ...billChange(id, change, calls), act });
    connector.observe.count('BillsChanged');
    await tell(connector, { kind: 'invoice', id }, `Bill ${changed.id} was changed as in SAP.`);
    refuseDifferences(id, wanted, changed);
  });
}

/** BILL made the bill otherwise than it was sent: only BILL itself can say that a person has mended it. */
async function checkMended(connector: Connector, id: string, handed: HandedOver): Promise<void> {
  await connector.bill.withLease('hand-over-invoice', async (calls) => {
    const current = await existing(id, handed, calls);
    if (current.archived) throw archivedInBill(id, current);
    refuseDifferences(id, handed.sent, current);
  });
  await updateRecord(connector, invoiceRecords, id, (record) =>
    record === undefined ? undefined : withBillChanged(record, handed.billId, { differs: false }),
  );
}

/** A bill cannot move to another vendor here: once a person has archived it, a new one is made. */
async function replacePayee(
  connector: Connector,
  id: string,
  handed: HandedOver,
  wanted: PlannedBill,
  current: Bill,
  calls: BillCalls,
): Promise<void> {
  if (!current.archived) throw otherPayee(id, handed, wanted.bill);
  const bill = await createOrAdopt(connector, id, wanted, calls);
  await tell(
    connector,
    { kind: 'invoice', id },
    `Bill ${bill.id} for the new payee takes the place of ${handed.billId}.`,
  );
}

/** The invoice must no longer be paid: its bill is archived, or a person is told what to do by when. */
export async function withdrawBill(
  connector: Connector,
  id: string,
  handed: HandedOver,
  facts: InvoiceFacts,
  reason: string,
): Promise<void> {
  await connector.bill.withLease('hand-over-invoice', async (calls) => {
    const current = await existing(id, handed, calls);
    const plan = planBillWithdrawal(current);
    if (plan.kind === 'locked') throw tooLate(id, current, facts, plan.why);
    const act = () => (plan.kind === 'archive' ? calls.archiveBill(current.id) : Promise.resolve(current));
    await writeOnce(connector, { ...archiveOf(connector, id, handed.billId, calls), act });
    await tell(connector, { kind: 'invoice', id }, `Bill ${current.id} was archived in BILL: ${reason}.`);
  });
}

/** Settles whatever write on one of the invoice's bills, or on the memo's credit, was left open. */
export async function settleBill(connector: Connector, id: string, record: InvoiceRecord): Promise<void> {
  const { intent } = record;
  if (intent === undefined) return;
  await connector.bill.withLease('hand-over-invoice', async (calls) => {
    if (isRecording(intent)) return settleRecording(connector, id, intent, calls);
    const ofCredit = openCreditWrite(connector, id, intent, calls);
    if (ofCredit !== undefined) await settle(connector, ofCredit, intent);
    else await settle(connector, openWrite(connector, id, intent, calls), intent);
  });
}

function openWrite(
  connector: Connector,
  id: string,
  { action, sent }: Intent,
  calls: BillCalls,
): Write<InvoiceRecord, Bill> {
  if (action === 'archive-bill') return archiveOf(connector, id, (sent as SentArchiving).billId, calls);
  if (action === 'change-bill') return billChange(id, sent as SentChange, calls);
  return billCreation(connector, id, sent as PlannedBill, calls);
}

interface SentArchiving {
  readonly billId: string;
}

interface SentChange {
  readonly billId: string;
  readonly planned: PlannedBill;
}

/** A change of the bill to what is planned; repeatable, so nothing waits for BILL's lag. */
function billChange(id: string, sent: SentChange, calls: BillCalls): Write<InvoiceRecord, Bill> {
  const { billId, planned } = sent;
  const { bill: wanted, isSettled: _, ...part } = planned;
  return {
    type: invoiceRecords,
    id,
    action: 'change-bill',
    sent,
    lagMs: 0,
    find: async () => {
      const current = await calls.bill(billId);
      return current !== undefined && differences(wanted, current).length === 0 ? [current] : [];
    },
    act: () => Promise.reject(new Error(`The change of bill ${billId} has no call of its own.`)),
    record: (current, changed) => {
      const differs = differences(wanted, changed).length > 0;
      return withBillChanged(current, billId, {
        ...part,
        sent: wanted,
        fingerprint: fingerprint(wanted),
        differs,
      });
    },
  };
}

/** The bill must no longer be paid; repeatable, so nothing waits for BILL's lag. */
export function archiveOf(
  connector: Connector,
  id: string,
  billId: string,
  calls: BillCalls,
): Write<InvoiceRecord, Bill> {
  return {
    type: invoiceRecords,
    id,
    action: 'archive-bill',
    sent: { billId } satisfies SentArchiving,
    lagMs: 0,
    find: async () => {
      const current = await calls.bill(billId);
      return current?.archived === true ? [current] : [];
    },
    act: () => calls.archiveBill(billId),
    remember: async () => {
      const record = await readRecord(connector.table, invoiceRecords, id);
      const others = record === undefined ? [] : liveBills(record).filter((each) => each.billId !== billId);
      if (others.length === 0) await wantNoBlock(connector, id);
    },
    record: (current) => withBillChanged(current, billId, { archived: true }),
  };
}

async function existing(id: string, { billId }: HandedOver, calls: BillCalls): Promise<Bill> {
  const bill = await calls.bill(billId);
  if (bill !== undefined) return bill;
  throw new DocumentError({
    code: 'BILL_NOT_FOUND',
    message: `Bill ${billId} of invoice ${id} can no longer be read in BILL.`,
    nextStep: 'Look for it in BILL; check that the user may still read bills; then retry.',
    billValues: { bill: billId },
  });
}

function locked(id: string, wanted: NewBill, current: Bill, why: string): DocumentError {
  return new DocumentError({
    code: 'CHANGED_AFTER_SCHEDULING',
    message: `Invoice ${id} was changed in SAP, but bill ${current.id} can no longer be changed: ${why}.`,
    nextStep:
      'Cancel or void the payment in BILL if it is wrong, then retry; or book the difference in SAP and skip.',
    sapValues: changedValues(wanted, current, 'sent'),
    billValues: {
      ...changedValues(wanted, current, 'got'),
      paymentStatus: current.paymentStatus ?? 'unknown',
    },
  });
}

function changedValues(wanted: NewBill, current: Bill, side: 'sent' | 'got'): Record<string, string> {
  return Object.fromEntries(differences(wanted, current).map((each) => [each.field, each[side]]));
}

function editedInBill(
  id: string,
  current: Bill,
  found: readonly { field: string; sap: string; bill: string }[],
): DocumentError {
  return new DocumentError({
    code: 'EDITED_IN_BILL',
    message: `Invoice ${id} was changed in SAP, and bill ${current.id} was edited in BILL: ${found.map((each) => each.field).join(', ')}.`,
    nextStep: 'Make the bill in BILL as SAP has it and retry, or correct the invoice in SAP and retry.',
    sapValues: Object.fromEntries(found.map((each) => [each.field, each.sap])),
    billValues: Object.fromEntries(found.map((each) => [each.field, each.bill])),
  });
}

function archivedInBill(id: string, current: Bill): DocumentError {
  return new DocumentError({
    code: 'ARCHIVED_IN_BILL',
    message: `Invoice ${id} was changed in SAP, but somebody archived its bill ${current.id} in BILL.`,
    nextStep: 'Restore the bill in BILL if it must be paid, then retry; otherwise skip.',
    billValues: { bill: current.id, archived: 'yes' },
  });
}

function otherPayee(id: string, handed: HandedOver, wanted: NewBill): DocumentError {
  return new DocumentError({
    code: 'PAYEE_CHANGED',
    message: `Invoice ${id} is now to be paid to another supplier than the vendor of bill ${handed.billId}.`,
    nextStep: 'Archive the bill in BILL, then retry: a new bill is made for the right vendor.',
    sapValues: { vendor: wanted.vendorId },
    billValues: { bill: handed.billId, vendor: handed.vendorId },
  });
}

function tooLate(id: string, current: Bill, { invoice }: InvoiceFacts, why: string): DocumentError {
  const bill = `bill ${current.id} is on its way: ${why}`;
  const values = {
    bill: current.id,
    paymentStatus: current.paymentStatus ?? 'unknown',
    dueDate: current.dueDate,
  };
  if (invoice.reversedBy === undefined && invoice.status !== '2') {
    return new DocumentError({
      code: 'CHANGED_AFTER_SCHEDULING',
      message: `Invoice ${id} has other instalments in SAP now, but ${bill}.`,
      nextStep: 'Cancel the payment in BILL and retry, or give the invoice its former due dates in SAP.',
      sapValues: { invoice: id, paymentTerms: invoice.paymentTerms ?? '' },
      billValues: values,
    });
  }
  return new DocumentError({
    code: 'REVERSED_AFTER_SCHEDULING',
    message: `Invoice ${id} was reversed in SAP (${invoice.reversedBy?.supplierInvoice ?? 'no number'}), but ${bill}.`,
    nextStep: `Stop the payment in BILL now (cancel while it is scheduled, else void), archive the bill, then retry. Due ${current.dueDate}.`,
    sapValues: { invoice: id, reversedBy: invoice.reversedBy?.supplierInvoice ?? '' },
    billValues: values,
  });
}

import type { BillCalls } from '../../bill/bill.ts';
import { DocumentError } from '../../errors.ts';
import { driftOf } from '../../ledger/drifts.ts';
import {
  type HandedOver,
  type InvoiceFacts,
  invoiceRecords,
  withBillChanged,
} from '../../ledger/invoices.ts';
import { readRecord, updateRecord } from '../../ledger/record.ts';
import { tell } from '../../ledger/timeline.ts';
import type { Bill, NewBill } from '../../rules/bill-documents.ts';
import { type BillChange, planBillChange, planBillWithdrawal } from '../../rules/invoices/bill-changes.ts';
import { differences } from '../../rules/invoices/bill-differences.ts';
import { archivedInBill, billDrift, standing, withAccepted } from '../../rules/invoices/bill-drift.ts';
import type { PlannedBill } from '../../rules/invoices/bill-from-invoice.ts';
import { fingerprint } from '../../rules/reference-code.ts';
import type { Connector } from '../doors.ts';
import { lockedInBill, madeInBill } from '../drift/drift-problems.ts';
import { isLeftFor, noteDrift } from '../drift/seen-drifts.ts';
import { writeOnce } from '../once.ts';
import { archiveOf, existing, restoreOf, writeBill } from './bill-writes.ts';
import { createOrAdopt, refuseDifferences } from './create-bill.ts';

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
    const target = withAccepted(handed, wanted);
    const plan = planBillChange({ wanted: target, current, lastSent: standing(handed) });
    if (plan.kind === 'locked' || plan.kind === 'edited-in-bill')
      return refuseConflict(connector, id, handed, wanted, current, plan);
    await writeBill(connector, id, { billId: handed.billId, planned, target }, plan, current, calls);
  });
}

type Conflict = Extract<BillChange, { kind: 'locked' | 'edited-in-bill' }>;

/** SAP changed what BILL no longer lets us change, or what a person changed there: unless somebody left it so. */
async function refuseConflict(
  connector: Connector,
  id: string,
  handed: HandedOver,
  wanted: NewBill,
  current: Bill,
  plan: Conflict,
): Promise<void> {
  const record = await readRecord(connector.table, invoiceRecords, id);
  if (record !== undefined && isLeftFor(driftOf(record, handed.billId), fingerprint(wanted))) return;
  if (plan.kind === 'locked') {
    const open = differences(withAccepted(handed, wanted), current);
    throw await noteDrift(connector, id, lockedInBill(id, wanted, current, open, plan.why));
  }
  const drift = billDrift(handed, current) ?? archivedInBill;
  const edited = plan.differences.map(({ field, sap, bill }) => ({ field, sent: sap, got: bill }));
  const shown = drift.kind === 'edited' ? edited : drift.fields;
  throw await noteDrift(connector, id, madeInBill(id, drift, handed, current, wanted, shown));
}

/** BILL made the bill otherwise than it was sent: only BILL itself can say that a person has mended it. */
async function checkMended(connector: Connector, id: string, handed: HandedOver): Promise<void> {
  await connector.bill.withLease('hand-over-invoice', async (calls) => {
    const current = await existing(id, handed, calls);
    const drift = billDrift(handed, current);
    if (drift?.kind === 'archived')
      throw await noteDrift(connector, id, madeInBill(id, drift, handed, current));
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
  refuseDifferences(id, wanted.bill, bill);
}

/** The invoice must no longer be paid: its bill is archived, or a person is told what to do by when. */
export async function withdrawBill(
  connector: Connector,
  id: string,
  handed: HandedOver,
  facts: InvoiceFacts,
  reason: string,
  why: Pick<HandedOver, 'keptBack'> = {},
): Promise<void> {
  await connector.bill.withLease('hand-over-invoice', async (calls) => {
    const current = await existing(id, handed, calls);
    const plan = planBillWithdrawal(current);
    if (plan.kind === 'locked') throw tooLate(id, current, facts, reason, plan.why);
    const act = () => (plan.kind === 'archive' ? calls.archiveBill(current.id) : Promise.resolve(current));
    await writeOnce(connector, { ...archiveOf(connector, id, handed.billId, calls, why), act });
    await tell(connector, { kind: 'invoice', id }, `Bill ${current.id} was archived in BILL: ${reason}.`);
  });
}

/** SAP has freed the invoice: the bill that was archived meanwhile is to be paid again. */
export async function takeBack(connector: Connector, id: string, { billId }: HandedOver): Promise<void> {
  await connector.bill.withLease('hand-over-invoice', (calls) =>
    writeOnce(connector, restoreOf(connector, id, billId, calls)),
  );
  await tell(
    connector,
    { kind: 'invoice', id },
    `Bill ${billId} was restored in BILL, since SAP has freed it.`,
  );
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

function tooLate(
  id: string,
  current: Bill,
  { invoice }: InvoiceFacts,
  reason: string,
  why: string,
): DocumentError {
  const bill = `bill ${current.id} is on its way: ${why}`;
  const values = {
    bill: current.id,
    paymentStatus: current.paymentStatus ?? 'unknown',
    dueDate: current.dueDate,
  };
  if (invoice.reversedBy === undefined && invoice.status !== '2') {
    return new DocumentError({
      code: 'CHANGED_AFTER_SCHEDULING',
      message: `Bill ${current.id} of invoice ${id} must go, because ${reason}, but ${bill}.`,
      nextStep: 'Cancel the payment in BILL and retry, or give the invoice its former state in SAP.',
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

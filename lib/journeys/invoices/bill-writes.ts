import type { BillCalls } from '../../bill/bill.ts';
import { DocumentError } from '../../errors.ts';
import { withoutDrift } from '../../ledger/drifts.ts';
import type { Intent } from '../../ledger/intent.ts';
import {
  type HandedOver,
  type InvoiceRecord,
  invoiceRecords,
  liveBills,
  withBillChanged,
} from '../../ledger/invoices.ts';
import { readRecord } from '../../ledger/record.ts';
import { tell } from '../../ledger/timeline.ts';
import type { Bill, NewBill } from '../../rules/bill-documents.ts';
import type { BillChange } from '../../rules/invoices/bill-changes.ts';
import { differences } from '../../rules/invoices/bill-differences.ts';
import { billDrift } from '../../rules/invoices/bill-drift.ts';
import type { PlannedBill } from '../../rules/invoices/bill-from-invoice.ts';
import { fingerprint } from '../../rules/reference-code.ts';
import type { Connector } from '../doors.ts';
import { settle, type Write, writeOnce } from '../once.ts';
import { isRecording, settleRecording } from '../payments/record-payment.ts';
import { billCreation, refuseDifferences } from './create-bill.ts';
import { openCreditWrite } from './credit-writes.ts';
import { wantBlock, wantNoBlock } from './hand-over-block.ts';

/** Makes the bill what is planned, once; throws DocumentError where BILL makes it something else. */
export async function writeBill(
  connector: Connector,
  id: string,
  change: SentChange,
  plan: Exclude<BillChange, { kind: 'locked' | 'edited-in-bill' }>,
  current: Bill,
  calls: BillCalls,
): Promise<void> {
  const { billId, planned, target = planned.bill } = change;
  const act = async () => {
    if (plan.kind === 'patch') return calls.patchBill(billId, plan.change);
    return plan.kind === 'replace' ? calls.replaceBill(billId, plan.bill) : current;
  };
  const changed = await writeOnce(connector, { ...billChange(id, change, calls), act });
  if (plan.kind !== 'none') {
    connector.observe.count('BillsChanged');
    await tell(connector, { kind: 'invoice', id }, `Bill ${changed.id} was changed as in SAP.`);
  }
  refuseDifferences(id, target, changed);
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
  if (action === 'archive-bill') {
    const { billId, ...why } = sent as SentArchiving;
    return archiveOf(connector, id, billId, calls, why);
  }
  if (action === 'restore-bill') return restoreOf(connector, id, (sent as SentArchiving).billId, calls);
  if (action === 'change-bill') return billChange(id, sent as SentChange, calls);
  return billCreation(connector, id, sent as PlannedBill, calls);
}

/** Why it is archived, where that decides about what comes later. */
type Archived = Pick<HandedOver, 'leftToSap' | 'keptBack'>;

interface SentArchiving extends Archived {
  readonly billId: string;
}

interface SentChange {
  readonly billId: string;
  readonly planned: PlannedBill;
  /** Where a person had accepted values of BILL: what becomes of the bill. */
  readonly target?: NewBill;
}

/** A change of the bill to what is planned; repeatable, so nothing waits for BILL's lag. */
function billChange(id: string, sent: SentChange, calls: BillCalls): Write<InvoiceRecord, Bill> {
  const { billId, planned, target = planned.bill } = sent;
  const { bill: wanted, isSettled: _, ...part } = planned;
  return {
    type: invoiceRecords,
    id,
    action: 'change-bill',
    sent,
    lagMs: 0,
    find: async () => {
      const current = await calls.bill(billId);
      return current !== undefined && differences(target, current).length === 0 ? [current] : [];
    },
    act: () => Promise.reject(new Error(`The change of bill ${billId} has no call of its own.`)),
    record: (current, changed) => {
      const isAsSap = fingerprint(target) === fingerprint(wanted);
      const left = {
        ...part,
        sent: wanted,
        fingerprint: fingerprint(wanted),
        differs: differences(target, changed).length > 0,
        ...(isAsSap ? {} : { stands: target }),
      };
      const record = withBillChanged(current, billId, left, ...(isAsSap ? (['stands'] as const) : []));
      return billDrift({ ...left, archived: false }, changed) === undefined
        ? withoutDrift(record, billId)
        : record;
    },
  };
}

/** The bill must no longer be paid; repeatable, so nothing waits for BILL's lag. */
export function archiveOf(
  connector: Connector,
  id: string,
  billId: string,
  calls: BillCalls,
  why: Archived = {},
): Write<InvoiceRecord, Bill> {
  return {
    type: invoiceRecords,
    id,
    action: 'archive-bill',
    sent: { billId, ...why } satisfies SentArchiving,
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
    record: (current) => withoutDrift(withBillChanged(current, billId, { archived: true, ...why }), billId),
  };
}

/** What was archived in BILL is to be paid after all; repeatable, so nothing waits for BILL's lag. */
export function restoreOf(
  connector: Connector,
  id: string,
  billId: string,
  calls: BillCalls,
): Write<InvoiceRecord, Bill> {
  return {
    type: invoiceRecords,
    id,
    action: 'restore-bill',
    sent: { billId },
    lagMs: 0,
    find: async () => {
      const current = await calls.bill(billId);
      return current?.archived === false ? [current] : [];
    },
    act: () => calls.restoreBill(billId),
    remember: () => wantBlock(connector, id),
    record: (current) =>
      withoutDrift(withBillChanged(current, billId, { archived: false }, 'keptBack'), billId),
  };
}

export async function existing(
  id: string,
  { billId }: Pick<HandedOver, 'billId'>,
  calls: BillCalls,
): Promise<Bill> {
  const bill = await calls.bill(billId);
  if (bill !== undefined) return bill;
  throw new DocumentError({
    code: 'BILL_NOT_FOUND',
    message: `Bill ${billId} of invoice ${id} can no longer be read in BILL.`,
    nextStep: 'Look for it in BILL; check that the user may still read bills; then retry.',
    billValues: { bill: billId },
  });
}

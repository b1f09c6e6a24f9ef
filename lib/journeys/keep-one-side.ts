import type { BillCalls } from '../bill/bill.ts';
import { numberClaims } from '../ledger/aliases.ts';
import { type SeenDrift, withoutDrift } from '../ledger/drifts.ts';
import type { Decision } from '../ledger/exception.ts';
import {
  type HandedOver,
  type InvoiceFacts,
  invoiceRecords,
  isSamePart,
  liveBills,
  withBillChanged,
} from '../ledger/invoices.ts';
import { readRecord, updateRecord } from '../ledger/record.ts';
import { tell } from '../ledger/timeline.ts';
import { planBillChange, planBillWithdrawal } from '../rules/bill-changes.ts';
import { type BillDifference, differences } from '../rules/bill-differences.ts';
import type { Bill, NewBill } from '../rules/bill-documents.ts';
import {
  asSent,
  type BillAsLeft,
  type BillDrift,
  billDrift,
  unacceptable,
  withAccepted,
  withKept,
} from '../rules/bill-drift.ts';
import type { PlannedBill } from '../rules/bill-from-invoice.ts';
import { type Eligibility, eligibility } from '../rules/eligibility.ts';
import { archiveOf, existing, restoreOf, writeBill } from './bill-writes.ts';
import { prepareBills } from './create-bill.ts';
import type { Connector } from './doors.ts';
import { lockedValues, madeInBill, problemError, valuesOf } from './drift-problems.ts';
import { wantBlock, wantNoBlock } from './hand-over-block.ts';
import { writeOnce } from './once.ts';
import { asLeft, forgetDrift, noteDrift } from './seen-drifts.ts';

/** One difference, with what both sides say at this moment. */
interface Case {
  readonly connector: Connector;
  readonly id: string;
  readonly facts: InvoiceFacts;
  readonly verdict: Eligibility;
  readonly seen: SeenDrift;
  readonly left: BillAsLeft & Partial<HandedOver>;
  readonly current: Bill;
  readonly calls: BillCalls;
}

/**
 * What people decided about the bills of this invoice is done, before it goes its normal way (decision 17). A
 * difference that SAP's own change has made pointless is forgotten. Throws DocumentError where the bill has changed
 * since the decision, or does not allow it any more.
 */
export async function carryOutDecisions(
  connector: Connector,
  id: string,
  facts: InvoiceFacts,
): Promise<void> {
  const record = await readRecord(connector.table, invoiceRecords, id);
  const verdict = eligibility({ invoice: facts.invoice, payable: facts.payable, config: connector.config });
  for (const seen of record?.drifts ?? []) {
    if (isMoot(seen, verdict)) {
      await settleMoot(connector, id, seen);
      continue;
    }
    const keep = seen.decision?.keep;
    if (record === undefined || seen.kind === 'not-payable' || keep === undefined || keep === 'leave')
      continue;
    await connector.bill.withLease('hand-over-invoice', async (calls) => {
      const current = await existing(id, seen, calls);
      const left = asLeft(record, seen.billId);
      const found = { connector, id, facts, verdict, seen, left, current, calls };
      if (seen.kind === 'locked') return keep === 'bill' ? acceptLocked(found) : undefined;
      const drift = await sameAsDecided(found);
      if (drift !== undefined) await (keep === 'sap' ? keepSap(found, drift) : keepBill(found, drift));
    });
  }
}

/** What is not to be paid anyway may stay archived or denied; a bill that is withdrawn may have been edited. */
function isMoot({ kind }: SeenDrift, verdict: Eligibility): boolean {
  if (kind === 'archived' || kind === 'denied') return verdict.kind !== 'eligible';
  if (kind === 'not-payable') return verdict.kind === 'eligible' || verdict.kind === 'withdrawn';
  return kind !== 'restored' && verdict.kind === 'withdrawn';
}

async function settleMoot(connector: Connector, id: string, { billId, kind }: SeenDrift): Promise<void> {
  const isGone = kind === 'archived';
  await updateRecord(connector, invoiceRecords, id, (current) => {
    if (current === undefined) return undefined;
    const record = withoutDrift(current, billId);
    return isGone ? withBillChanged(record, billId, { archived: true }) : record;
  });
  if (isGone) await unblockWhereNothingIsLeft(connector, id);
}

/** The difference that was decided; undefined where it is gone. Throws DocumentError for another one. */
async function sameAsDecided({ connector, id, seen, left, current }: Case): Promise<BillDrift | undefined> {
  const drift = billDrift(left, current);
  if (drift === undefined) await forgetDrift(connector, id, seen.billId);
  else if (valuesOf(drift) !== seen.values)
    throw await noteDrift(connector, id, madeInBill(id, drift, left, current));
  return drift;
}

async function keepSap(found: Case, drift: BillDrift): Promise<void> {
  const { connector, id, left, current, calls } = found;
  switch (drift.kind) {
    case 'edited':
      return writeBack(found, drift);
    case 'archived': {
      const restored = await writeOnce(connector, restoreOf(connector, id, current.id, calls));
      await tellOf(found, `Bill ${current.id} was restored in BILL, as SAP has it to be paid`);
      const other = billDrift(left, restored);
      if (other !== undefined) throw await noteDrift(connector, id, madeInBill(id, other, left, restored));
      return;
    }
    case 'restored':
      await archive(found, drift);
      return tellOf(
        found,
        `Bill ${current.id} was archived in BILL again, as SAP has nothing to be paid by it`,
      );
    case 'denied':
      throw problemError(found.seen);
  }
}

async function keepBill(found: Case, drift: BillDrift): Promise<void> {
  const { connector, id, seen, left, current } = found;
  const leftToSap = decisionOf(seen);
  switch (drift.kind) {
    case 'edited': {
      const planned = await plannedFor(found);
      return accept(found, planned, withKept(left, planned.bill, current), drift.fields);
    }
    case 'archived':
      await updateRecord(connector, invoiceRecords, id, (record) =>
        record === undefined
          ? undefined
          : withoutDrift(withBillChanged(record, current.id, { archived: true, leftToSap }), current.id),
      );
      await unblockWhereNothingIsLeft(connector, id);
      return tellOf(found, `Bill ${current.id} stays archived; the invoice is left to SAP`);
    case 'denied':
      await archive(found, drift, leftToSap);
      return tellOf(
        found,
        `Bill ${current.id}, which was denied, was archived in BILL; the invoice is left to SAP`,
      );
    case 'restored':
      if (left.leftToSap === undefined) throw problemError(seen);
      return takeUpAgain(found);
  }
}

/** What people changed is made as SAP has it; what was accepted before stays. */
async function writeBack(found: Case, drift: BillDrift): Promise<void> {
  const { connector, id, left, current, calls } = found;
  const planned = await plannedFor(found);
  const target = withAccepted(left, planned.bill);
  const plan = planBillChange({ wanted: target, current, lastSent: asSent(current) });
  if (plan.kind === 'locked' || plan.kind === 'edited-in-bill')
    throw await noteDrift(connector, id, madeInBill(id, drift, left, current, planned.bill));
  await writeBill(connector, id, { billId: current.id, planned, target }, plan, current, calls);
}

/** What SAP changed and BILL did not take: BILL's values are accepted where the money is the same. */
async function acceptLocked(found: Case): Promise<void> {
  const { connector, id, seen, left, current } = found;
  const planned = await plannedFor(found);
  const fields = differences(withAccepted(left, planned.bill), current);
  if (lockedValues(fields) === seen.values) return accept(found, planned, asSent(current), fields);
  await forgetDrift(connector, id, current.id);
}

/**
 * From now on the bill is to be `target`, and that is the measure; what SAP has is known. BILL is written to where SAP
 * changed something else meanwhile. Throws DocumentError where the money would not be SAP's.
 */
async function accept(
  found: Case,
  planned: PlannedBill,
  target: NewBill,
  fields: readonly BillDifference[],
): Promise<void> {
  const { connector, id, seen, left, current, calls } = found;
  const { bill: wanted } = planned;
  const plan = planBillChange({ wanted: target, current, lastSent: asSent(current) });
  const isLocked = plan.kind === 'locked' || plan.kind === 'edited-in-bill';
  if (isLocked || unacceptable(wanted, target) !== undefined) {
    const drift = billDrift(left, current);
    throw drift === undefined
      ? problemError(seen)
      : await noteDrift(connector, id, madeInBill(id, drift, left, current, wanted));
  }
  await claimNumber(connector, id, target);
  await writeBill(connector, id, { billId: current.id, planned, target }, plan, current, calls);
  const names = fields.map(({ field }) => field).join(', ');
  await tellOf(found, `BILL's values of bill ${current.id} are accepted: ${names}`);
}

/** A number that a person gave the bill in BILL is ours too from now on, so that nobody enters it twice. */
async function claimNumber(
  connector: Connector,
  id: string,
  { vendorId, invoiceNumber }: NewBill,
): Promise<void> {
  const claim = `${vendorId}#${invoiceNumber.toUpperCase()}`;
  await updateRecord(connector, numberClaims, claim, (current) =>
    current === undefined ? { invoiceId: id } : undefined,
  );
}

async function archive(found: Case, drift: BillDrift, leftToSap?: Decision): Promise<void> {
  const { connector, id, left, current, calls } = found;
  if (planBillWithdrawal(current).kind === 'locked')
    throw await noteDrift(connector, id, madeInBill(id, drift, left, current));
  await writeOnce(connector, archiveOf(connector, id, current.id, calls, leftToSap && { leftToSap }));
}

/** What had been left to SAP is paid through BILL after all. */
async function takeUpAgain(found: Case): Promise<void> {
  const { connector, id, current } = found;
  await wantBlock(connector, id);
  await updateRecord(connector, invoiceRecords, id, (record) =>
    record === undefined
      ? undefined
      : withoutDrift(withBillChanged(record, current.id, { archived: false }, 'leftToSap'), current.id),
  );
  await tellOf(found, `Bill ${current.id} is to be paid through BILL again`);
}

/** What SAP wants the bill to be now; where it wants nothing, what it wanted last. */
async function plannedFor({ connector, facts, verdict, left }: Case): Promise<PlannedBill> {
  const wanted = verdict.kind === 'eligible' ? await prepareBills(connector, facts) : [];
  const { sent, instalment, withheld } = left;
  return (
    wanted.find((each) => isSamePart(each, left)) ?? {
      bill: sent,
      isSettled: false,
      ...(instalment === undefined ? {} : { instalment }),
      ...(withheld === undefined ? {} : { withheld }),
    }
  );
}

async function unblockWhereNothingIsLeft(connector: Connector, id: string): Promise<void> {
  const record = await readRecord(connector.table, invoiceRecords, id);
  if (record !== undefined && liveBills(record).length === 0) await wantNoBlock(connector, id);
}

function decisionOf({ decision }: SeenDrift): Decision {
  const { by = '', why = '', at = '' } = decision ?? {};
  return { by, why, at };
}

async function tellOf({ connector, id, seen }: Case, what: string): Promise<void> {
  const { by, why } = decisionOf(seen);
  await tell(connector, { kind: 'invoice', id }, `${what} (decided by ${by}: ${why}).`);
}

import type { BillCalls } from '../../bill/bill.ts';
import { numberClaims } from '../../ledger/aliases.ts';
import type { SeenDrift } from '../../ledger/drifts.ts';
import type { Decision } from '../../ledger/exception.ts';
import { type HandedOver, isSamePart } from '../../ledger/invoices.ts';
import { updateRecord } from '../../ledger/record.ts';
import { tell } from '../../ledger/timeline.ts';
import type { Bill, NewBill } from '../../rules/bill-documents.ts';
import { planBillChange } from '../../rules/invoices/bill-changes.ts';
import { type BillDifference, differences } from '../../rules/invoices/bill-differences.ts';
import {
  asSent,
  type BillAsLeft,
  type BillDrift,
  billDrift,
  unacceptable,
  withAccepted,
  withKept,
} from '../../rules/invoices/bill-drift.ts';
import type { PlannedBill } from '../../rules/invoices/bill-from-invoice.ts';
import type { Connector } from '../doors.ts';
import { writeBill } from '../invoices/bill-writes.ts';
import { lockedValues, madeInBill, problemError } from './drift-problems.ts';
import { forgetDrift, noteDrift } from './seen-drifts.ts';

/** One difference, with what both sides say at this moment. */
export interface DecidedCase {
  readonly connector: Connector;
  readonly id: string;
  /** What SAP wants in BILL now; nothing where the invoice is not to be paid. */
  readonly wanted: readonly PlannedBill[];
  readonly seen: SeenDrift;
  readonly left: BillAsLeft & Partial<HandedOver>;
  readonly current: Bill;
  readonly calls: BillCalls;
}

/** What people changed is made as SAP has it; what was accepted before stays. */
export async function writeBack(found: DecidedCase, drift: BillDrift): Promise<void> {
  const { connector, id, left, current, calls } = found;
  const planned = plannedFor(found);
  const target = withAccepted(left, planned.bill);
  const plan = planBillChange({ wanted: target, current, lastSent: asSent(current) });
  if (plan.kind === 'locked' || plan.kind === 'edited-in-bill')
    throw await noteDrift(connector, id, madeInBill(id, drift, left, current, planned.bill));
  await writeBill(connector, id, { billId: current.id, planned, target }, plan, current, calls);
}

/** What SAP changed and BILL did not take: BILL's values are accepted where the money is the same. */
export async function acceptLocked(found: DecidedCase): Promise<void> {
  const { connector, id, seen, left, current } = found;
  const planned = plannedFor(found);
  const fields = differences(withAccepted(left, planned.bill), current);
  if (lockedValues(fields) === seen.values) return accept(found, planned, asSent(current), fields);
  await forgetDrift(connector, id, current.id);
}

/** What people changed in BILL is accepted where the money is the same; what SAP changed meanwhile follows. */
export async function acceptEdited(found: DecidedCase, { fields }: BillDrift): Promise<void> {
  const planned = plannedFor(found);
  return accept(found, planned, withKept(found.left, planned.bill, found.current), fields);
}

/**
 * From now on the bill is to be `target`, and that is the measure; what SAP has is known. BILL is written to where SAP
 * changed something else meanwhile. Throws DocumentError where the money would not be SAP's.
 */
async function accept(
  found: DecidedCase,
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

/** What SAP wants the bill to be now; where it wants nothing, what it wanted last. */
function plannedFor({ wanted, left }: DecidedCase): PlannedBill {
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

export function decisionOf({ decision }: SeenDrift): Decision {
  const { by = '', why = '', at = '' } = decision ?? {};
  return { by, why, at };
}

export async function tellOf({ connector, id, seen }: DecidedCase, what: string): Promise<void> {
  const { by, why } = decisionOf(seen);
  await tell(connector, { kind: 'invoice', id }, `${what} (decided by ${by}: ${why}).`);
}

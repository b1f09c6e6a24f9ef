import { type SeenDrift, withoutDrift } from '../../ledger/drifts.ts';
import type { Decision } from '../../ledger/exception.ts';
import { type InvoiceFacts, invoiceRecords, liveBills, withBillChanged } from '../../ledger/invoices.ts';
import { readRecord, updateRecord } from '../../ledger/record.ts';
import { planBillWithdrawal } from '../../rules/invoices/bill-changes.ts';
import { type BillDrift, billDrift, refusalsOf } from '../../rules/invoices/bill-drift.ts';
import { type Eligibility, eligibility } from '../../rules/invoices/eligibility.ts';
import type { Connector } from '../doors.ts';
import { archiveOf, existing, restoreOf } from '../invoices/bill-writes.ts';
import { wantBlock, wantNoBlock } from '../invoices/hand-over-block.ts';
import { prepareBills } from '../invoices/prepare-bills.ts';
import { writeOnce } from '../once.ts';
import { madeInBill, problemError, valuesOf } from './drift-problems.ts';
import { asLeft, forgetDrift, noteDrift } from './seen-drifts.ts';
import {
  acceptEdited,
  acceptLocked,
  type DecidedCase,
  decisionOf,
  tellOf,
  writeBack,
} from './settle-edit.ts';

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
    const isOfValues = seen.kind === 'edited' || seen.kind === 'locked';
    const isWanted = isOfValues && verdict.kind === 'eligible';
    const wanted = isWanted ? await prepareBills(connector, facts) : [];
    await connector.bill.withLease('hand-over-invoice', async (calls) => {
      const current = await existing(id, seen, calls);
      const left = asLeft(record, seen.billId);
      const found = { connector, id, wanted, seen, left, current, calls };
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
async function sameAsDecided({
  connector,
  id,
  seen,
  left,
  current,
}: DecidedCase): Promise<BillDrift | undefined> {
  const drift = billDrift(left, current);
  if (drift === undefined) await forgetDrift(connector, id, seen.billId);
  else if (valuesOf(drift) !== seen.values)
    throw await noteDrift(connector, id, madeInBill(id, drift, left, current));
  return drift;
}

async function keepSap(found: DecidedCase, drift: BillDrift): Promise<void> {
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

async function keepBill(found: DecidedCase, drift: BillDrift): Promise<void> {
  const { connector, id, seen, left, current } = found;
  const leftToSap = decisionOf(seen);
  switch (drift.kind) {
    case 'edited':
      return acceptEdited(found, drift);
    case 'archived':
      if (refusalsOf(drift, left, current).bill !== undefined)
        throw await noteDrift(connector, id, madeInBill(id, drift, left, current));
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

async function archive(found: DecidedCase, drift: BillDrift, leftToSap?: Decision): Promise<void> {
  const { connector, id, left, current, calls } = found;
  if (planBillWithdrawal(current).kind === 'locked')
    throw await noteDrift(connector, id, madeInBill(id, drift, left, current));
  await writeOnce(connector, archiveOf(connector, id, current.id, calls, leftToSap && { leftToSap }));
}

/** What had been left to SAP is paid through BILL after all. */
async function takeUpAgain(found: DecidedCase): Promise<void> {
  const { connector, id, current } = found;
  await wantBlock(connector, id);
  await updateRecord(connector, invoiceRecords, id, (record) =>
    record === undefined
      ? undefined
      : withoutDrift(withBillChanged(record, current.id, { archived: false }, 'leftToSap'), current.id),
  );
  await tellOf(found, `Bill ${current.id} is to be paid through BILL again`);
}

async function unblockWhereNothingIsLeft(connector: Connector, id: string): Promise<void> {
  const record = await readRecord(connector.table, invoiceRecords, id);
  if (record !== undefined && liveBills(record).length === 0) await wantNoBlock(connector, id);
}

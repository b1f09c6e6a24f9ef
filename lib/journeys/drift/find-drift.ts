import { driftOf, isMadeInBill } from '../../ledger/drifts.ts';
import { type InvoiceRecord, invoiceRecords } from '../../ledger/invoices.ts';
import { readRecord } from '../../ledger/record.ts';
import type { Bill } from '../../rules/bill-documents.ts';
import { billDrift, isWhole } from '../../rules/invoices/bill-drift.ts';
import type { BillLook } from '../../work/messages.ts';
import type { OutgoingMessage } from '../../work/queue.ts';
import type { Connector } from '../doors.ts';
import { valuesOf } from './drift-problems.ts';
import { asLeft } from './seen-drifts.ts';

/**
 * A bill of ours from a list of BILL's: its message where it is other than the ledger has it (BILL dossier §13, traps
 * 10, 37 and 41). The consumer reads the bill before it believes that; what agrees, or is known already, costs no call.
 */
export async function driftNews(
  connector: Pick<Connector, 'table'>,
  id: string,
  bill: Bill,
): Promise<OutgoingMessage | undefined> {
  const record = await readRecord(connector.table, invoiceRecords, id);
  if (record === undefined || !isNews(record, bill)) return undefined;
  const look = { kind: 'bill', key: record.key, billId: bill.id, reason: 'seen in a list of bills' } as const;
  return billLookMessage(look, record.supplier, bill.updatedTime);
}

function isNews(record: InvoiceRecord, bill: Bill): boolean {
  const left = asLeft(record, bill.id);
  if (record.skipped !== undefined && !left.archived) return false;
  const known = driftOf(record, bill.id);
  const drift = billDrift(left, bill);
  if (drift?.kind === 'edited' || drift === undefined) {
    if (!isWhole(bill)) return left.lookedAt !== bill.updatedTime;
    if (left.differs === true) return drift === undefined;
  }
  if (drift === undefined) return known !== undefined && isMadeInBill(known);
  return known?.values !== valuesOf(drift);
}

/** The queue's message; the group is the supplier, so that it comes in order with the invoice's own. */
export function billLookMessage(look: BillLook, supplier: string, once: string): OutgoingMessage {
  return {
    group: supplier,
    deduplicationId: `${look.billId}-${once.replace(/\W/g, '')}`.slice(0, 128),
    body: JSON.stringify(look),
  };
}

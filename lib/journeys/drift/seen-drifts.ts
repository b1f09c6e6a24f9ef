import type { DocumentError } from '../../errors.ts';
import { isLeft, type SeenDrift, withDrift, withoutDrift } from '../../ledger/drifts.ts';
import { type HandedOver, type InvoiceRecord, invoiceRecords } from '../../ledger/invoices.ts';
import { readRecord, updateRecord } from '../../ledger/record.ts';
import type { BillAsLeft } from '../../rules/invoices/bill-drift.ts';
import type { Connector } from '../doors.ts';
import { problemError } from './drift-problems.ts';

/** Notes a difference on the invoice; gives back what is to be thrown or raised. */
export async function noteDrift(connector: Connector, id: string, drift: SeenDrift): Promise<DocumentError> {
  await updateRecord(connector, invoiceRecords, id, (current) =>
    current === undefined ? undefined : withDrift(current, drift),
  );
  return problemError(drift);
}

export async function forgetDrift(connector: Connector, id: string, billId: string): Promise<void> {
  await updateRecord(connector, invoiceRecords, id, (current) =>
    current?.drifts === undefined ? undefined : withoutDrift(current, billId),
  );
}

/** Nothing is at rest while a person has not decided on a difference. Throws DocumentError: the difference. */
export async function refuseOpenDrifts({ table }: Connector, id: string): Promise<void> {
  const record = await readRecord(table, invoiceRecords, id);
  const open = record?.drifts?.find((each) => each.decision === undefined);
  if (open !== undefined) throw problemError(open);
}

/** A person has let this very difference be, and SAP wants nothing else since. */
export function isLeftFor(drift: SeenDrift | undefined, wanted: string): boolean {
  return isLeft(drift) && drift?.wanted === wanted;
}

/** How the connector left a bill of the invoice; one that another bill has taken the place of must stay archived. */
export function asLeft(record: InvoiceRecord, billId: string): BillAsLeft & Partial<HandedOver> {
  const handed = record.bills?.find((each) => each.billId === billId);
  return handed ?? { sent: nothing, archived: true };
}

const nothing = { vendorId: '', invoiceNumber: '', invoiceDate: '', dueDate: '', lines: [] };

import type { BillCalls } from '../../bill/bill.ts';
import { isoTime } from '../../clock.ts';
import { numbersInBill } from '../../ledger/aliases.ts';
import { readRecord, updateRecord } from '../../ledger/record.ts';
import type { Bill } from '../../rules/bill-documents.ts';
import type { Connector } from '../doors.ts';

type Named = Pick<Bill, 'id' | 'vendorId' | 'invoiceNumber'>;

/**
 * Remembers that BILL has this number on a bill that is not ours: entered by hand, by mail, or before the connector was
 * there (BILL dossier §13, traps 6 and 7). The invoice of that number is then looked for in BILL before it gets a bill.
 */
export async function noteNumberInBill(
  connector: Pick<Connector, 'table' | 'clock' | 'random'>,
  { id, vendorId, invoiceNumber }: Named,
): Promise<void> {
  if (invoiceNumber === '') return;
  await updateRecord(connector, numbersInBill, nameOf(vendorId, invoiceNumber), (current) => {
    const billIds = current?.billIds ?? [];
    return billIds.includes(id) ? undefined : { billIds: [...billIds, id] };
  });
}

/** Bills that people entered before the go-live date, of invoices that SAP posts after it. */
const lookBackMs = 90 * 24 * 60 * 60_000;

/** One list for a vendor that was in BILL before us, instead of a look before each of its bills. */
export async function noteBillsOfVendor(
  connector: Connector,
  vendorId: string,
  calls: BillCalls,
): Promise<void> {
  const since = isoTime(Date.parse(`${connector.config.goLiveDate}T00:00:00.000Z`) - lookBackMs);
  for (const bill of await calls.billsOfVendor(vendorId, since)) await noteNumberInBill(connector, bill);
}

/** Live bills of this vendor and number that are not known as ours; costs a call only where there was one. */
export async function billsWithNumber(
  { table }: Pick<Connector, 'table'>,
  wanted: Omit<Named, 'id'>,
  calls: BillCalls,
): Promise<Bill[]> {
  const noted = await readRecord(table, numbersInBill, nameOf(wanted.vendorId, wanted.invoiceNumber));
  if (noted === undefined) return [];
  return (await calls.billsById(noted.billIds)).filter((bill) => isSameNumber(wanted, bill));
}

/** Live, of this vendor and number. */
export function isSameNumber(wanted: Omit<Named, 'id'>, bill: Bill): boolean {
  return (
    nameOf(wanted.vendorId, wanted.invoiceNumber) === nameOf(bill.vendorId, bill.invoiceNumber) &&
    !bill.archived
  );
}

function nameOf(vendorId: string, invoiceNumber: string): string {
  return `${vendorId}#${invoiceNumber.toUpperCase()}`;
}

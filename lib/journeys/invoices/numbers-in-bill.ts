import type { BillCalls } from '../../bill/bill.ts';
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

/** One list for a vendor that was in BILL before us, instead of a look before each of its bills. */
export async function noteBillsOfVendor(
  connector: Connector,
  vendorId: string,
  calls: BillCalls,
): Promise<void> {
  const since = `${connector.config.goLiveDate}T00:00:00.000Z`;
  for (const bill of await calls.billsOfVendor(vendorId, since)) await noteNumberInBill(connector, bill);
}

export async function isNumberInBill(
  { table }: Pick<Connector, 'table'>,
  { vendorId, invoiceNumber }: Omit<Named, 'id'>,
): Promise<boolean> {
  return (await readRecord(table, numbersInBill, nameOf(vendorId, invoiceNumber))) !== undefined;
}

function nameOf(vendorId: string, invoiceNumber: string): string {
  return `${vendorId}#${invoiceNumber.toUpperCase()}`;
}

import { type InvoiceRecord, invoiceId, invoiceRecords } from '../../ledger/invoices.ts';
import { readRecord, updateRecord } from '../../ledger/record.ts';
import { notReadable } from '../../sap/read-invoice.ts';
import type { UnreadableInvoice } from '../../sap/sap.ts';
import type { Connector } from '../doors.ts';
import { raiseOnInvoice } from '../exceptions/raise.ts';
import { versionOf } from './read-facts.ts';

/**
 * Invoices of a page that cannot be read become exceptions, so that the poll may pass them (I5, I6). Each is read again
 * when SAP changes it, or by a person's retry. Gives back how many are news.
 */
export async function raiseUnreadable(
  connector: Connector,
  invoices: readonly UnreadableInvoice[],
): Promise<number> {
  let raised = 0;
  for (const invoice of invoices) {
    const id = invoiceId(invoice.key);
    const version = versionOf(invoice);
    const before = await readRecord(connector.table, invoiceRecords, id);
    if (before?.done?.version === version) continue;
    const record = await updateRecord(connector, invoiceRecords, id, (current) => ({
      ...(current ?? unknownInvoice(invoice)),
      seenVersion: version,
    }));
    await raiseOnInvoice(connector, id, notReadable(invoice), { version, attempt: record?.attempt ?? 1 });
    raised += 1;
  }
  return raised;
}

function unknownInvoice({
  key,
  supplier,
  postingDate,
}: UnreadableInvoice): Omit<InvoiceRecord, 'seenVersion'> {
  return {
    key,
    supplier,
    currency: '',
    amount: '',
    isCreditMemo: false,
    postingDate: postingDate ?? '',
    state: 'exception',
    reason: 'cannot be read',
    attempt: 1,
  };
}

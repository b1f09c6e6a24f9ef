import type { ClearingRecord } from '../../ledger/clearings.ts';
import type { BlockRecord } from '../../ledger/hand-over-blocks.ts';
import type { InvoiceRecord } from '../../ledger/invoices.ts';
import type { PaymentRecord } from '../../ledger/payments.ts';
import { bodyOf } from '../../ledger/record.ts';
import type { Table } from '../../ledger/table.ts';

/** All invoices that the ledger knows. */
export function allInvoices(table: Table): Promise<InvoiceRecord[]> {
  return listed<InvoiceRecord>(table, 'kind', 'invoice');
}

/** All payments that the ledger knows. */
export function allPayments(table: Table): Promise<PaymentRecord[]> {
  return listed<PaymentRecord>(table, 'kind', 'payment');
}

/** All clearings of journal entries. */
export function allClearings(table: Table): Promise<ClearingRecord[]> {
  return listed<ClearingRecord>(table, 'kind', 'clearing');
}

/** All payment blocks that the connector set or lifted. */
export function allBlocks(table: Table): Promise<BlockRecord[]> {
  return listed<BlockRecord>(table, 'kind', 'block');
}

/** How many records lie on a worklist: `open-intent`, `exception`, `waiting`, `follow-up`. */
export async function worklistLength(table: Table, worklist: string): Promise<number> {
  return (await listed(table, 'worklist', worklist)).length;
}

async function listed<T extends object>(
  table: Table,
  index: 'kind' | 'worklist',
  value: string,
): Promise<T[]> {
  const found: T[] = [];
  let after: string | undefined;
  do {
    const page = await table.queryIndex(index, value, after === undefined ? {} : { after });
    found.push(...page.items.flatMap((item) => bodyOf<T>(item) ?? []));
    after = page.next;
  } while (after !== undefined);
  return found;
}

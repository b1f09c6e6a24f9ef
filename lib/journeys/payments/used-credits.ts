import { type Alias, aliasPartition } from '../../ledger/aliases.ts';
import { type InvoiceRecord, invoiceRecords } from '../../ledger/invoices.ts';
import { paymentRecords, type UsedCredit } from '../../ledger/payments.ts';
import { readRecord, updateRecord, without } from '../../ledger/record.ts';
import { tell } from '../../ledger/timeline.ts';
import type { Payment } from '../../rules/bill-documents.ts';
import { creditParts } from '../../rules/payments/payment-parts.ts';
import type { Connector } from '../doors.ts';

/** The document of SAP that a bill or vendor credit stands for. */
export async function invoiceOf(
  { table }: Pick<Connector, 'table'>,
  billId: string,
): Promise<string | undefined> {
  const page = await table.query(aliasPartition(billId));
  const alias = page.items.map((item) => item.body as Alias).find((each) => each.document.kind === 'invoice');
  return alias?.document.id;
}

/**
 * Notes which vendor credit pays which bill with which amount, on the payment and on the invoices: it is no money, so
 * the entry does not show it, and clearing needs it (BILL dossier §13.15).
 */
export async function noteCredits(connector: Connector, payment: Payment): Promise<void> {
  const parts = creditParts(payment);
  const before = (await readRecord(connector.table, paymentRecords, payment.id))?.credits ?? [];
  if (parts.length === 0 || before.length > 0) return;
  const credits: UsedCredit[] = [];
  for (const part of parts) {
    const invoice = await invoiceOf(connector, part.billId);
    const creditMemo = await invoiceOf(connector, part.creditId);
    credits.push({ ...part, ...(invoice && { invoice }), ...(creditMemo && { creditMemo }) });
  }
  for (const credit of credits) await noteOnInvoice(connector, payment.id, credit);
  await updateRecord(connector, paymentRecords, payment.id, (current) =>
    current === undefined ? undefined : { ...current, credits },
  );
}

/** A bill that vendor credits cover, in full or beside the money, waits for its clearing in SAP. */
export const coveredByCredits = 'BILL_COVERED_BY_CREDITS';

/** A void gives the credits back: the bill is open again, and what was asked of a person because of them is void too. */
export async function forgetCredits(connector: Connector, paymentId: string): Promise<void> {
  const record = await readRecord(connector.table, paymentRecords, paymentId);
  for (const { invoice } of record?.credits ?? []) {
    if (invoice === undefined) continue;
    await updateRecord(connector, invoiceRecords, invoice, (current) => {
      if (current?.creditedBy === undefined) return undefined;
      const others = current.creditedBy.filter((each) => each.paymentId !== paymentId);
      const open = { ...without(current, 'settledAt'), creditedBy: others };
      if (current.exception?.code !== coveredByCredits) return open;
      return {
        ...without(open, 'exception'),
        state: 'handed-over' as const,
        reason: 'the bill is open again in BILL',
      };
    });
  }
  await updateRecord(connector, paymentRecords, paymentId, (current) =>
    current?.credits === undefined ? undefined : without(current, 'credits'),
  );
}

async function noteOnInvoice(connector: Connector, paymentId: string, credit: UsedCredit): Promise<void> {
  const { invoice, creditId, billId, amount, creditMemo } = credit;
  if (invoice === undefined) return;
  const noted = { paymentId, creditId, amount, ...(creditMemo && { creditMemo }) };
  const isIt = (each: NonNullable<InvoiceRecord['creditedBy']>[number]) =>
    each.paymentId === paymentId && each.creditId === creditId;
  await updateRecord(connector, invoiceRecords, invoice, (current) =>
    current === undefined || current.creditedBy?.some(isIt)
      ? undefined
      : { ...current, creditedBy: [...(current.creditedBy ?? []), noted] },
  );
  const memo = creditMemo === undefined ? '' : ` (credit memo ${creditMemo})`;
  const text = `Payment ${paymentId}: vendor credit ${creditId}${memo} pays ${amount} of bill ${billId}; no money moved for it.`;
  await tell(connector, { kind: 'invoice', id: invoice }, text);
  await tell(connector, { kind: 'payment', id: paymentId }, text);
}

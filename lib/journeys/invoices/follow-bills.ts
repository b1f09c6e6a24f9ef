import { DocumentError } from '../../errors.ts';
import {
  type HandedOver,
  type InvoiceFacts,
  type InvoiceRecord,
  invoiceRecords,
  isLeftToSap,
  isSamePart,
  liveBills,
} from '../../ledger/invoices.ts';
import { readRecord } from '../../ledger/record.ts';
import { compareDecimals } from '../../money.ts';
import type { Bill } from '../../rules/bill-documents.ts';
import type { PlannedBill } from '../../rules/invoices/bill-from-invoice.ts';
import type { Connector } from '../doors.ts';
import { eachOf } from '../each-of.ts';
import { changeBill, takeBack, withdrawBill } from './change-bill.ts';
import { createBillOf } from './create-bill.ts';
import { prepareBills } from './prepare-bills.ts';

/**
 * BILL gets what an eligible invoice wants there: one bill, or one for each due date. Bills of parts that are no more
 * (an invoice that is now payable at once, or in other instalments) go first, so that never more than the invoice is
 * payable. A part that needs a person does not keep the others waiting; its DocumentError comes out at the end.
 */
export async function followBills(connector: Connector, id: string, facts: InvoiceFacts): Promise<void> {
  const wanted = await prepareBills(connector, facts);
  const record = await readRecord(connector.table, invoiceRecords, id);
  const live = record === undefined ? [] : liveBills(record);
  const keptBack = (record?.bills ?? []).filter((bill) => bill.archived && bill.keptBack === true);
  const open = wanted.filter((part) => record === undefined || !isLeftToSap(record, part));
  const gone = live.filter((bill) => !wanted.some((each) => isSamePart(each, bill)));
  for (const bill of gone) await withdrawBill(connector, id, bill, facts, 'it has other instalments now');
  await eachOf(open, (planned) =>
    followPart(
      connector,
      id,
      planned,
      [...live, ...keptBack].find((bill) => isSamePart(planned, bill)),
    ),
  );
}

/** The invoice must no longer be paid: every bill of it that is still open goes, whatever became of the others. */
export async function withdrawBills(
  connector: Connector,
  id: string,
  record: InvoiceRecord,
  facts: InvoiceFacts,
  reason: string,
  why: Pick<HandedOver, 'keptBack'> = {},
): Promise<void> {
  await eachOf(liveBills(record), (bill) => withdrawBill(connector, id, bill, facts, reason, why));
}

/** All FI lines are cleared: every bill must have been paid in BILL, to the last cent. */
export async function checkBillsPaid(connector: Connector, id: string, record: InvoiceRecord): Promise<void> {
  await eachOf(liveBills(record), (bill) => checkPaid(connector, id, bill));
}

async function followPart(
  connector: Connector,
  id: string,
  planned: PlannedBill,
  handed: HandedOver | undefined,
): Promise<void> {
  if (handed === undefined) {
    if (!planned.isSettled) await createBillOf(connector, id, planned);
  } else if (planned.isSettled) await checkPaid(connector, id, handed);
  else {
    if (handed.archived) await takeBack(connector, id, handed);
    await changeBill(connector, id, handed, planned);
  }
}

/** Cleared in SAP: right where BILL has paid all of it, else what is left there would be paid a second time. */
async function checkPaid(connector: Connector, id: string, handed: HandedOver): Promise<void> {
  const bill = await connector.bill.withLease('hand-over-invoice', (calls) => calls.bill(handed.billId));
  if (bill === undefined || bill.archived) return;
  if (!isPaidInFull(bill)) throw clearedInSap(id, handed, bill);
}

/** A missing amount is unknown, never zero (BILL dossier §3.4). */
function isPaidInFull({ paymentStatus, dueAmount, scheduledAmount }: Bill): boolean {
  if (paymentStatus === 'PAID') return true;
  const isNothing = (amount: string | undefined) =>
    amount !== undefined && compareDecimals(amount, '0') === 0;
  return isNothing(dueAmount) && isNothing(scheduledAmount);
}

function clearedInSap(id: string, { billId, instalment }: HandedOver, bill: Bill): DocumentError {
  const part = instalment === undefined ? 'Invoice' : `Instalment ${instalment.number} of invoice`;
  return new DocumentError({
    code: 'NO_LONGER_PAYABLE_IN_SAP',
    message: `${part} ${id} is cleared in SAP, but BILL has not paid all of its bill ${billId}.`,
    nextStep:
      'If it was paid in SAP, stop what is still to be paid in BILL (cancel the payment, archive or reduce the bill) and retry; otherwise reset the clearing in SAP and retry.',
    sapValues: { invoice: id, cleared: 'yes' },
    billValues: {
      bill: billId,
      paymentStatus: bill.paymentStatus ?? 'not known',
      paid: bill.paidAmount ?? 'not known',
      due: bill.dueAmount ?? 'not known',
    },
  });
}

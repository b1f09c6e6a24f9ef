import type { BillCalls } from '../../bill/bill.ts';
import { isoDate, isoTime } from '../../clock.ts';
import { DocumentError } from '../../errors.ts';
import { type InvoiceFacts, type InvoiceRecord, invoiceRecords, liveBills } from '../../ledger/invoices.ts';
import { paymentRecords } from '../../ledger/payments.ts';
import { readRecord, updateRecord } from '../../ledger/record.ts';
import { compareAmounts, compareDecimals, sum } from '../../money.ts';
import type { Bill } from '../../rules/bill-documents.ts';
import type { Connector } from '../doors.ts';
import { writeOnce } from '../once.ts';
import { recordPayment } from '../payments/record-payment.ts';
import { archiveOf } from './bill-writes.ts';
import { checkBillsPaid } from './follow-bills.ts';

export interface Settled {
  readonly state: 'handed-over' | 'settled';
  readonly reason: string;
}

/**
 * SAP shows the invoice cleared. When it was paid through BILL there is nothing to do; what comes back of such a payment
 * is the payment's own case. Else somebody paid it in SAP and BILL must not pay it too (BILL dossier §13.8): recorded in
 * BILL, or the bill archived, or a person decides, as configured. Beside a part that BILL paid nothing is recorded, for a
 * void would bring it back. Throws DocumentError `PAID_IN_SAP`, `NO_LONGER_PAYABLE_IN_SAP`, `PAID_IN_SAP_AND_BILL`.
 */
export async function followClearing(
  connector: Connector,
  id: string,
  record: InvoiceRecord,
  facts: InvoiceFacts,
): Promise<Settled> {
  if ((record.paidBy ?? []).length > 0) {
    if (!(await isPaidByUs(connector, id, record))) await checkBillsPaid(connector, id, record);
    return { state: 'handed-over', reason: 'paid through BILL and cleared in SAP' };
  }
  const ends: Settled[] = [];
  for (const { billId } of liveBills(record)) {
    const end = await connector.bill.withLease('hand-over-invoice', async (calls) =>
      settleBillOf(connector, id, facts, await calls.bill(billId), calls),
    );
    ends.push(end);
  }
  return ends.find(({ state }) => state === 'handed-over') ?? ends[0] ?? gone;
}

const gone: Settled = { state: 'settled', reason: 'cleared in SAP; its bill is no longer payable in BILL' };

/** Both sides owe nothing any more: nobody looks at the invoice again. */
export async function markSettled(connector: Connector, id: string): Promise<void> {
  const settledAt = isoTime(connector.clock.now());
  await updateRecord(connector, invoiceRecords, id, (current) =>
    current === undefined || current.settledAt !== undefined ? undefined : { ...current, settledAt },
  );
}

async function settleBillOf(
  connector: Connector,
  id: string,
  facts: InvoiceFacts,
  bill: Bill | undefined,
  calls: BillCalls,
): Promise<Settled> {
  if (bill === undefined || bill.archived) return gone;
  const { paymentStatus, dueAmount } = bill;
  if (paymentStatus === 'PAID') return { state: 'handed-over', reason: 'cleared in SAP and paid in BILL' };
  const policy = connector.config.payments.paidInSap;
  // A missing amount is unknown, never zero (BILL dossier §13.17); a payment on its way is no longer ours to stop.
  if (paymentStatus !== 'UNPAID' || dueAmount === undefined || compareDecimals(dueAmount, '0') <= 0)
    throw paidTwice(facts, bill);
  if (policy === 'exception') throw paidInSap(facts, bill);
  if (policy === 'archive-bill') {
    await writeOnce(connector, archiveOf(connector, id, bill.id, calls));
    return { state: 'settled', reason: 'paid in SAP; its bill was archived in BILL' };
  }
  const { clearingDocument, clearingDate } = clearingOf(facts);
  await recordPayment(
    connector,
    id,
    {
      vendorId: bill.vendorId,
      billId: bill.id,
      amount: dueAmount,
      processDate: clearingDate ?? isoDate(connector.clock.now()),
      syncReference: clearingDocument,
      description: `Paid in SAP by ${clearingDocument}`,
    },
    calls,
  );
  return { state: 'handed-over', reason: 'paid in SAP and recorded in BILL' };
}

/** Our live entries and the credits used in payments make up all bills of the invoice. */
async function isPaidByUs(connector: Connector, id: string, record: InvoiceRecord): Promise<boolean> {
  const { currency, creditedBy = [] } = record;
  const paid = creditedBy.map(({ amount }) => amount);
  for (const payer of record.paidBy ?? []) {
    const [paymentId = '', generation] = payer.split(' ');
    const payment = await readRecord(connector.table, paymentRecords, paymentId);
    const entries = payment?.postings.filter((entry) => String(entry.generation) === generation) ?? [];
    const parts = entries.flatMap((entry) => entry.parts ?? []).filter(({ invoice }) => invoice === id);
    paid.push(...parts.map(({ amount }) => amount));
  }
  const billed = liveBills(record).flatMap(({ sent }) => sent.lines.map(({ amount }) => amount));
  return compareAmounts(sum(paid, currency), sum(billed, currency), currency) >= 0;
}

/** `1710/2000000001`: what cleared the invoice, and the latest day of it. */
function clearingOf({ invoice, payable }: InvoiceFacts): { clearingDocument: string; clearingDate?: string } {
  const documents = [...new Set(payable.flatMap((line) => line.clearingDocument ?? []))];
  const [latest] = payable
    .flatMap((line) => line.clearingDate ?? [])
    .sort()
    .reverse();
  const clearingDocument = `${invoice.key.companyCode}/${documents.join('+') || 'cleared'}`.slice(0, 40);
  return { clearingDocument, ...(latest === undefined ? {} : { clearingDate: latest }) };
}

function paidInSap(facts: InvoiceFacts, bill: Bill): DocumentError {
  return refused(facts, bill, {
    code: 'PAID_IN_SAP',
    message: `Invoice ${name(facts)} was paid in SAP (${clearingOf(facts).clearingDocument}), but its bill ${bill.id} is still open in BILL.`,
    nextStep:
      'Record the payment in BILL, or archive the bill, so that it is not paid twice; then retry. "payments.paidInSap" in the configuration lets the connector do it.',
  });
}

function paidTwice(facts: InvoiceFacts, bill: Bill): DocumentError {
  return refused(facts, bill, {
    code: 'PAID_IN_SAP_AND_BILL',
    message: `Invoice ${name(facts)} was paid in SAP (${clearingOf(facts).clearingDocument}), and its bill ${bill.id} is ${bill.paymentStatus ?? 'in an unknown state'} in BILL: it may be paid twice.`,
    nextStep:
      'Stop the payment in BILL now (cancel while it is scheduled, else void). Then retry; if both were paid, ask the vendor for the money back and skip this.',
  });
}

function refused(
  facts: InvoiceFacts,
  bill: Bill,
  told: { code: string; message: string; nextStep: string },
): DocumentError {
  return new DocumentError({
    ...told,
    sapValues: { invoice: name(facts), clearedBy: clearingOf(facts).clearingDocument },
    billValues: {
      bill: bill.id,
      paymentStatus: bill.paymentStatus ?? 'unknown',
      dueAmount: bill.dueAmount ?? 'unknown',
    },
  });
}

function name({ invoice: { key } }: InvoiceFacts): string {
  return `${key.companyCode}/${key.supplierInvoice}/${key.fiscalYear}`;
}

import { type GateState, readGateState } from '../../bill/gate-state.ts';
import type { Clock } from '../../clock.ts';
import { listExceptions } from '../../journeys/clear-exceptions.ts';
import { type HandedOver, type InvoiceRecord, invoiceId } from '../../ledger/invoices.ts';
import type { PaymentRecord, Posting } from '../../ledger/payments.ts';
import type { Table } from '../../ledger/table.ts';
import { sameAmount, sum } from '../../money.ts';
import { allInvoices, allPayments } from '../run/ledger-lists.ts';

/** All that the ledger says. */
export interface LedgerSide {
  readonly invoices: readonly InvoiceRecord[];
  readonly payments: readonly PaymentRecord[];
  /** Reasons of the open exceptions. */
  readonly exceptions: readonly string[];
  readonly gate: GateState;
}

export async function readLedgerSide(table: Table, clock: Clock): Promise<LedgerSide> {
  return {
    invoices: await allInvoices(table),
    payments: await allPayments(table),
    exceptions: (await listExceptions({ table })).map(({ code }) => code),
    gate: await readGateState(table, clock),
  };
}

/** The bill that stands for the invoice in BILL now. */
export function liveBill({ bill }: InvoiceRecord): HandedOver | undefined {
  return bill?.archived === false ? bill : undefined;
}

/** The journal entries of the payment that are not reversed. */
export function livePostings({ postings }: PaymentRecord): Posting[] {
  return postings.filter(({ reversal }) => reversal === undefined);
}

/** Where the ledger does not agree with itself. */
export function* differencesInLedger({ invoices, payments }: LedgerSide): Generator<string> {
  for (const invoice of invoices) {
    const id = invoiceId(invoice.key);
    const bill = liveBill(invoice);
    if (invoice.state === 'handed-over' && bill === undefined)
      yield `Invoice ${id} is handed over, but has no bill.`;
    if (invoice.state === 'queued') yield `Invoice ${id} still waits for its turn.`;
    if (bill === undefined || invoice.exception !== undefined) continue;
    const sent = sum(
      bill.sent.lines.map(({ amount }) => amount),
      invoice.currency,
    );
    if (!sameAmount(sent, invoice.amount, invoice.currency))
      yield `Bill ${bill.billId} was sent with ${sent}, invoice ${id} is ${invoice.amount} ${invoice.currency}.`;
  }
  for (const payment of payments) yield* differencesInPayment(payment);
}

function* differencesInPayment(payment: PaymentRecord): Generator<string> {
  const { paymentId, state, amount, currency = 'USD' } = payment;
  if (state === 'queued') yield `Payment ${paymentId} still waits for its turn.`;
  const posted = sum(
    livePostings(payment).map((posting) => posting.amount),
    currency,
  );
  const expected = state === 'posted' ? amount : '0';
  if (payment.exception === undefined && !sameAmount(posted, expected, currency))
    yield `Payment ${paymentId} is ${state} over ${amount} ${currency}, its journal entries come to ${posted}.`;
}

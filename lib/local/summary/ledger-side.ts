import { type GateState, readGateState } from '../../bill/gate-state.ts';
import type { Clock } from '../../clock.ts';
import { listExceptions } from '../../journeys/exceptions/clear-exceptions.ts';
import { readTieOut, type TieOutOfDay } from '../../journeys/tie-out/read-tie-out.ts';
import { type CreditInBill, type InvoiceRecord, invoiceId, liveBills } from '../../ledger/invoices.ts';
import type { PaymentRecord, Posting } from '../../ledger/payments.ts';
import type { Table } from '../../ledger/table.ts';
import { sameAmount, sum } from '../../money.ts';
import { allBlocks, allClearings, allInvoices, allPayments } from '../run/ledger-lists.ts';
import type { AsynchronousWork } from './clearings-side.ts';
import type { RaisedException } from './planted-side.ts';

/** All that the ledger says. */
export interface LedgerSide {
  readonly invoices: readonly InvoiceRecord[];
  readonly payments: readonly PaymentRecord[];
  /** The open exceptions. */
  readonly exceptions: readonly RaisedException[];
  readonly gate: GateState;
  /** The last tie-out, where there is one. */
  readonly tieOut?: TieOutOfDay;
  readonly asynchronous: AsynchronousWork;
  /** Milliseconds: when this was read. */
  readonly now: number;
}

export async function readLedgerSide(table: Table, clock: Clock): Promise<LedgerSide> {
  const tieOut = await readTieOut(table);
  return {
    ...(tieOut && { tieOut }),
    invoices: await allInvoices(table),
    payments: await allPayments(table),
    exceptions: (await listExceptions({ table })).map(({ code, kind, id }) => ({ code, kind, id })),
    gate: await readGateState(table, clock),
    asynchronous: { clearings: await allClearings(table), blocks: await allBlocks(table) },
    now: clock.now(),
  };
}

/** What BILL was sent for the invoice, in all its live bills. */
export function sentAmount(invoice: InvoiceRecord): string {
  const lines = liveBills(invoice).flatMap(({ sent }) => sent.lines);
  return sum(
    lines.map(({ amount }) => amount),
    invoice.currency,
  );
}

/** The vendor credit that stands for the credit memo in BILL now. */
export function liveCredit({ credit }: InvoiceRecord): CreditInBill | undefined {
  return credit?.archived === false ? credit : undefined;
}

/** The journal entries of the payment that are not reversed. */
export function livePostings({ postings }: PaymentRecord): Posting[] {
  return postings.filter(({ reversal }) => reversal === undefined);
}

/** Where the ledger does not agree with itself. */
export function* differencesInLedger({ invoices, payments }: LedgerSide): Generator<string> {
  for (const invoice of invoices) {
    const id = invoiceId(invoice.key);
    const live = liveBills(invoice);
    const [bill] = live;
    if (invoice.state === 'handed-over' && bill === undefined && liveCredit(invoice) === undefined)
      yield `Invoice ${id} is handed over, but has neither bill nor credit.`;
    if (invoice.state === 'queued') yield `Invoice ${id} still waits for its turn.`;
    if (bill === undefined || invoice.exception !== undefined) continue;
    if (live.length !== (bill.instalment?.of ?? 1)) continue;
    const { amount, currency } = invoice;
    const sent = sentAmount(invoice);
    const withheld = live.map((each) => each.withheld ?? '0');
    if (!sameAmount(sum([sent, ...withheld], currency), amount, currency))
      yield `Invoice ${id} is ${amount} ${currency}, but BILL was sent ${sent}, with ${sum(withheld, currency)} withheld.`;
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

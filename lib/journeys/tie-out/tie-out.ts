import { isoDate, isoTime } from '../../clock.ts';
import { type InvoiceRecord, invoiceId } from '../../ledger/invoices.ts';
import type { PaymentRecord } from '../../ledger/payments.ts';
import { bodyOf, updateRecord } from '../../ledger/record.ts';
import { type TieOut, tieOutDetails, tieOutRuns, tieOuts } from '../../ledger/tie-outs.ts';
import { isTiedOut, type TieOutLine, tieOutLines, totalOf } from '../../rules/tie-out.ts';
import type { Connector } from '../doors.ts';
import type { PollReport } from '../use-cases.ts';
import { knownDifference, vendorOf } from './known-differences.ts';
import { notPosted, openInBill } from './tie-out-in-bill.ts';
import { openInSap } from './tie-out-in-sap.ts';
import { withBillPayments } from './waiting-payments.ts';

/**
 * Daily: what SAP and BILL still have to pay, per company code, currency and vendor, compared to the cent and kept.
 * Reads SAP's open supplier items and BILL's open bills in a handful of calls.
 */
export async function tieOut(connector: Connector): Promise<PollReport> {
  const lines = await compare(connector);
  await keep(connector, lines);
  const open = lines.filter((line) => !isTiedOut(line));
  connector.observe.count('TieOutDifferences', open.length);
  return { found: open.length, queued: 0 };
}

async function compare(connector: Connector): Promise<TieOutLine[]> {
  const { config, table } = connector;
  const all = await recordsOf<InvoiceRecord>(table, 'invoice');
  const invoices = all.filter((each) => vendorOf(each) !== undefined);
  const payments = await recordsOf<PaymentRecord>(table, 'payment');
  const codes = config.companyCodes.map((each) => each.companyCode);
  const items = await connector.sap.openSupplierItems(codes, config.goLiveDate);
  const sap = openInSap({ config, invoices, payments }, items);
  const open = new Set(sap.map(({ document }) => document));
  const inBill = await connector.bill.withLease('poll', async (calls) => ({
    bill: await openInBill(calls, invoices, open),
    notPosted: notPosted(invoices, await withBillPayments(connector, calls, payments), open),
  }));
  const exceptions = new Map([...invoices.flatMap(inHands), ...payments.flatMap(cameBackCleared)]);
  return tieOutLines({ sap, ...inBill, exceptions });
}

/** Each day once more replaces its own; the note of the run comes last, so that nobody reads half of it. */
async function keep(connector: Connector, lines: readonly TieOutLine[]): Promise<void> {
  const ranAt = isoTime(connector.clock.now());
  const date = isoDate(connector.clock.now());
  for (const line of lines) {
    const { companyCode, currency, vendorId } = line;
    const id = `${date} ${companyCode} ${currency} ${vendorId}`;
    await updateRecord(connector, tieOutDetails, id, () => ({ ...line, ranAt }));
  }
  const groups = Map.groupBy(lines, ({ companyCode, currency }) => `${companyCode} ${currency}`);
  for (const [name, ofGroup] of groups) {
    const [companyCode = '', currency = ''] = name.split(' ');
    const amounts = totalOf(ofGroup, currency);
    const total: TieOut = { date, companyCode, currency, vendors: ofGroup.length, ranAt, ...amounts };
    await updateRecord(connector, tieOuts, `${date} ${name}`, () => total);
  }
  await updateRecord(connector, tieOutRuns, date, () => ({ date, ranAt }));
}

/** What is written to while it is read moves to the end of its list and comes twice: the newer one counts. */
async function recordsOf<T extends object>(table: Connector['table'], kind: string): Promise<T[]> {
  const found = new Map<string, T>();
  let after: string | undefined;
  do {
    const page = await table.queryIndex('kind', kind, after === undefined ? {} : { after });
    for (const item of page.items) {
      const body = bodyOf<T>(item);
      if (body !== undefined) found.set(`${item.pk} ${item.sk}`, body);
    }
    after = page.next;
  } while (after !== undefined);
  return [...found.values()];
}

function inHands(invoice: InvoiceRecord): (readonly [string, string])[] {
  const why = knownDifference(invoice);
  return why === undefined || (invoice.paidBy ?? []).length > 0 ? [] : [[invoiceId(invoice.key), why]];
}

/** A payment came back, but SAP keeps its entry until an accountant has reset the clearing. */
function cameBackCleared({ exception, postings }: PaymentRecord): (readonly [string, string])[] {
  if (exception?.code !== 'ENTRY_CLEARED_RESET_FIRST') return [];
  return postings
    .filter(({ reversal }) => reversal === undefined)
    .flatMap(({ invoices }) => invoices.map((id) => [id, exception.what] as const));
}

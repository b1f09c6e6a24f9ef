import { isLeft } from '../../ledger/drifts.ts';
import { type InvoiceFacts, type InvoiceRecord, invoiceFacts, invoiceId } from '../../ledger/invoices.ts';
import { readRecord } from '../../ledger/record.ts';
import { type Eligibility, eligibility } from '../../rules/invoices/eligibility.ts';
import { fingerprint } from '../../rules/reference-code.ts';
import type { PayableLine } from '../../rules/sap-invoices.ts';
import type { InvoiceWork } from '../../work/messages.ts';
import type { Connector } from '../doors.ts';
import type { PollReport } from '../use-cases.ts';
import { worklistPages } from '../worklist-pages.ts';
import { sendBillWork } from './find-invoices.ts';

/**
 * Journey 1, slower schedule: kept-back invoices by their FI lines, because a block that is lifted there may not
 * move the invoice's change stamp. What has become eligible is queued; the consumer reads it anew. So is what was
 * parked and has FI lines now: a tenant without stamps may not tell it otherwise.
 */
export async function recheckInvoices(connector: Connector): Promise<PollReport> {
  return reportOf(await recheck(connector, 'waiting', (verdict) => verdict !== 'kept-back'));
}

/**
 * Journey 1, slow schedule: invoices whose bill is open in BILL, by their FI lines, because SAP's own payment run may
 * clear them, or a person block them or change their due date, without moving their change stamp (SAP dossier §5).
 * The consumer decides what that means for the bill. An invoice with an exception is looked at anew when its FI lines
 * are no longer those that led to it.
 */
export async function watchInvoices(connector: Connector): Promise<PollReport> {
  const open = await recheck(connector, 'open', (verdict) => verdict !== 'eligible');
  return reportOf(open + (await recheck(connector, 'exception', () => false)));
}

function reportOf(queued: number): PollReport {
  return { found: queued, queued };
}

type HasChanged = (verdict: Eligibility['kind']) => boolean;

async function recheck(
  connector: Connector,
  worklist: 'waiting' | 'open' | 'exception',
  hasChanged: HasChanged,
): Promise<number> {
  let queued = 0;
  for await (const records of worklistPages<InvoiceRecord>(connector, worklist, 'invoice'))
    queued += await recheckPage(connector, records, hasChanged);
  return queued;
}

async function recheckPage(
  connector: Connector,
  records: readonly InvoiceRecord[],
  hasChanged: HasChanged,
): Promise<number> {
  if (records.length === 0) return 0;
  const payable = await connector.sap.payableLines(records.map((record) => record.key));
  const messages: InvoiceWork[] = [];
  const invoices: InvoiceFacts['invoice'][] = [];
  for (const record of records) {
    const facts = await readRecord(connector.table, invoiceFacts, invoiceId(record.key));
    if (facts === undefined) continue;
    const lines = linesOf(record, payable);
    const verdict = verdictOn(connector, facts, lines);
    const isNews = hasChanged(verdict.kind) && !isLeftSo(record, verdict);
    const before = verdictOn(connector, facts, facts.payable);
    if (!isNews && sayingOf(verdict, lines) === sayingOf(before, facts.payable)) continue;
    messages.push({
      kind: 'invoice',
      key: record.key,
      changeStamp: record.seenVersion,
      attempt: record.attempt + 1,
    });
    invoices.push(facts.invoice);
  }
  await sendBillWork(connector, messages, invoices);
  return messages.length;
}

function verdictOn(
  { config }: Connector,
  { invoice }: InvoiceFacts,
  payable: readonly PayableLine[],
): Eligibility {
  return eligibility({ invoice, payable, config });
}

/** What FI says of whether, when and how much is to be paid. */
function sayingOf(verdict: Eligibility, lines: readonly PayableLine[]): string {
  const terms = lines.map(({ accountingDocument, item, netDueDate, discountDueDate, withheldTax }) => ({
    accountingDocument,
    item,
    netDueDate,
    discountDueDate,
    withheldTax,
  }));
  return fingerprint({ verdict, terms });
}

/** A person has left it in BILL, and SAP still says the same. */
function isLeftSo({ drifts = [] }: InvoiceRecord, verdict: Eligibility): boolean {
  const seen = drifts.find(({ kind }) => kind === 'not-payable');
  return 'reason' in verdict && isLeft(seen) && seen?.problem.sapValues.state === verdict.reason;
}

function linesOf({ key }: InvoiceRecord, allLines: readonly PayableLine[]): PayableLine[] {
  return allLines.filter(
    (line) =>
      line.companyCode === key.companyCode &&
      line.invoice.supplierInvoice === key.supplierInvoice &&
      line.invoice.fiscalYear === key.fiscalYear,
  );
}

import { isLeft } from '../../ledger/drifts.ts';
import { type InvoiceFacts, type InvoiceRecord, invoiceFacts, invoiceId } from '../../ledger/invoices.ts';
import { bodyOf, readRecord } from '../../ledger/record.ts';
import { type Eligibility, eligibility } from '../../rules/invoices/eligibility.ts';
import { fingerprint } from '../../rules/reference-code.ts';
import type { PayableLine } from '../../rules/sap-invoices.ts';
import type { InvoiceWork } from '../../work/messages.ts';
import type { Connector } from '../doors.ts';
import type { PollReport } from '../use-cases.ts';
import { sendBillWork } from './find-invoices.ts';

const pageSize = 50;

/**
 * Journey 1, slower schedule: kept-back invoices by their FI lines, because a block that is lifted there may not
 * move the invoice's change stamp. What has become eligible is queued; the consumer reads it anew. So is what was
 * parked and has FI lines now: a tenant without stamps may not tell it otherwise.
 */
export async function recheckInvoices(connector: Connector): Promise<PollReport> {
  return recheck(connector, 'waiting', (verdict) => verdict !== 'kept-back');
}

/**
 * Journey 1, slow schedule: invoices whose bill is open in BILL, by their FI lines, because SAP's own payment run may
 * clear them, or a person block them or change their due date, without moving their change stamp (SAP dossier §5).
 * The consumer decides what that means for the bill.
 */
export async function watchInvoices(connector: Connector): Promise<PollReport> {
  return recheck(connector, 'open', (verdict) => verdict !== 'eligible');
}

type HasChanged = (verdict: Eligibility['kind']) => boolean;

async function recheck(
  connector: Connector,
  worklist: 'waiting' | 'open',
  hasChanged: HasChanged,
): Promise<PollReport> {
  const report = { found: 0, queued: 0 };
  let after: string | undefined;
  do {
    const page = await connector.table.queryIndex('worklist', worklist, {
      limit: pageSize,
      ...(after === undefined ? {} : { after }),
    });
    const records = page.items
      .map((item) => bodyOf<InvoiceRecord>(item))
      .filter((record) => record !== undefined);
    const queued = await recheckPage(connector, records, hasChanged);
    report.found += queued;
    report.queued += queued;
    after = page.next;
  } while (after !== undefined);
  return report;
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
    const { invoice } = facts;
    const lines = linesOf(record, payable);
    const verdict = eligibility({ invoice, payable: lines, config: connector.config });
    const isNews = hasChanged(verdict.kind) && !isLeftSo(record, verdict);
    if (!isNews && termsOf(lines) === termsOf(facts.payable)) continue;
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

/** What FI says of when and how much is to be paid, apart from what the verdict tells. */
function termsOf(lines: readonly PayableLine[]): string {
  return fingerprint(
    lines.map(({ accountingDocument, item, netDueDate, discountDueDate, withheldTax }) => ({
      accountingDocument,
      item,
      netDueDate,
      discountDueDate,
      withheldTax,
    })),
  );
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

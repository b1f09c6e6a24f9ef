import { type InvoiceFacts, type InvoiceRecord, invoiceFacts, invoiceId } from '../ledger/invoices.ts';
import { bodyOf, readRecord } from '../ledger/record.ts';
import { eligibility } from '../rules/eligibility.ts';
import type { PayableLine } from '../rules/sap-documents.ts';
import type { BillWork } from '../work/messages.ts';
import type { Connector } from './doors.ts';
import { sendBillWork } from './find-invoices.ts';
import type { PollReport } from './use-cases.ts';

const pageSize = 50;

/**
 * Journey 1, slower schedule: kept-back invoices by their FI lines, because a block that is lifted there may not
 * move the invoice's change stamp. What has become eligible is queued; the consumer reads it anew.
 */
export async function recheckInvoices(connector: Connector): Promise<PollReport> {
  const report = { found: 0, queued: 0 };
  let after: string | undefined;
  do {
    const page = await connector.table.queryIndex('worklist', 'waiting', {
      limit: pageSize,
      ...(after === undefined ? {} : { after }),
    });
    const records = page.items
      .map((item) => bodyOf<InvoiceRecord>(item))
      .filter((record) => record !== undefined);
    const queued = await recheckPage(connector, records);
    report.found += queued;
    report.queued += queued;
    after = page.next;
  } while (after !== undefined);
  return report;
}

async function recheckPage(connector: Connector, records: readonly InvoiceRecord[]): Promise<number> {
  if (records.length === 0) return 0;
  const payable = await connector.sap.payableLines(records.map((record) => record.key));
  const messages: BillWork[] = [];
  const invoices: InvoiceFacts['invoice'][] = [];
  for (const record of records) {
    const facts = await readRecord(connector.table, invoiceFacts, invoiceId(record.key));
    if (facts === undefined || !hasChanged(connector, record, facts, payable)) continue;
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

function hasChanged(
  { config }: Connector,
  record: InvoiceRecord,
  { invoice }: InvoiceFacts,
  allLines: readonly PayableLine[],
): boolean {
  const payable = allLines.filter(
    (line) =>
      line.companyCode === record.key.companyCode &&
      line.invoice.supplierInvoice === record.key.supplierInvoice &&
      line.invoice.fiscalYear === record.key.fiscalYear,
  );
  return eligibility({ invoice, payable, config }).kind !== 'kept-back';
}

import { isoTime } from '../../clock.ts';
import { DocumentError } from '../../errors.ts';
import { type ClearingRecord, clearingId, clearingRecords } from '../../ledger/clearings.ts';
import { paymentRecords } from '../../ledger/payments.ts';
import { readRecord, updateRecord } from '../../ledger/record.ts';
import { tell } from '../../ledger/timeline.ts';
import { clearingPlan } from '../../rules/payments/clearing-plan.ts';
import { referenceCode } from '../../rules/reference-code.ts';
import type { Clearing, DocumentKey, SupplierLine } from '../../rules/sap-accounting.ts';
import type { Connector } from '../doors.ts';
import { raiseOnPayment } from '../exceptions/raise.ts';
import { settle, type Write, writeOnce } from '../once.ts';
import { attention, type InvoicePlan, notConfirmed } from './clearing-problems.ts';
import { isOverdue } from './clearing-records.ts';
import { todayIn } from './posting-day.ts';

/** The FI documents of invoices, by invoice id. */
export type InvoiceDocuments = ReadonlyMap<string, readonly DocumentKey[]>;

/** What became of one document in this run: `waits` for SAP, `asked` it, or is at `rest`. */
export type Progress = 'waits' | 'asked' | 'rest';

interface SentClearing {
  readonly clearings: readonly Clearing[];
  readonly messageId: string;
}

/** Whether its time has come. */
export function isDue({ clock }: Connector, { dueAt, state }: ClearingRecord): boolean {
  return state !== 'due' || clock.now() >= Date.parse(dueAt);
}

/** The FI documents whose lines tell how a clearing stands. */
export function documentsOf(record: ClearingRecord, ofInvoices: InvoiceDocuments): DocumentKey[] {
  const { companyCode, accountingDocument, fiscalYear } = record;
  const invoices = record.invoices.flatMap((id) => ofInvoices.get(id) ?? []);
  return [{ companyCode, accountingDocument, fiscalYear }, ...invoices];
}

/** Takes one clearing a step further, by the lines as SAP shows them; an exception goes onto the payment. */
export async function clearEntry(
  connector: Connector,
  record: ClearingRecord,
  lines: readonly SupplierLine[],
  ofInvoices: InvoiceDocuments,
): Promise<Progress> {
  try {
    if (record.intent !== undefined) return await settleClearing(connector, record, ofInvoices);
    return await follow(connector, record, lines, ofInvoices);
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    await updateRecord(connector, clearingRecords, clearingId(record), (current) =>
      current === undefined ? undefined : { ...current, state: 'exception' as const },
    );
    await raiseOnPayment(connector, record.paymentId, error);
    return 'asked';
  }
}

async function follow(
  connector: Connector,
  record: ClearingRecord,
  lines: readonly SupplierLine[],
  ofInvoices: InvoiceDocuments,
): Promise<Progress> {
  if (await isReversed(connector, record)) return finish(connector, record, 'dropped');
  const plans = plansOf(record, lines, ofInvoices);
  const trouble = plans.find(({ plan }) => plan.kind === 'attend');
  if (trouble !== undefined) throw attention(record, trouble);
  if (plans.every(({ plan }) => plan.kind === 'done')) return finish(connector, record, 'cleared', plans);
  const items = plans.flatMap(({ plan }) =>
    plan.kind === 'clear' && (record.state === 'due' || plan.completes) ? [plan.items] : [],
  );
  if (items.length > 0)
    return ask(
      connector,
      record,
      items.map((each) => clearingOf(connector, record, each)),
      ofInvoices,
    );
  const since = record.state === 'asked' ? record.askedAt : record.dueAt;
  if (isOverdue(connector, since)) throw notConfirmed(connector, record, plans);
  return 'waits';
}

function plansOf(
  record: ClearingRecord,
  lines: readonly SupplierLine[],
  ofInvoices: InvoiceDocuments,
): InvoicePlan[] {
  const own = lines.filter((line) => isOf(line, record));
  return record.invoices.map((invoice) => {
    const documents = ofInvoices.get(invoice) ?? [];
    const owed = lines.filter(
      (line) => line.specialGlCode === undefined && documents.some((each) => isOf(line, each)),
    );
    const referring = lines.filter(({ companyCode, refersTo }) =>
      documents.some((each) => refersTo !== undefined && isOf({ companyCode, ...refersTo }, each)),
    );
    const ours = own.filter((line) => line.assignmentReference === assignmentOf(invoice));
    return { invoice, plan: clearingPlan({ owed, ours, referring, fiLines: fiLinesOf(record, invoice) }) };
  });
}

/** Undefined where a bill stands for the whole invoice, or the record does not tell. */
function fiLinesOf({ parts = [] }: ClearingRecord, invoice: string): string[] | undefined {
  const paid = parts.filter((each) => each.invoice === invoice).map(({ fiLines }) => fiLines);
  const known = paid.filter((each) => each !== undefined);
  return paid.length > 0 && known.length === paid.length ? known.flat() : undefined;
}

/** Our entry's lines name their invoice as number + year (SAP dossier §9.6). */
function assignmentOf(invoice: string): string {
  const [, number = '', year = ''] = invoice.split('/');
  return `${number}${year}`;
}

function isOf(line: DocumentKey, document: DocumentKey): boolean {
  return (
    line.companyCode === document.companyCode &&
    line.accountingDocument === document.accountingDocument &&
    line.fiscalYear === document.fiscalYear
  );
}

async function isReversed({ table }: Connector, { paymentId, generation, companyCode }: ClearingRecord) {
  const payment = await readRecord(table, paymentRecords, paymentId);
  const posting = payment?.postings.find(
    (each) => each.generation === generation && each.companyCode === companyCode,
  );
  return posting?.reversal !== undefined;
}

function clearingOf(connector: Connector, record: ClearingRecord, items: Clearing['items']): Clearing {
  const { config } = connector;
  const { paymentId, generation, companyCode, postingDate, currency } = record;
  const company = config.companyCodes.find((each) => each.companyCode === companyCode);
  const today = todayIn(connector, companyCode);
  return {
    companyCode,
    documentType: company?.clearing.documentType ?? 'AB',
    documentDate: today,
    // An entry that went into the next open period is cleared there: today's may be closed.
    postingDate: postingDate !== undefined && postingDate > today ? postingDate : today,
    currency,
    headerText: 'BILL payment',
    // Never the entry's own: a look-up of the entry must not find its clearing, whatever document type both have.
    reference: referenceCode([paymentId, String(generation), companyCode, 'clearing']),
    createdByUser: config.sap.createdByUser,
    items,
  };
}

async function ask(
  connector: Connector,
  record: ClearingRecord,
  clearings: readonly Clearing[],
  ofInvoices: InvoiceDocuments,
): Promise<Progress> {
  const sent = { clearings, messageId: `${record.referenceCode}-C${record.asked + 1}` };
  const write = clearingWrite(connector, record, sent, ofInvoices);
  await writeOnce(connector, {
    ...write,
    act: async () => {
      await connector.sap.requestClearing(sent.clearings, sent.messageId);
      return 'asked' as const;
    },
  });
  const entry = `${record.companyCode}/${record.accountingDocument}/${record.fiscalYear}`;
  const text = `SAP was asked to clear journal entry ${entry} with ${record.invoices.join(', ')}.`;
  await tell(connector, { kind: 'payment', id: record.paymentId }, text);
  return 'asked';
}

/** A lost answer: cleared by now, or asked again with the same message id, which SAP takes only once (§9.5). */
async function settleClearing(
  connector: Connector,
  record: ClearingRecord,
  ofInvoices: InvoiceDocuments,
): Promise<Progress> {
  const { intent } = record;
  if (intent === undefined) return 'rest';
  const write = clearingWrite(connector, record, intent.sent as SentClearing, ofInvoices);
  await settle(connector, write, intent);
  return 'asked';
}

function clearingWrite(
  connector: Connector,
  record: ClearingRecord,
  sent: SentClearing,
  ofInvoices: InvoiceDocuments,
): Write<ClearingRecord, 'asked'> {
  return {
    type: clearingRecords,
    id: clearingId(record),
    action: 'clear-entry',
    sent,
    lagMs: connector.config.sap.visibilityLagSeconds * 1000,
    find: async () => {
      const lines = await connector.sap.supplierLines(documentsOf(record, ofInvoices));
      return plansOf(record, lines, ofInvoices).every(({ plan }) => plan.kind === 'done') ? ['asked'] : [];
    },
    act: () => Promise.reject(new Error('A clearing that is only settled is not sent.')),
    record: (current) => ({
      ...current,
      state: 'asked',
      asked: current.asked + 1,
      askedAt: isoTime(connector.clock.now()),
    }),
  };
}

async function finish(
  connector: Connector,
  record: ClearingRecord,
  state: 'cleared' | 'dropped',
  plans: readonly InvoicePlan[] = [],
): Promise<Progress> {
  await updateRecord(connector, clearingRecords, clearingId(record), (current) =>
    current === undefined ? undefined : { ...current, state },
  );
  if (state === 'dropped') return 'rest';
  connector.observe.log('info', 'items-cleared', { document: record.paymentId });
  for (const { invoice, plan } of plans) {
    const by = plan.kind === 'done' && plan.by.length > 0 ? ` by ${plan.by.join(', ')}` : '';
    const text = `Invoice ${invoice} and journal entry ${record.accountingDocument} are cleared in SAP${by}.`;
    await tell(connector, { kind: 'payment', id: record.paymentId }, text);
    await tell(connector, { kind: 'invoice', id: invoice }, text);
  }
  return 'rest';
}

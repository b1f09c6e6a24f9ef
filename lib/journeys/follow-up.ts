import { WorldError } from '../errors.ts';
import type { AttachmentsRecord } from '../ledger/attachments.ts';
import type { ClearingRecord } from '../ledger/clearings.ts';
import type { BlockRecord } from '../ledger/hand-over-blocks.ts';
import { invoiceFacts, invoiceId, invoiceRecords } from '../ledger/invoices.ts';
import { bodyOf, readRecord } from '../ledger/record.ts';
import type { DocumentKey } from '../rules/sap-accounting.ts';
import type { PayableLine } from '../rules/sap-invoices.ts';
import type { Sap } from '../sap/sap.ts';
import { askForAttachments } from './attachments/want-attachments.ts';
import type { Connector } from './doors.ts';
import { followBlock } from './invoices/hand-over-block.ts';
import {
  clearEntry,
  documentsOf,
  type InvoiceDocuments,
  isDue,
  type Progress,
} from './payments/clear-entries.ts';
import { type Turn, takeTurns } from './take-turns.ts';
import type { PollReport } from './use-cases.ts';
import { worklistItems } from './worklist-pages.ts';

interface Pending {
  readonly clearings: readonly ClearingRecord[];
  readonly blocks: readonly BlockRecord[];
  readonly attachments: readonly AttachmentsRecord[];
}

/** Another worker is at it, or SAP may not show it yet: the next run looks again. */
const waits = new Set(['ANOTHER_WORKER', 'NOT_VISIBLE_YET']);

/**
 * On a schedule: what SAP does asynchronously is asked for once it is due, and confirmed by reading: entries that
 * are to be cleared with their invoices, and payment blocks. One read for all of them together. `found` counts what
 * is not at rest yet, `queued` what SAP was asked for. Files of invoices that are in BILL now go to the queue.
 *
 * What fails keeps nothing else waiting; it is thrown when all had their turn.
 */
export async function followUp(connector: Connector): Promise<PollReport> {
  const pending = await pendingRecords(connector);
  const clearings = pending.clearings.filter((record) => isDue(connector, record));
  const files = await askForAttachments(connector, pending.attachments);
  if (clearings.length + pending.blocks.length === 0) return files;
  const ofInvoices = await invoiceDocuments(connector, [
    ...clearings.flatMap((record) => record.invoices),
    ...pending.blocks.map((record) => record.invoice),
  ]);
  const report = { ...files };
  const count = async (follow: () => Promise<Progress>) => {
    const progress = await unlessItWaits(follow);
    if (progress !== 'rest') report.found += 1;
    if (progress === 'asked') report.queued += 1;
  };
  await takeTurns(await turnsOf(connector, { ...pending, clearings }, ofInvoices, count));
  return report;
}

/** Blocks in a row, clearings in another: SAP takes them at services of their own. */
async function turnsOf(
  connector: Connector,
  { blocks, clearings }: Omit<Pending, 'attachments'>,
  ofInvoices: InvoiceDocuments,
  count: (follow: () => Promise<Progress>) => Promise<void>,
): Promise<Turn[][]> {
  const blocked = blocks.map((record) => ({ record, documents: ofInvoices.get(record.invoice) ?? [] }));
  const entries = clearings.map((record) => ({ record, documents: documentsOf(record, ofInvoices) }));
  const linesOf = await supplierLines(
    connector,
    [...blocked, ...entries].flatMap(({ documents }) => documents),
  );
  return [
    blocked.map(({ record, documents }) => ({
      of: `invoice ${record.invoice}`,
      take: () => count(async () => followBlock(connector, record, await linesOf(documents), documents)),
    })),
    entries.map(({ record, documents }) => ({
      of: `payment ${record.paymentId}`,
      take: () => count(async () => clearEntry(connector, record, await linesOf(documents), ofInvoices)),
    })),
  ];
}

/** SAP's answer for all documents; where it cannot be taken as a whole, it is asked for each record's by themselves. */
async function supplierLines({ sap }: Connector, all: readonly DocumentKey[]): Promise<Sap['supplierLines']> {
  try {
    const lines = await sap.supplierLines(all);
    return async () => lines;
  } catch (error) {
    if (error instanceof WorldError) throw error;
    return (documents) => sap.supplierLines(documents);
  }
}

async function unlessItWaits(follow: () => Promise<Progress>): Promise<Progress> {
  try {
    return await follow();
  } catch (error) {
    if (error instanceof WorldError && waits.has(error.code)) return 'waits';
    throw error;
  }
}

/** The oldest first, also those whose asking was cut off. */
async function pendingRecords({ table }: Connector): Promise<Pending> {
  const clearings = new Map<string, ClearingRecord>();
  const blocks = new Map<string, BlockRecord>();
  const attachments = new Map<string, AttachmentsRecord>();
  for (const worklist of ['open-intent', 'follow-up'] as const) {
    for await (const items of worklistItems({ table }, worklist)) {
      for (const item of items) {
        if (item.kind === 'clearing') add(clearings, `${item.pk} ${item.sk}`, bodyOf<ClearingRecord>(item));
        if (item.kind === 'block') add(blocks, item.pk, bodyOf<BlockRecord>(item));
        if (item.kind === 'attachments') add(attachments, item.pk, bodyOf<AttachmentsRecord>(item));
      }
    }
  }
  return {
    clearings: [...clearings.values()],
    blocks: [...blocks.values()],
    attachments: [...attachments.values()],
  };
}

function add<T>(records: Map<string, T>, key: string, record: T | undefined): void {
  if (record !== undefined) records.set(key, record);
}

/** From the facts that the ledger keeps; read in SAP where it keeps none. */
async function invoiceDocuments(connector: Connector, ids: readonly string[]): Promise<InvoiceDocuments> {
  const found = new Map<string, DocumentKey[]>();
  const unknown: string[] = [];
  for (const id of new Set(ids)) {
    const payable = (await readRecord(connector.table, invoiceFacts, id))?.payable ?? [];
    if (payable.length === 0) unknown.push(id);
    else found.set(id, documentKeys(payable));
  }
  if (unknown.length === 0) return found;
  const records = await Promise.all(unknown.map((id) => readRecord(connector.table, invoiceRecords, id)));
  const keys = records.flatMap((record) => record?.key ?? []);
  for (const [id, lines] of Map.groupBy(await connector.sap.payableLines(keys), idOfLine))
    found.set(id, documentKeys(lines));
  return found;
}

function idOfLine({ companyCode, invoice }: PayableLine): string {
  return invoiceId({ companyCode, ...invoice });
}

function documentKeys(lines: readonly PayableLine[]): DocumentKey[] {
  const keys = lines.map(({ companyCode, accountingDocument, accountingDocumentYear }) => ({
    companyCode,
    accountingDocument,
    fiscalYear: accountingDocumentYear,
  }));
  return [...new Map(keys.map((key) => [`${key.accountingDocument}/${key.fiscalYear}`, key])).values()];
}

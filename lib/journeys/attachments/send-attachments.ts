import { DocumentError, WorldError } from '../../errors.ts';
import {
  type AttachmentsRecord,
  attachmentRecords,
  attachmentsId,
  type RefusedFile,
} from '../../ledger/attachments.ts';
import { invoiceId, invoiceRecords, liveBills } from '../../ledger/invoices.ts';
import { readRecord, updateRecord } from '../../ledger/record.ts';
import { tell } from '../../ledger/timeline.ts';
import {
  type ChosenFile,
  chooseAttachments,
  isPdf,
  type LeftFile,
  mostDocumentBytes,
} from '../../rules/invoices/attachment-choice.ts';
import type { InvoiceKey } from '../../rules/sap-invoices.ts';
import type { AttachmentWork } from '../../work/messages.ts';
import type { Connector } from '../doors.ts';
import { clearOn, raiseOn } from '../exceptions/raise.ts';
import { settleUpload, uploadOnce } from './upload-document.ts';

/** No further file is begun after this time, so that other messages of the batch have theirs. */
const longestWorkMs = 20_000;

/** A file that a person has to see to. */
interface Problem {
  readonly file: string;
  readonly name: string;
  readonly why: string;
}

/**
 * Journey 1, last step: the PDF files of an invoice go to its bills, each once to each bill. Returns when the message
 * is done (an exception raised included); throws WorldError when it must wait, which keeps nothing else waiting.
 */
export async function sendAttachments(connector: Connector, { key, attempt }: AttachmentWork): Promise<void> {
  const record = await readRecord(connector.table, attachmentRecords, attachmentsId(key));
  if (record === undefined || isDone(record, attempt)) return;
  if (record.intent !== undefined) await settleUpload(connector, key, record.intent);
  const problems = connector.config.attachments.send ? await sendMissing(connector, key) : [];
  await finish(connector, key, attempt, problems);
}

/** After a few tries of our own: an exception on the files alone. */
export async function giveUpAttachments(
  connector: Connector,
  { key, attempt }: AttachmentWork,
  failure: DocumentError,
): Promise<void> {
  await raiseOn(connector, attachmentRecords, { kind: 'attachments', id: attachmentsId(key) }, failure);
  await markDone(connector, key, attempt, []);
}

function isDone({ state, intent, attempt: newest }: AttachmentsRecord, attempt: number): boolean {
  return attempt < newest || (state === 'done' && intent === undefined);
}

async function sendMissing(connector: Connector, key: InvoiceKey): Promise<Problem[]> {
  const invoice = await readRecord(connector.table, invoiceRecords, invoiceId(key));
  const bills = invoice === undefined ? [] : liveBills(invoice).map(({ billId }) => billId);
  if (bills.length === 0) return [];
  const begunAt = connector.clock.now();
  const files = await connector.sap.attachments(key);
  const record = await current(connector, key);
  const names = new Map([...record.refused, ...record.sent].map(({ file, name }) => [file, name]));
  const choice = chooseAttachments(files, names, connector.config.attachments.mostPerInvoice);
  const isOpen = ({ file }: { file: { id: string } }) => !record.waived.includes(file.id);
  const problems = await leave(connector, record, choice.left.filter(isOpen));
  for (const chosen of choice.chosen.filter(isOpen)) {
    if (connector.clock.now() - begunAt > longestWorkMs) throw moreToCome(key);
    problems.push(...(await sendFile(connector, key, chosen, bills)));
  }
  return problems;
}

/** What is none for BILL is told of once; what is, but cannot go there, a person has to see to. */
async function leave(
  connector: Connector,
  { key, told }: AttachmentsRecord,
  left: readonly LeftFile[],
): Promise<Problem[]> {
  for (const { file, why } of left) {
    if (why === 'too-large' || told.includes(file.id)) continue;
    await tellOf(connector, key, `"${file.fileName}" stays in SAP: ${reasons[why]}.`);
    connector.observe.log('info', 'attachment-left', { document: invoiceId(key), why });
    await change(connector, key, (record) => ({ ...record, told: [...record.told, file.id] }));
  }
  return left
    .filter(({ why }) => why === 'too-large')
    .map(({ file, why }) => ({ file: file.id, name: file.fileName, why: reasons[why] }));
}

const reasons: Readonly<Record<LeftFile['why'], string>> = {
  'not-a-pdf': 'only PDF files go to BILL',
  empty: 'it is empty',
  'too-large': 'it is larger than the 6 MB that BILL takes',
  'too-many': 'the invoice has more files than attachments.mostPerInvoice lets go to BILL',
};

/** One read of the content, and one upload for each bill that has neither got nor refused it. */
async function sendFile(
  connector: Connector,
  key: InvoiceKey,
  { file, name }: ChosenFile,
  bills: readonly string[],
): Promise<Problem[]> {
  const { sent, refused } = await current(connector, key);
  const dealtWith = [...sent, ...refused].filter((each) => each.file === file.id).map(({ billId }) => billId);
  const missing = bills.filter((billId) => !dealtWith.includes(billId));
  const before = refused.filter((each) => each.file === file.id && bills.includes(each.billId));
  if (missing.length === 0) return before;
  const content = await connector.sap.attachmentContent(file, mostDocumentBytes);
  if (content === 'gone') return before;
  if (content === 'too-large') return [{ file: file.id, name, why: reasons['too-large'] }];
  if (!isPdf(content)) return [{ file: file.id, name, why: 'it has the name of a PDF but is none' }];
  const now: RefusedFile[] = [];
  for (const billId of missing) {
    const why = await uploadOnce(connector, key, { file: file.id, billId, name }, content);
    if (why !== undefined) now.push({ file: file.id, billId, name, why });
  }
  return [...before, ...now];
}

async function finish(
  connector: Connector,
  key: InvoiceKey,
  attempt: number,
  problems: readonly Problem[],
): Promise<void> {
  const document = { kind: 'attachments', id: attachmentsId(key) } as const;
  if (problems.length === 0) await clearOn(connector, attachmentRecords, document);
  else await raiseOn(connector, attachmentRecords, document, await notSent(connector, key, problems));
  await markDone(
    connector,
    key,
    attempt,
    problems.map(({ file }) => file),
  );
}

async function markDone(
  connector: Connector,
  key: InvoiceKey,
  attempt: number,
  problems: readonly string[],
): Promise<void> {
  await change(connector, key, (record) => ({
    ...record,
    problems,
    ...(record.attempt === attempt && { state: 'done' as const }),
  }));
}

async function current(connector: Connector, key: InvoiceKey): Promise<AttachmentsRecord> {
  const record = await readRecord(connector.table, attachmentRecords, attachmentsId(key));
  if (record === undefined) throw new Error(`The files of ${invoiceId(key)} have no record.`);
  return record;
}

async function change(
  connector: Connector,
  key: InvoiceKey,
  to: (record: AttachmentsRecord) => AttachmentsRecord,
): Promise<void> {
  await updateRecord(connector, attachmentRecords, attachmentsId(key), (record) =>
    record === undefined ? undefined : to(record),
  );
}

async function tellOf(connector: Connector, key: InvoiceKey, text: string): Promise<void> {
  await tell(connector, { kind: 'invoice', id: invoiceId(key) }, text);
}

function moreToCome(key: InvoiceKey): WorldError {
  return new WorldError({
    code: 'MORE_ATTACHMENTS',
    message: `The files of invoice ${invoiceId(key)} take long; the next ones follow after other work.`,
    nextStep: 'Nothing: it goes on by itself.',
    retryAfterMs: 1_000,
  });
}

async function notSent(
  { table }: Connector,
  key: InvoiceKey,
  problems: readonly Problem[],
): Promise<DocumentError> {
  const invoice = await readRecord(table, invoiceRecords, invoiceId(key));
  const bills =
    invoice === undefined
      ? ''
      : liveBills(invoice)
          .map(({ billId }) => billId)
          .join(', ');
  const told = [...new Set(problems.map(({ name, why }) => `"${name}": ${why}`))];
  return new DocumentError({
    code: 'ATTACHMENTS_NOT_SENT',
    message: `Invoice ${invoiceId(key)} is in BILL without ${told.length === 1 ? 'a file' : 'files'} that SAP has. ${told.join('; ')}. Bill and payment go on.`,
    nextStep: `Add the file to bill ${bills} in BILL by hand and skip this; or put another file in its place in SAP and retry.`,
    sapValues: Object.fromEntries(problems.map(({ name, why }) => [name, why])),
    billValues: { bill: bills },
  });
}

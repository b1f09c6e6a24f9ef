import { isoTime } from '../../clock.ts';
import { DocumentError } from '../../errors.ts';
import { type AttachmentsRecord, attachmentRecords, attachmentsId } from '../../ledger/attachments.ts';
import type { Intent } from '../../ledger/intent.ts';
import { invoiceId } from '../../ledger/invoices.ts';
import { updateRecord, without } from '../../ledger/record.ts';
import { tell } from '../../ledger/timeline.ts';
import type { BillDocument } from '../../rules/bill-documents.ts';
import type { InvoiceKey } from '../../rules/sap-invoices.ts';
import type { Connector } from '../doors.ts';
import { earliestOf, settle, type Write, writeOnce } from '../once.ts';

/** What is sent, as the intent keeps it: all but the content. */
interface Upload {
  /** SAP's key of the file. */
  readonly file: string;
  readonly billId: string;
  readonly name: string;
}

/**
 * Uploads a file to a bill, once: a repeat would make a second document (BILL dossier §5.7). Gives back why BILL
 * refuses it, which is remembered too. Throws WorldError when it must wait.
 */
export async function uploadOnce(
  connector: Connector,
  key: InvoiceKey,
  upload: Upload,
  content: Uint8Array,
): Promise<string | undefined> {
  const { billId, name } = upload;
  try {
    await writeOnce(connector, {
      ...uploadWrite(connector, key, upload),
      act: () =>
        connector.bill.withLease('send-attachment', (calls) => calls.uploadDocument(billId, name, content)),
    });
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    await refuse(connector, key, upload, error);
    return error.message;
  }
  await sent(connector, key, upload);
  return undefined;
}

/** Looks for a document whose upload got no answer; throws WorldError until BILL must show it. */
export async function settleUpload(connector: Connector, key: InvoiceKey, intent: Intent): Promise<void> {
  const upload = intent.sent as Upload;
  try {
    const found = await settle(connector, uploadWrite(connector, key, upload), intent);
    if (found !== undefined) await sent(connector, key, upload);
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    await refuse(connector, key, upload, error);
  }
}

/** Found again by its name, which no other file of the invoice has; BILL may take minutes to show it. */
function uploadWrite(
  connector: Connector,
  key: InvoiceKey,
  upload: Upload,
): Write<AttachmentsRecord, BillDocument> {
  const { file, billId, name } = upload;
  return {
    type: attachmentRecords,
    id: attachmentsId(key),
    action: 'upload-document',
    sent: upload,
    lagMs: connector.config.attachments.visibleWithinMinutes * 60_000,
    find: async (intent) => {
      const documents = await connector.bill.withLease('send-attachment', (calls) =>
        calls.documentsOfBill(billId),
      );
      const since = earliestOf(intent);
      const isOurs = (each: BillDocument) =>
        each.name === name && (each.createdTime === undefined || Date.parse(each.createdTime) >= since);
      // A person may have added the same file in these minutes: one of them is enough.
      return documents.filter(isOurs).slice(0, 1);
    },
    act: () => Promise.reject(new Error('A document that is only settled is not sent.')),
    record: (current, { id }) => ({
      ...current,
      sent: [...current.sent, { file, billId, name, documentId: id, at: isoTime(connector.clock.now()) }],
    }),
  };
}

async function sent(connector: Connector, key: InvoiceKey, { billId, name }: Upload): Promise<void> {
  const id = invoiceId(key);
  connector.observe.log('info', 'attachment-sent', { document: id, bill: billId });
  await tell(
    connector,
    { kind: 'invoice', id },
    `"${name}" went to bill ${billId}; BILL shows it after some minutes.`,
  );
}

async function refuse(
  connector: Connector,
  key: InvoiceKey,
  { file, billId, name }: Upload,
  { message }: DocumentError,
): Promise<void> {
  await updateRecord(connector, attachmentRecords, attachmentsId(key), (current) =>
    current === undefined
      ? undefined
      : {
          ...without(current, 'intent'),
          refused: [...current.refused, { file, billId, name, why: message }],
        },
  );
}

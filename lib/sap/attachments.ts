import * as z from 'zod';
import type { Attachment } from '../rules/sap-invoices.ts';
import type { ODataClient } from './odata-client.ts';
import { v2 } from './odata-query.ts';
import { optionalMoment, optionalText, withZeros } from './odata-values.ts';
import { present } from './present.ts';
import type { Sap } from './sap.ts';
import { attachmentService as service } from './services.ts';

/** A supplier invoice as the Attachment Service names it (SAP Community, "API_CV_ATTACHMENT_SRV", 2021-09-01). */
const supplierInvoice = 'BUS2081';

const keyPart = z.string().default('');

/** The key of AttachmentContentSet: parts may be empty (metadata of API_CV_ATTACHMENT_SRV). */
const keyShape = z.object({
  DocumentInfoRecordDocType: keyPart,
  DocumentInfoRecordDocNumber: keyPart,
  DocumentInfoRecordDocVersion: keyPart,
  DocumentInfoRecordDocPart: keyPart,
  LogicalDocument: keyPart,
  ArchiveDocumentID: keyPart,
  LinkedSAPObjectKey: keyPart,
  BusinessObjectTypeName: keyPart,
});

/** `FileSize` is text of digits, empty where SAP does not know. */
const row = keyShape.extend({
  FileName: optionalText,
  MimeType: optionalText,
  FileSize: optionalText,
  CreationDateTime: optionalMoment,
});

/**
 * The files of a supplier invoice and their contents, as SAP KBA 3648499 reads them: GetAllOriginals tells the keys,
 * the media resource of a key is the file. The invoice's object key is its number and year without anything between.
 */
export function attachments(odata: ODataClient): Pick<Sap, 'attachments' | 'attachmentContent'> {
  return {
    async attachments({ supplierInvoice: number, fiscalYear }) {
      const parameters = {
        BusinessObjectTypeName: v2.text(supplierInvoice),
        LinkedSAPObjectKey: v2.text(`${withZeros(number)}${fiscalYear}`),
      };
      const rows = await odata.call(service, 'GetAllOriginals', parameters, row);
      return rows.map(attachmentOf);
    },
    attachmentContent: ({ id }, mostBytes) =>
      odata.content(service, `AttachmentContentSet(${id})`, mostBytes),
  };
}

function attachmentOf(file: z.output<typeof row>): Attachment {
  const size = file.FileSize ?? '';
  return present({
    id: keyText(keyShape.parse(file)),
    fileName: file.FileName ?? '',
    mimeType: file.MimeType,
    bytes: /^\d+$/.test(size) ? Number(size) : undefined,
    createdAt: file.CreationDateTime,
  });
}

function keyText(key: z.output<typeof keyShape>): string {
  return Object.entries(key)
    .map(([name, value]) => `${name}=${encodeURIComponent(v2.text(value).odata)}`)
    .join(',');
}

import { createHash } from 'node:crypto';
import { isoTime } from '../../../clock.ts';
import type { InvoiceKey } from '../../../rules/sap-invoices.ts';
import { nextNumber, table } from '../books.ts';
import { attachmentSet } from '../entities/attachment-entities.ts';
import { moveChangeStamp } from './change-stamp.ts';
import { invoiceRow } from './invoices.ts';
import type { Tenant } from './tenant.ts';

/** A file that a clerk attaches to a supplier invoice. */
export interface NewFile {
  readonly name: string;
  /** Default: that of a PDF. */
  readonly mimeType?: string;
  readonly content: Uint8Array;
}

/** Attaches a file by the generic object services, as the invoice's app does. */
export function attachFile(tenant: Tenant, key: InvoiceKey, file: NewFile): void {
  const { books, switches, clock } = tenant;
  const header = invoiceRow(tenant, key);
  const number = nextNumber(books, 'attachment', 1);
  const logicalDocument = createHash('md5').update(number).digest('hex').toUpperCase();
  books.attachmentContents[logicalDocument] = Buffer.from(file.content).toString('base64');
  table(books, attachmentSet).push({
    DocumentInfoRecordDocType: 'GOS',
    DocumentInfoRecordDocNumber: number,
    LogicalDocument: logicalDocument,
    ArchiveDocumentID: `FOL18000000000004EXT${number}`,
    LinkedSAPObjectKey: objectKey(key),
    BusinessObjectTypeName: 'BUS2081',
    FileName: file.name,
    MimeType: file.mimeType ?? 'application/pdf',
    FileSize: String(file.content.length),
    CreatedByUser: 'CLERK',
    CreationDateTime: isoTime(clock.now()),
    Source: 'GOS',
  });
  if (switches.attachmentMovesStamp) moveChangeStamp(tenant, header);
}

/** Removes every file of this name. */
export function removeFile({ books }: Tenant, key: InvoiceKey, name: string): void {
  const files = table(books, attachmentSet);
  const kept = files.filter((row) => row.LinkedSAPObjectKey !== objectKey(key) || row.FileName !== name);
  files.splice(0, files.length, ...kept);
}

function objectKey({ supplierInvoice, fiscalYear }: InvoiceKey): string {
  return `${supplierInvoice}${fiscalYear}`;
}

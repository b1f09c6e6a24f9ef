import { type SapBooks, table } from './books.ts';
import { attachmentSet } from './entities/attachment-entities.ts';
import { type Property, type Row, textOf } from './odata/entity-type.ts';
import type { Media, ReadingFunction } from './odata/service-definition.ts';
import type { Tenant } from './tenant/tenant.ts';

/** GetAllOriginals: the files of one business object; the other ways to name it are not played. */
export const attachmentFunctions: Readonly<Record<string, ReadingFunction>> = {
  GetAllOriginals: {
    parameters: {
      LinkedSAPObjectKey: text('LinkedSAPObjectKey', 90),
      BusinessObjectTypeName: text('BusinessObjectTypeName', 40),
      SemanticObject: text('SemanticObject', 40),
      SAPObjectType: text('SAPObjectType', 30),
      SAPObjectNodeType: text('SAPObjectNodeType', 30),
    },
    optional: ['BusinessObjectTypeName', 'SemanticObject', 'SAPObjectType', 'SAPObjectNodeType'],
    set: attachmentSet,
    rows: ({ books, switches }, { LinkedSAPObjectKey, BusinessObjectTypeName }) =>
      table(books, attachmentSet)
        .filter(
          (row) =>
            row.LinkedSAPObjectKey === LinkedSAPObjectKey &&
            row.BusinessObjectTypeName === BusinessObjectTypeName,
        )
        .map((row) => (switches.showsFileSize ? row : { ...row, FileSize: '' })),
  },
};

/** `…/AttachmentContentSet(key)/$value`. */
export const attachmentMedia: Readonly<Record<string, Media>> = {
  [attachmentSet]: ({ books }: Tenant, row: Row) => ({
    bytes: contentOf(books, row),
    type: textOf(row, 'MimeType') || 'application/octet-stream',
  }),
};

function contentOf({ attachmentContents }: SapBooks, row: Row): Uint8Array {
  return Buffer.from(attachmentContents[textOf(row, 'LogicalDocument')] ?? '', 'base64');
}

function text(name: string, maxLength: number): Property {
  return { name, kind: 'text', maxLength, isNumeric: false, isFilterable: true };
}

import { type EntityType, entityType } from '../odata/entity-type.ts';

/** API_CV_ATTACHMENT_SRV, OData V2 (SAP Business Accelerator Hub, "Attachment Service"): the files of documents. */
export const attachmentSet = 'AttachmentContentSet';

export const attachmentEntities: readonly EntityType[] = [
  entityType(
    attachmentSet,
    `DocumentInfoRecordDocType DocumentInfoRecordDocNumber DocumentInfoRecordDocVersion DocumentInfoRecordDocPart
     LogicalDocument ArchiveDocumentID LinkedSAPObjectKey BusinessObjectTypeName`.replace(/\s+/g, ' '),
    `DocumentInfoRecordDocType:3- DocumentInfoRecordDocNumber:25- DocumentInfoRecordDocVersion:2-
     DocumentInfoRecordDocPart:3- LogicalDocument:32- ArchiveDocumentID:40- LinkedSAPObjectKey:90-
     BusinessObjectTypeName:40- SemanticObject:40- WorkstationApplication:3- FileSize:12- FileName:255-
     DocumentURL:4096- MimeType:128- CreatedByUser:12- CreatedByUserFullName:80- CreationDateTime:moment-
     BusinessObjectType:40- LastChangedByUser:12- ChangedDateTime:moment- StorageCategory:10-
     ArchiveLinkRepository:2- HarmonizedDocumentType:40- AttachmentDeletionIsAllowed:bool-
     AttachmentRenameIsAllowed:bool- Source:10-`,
  ),
];

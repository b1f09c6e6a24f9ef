import { createHash } from 'node:crypto';
import { ok } from './answer.ts';
import { billById } from './bill-view.ts';
import type { StoredDocument } from './books.ts';
import { newId } from './ids.ts';
import { answerList, type ListSpec } from './lists.ts';
import { invalid, notFound, Refusal } from './refusal.ts';
import { billTime } from './values.ts';
import { find, type Handler, type World } from './world.ts';

/** Documents of bills (BILL dossier §5.7): nothing deletes one, and the same file again is a second one. */
const MOST_BYTES = 6 * 1024 * 1024;

const documentList: ListSpec<StoredDocument> = {
  filters: {},
  sorts: { createdTime: ({ createdAt }) => createdAt },
  present: presentDocument,
};

/** `POST /v3/documents/bills/:billId?name=…`: the file itself is the body. */
export const uploadDocument: Handler = (world, call) => {
  const bill = billById(world, call.params.billId);
  const name = call.query.get('name');
  if (!name) throw new Refusal(400, 'BDC_1108', 'Missing parameter: name');
  if (!/[^.]\.[A-Za-z0-9]{2,5}$/.test(name)) throw invalid('name: a file name with its extension is needed');
  const content = call.bytes();
  if (content.length === 0) throw new Refusal(400, 'BDC_1108', 'Missing parameter: file');
  if (content.length > MOST_BYTES) throw invalid('the file is larger than 6 MB');
  if (world.switches.refusedDocuments.some((part) => name.includes(part)))
    throw invalid(`the file ${name} cannot be read`);
  return ok(presentDocument(world, addDocument(world, bill.id, name, content)));
};

export const listDocuments: Handler = (world, call) => {
  const { id } = billById(world, call.params.billId);
  const isListed = (each: StoredDocument) =>
    each.billId === id && (isUploaded(world, each) || world.switches.listsUploads);
  return answerList(world, call, Object.values(world.books.documents).filter(isListed), documentList);
};

export const getDocument: Handler = (world, { params }) => {
  const id = params.documentId ?? '';
  const document = find(world.books.documents, id);
  if (document === undefined || !isUploaded(world, document)) throw notFound(world.switches, 'document', id);
  return ok(presentDocument(world, document));
};

/** A bare array, by the temporary ids. */
export const uploadStatus: Handler = (world, { query }) => {
  const ids = (query.get('ids') ?? '').split(',');
  const found = Object.values(world.books.documents).filter(({ uploadId }) => ids.includes(uploadId));
  return ok(
    found.map((document) =>
      isUploaded(world, document)
        ? { documentId: document.id, uploadId: document.uploadId, status: 'UPLOADED' }
        : { uploadId: document.uploadId, status: 'IN_PROGRESS' },
    ),
  );
};

/** A document that a person adds in BILL, or that the API is given. */
export function addDocument(world: World, billId: string, name: string, content: Uint8Array): StoredDocument {
  const { books, clock } = world;
  const now = clock.now();
  const document: StoredDocument = {
    id: newId(books, '00h', billId, name),
    uploadId: newId(books, '0du', billId, name),
    billId,
    name,
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
    createdAt: now,
    updatedAt: now,
  };
  books.documents[document.id] = document;
  return document;
}

function isUploaded({ clock, switches }: World, { createdAt }: StoredDocument): boolean {
  return createdAt + switches.documentUploadMs <= clock.now();
}

/** Name, time and link come when the upload is complete (BILL, "Upload bill document"). */
function presentDocument(world: World, document: StoredDocument): object {
  const { id, uploadId, name, createdAt } = document;
  if (!isUploaded(world, document)) return { id: uploadId };
  return {
    id,
    name,
    createdTime: billTime(createdAt),
    downloadLink: `https://files.example/documents/${id}`,
  };
}

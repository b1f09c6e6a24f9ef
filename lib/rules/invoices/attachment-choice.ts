import { cutText } from '../cut-text.ts';
import type { Attachment } from '../sap-invoices.ts';

/** BILL takes no larger document: 6 MB (BILL dossier §3.5). */
export const mostDocumentBytes = 6 * 1024 * 1024;

/** The longest name that is sent; BILL's own limit is not known. */
const longestStem = 100;

/** A file for BILL, by the name that it has there. */
export interface ChosenFile {
  readonly file: Attachment;
  readonly name: string;
}

/** A file that stays in SAP. */
export interface LeftFile {
  readonly file: Attachment;
  readonly why: 'not-a-pdf' | 'empty' | 'too-large' | 'too-many';
}

interface Choice {
  readonly chosen: readonly ChosenFile[];
  readonly left: readonly LeftFile[];
}

/**
 * Which files of an invoice go to its bill: PDFs that BILL takes, the oldest first, `most` of them in all. Files that
 * BILL has got already (`known`: their names, by file id) keep their names; no two files have the same one, since the
 * name is how a document is found again.
 */
export function chooseAttachments(
  files: readonly Attachment[],
  known: ReadonlyMap<string, string>,
  most: number,
): Choice {
  const chosen: ChosenFile[] = [];
  const left: LeftFile[] = [];
  const taken = new Set([...known.values()].map(folded));
  for (const file of inOrder(files)) {
    const before = known.get(file.id);
    const why =
      before === undefined ? (faultOf(file) ?? (taken.size >= most ? 'too-many' : undefined)) : undefined;
    if (why !== undefined) {
      left.push({ file, why });
      continue;
    }
    const name = before ?? freeName(file.fileName, taken);
    taken.add(folded(name));
    chosen.push({ file, name });
  }
  return { chosen, left };
}

/** By the content itself: readers take the mark of a PDF anywhere in its first 1024 bytes (ISO 32000-1, annex H). */
export function isPdf(content: Uint8Array): boolean {
  return Buffer.from(content.subarray(0, 1024)).includes('%PDF-');
}

function faultOf({ fileName, mimeType, bytes }: Attachment): LeftFile['why'] | undefined {
  const isPdfByName = /\.pdf$/i.test(fileName) || /^application\/(x-)?pdf\b/i.test(mimeType ?? '');
  if (!isPdfByName) return 'not-a-pdf';
  if (bytes === 0) return 'empty';
  return bytes !== undefined && bytes > mostDocumentBytes ? 'too-large' : undefined;
}

/** Each file once, the oldest first; the same order whatever order SAP answers in. */
function inOrder(files: readonly Attachment[]): Attachment[] {
  const placeOf = ({ createdAt = '', fileName, id }: Attachment) => [createdAt, fileName, id].join('\n');
  const distinct = new Map(files.map((file) => [file.id, file]));
  return [...distinct.values()].sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
}

/** `Invoice 4711.pdf`, or `Invoice 4711 (2).pdf` where another file has that name. */
function freeName(fileName: string, taken: ReadonlySet<string>): string {
  const stem = stemOf(fileName);
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? `${stem}.pdf` : `${stem} (${number}).pdf`;
    if (!taken.has(folded(name))) return name;
  }
}

/** Without folders, line breaks and what file systems do not take: BILL should have no reason to change it. */
function stemOf(fileName: string): string {
  const plain = fileName.normalize('NFC').replace(/[\p{C}/\\:*?"<>|]+/gu, ' ');
  const stem = plain
    .replace(/\.pdf\s*$/i, '')
    .replace(/\s+/g, ' ')
    .trim();
  return cutText(stem, longestStem).trim() || 'Attachment';
}

function folded(name: string): string {
  return name.toLowerCase();
}

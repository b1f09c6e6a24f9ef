import { createHash } from 'node:crypto';

/** The first three characters of BILL's ids (BILL dossier §3.8). */
export type IdPrefix =
  | '006'
  | '008'
  | '009'
  | '00n'
  | '00h'
  | '0du'
  | 'bli'
  | '0ca'
  | 'cls'
  | '0de'
  | 'loc'
  | 'stp'
  | 'blp'
  | 'vcr'
  | 'bac';

const ID_LENGTH = 20;

/** The part of the books that ids are made from. */
interface IdSource {
  readonly seed: string;
  readonly occurrences: Record<string, number>;
}

/** Letters and digits that depend on nothing but the seed and the words. */
export function inventedText(seed: string, ...words: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify([seed, ...words]))
    .digest('base64')
    .replace(/[^A-Za-z0-9]/g, '');
}

/**
 * A new id from what the object is in the business, not from when it came: requests that arrive in another
 * order get the same ids. Objects with the same content are told apart by their count.
 */
export function newId(books: IdSource, prefix: IdPrefix, ...content: readonly string[]): string {
  const occurrence = nextOccurrence(books, prefix, ...content);
  return `${prefix}${inventedText(books.seed, prefix, ...content, String(occurrence))}`.slice(0, ID_LENGTH);
}

/** A new UUID of version 4's form, made like an id. */
export function newUuid(books: IdSource, ...content: readonly string[]): string {
  const occurrence = nextOccurrence(books, 'uuid', ...content);
  const hex = createHash('md5')
    .update(JSON.stringify([books.seed, ...content, occurrence]))
    .digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** A new secret text: a session id, a security key. */
export function newSecret(books: IdSource, ...content: readonly string[]): string {
  return inventedText(books.seed, 'secret', ...content, String(nextOccurrence(books, 'secret', ...content)));
}

function nextOccurrence(books: IdSource, ...content: readonly string[]): number {
  const key = JSON.stringify(content);
  const occurrence = (books.occurrences[key] ?? 0) + 1;
  books.occurrences[key] = occurrence;
  return occurrence;
}

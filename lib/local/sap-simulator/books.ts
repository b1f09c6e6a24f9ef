import type { Row } from './odata/entity-type.ts';
import { initialOrganization, type Organization } from './organization.ts';
import type { MessageRequest } from './tenant/message-requests.ts';

/** All state of the simulated tenant: one plain object, so that a process can save it and go on with it. */
export interface SapBooks {
  /** Rows by entity set, as the services show them; absent properties are empty. */
  readonly tables: Record<string, Row[]>;
  /** Company codes, chart of accounts, cost centers, payment terms, closed periods. */
  readonly organization: Organization;
  readonly access: Access;
  /** Next free numbers by number range. */
  readonly numbers: Record<string, number>;
  /** Message ids that the posting service has accepted. */
  readonly messageIds: string[];
  /** From when, in milliseconds, an FI document shows; by `companyCode/fiscalYear/accountingDocument`. */
  readonly visibleFrom: Record<string, number>;
  /** So many of the next postings are done, but their answers are cut by the front end with 504 (dossier §3.3). */
  answersToCut: number;
  /** Messages that asynchronous services have taken and not worked off yet, in their order. */
  readonly waitingMessages: WaitingMessage[];
  /** What came of worked off messages, as SAP's Message Dashboard (AIF, `/FINAC`) shows it to people; newest last. */
  readonly workedOffMessages: WorkedOffMessage[];
  /** Contents of attached files, base64, by their logical document. */
  readonly attachmentContents: Record<string, string>;
  /** Answered requests by service, for the summary; `token` counts token requests. */
  readonly requests: Record<string, number>;
}

/** A message of an asynchronous service (SAP dossier §9.1): 202 was answered, its effect comes later. */
export interface WaitingMessage {
  readonly service: string;
  readonly messageId: string;
  /** Milliseconds. */
  readonly dueAt: number;
  readonly requests: readonly MessageRequest[];
}

interface WorkedOffMessage {
  readonly service: string;
  readonly messageId: string;
  /** Why nothing came of a request; `` where it was done. */
  readonly problem: string;
}

/** Tokens and sessions of the one communication user. */
interface Access {
  /** Moment of expiry in milliseconds, by token. */
  readonly tokens: Record<string, number>;
  readonly sessions: Record<string, Session>;
  wrongSecrets: number;
}

export interface Session {
  readonly csrfToken: string;
  /** Cookie names and values, all of which must come back. */
  readonly cookies: Record<string, string>;
  lastUsed: number;
}

/** A tenant that is set up, with its organization and without documents or suppliers. */
export function emptyBooks(): SapBooks {
  return {
    tables: {},
    organization: structuredClone(initialOrganization),
    access: { tokens: {}, sessions: {}, wrongSecrets: 0 },
    numbers: {},
    messageIds: [],
    visibleFrom: {},
    answersToCut: 0,
    waitingMessages: [],
    workedOffMessages: [],
    attachmentContents: {},
    requests: {},
  };
}

/** The rows of an entity set, for reading and for adding. */
export function table(books: SapBooks, set: string): Row[] {
  books.tables[set] ??= [];
  return books.tables[set];
}

/** The next number of a range, as text of `digits` digits. */
export function nextNumber(books: SapBooks, range: string, first: number, digits = 10): string {
  const number = books.numbers[range] ?? first;
  books.numbers[range] = number + 1;
  return String(number).padStart(digits, '0');
}

import type { HttpRequest, HttpResponse } from '../../../http/http.ts';
import { page } from '../error-answers.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { child, children, childText, parseXml, type XmlElement } from '../xml.ts';
import { schemaProblem } from './check-schema.ts';
import { confirmation, type EntryOutcome, fault } from './confirmation.ts';
import { readEntry } from './journal-entry-request.ts';
import { bulkRequest } from './journal-entry-schema.ts';
import { postEntry } from './post-entry.ts';
import { type SoapVersion, soapVersions } from './soap-versions.ts';

/** Journal Entry – Post (Synchronous), SOAP 1.1 and 1.2 (SAP dossier §9). */
export const journalEntryService = 'JournalEntryCreateRequestConfirmation_In';
export const journalEntryPath = '/sap/bc/srt/scs_ext/sap/journalentrycreaterequestconfi';

const namespace = 'http://sap.com/xi/SAPSCORE/SFIN';
const action = `${namespace}/${journalEntryService}/${journalEntryService}Request`;

export function answerJournalEntries(tenant: Tenant, request: HttpRequest): HttpResponse {
  if (request.method !== 'POST') return page(405, 'Method Not Allowed');
  const envelope = parseXml(request.body ?? '');
  const version = soapVersions.find(
    (each) => envelope?.name === 'Envelope' && each.namespace === envelope.namespace,
  );
  if (!envelope || !version) return fault(undefined, 'The body is no SOAP envelope');
  const contentType = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (contentType !== version.contentType) return page(415, 'Unsupported Media Type');
  if (!hasAction(request, version)) return fault(version, 'The operation of SOAPAction is unknown');
  const bulk = child(envelope, 'Body')?.children[0];
  if (bulk?.name !== 'JournalEntryBulkCreateRequest' || bulk.namespace !== namespace) {
    return fault(version, 'The body holds no JournalEntryBulkCreateRequest');
  }
  const problem = tenant.switches.soapParsing === 'strict' ? schemaProblem(bulk, bulkRequest) : undefined;
  return problem === undefined
    ? postAll(tenant, bulk, version)
    : fault(version, `Deserialisation failed: ${problem}`);
}

/** SOAP 1.1 needs the header; SOAP 1.2 may carry the action in its content type. */
function hasAction({ headers }: HttpRequest, { contentType }: SoapVersion): boolean {
  if (contentType === 'text/xml') return headers.soapaction?.replaceAll('"', '') === action;
  const given = /action="([^"]*)"/.exec(headers['content-type'] ?? '')?.[1];
  return given === undefined || given === action;
}

function postAll(tenant: Tenant, bulk: XmlElement, version: SoapVersion): HttpResponse {
  const outcomes = children(bulk, 'JournalEntryCreateRequest').map((request): EntryOutcome => {
    const entry = readEntry(bulk, request);
    return {
      entry,
      messageId: childText(child(request, 'MessageHeader'), 'ID'),
      outcome: postEntry(tenant, entry),
    };
  });
  const { books } = tenant;
  if (books.answersToCut > 0 && outcomes.some(({ outcome }) => outcome.document)) {
    books.answersToCut -= 1;
    return page(504, 'Gateway Timeout');
  }
  return confirmation(tenant, version, childText(child(bulk, 'MessageHeader'), 'ID'), outcomes);
}

import type { HttpRequest, HttpResponse } from '../../../http/http.ts';
import { page } from '../error-answers.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { child, children, childText, type XmlElement } from '../xml.ts';
import { schemaProblem } from './check-schema.ts';
import { confirmation, type EntryOutcome, fault } from './confirmation.ts';
import { readEnvelope } from './envelope.ts';
import { readEntry } from './journal-entry-request.ts';
import { bulkRequest } from './journal-entry-schema.ts';
import { postEntry } from './post-entry.ts';
import type { SoapVersion } from './soap-versions.ts';

/** Journal Entry – Post (Synchronous), SOAP 1.1 and 1.2 (SAP dossier §9). */
export const journalEntryService = 'JournalEntryCreateRequestConfirmation_In';
export const journalEntryPath = '/sap/bc/srt/scs_ext/sap/journalentrycreaterequestconfi';

export function answerJournalEntries(tenant: Tenant, request: HttpRequest): HttpResponse {
  const message = readEnvelope(request, {
    service: journalEntryService,
    root: 'JournalEntryBulkCreateRequest',
  });
  if ('status' in message) return message;
  const { body, version } = message;
  const problem = tenant.switches.soapParsing === 'strict' ? schemaProblem(body, bulkRequest) : undefined;
  return problem === undefined
    ? postAll(tenant, body, version)
    : fault(version, `Deserialisation failed: ${problem}`);
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

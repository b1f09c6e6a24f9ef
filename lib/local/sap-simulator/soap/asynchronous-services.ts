import type { HttpRequest, HttpResponse } from '../../../http/http.ts';
import type { MessageRequest } from '../tenant/message-requests.ts';
import { takeMessage } from '../tenant/messages.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { child, children, childText, type XmlElement } from '../xml.ts';
import { schemaProblem } from './check-schema.ts';
import { fault } from './confirmation.ts';
import { readEnvelope, type SoapMessage } from './envelope.ts';
import { changeRequest, clearingRequest } from './item-schemas.ts';
import { readBlockChange, readClearing } from './message-requests.ts';
import type { ElementRule } from './schema-notation.ts';

/** An asynchronous service of SAP_COM_0002 (SAP dossier §9.1): it answers before anything has happened. */
export interface AsynchronousService {
  readonly name: 'JournalEntryBulkClearingRequest_In' | 'JournalEntryBulkChangeRequest_In';
  readonly path: string;
  readonly root: string;
  readonly schema: readonly ElementRule[];
  /** The element of one request in the message. */
  readonly request: string;
  readonly read: (request: XmlElement, isTest: boolean) => MessageRequest;
}

export const asynchronousServices: readonly AsynchronousService[] = [
  {
    name: 'JournalEntryBulkClearingRequest_In',
    path: '/sap/bc/srt/scs_ext/sap/journalentrybulkclearingreques',
    root: 'JournalEntryBulkClearingRequest',
    schema: clearingRequest,
    request: 'JournalEntryClearingRequest',
    read: (request, isTest) => ({ kind: 'clearing', isTest, clearing: readClearing(request) }),
  },
  {
    name: 'JournalEntryBulkChangeRequest_In',
    path: '/sap/bc/srt/scs_ext/sap/journalentrybulkchangerequest_',
    root: 'JournalEntryBulkChangeRequestMessage',
    schema: changeRequest,
    request: 'JournalEntryDebtorCreditorItem',
    read: (request, isTest) => ({ kind: 'block-change', isTest, change: readBlockChange(request) }),
  },
];

/** 202 with an empty body once the message can be read; whatever else is wrong with it shows only inside SAP. */
export function answerAsynchronous(
  tenant: Tenant,
  request: HttpRequest,
  service: AsynchronousService,
): HttpResponse {
  const message = readEnvelope(request, { service: service.name, root: service.root });
  if ('status' in message) return message;
  const problem = addressingProblem(message) ?? schemaBreach(tenant, service, message);
  if (problem !== undefined) return fault(message.version, problem);
  const header = child(message.body, 'MessageHeader');
  takeMessage(tenant, {
    service: service.name,
    messageId: childText(header, 'ID'),
    requests: children(message.body, service.request).map((each) =>
      service.read(each, [header, child(each, 'MessageHeader')].some(isTest)),
    ),
  });
  return { status: 202, headers: {}, body: '' };
}

const addressing =
  /^http:\/\/(www\.w3\.org\/2005\/08\/addressing|schemas\.xmlsoap\.org\/ws\/2004\/08\/addressing)$/;

/** WS-Addressing is mandatory in the policy of the asynchronous bindings (SAP dossier §9.1). */
function addressingProblem({ envelope }: SoapMessage): string | undefined {
  const headers = child(envelope, 'Header')?.children ?? [];
  const missing = ['Action', 'MessageID'].filter(
    (name) => !headers.some((each) => each.name === name && addressing.test(each.namespace)),
  );
  return missing.length === 0 ? undefined : `WS-Addressing: ${missing.join(' and ')} required`;
}

function schemaBreach(
  { switches }: Tenant,
  { schema }: AsynchronousService,
  { body }: SoapMessage,
): string | undefined {
  const problem = switches.soapParsing === 'strict' ? schemaProblem(body, schema) : undefined;
  return problem === undefined ? undefined : `Deserialisation failed: ${problem}`;
}

function isTest(header: XmlElement | undefined): boolean {
  return ['true', '1'].includes(childText(header, 'TestDataIndicator'));
}

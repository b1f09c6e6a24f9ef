import { isoTime } from '../../../clock.ts';
import type { HttpResponse } from '../../../http/http.ts';
import { fiscalYearOf } from '../tenant/fi-documents.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { escapeXml } from '../xml.ts';
import type { EntryRequest } from './journal-entry-request.ts';
import type { Outcome } from './post-entry.ts';
import type { SoapVersion } from './soap-versions.ts';

/** The answer of the posting service (SAP dossier §9.3): HTTP 200 for refusals too. */
export interface EntryOutcome {
  readonly entry: EntryRequest;
  /** ID of the entry's own message header, echoed as ReferenceID. */
  readonly messageId: string;
  readonly outcome: Outcome;
}

/** Tenants differ in prefixes; a client goes by local names (§9.9). */
const prefixes = [
  ['soap-env', 'n0'],
  ['env', 'nm'],
  ['soapenv', 'n1'],
] as const;

export function confirmation(
  tenant: Tenant,
  version: SoapVersion,
  bulkId: string,
  outcomes: readonly EntryOutcome[],
): HttpResponse {
  const [envelope, body] =
    prefixes[(outcomes[0]?.entry.reference.length ?? 0) % prefixes.length] ?? prefixes[0];
  const entries = outcomes.map((each) => entryElement(tenant, each)).join('');
  const text = `<${body}:JournalEntryBulkCreateConfirmation xmlns:${body}="http://sap.com/xi/SAPSCORE/SFIN">${messageHeader(tenant, bulkId)}<ConfirmationInterfaceOrignName/>${entries}<Log/></${body}:JournalEntryBulkCreateConfirmation>`;
  return answer(200, version, envelope, text);
}

function entryElement(tenant: Tenant, { entry, messageId, outcome }: EntryOutcome): string {
  const { document, messages } = outcome;
  const severity = Math.max(...messages.map((message) => message.severity));
  const year = document?.fiscalYear ?? (severity < 3 ? fiscalYearOf(entry.postingDate) : '0000');
  const items = messages.map(
    ({ typeId, severity: code, note }) =>
      `<Item><TypeID>${typeId}</TypeID><SeverityCode>${code}</SeverityCode><Note>${escapeXml(note.slice(0, 200))}</Note></Item>`,
  );
  return `<JournalEntryCreateConfirmation>${messageHeader(tenant, messageId)}<JournalEntryCreateConfirmation><AccountingDocument>${document?.accountingDocument ?? '0000000000'}</AccountingDocument><CompanyCode>${escapeXml(entry.companyCode)}</CompanyCode><FiscalYear>${year}</FiscalYear></JournalEntryCreateConfirmation><Log><MaximumLogItemSeverityCode>${severity}</MaximumLogItemSeverityCode>${items.join('')}</Log></JournalEntryCreateConfirmation>`;
}

function messageHeader({ clock, random }: Tenant, referenceId: string): string {
  const reference = referenceId === '' ? '' : `<ReferenceID>${escapeXml(referenceId)}</ReferenceID>`;
  return `<MessageHeader><UUID>${random.uuid()}</UUID>${reference}<CreationDateTime>${isoTime(clock.now())}</CreationDateTime></MessageHeader>`;
}

/** HTTP 500 with a SOAP fault: the request could not be read. */
export function fault(version: SoapVersion | undefined, what: string): HttpResponse {
  const is12 = version?.contentType === 'application/soap+xml';
  const body = is12
    ? `<env:Fault><env:Code><env:Value>env:Sender</env:Value></env:Code><env:Reason><env:Text xml:lang="en">${escapeXml(what)}</env:Text></env:Reason></env:Fault>`
    : `<soap-env:Fault><faultcode>soap-env:Client</faultcode><faultstring xml:lang="en">${escapeXml(what)}</faultstring></soap-env:Fault>`;
  return answer(500, version, is12 ? 'env' : 'soap-env', body);
}

function answer(
  status: number,
  version: SoapVersion | undefined,
  prefix: string,
  body: string,
): HttpResponse {
  const namespace = version?.namespace ?? 'http://schemas.xmlsoap.org/soap/envelope/';
  return {
    status,
    headers: { 'content-type': `${version?.contentType ?? 'text/xml'};charset=utf-8` },
    body: `<${prefix}:Envelope xmlns:${prefix}="${namespace}"><${prefix}:Header/><${prefix}:Body>${body}</${prefix}:Body></${prefix}:Envelope>`,
  };
}

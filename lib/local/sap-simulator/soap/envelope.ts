import type { HttpRequest, HttpResponse } from '../../../http/http.ts';
import { page } from '../error-answers.ts';
import { child, parseXml, type XmlElement } from '../xml.ts';
import { fault } from './confirmation.ts';
import { type SoapVersion, soapVersions } from './soap-versions.ts';

const soapNamespace = 'http://sap.com/xi/SAPSCORE/SFIN';

/** A request that is one: its envelope, and the element in its body. */
export interface SoapMessage {
  readonly version: SoapVersion;
  readonly envelope: XmlElement;
  readonly body: XmlElement;
}

/** Reads the envelope of a service's request; a refusal where it is none (SAP dossier §9.1). */
export function readEnvelope(
  request: HttpRequest,
  { service, root }: { readonly service: string; readonly root: string },
): SoapMessage | HttpResponse {
  if (request.method !== 'POST') return page(405, 'Method Not Allowed');
  const envelope = parseXml(request.body ?? '');
  const version = soapVersions.find(
    (each) => envelope?.name === 'Envelope' && each.namespace === envelope.namespace,
  );
  if (!envelope || !version) return fault(undefined, 'The body is no SOAP envelope');
  const contentType = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (contentType !== version.contentType) return page(415, 'Unsupported Media Type');
  if (!hasAction(request, version, actionOf(service)))
    return fault(version, 'The operation of SOAPAction is unknown');
  const body = child(envelope, 'Body')?.children[0];
  if (body?.name !== root || body.namespace !== soapNamespace)
    return fault(version, `The body holds no ${root}`);
  return { version, envelope, body };
}

function actionOf(service: string): string {
  return `${soapNamespace}/${service}/${service}Request`;
}

/** SOAP 1.1 needs the header; SOAP 1.2 may carry the action in its content type. */
function hasAction({ headers }: HttpRequest, { contentType }: SoapVersion, action: string): boolean {
  if (contentType === 'text/xml') return headers.soapaction?.replaceAll('"', '') === action;
  const given = /action="([^"]*)"/.exec(headers['content-type'] ?? '')?.[1];
  return given === undefined || given === action;
}

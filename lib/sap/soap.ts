import { XMLBuilder } from 'fast-xml-parser';

/** SOAP 1.1 as SAP's journal-entry services take it: only the root element carries the namespace (SAP dossier §9.1). */
const namespace = 'http://sap.com/xi/SAPSCORE/SFIN';

/** A value, nested elements, a repeated element, or an element that is left out. */
export type Xml = string | undefined | { readonly [name: string]: Xml | readonly Xml[] };

/** SOAPAction and WS-Addressing action of a service (SAP dossier §9.1). */
export function soapActionOf(service: string): string {
  return `${namespace}/${service}/${service}Request`;
}

/** The request in its envelope; `headers` are elements with their own namespace declarations. */
export function soapEnvelope(root: string, content: Xml, headers: Record<string, Xml> = {}): string {
  const document = {
    'soapenv:Envelope': {
      '@xmlns:soapenv': 'http://schemas.xmlsoap.org/soap/envelope/',
      '@xmlns:sfin': namespace,
      'soapenv:Header': Object.keys(headers).length === 0 ? '' : headers,
      'soapenv:Body': { [`sfin:${root}`]: content },
    },
  };
  return `<?xml version="1.0" encoding="UTF-8"?>${builder.build(withoutAbsent(document))}`;
}

const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@', processEntities: true });

/** The elements that say something when they are empty: no header, no block. */
const mayBeEmpty = new Set(['soapenv:Header', 'PaymentBlockingReasonCode']);

/** Absent and empty elements are left out: most have a least length of one (SAP dossier §9.2). */
function withoutAbsent(xml: Xml | readonly Xml[]): unknown {
  if (Array.isArray(xml)) return xml.map(withoutAbsent);
  if (typeof xml !== 'object') return xml === undefined ? undefined : printable(xml);
  const entries = Object.entries(xml).map(([name, value]) => [name, withoutAbsent(value)] as const);
  return Object.fromEntries(
    entries.filter(([name, value]) => value !== undefined && (value !== '' || mayBeEmpty.has(name))),
  );
}

/** XML 1.0 knows no control characters but tab and line feeds; SAP's fields are one line anyway. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\ufffe\uffff]+/gu, ' ').trim();
}

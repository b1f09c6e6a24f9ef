import { escapeXml } from '../xml.ts';
import { type EntityType, type Row, valueIn } from './entity-type.ts';
import { keyText } from './shapes.ts';

/** What a client gets that does not ask for JSON: an Atom feed (SAP dossier §3.1). */
export function atomFeed(rows: readonly Row[], type: EntityType, serviceUrl: string): string {
  const entries = rows.map((row) => atomEntry(row, type, serviceUrl)).join('');
  return `<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata" xmlns:d="http://schemas.microsoft.com/ado/2007/08/dataservices" xml:base="${escapeXml(serviceUrl)}/"><title type="text">${type.set}</title>${entries}</feed>`;
}

function atomEntry(row: Row, type: EntityType, serviceUrl: string): string {
  const id = `${serviceUrl}/${type.set}(${keyText(row, type)})`;
  const properties = [...type.properties.values()].map((property) => {
    const value = valueIn(row, property);
    return value === null
      ? `<d:${property.name} m:null="true"/>`
      : `<d:${property.name}>${escapeXml(String(value))}</d:${property.name}>`;
  });
  return `<entry><id>${escapeXml(id)}</id><content type="application/xml"><m:properties>${properties.join('')}</m:properties></content></entry>`;
}

export function xmlError(code: string, message: string): string {
  return `<?xml version="1.0" encoding="utf-8"?><error xmlns="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata"><code>${escapeXml(code)}</code><message xml:lang="en">${escapeXml(message)}</message></error>`;
}

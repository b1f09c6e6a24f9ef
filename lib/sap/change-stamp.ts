import { XMLParser } from 'fast-xml-parser';
import * as z from 'zod';
import { UnexpectedAnswer } from './failures.ts';
import type { ChangeStamp } from './sap.ts';

/** What a tenant's metadata says about finding changed invoices. */
export interface InvoiceFeatures {
  readonly changeStamp: ChangeStamp;
  /** Older releases have no creation date (SAP dossier §4.1). */
  readonly hasCreationDate: boolean;
}

const property = z.object({
  Name: z.string(),
  filterable: z.string().optional(),
  sortable: z.string().optional(),
});
const entityType = z.object({ Name: z.string(), Property: z.array(property).default([]) });
const edmx = z.object({
  Edmx: z.object({
    DataServices: z.object({ Schema: z.array(z.object({ EntityType: z.array(entityType).default([]) })) }),
  }),
});

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  removeNSPrefix: true,
  parseAttributeValue: false,
  isArray: (name) => ['Schema', 'EntityType', 'Property'].includes(name),
});

/** Reads the supplier-invoice service's `$metadata`: the best stamp that may be filtered and sorted by. */
export function invoiceFeatures(metadata: string): InvoiceFeatures {
  const usable = usableProperties(metadata, 'A_SupplierInvoiceType');
  const stamps: ChangeStamp[] = ['LastChangeDateTime', 'SuplrInvcLstChgDteTmeTxt'];
  return {
    changeStamp: stamps.find((stamp) => usable.has(stamp)) ?? 'dates',
    hasCreationDate: usable.has('CreationDate'),
  };
}

/** `sap:filterable` and `sap:sortable` are true unless said otherwise (SAP annotations for OData 2.0). */
function usableProperties(metadata: string, typeName: string): Set<string> {
  const parsed = edmx.safeParse(parsedXml(metadata));
  const types = parsed.data?.Edmx.DataServices.Schema.flatMap((schema) => schema.EntityType) ?? [];
  const type = types.find((each) => each.Name === typeName);
  if (type === undefined)
    throw new UnexpectedAnswer(`SAP's metadata of the supplier-invoice service has no ${typeName}.`);
  const usable = type.Property.filter((each) => each.filterable !== 'false' && each.sortable !== 'false');
  return new Set(usable.map((each) => each.Name));
}

function parsedXml(text: string): unknown {
  try {
    return parser.parse(text);
  } catch {
    throw new UnexpectedAnswer("SAP's metadata of the supplier-invoice service is no XML.");
  }
}

import { XMLParser } from 'fast-xml-parser';
import * as z from 'zod';

/** One message of SAP's log; `TypeID` has the form `609(RW)`: number and message class (SAP dossier §9.3). */
export interface LogItem {
  readonly typeId: string;
  readonly severity: number;
  readonly note: string;
}

/** What SAP says about one entry of the request. */
export interface EntryConfirmation {
  /** The entry's message id, echoed. */
  readonly referenceId: string;
  /** Undefined where nothing was posted: SAP shows blanks or `0000000000` then. */
  readonly accountingDocument?: string;
  readonly companyCode: string;
  readonly fiscalYear: string;
  /** 1 information, 2 warning, 3 error. */
  readonly severity: number;
  readonly items: readonly LogItem[];
}

const text = z
  .union([z.string(), z.object({ '#text': z.string() }).transform((node) => node['#text'])])
  .catch('');
const number = text.transform((value) => Number(value.trim() || 0));

const logItem = z.object({ TypeID: text, SeverityCode: number, Note: text });
const log = z
  .object({ MaximumLogItemSeverityCode: number, Item: z.array(logItem).default([]) })
  .catch({ MaximumLogItemSeverityCode: 0, Item: [] });

const confirmation = z.object({
  MessageHeader: z.object({ ReferenceID: text }),
  JournalEntryCreateConfirmation: z
    .array(z.object({ AccountingDocument: text, CompanyCode: text, FiscalYear: text }))
    .min(1),
  Log: log,
});

const answer = z.object({
  Envelope: z.object({
    Body: z.object({
      JournalEntryBulkCreateConfirmation: z.object({
        JournalEntryCreateConfirmation: z.array(confirmation).default([]),
        Log: log,
      }),
    }),
  }),
});

/** Prefixes vary between systems: elements are matched by their local names. */
const parser = new XMLParser({
  removeNSPrefix: true,
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: true,
  isArray: (name) => name === 'JournalEntryCreateConfirmation' || name === 'Item',
});

/** Reads SAP's answer; undefined where it is none (a SOAP fault, a cut or empty body, a web page). */
export function readConfirmations(body: string): EntryConfirmation[] | undefined {
  const parsed = answer.safeParse(parsedXml(body));
  if (!parsed.success) return undefined;
  const bulk = parsed.data.Envelope.Body.JournalEntryBulkCreateConfirmation;
  return bulk.JournalEntryCreateConfirmation.map(entryOf);
}

function entryOf({
  MessageHeader,
  JournalEntryCreateConfirmation,
  Log,
}: z.output<typeof confirmation>): EntryConfirmation {
  const [document] = JournalEntryCreateConfirmation;
  const posted = document?.AccountingDocument.trim() ?? '';
  const items = Log.Item.map((item) => ({
    typeId: item.TypeID.trim(),
    severity: item.SeverityCode,
    note: item.Note.trim(),
  }));
  return {
    referenceId: MessageHeader.ReferenceID.trim(),
    ...(/^0*$/.test(posted) ? {} : { accountingDocument: posted }),
    companyCode: document?.CompanyCode.trim() ?? '',
    fiscalYear: document?.FiscalYear.trim() ?? '',
    severity: Math.max(Log.MaximumLogItemSeverityCode, ...items.map((item) => item.severity)),
    items,
  };
}

function parsedXml(body: string): unknown {
  try {
    return parser.parse(body);
  } catch {
    return undefined;
  }
}

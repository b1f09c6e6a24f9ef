import * as z from 'zod';
import type { HttpResponse } from '../http/http.ts';
import { headerOf } from './headers.ts';

const v2Message: z.ZodType<V2Message> = z.object({
  code: z.string().catch(''),
  message: z.string().catch(''),
  severity: z.string().catch(''),
  details: z
    .lazy(() => z.array(v2Message))
    .optional()
    .catch(undefined),
});

interface V2Message {
  code: string;
  message: string;
  severity: string;
  details?: V2Message[] | undefined;
}

const v4Messages = z.array(
  z.object({
    code: z.string().catch(''),
    message: z.string().catch(''),
    numericSeverity: z.number().catch(0),
  }),
);

const lowestV4Warning = 3;
const longestRawText = 300;

/**
 * Warnings that came with a success: header `sap-message` (V2, one object with details) or `sap-messages` (V4, a
 * list; severity 3 is a warning, 4 an error). A header that cannot be read is told as it is (SAP dossier §3).
 */
export function warningsOf(response: HttpResponse): string[] {
  return [
    ...readHeader(headerOf(response, 'sap-message'), v2Message, v2Warnings),
    ...readHeader(headerOf(response, 'sap-messages'), v4Messages, (messages) =>
      messages.filter((each) => each.numericSeverity >= lowestV4Warning).map(textOf),
    ),
  ];
}

function readHeader<T>(
  header: string | undefined,
  schema: z.ZodType<T>,
  read: (value: T) => string[],
): string[] {
  if (header === undefined || header.trim() === '') return [];
  try {
    return read(schema.parse(JSON.parse(header)));
  } catch {
    return [header.slice(0, longestRawText)];
  }
}

function v2Warnings(message: V2Message): string[] {
  return [message, ...(message.details ?? [])]
    .filter((each) => /^(warning|error)$/i.test(each.severity))
    .map(textOf);
}

function textOf({ code, message }: { code: string; message: string }): string {
  return `${code} ${message}`.trim();
}

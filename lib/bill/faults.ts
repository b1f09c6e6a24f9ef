import * as z from 'zod';
import { parseJson } from './json.ts';

/** One element of BILL's error envelope (BILL dossier §2.2). */
export interface Fault {
  /** `BDC_nnnn`. */
  readonly code: string;
  /** ERROR, WARNING, INFORMATION; a fault without one counts as ERROR. */
  readonly severity: string;
  /** With its placeholders filled in. */
  readonly message: string;
}

/** What came back, whatever it was. */
export interface Body {
  /** Undefined when the body is empty or no JSON. */
  readonly json?: unknown;
  readonly form: 'json' | 'empty' | 'other';
  readonly faults: readonly Fault[];
}

const parameter = z.object({ name: z.string(), value: z.string() });

const fault = z
  .object({
    code: z.string().regex(/^BDC_\d+$/),
    severity: z.string().default('ERROR'),
    message: z.string().default('no message'),
    params: z.unknown().optional(),
  })
  .transform(({ code, severity, message, params }): Fault => {
    const values = z.array(parameter).safeParse(params).data ?? [];
    return { code, severity, message: filledIn(message, values) };
  });

/** Reads an answer's body in every form that BILL is known to send: data, array, object, HTML, nothing. */
export function readBody(text: string): Body {
  if (text.trim() === '') return { form: 'empty', faults: [] };
  let json: unknown;
  try {
    json = parseJson(text);
  } catch {
    // A page of a gateway, not of the API: the caller judges it by the status and this form.
    return { form: 'other', faults: [] };
  }
  const elements = Array.isArray(json) ? json : [json];
  return { json, form: 'json', faults: elements.flatMap((each) => fault.safeParse(each).data ?? []) };
}

function filledIn(message: string, values: readonly z.infer<typeof parameter>[]): string {
  return values.reduce((text, { name, value }) => text.replaceAll(`\${${name}}`, value), message);
}

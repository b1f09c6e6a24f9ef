/**
 * JSON without floats: every number that BILL sends is kept as the text it was written in, and an amount is
 * written as the plain JSON number that its text says (BILL dossier §3.4).
 */
declare global {
  interface JSON {
    /** ECMAScript "JSON.parse source text access"; Node.js 24 has it, TypeScript does not declare it yet. */
    parse(
      text: string,
      reviver: (this: unknown, key: string, value: unknown, context: { readonly source?: string }) => unknown,
    ): unknown;
    rawJSON(text: string): unknown;
  }
}

/**
 * Parses JSON; numbers become their source text, and keys whose value is null are left out: BILL leaves out what
 * is empty, and null would say no more. Throws SyntaxError like JSON.parse.
 */
export function parseJson(text: string): unknown {
  return JSON.parse(text, (_key, value, { source }) => {
    if (typeof value === 'number') return source;
    return value === null ? undefined : value;
  });
}

/** JSON text of a body; keys that are undefined are left out. */
export function writeJson(body: unknown): string {
  return JSON.stringify(body);
}

/** Decimal text as a JSON number in a body for `writeJson`. */
export function jsonNumber(decimal: string): unknown {
  return JSON.rawJSON(decimal);
}

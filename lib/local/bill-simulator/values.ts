/** How BILL writes money and time (BILL dossier §3.4). */
declare global {
  interface JSON {
    /** JSON text that `JSON.stringify` writes as it stands. */
    rawJSON(text: string): unknown;
  }
}

/**
 * Cents of an amount of at most two decimals, given as BILL's JSON number or as decimal text; undefined when it
 * is no such amount. A number's shortest text is exact for all of these.
 */
export function centsOf(amount: number | string): number | undefined {
  const parts = /^(-?)(\d{1,12})(?:\.(\d{1,2}))?$/.exec(String(amount));
  if (parts === null) return undefined;
  const [, sign = '', whole = '', fraction = ''] = parts;
  const cents = Number(whole + fraction.padEnd(2, '0'));
  return sign === '-' && cents !== 0 ? -cents : cents;
}

/** The JSON number of an amount in cents, written `149.0`, `79.99`, as BILL's Java does (§9.3). */
export function money(cents: number): unknown {
  return JSON.rawJSON(decimalText(cents).replace(/0$/, ''));
}

/** `149.00` of 14900 cents. */
export function decimalText(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** `2026-11-24T05:00:00.000+00:00`. */
export function billTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '+00:00');
}

/** True for a date of the calendar, `yyyy-MM-dd`. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

const TIME_FORMS = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?([+-]\d{2}:\d{2})?)?$/;

/** Milliseconds of a date-time in one of the forms that filters take, down to the bare date (§3.2). */
export function timeOf(text: string): number | undefined {
  if (!TIME_FORMS.test(text) || !isDate(text.slice(0, 10))) return undefined;
  const withOffset = /T.*[+-]\d{2}:\d{2}$/.test(text) || !text.includes('T');
  const time = Date.parse(withOffset ? text : `${text}+00:00`);
  return Number.isNaN(time) ? undefined : time;
}

export function sumOf(cents: readonly number[]): number {
  return cents.reduce((total, each) => total + each, 0);
}

import * as z from 'zod';

/**
 * Values as OData V2 of SAP writes them (SAP dossier §3.1): empty text for "nothing", dates as `/Date(ms)/` at UTC
 * midnight, decimals as text, NUMC fields with leading zeros. Unknown properties are ignored, enums stay open.
 */

/** Text; undefined when empty or absent. */
export const optionalText = z
  .string()
  .nullish()
  .transform((value) => value?.trim() || undefined);

/** Text that SAP always fills. */
export const requiredText = z.string().trim().min(1);

/** `X` or a Boolean, as the field happens to be. */
export const flag = z
  .union([z.boolean(), z.string()])
  .nullish()
  .transform((value) =>
    typeof value === 'string' ? value.trim() !== '' && value !== 'false' : value === true,
  );

/** Decimal text; money is never a JSON number here. */
export const decimal = z.string().regex(/^-?\d+(\.\d+)?$/);

/** Decimal text; undefined when absent or zero-length. */
export const optionalDecimal = z.union([decimal, z.literal('').transform(() => undefined)]).nullish();

/** Number of a master record: without the zeros of SAP's inner form. */
export const optionalNumber = optionalText.transform((value) =>
  value === undefined ? undefined : withoutZeros(value),
);

/** `17300001` of `0017300001`; numbers with letters have no such zeros. */
export function withoutZeros(number: string): string {
  return /^\d+$/.test(number) ? number.replace(/^0+(?=\d)/, '') : number;
}

/** Ten digits, SAP's inner form; numbers with letters stay as they are. */
export function withZeros(number: string): string {
  return /^\d+$/.test(number) ? number.padStart(10, '0') : number;
}

/** ISO time of a V2 or V4 moment: `/Date(1795132800000+0000)/` (milliseconds, UTC) or ISO text. */
export function isoMoment(value: string): string | undefined {
  const milliseconds = /^\/Date\((-?\d+)(?:[+-]\d{1,4})?\)\/$/.exec(value)?.[1];
  if (milliseconds !== undefined) return new Date(Number(milliseconds)).toISOString();
  return /^\d{4}-\d{2}-\d{2}(T|$)/.test(value) ? value : undefined;
}

const moment = z.string().transform((value, context) => {
  const iso = isoMoment(value);
  if (iso === undefined) context.addIssue({ code: 'custom', message: 'is no date of OData' });
  return iso ?? '';
});

/** `yyyy-mm-dd`. */
export const date = moment.transform((iso) => iso.slice(0, 10));
export const optionalDate = date.nullish().transform((value) => value ?? undefined);
export const optionalMoment = moment.nullish().transform((value) => value ?? undefined);

/** Rows of an expanded navigation to many; a navigation that was not expanded is an error, never "no rows". */
export function rows<T extends z.ZodType>(row: T) {
  return z.union([z.object({ results: z.array(row) }).transform(({ results }) => results), z.array(row)]);
}

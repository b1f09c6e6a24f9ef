import * as z from 'zod';
import { invalid, Refusal } from './refusal.ts';
import { centsOf, isDate } from './values.ts';

/** Text that is there, of at most so many characters (BILL dossier §3.5). */
export const text = (longest = 4000) => z.string().min(1).max(longest);

export const date = z.string().refine(isDate, 'is no date yyyy-MM-dd');

/** An amount as JSON number with at most two decimals; read as cents. */
export const cents = z.number().transform((amount, context) => {
  const value = centsOf(amount);
  if (value !== undefined) return value;
  context.addIssue({ code: 'custom', message: 'is no amount with at most two decimals' });
  return z.NEVER;
});

export const creditUses = z.array(z.object({ id: text(), amount: cents }));

/**
 * The fields of a body that BILL knows; others are dropped without a word (§3.4). Throws Refusal: `BDC_1108` for
 * what is missing, `BDC_1124` for a wrong type, `BDC_1143` for a value that does not do.
 */
export function readBody<Body>(schema: z.ZodType<Body>, value: unknown): Body {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const where = issue?.path.join('.') || 'body';
  if (issue?.code !== 'invalid_type') throw invalid(`${where}: ${issue?.message}`);
  if (issue.input === undefined) throw new Refusal(400, 'BDC_1108', `Missing parameter: ${where}`);
  throw new Refusal(400, 'BDC_1124', `Wrong data type: ${where} must be ${issue.expected}`);
}

/** A body that is an array of at least one and at most `most` objects (bulk creates, §4.1, §5.6). */
export function readBulk<Body>(schema: z.ZodType<Body>, value: unknown, most: number): Body[] {
  if (!Array.isArray(value)) throw new Refusal(400, 'BDC_1124', 'Wrong data type: the body must be an array');
  if (value.length === 0 || value.length > most) throw invalid(`a bulk call takes 1 to ${most} objects`);
  return value.map((each: unknown) => readBody(schema, each));
}

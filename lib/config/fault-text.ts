import type * as z from 'zod';

const kinds: Readonly<Record<string, string>> = {
  string: 'a text in quotation marks',
  number: 'a number without quotation marks',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list in [ ]',
  object: 'settings in { }',
};

/** What to write, in place of zod's words, which speak of types; a message of the schema itself goes before. */
export const inWords: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return `${issue.input === undefined ? 'it is missing; ' : ''}write ${kinds[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `write ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
    case 'too_small':
      return issue.origin === 'string'
        ? 'it is empty; fill it in'
        : `write at least ${amount(issue.minimum, issue)}`;
    case 'too_big':
      return `write at most ${amount(issue.maximum, issue)}`;
    case 'invalid_format':
      return issue.format === 'email' ? 'write an e-mail address' : undefined;
    default:
      return undefined;
  }
};

function amount(limit: number | bigint, { origin }: { origin: string }): string {
  return origin === 'array' ? `${limit} ${limit === 1 ? 'entry' : 'entries'}` : `${limit}`;
}

/**
 * One line for each fault, its place first; `whole` names the place of a fault of everything. Of several forms that a
 * setting may have, the one with the fewest faults is what was meant.
 */
export function faultTexts(
  issue: z.core.$ZodIssue,
  whole: string,
  above: readonly PropertyKey[] = [],
): string[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const [meant = []] = issue.errors.toSorted((one, other) => one.length - other.length);
    return meant.flatMap((each) => faultTexts(each, whole, path));
  }
  const place = path.length === 0 ? whole : path.map(String).join('.');
  if (issue.code !== 'unrecognized_keys') return [`${place}: ${issue.message}`];
  const keys = issue.keys.map((key) => `"${key}"`).join(', ');
  return [`${place}: unknown setting ${keys}; remove it or correct its spelling`];
}

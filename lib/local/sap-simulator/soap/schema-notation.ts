/**
 * Elements of a SOAP request in their order, written as text: `Name` with `!` mandatory or `*` repeatable, then its
 * content: `:16` text of 1 to 16 characters, `:0-25` text that may be empty, `:=1` exactly so long, `:date`, `:stamp`,
 * `:bool`, `:amount` (decimal with a currencyCode), `:decimal`, `:days`, or `:{name}` for another list.
 */
export interface ElementRule {
  readonly name: string;
  readonly isMandatory: boolean;
  readonly isRepeatable: boolean;
  readonly content: Content;
}

export type Content =
  | { readonly kind: 'text'; readonly shortest: number; readonly longest: number }
  | { readonly kind: 'date' | 'stamp' | 'bool' | 'amount' | 'decimal' | 'days' }
  | { readonly kind: 'elements'; readonly elements: readonly ElementRule[] };

type Lists = Readonly<Record<string, string>>;

/** The message header of all journal-entry services (SAP dossier §9.2). */
export const messageHeader = `ID:35 UUID:=36 ReferenceID:35 ReferenceUUID:=36 CreationDateTime!:stamp
  TestDataIndicator:bool ReconciliationIndicator:bool SenderBusinessSystemID:60 RecipientBusinessSystemID:60`;

/** The rules of one list. */
export function elements(lists: Lists, list: string): readonly ElementRule[] {
  return (lists[list] ?? '')
    .trim()
    .split(/\s+/)
    .map((text) => rule(lists, text));
}

function rule(lists: Lists, text: string): ElementRule {
  const [, name = '', marks = '', form = ''] = /^(\w+)([!*]*):(.+)$/.exec(text) ?? [];
  return {
    name,
    isMandatory: marks.includes('!'),
    isRepeatable: marks.includes('*'),
    content: content(lists, form),
  };
}

function content(lists: Lists, form: string): Content {
  const list = /^\{(\w+)\}$/.exec(form)?.[1];
  if (list) return { kind: 'elements', elements: elements(lists, list) };
  const [, exact, from, to] = /^(?:=(\d+)|(?:(\d+)-)?(\d+))$/.exec(form) ?? [];
  if (exact) return { kind: 'text', shortest: Number(exact), longest: Number(exact) };
  if (to) return { kind: 'text', shortest: Number(from ?? 1), longest: Number(to) };
  return { kind: form as Exclude<Content['kind'], 'text' | 'elements'> };
}

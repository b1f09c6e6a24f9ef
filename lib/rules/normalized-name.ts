/** Letters that Unicode does not take apart into a base letter and its accent. */
const LETTERS: ReadonlyMap<string, string> = new Map([
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ø', 'o'],
  ['ł', 'l'],
  ['đ', 'd'],
]);

/** Legal forms and what joins them, each without punctuation; the longer ones first. */
const LEGAL_FORMS = [
  'sa de cv',
  's de rl de cv',
  'incorporated',
  'corporation',
  'pty ltd',
  'pte ltd',
  'limited',
  'company',
  'sp zoo',
  'gmbh',
  'mbh',
  'corp',
  'sarl',
  'pllc',
  'llc',
  'llp',
  'ltd',
  'inc',
  'plc',
  'srl',
  'spa',
  'sas',
  'bv',
  'nv',
  'ag',
  'kg',
  'se',
  'sa',
  'sl',
  'lp',
  'co',
  'pc',
  'ab',
  'as',
  'oy',
  'kk',
  'and',
];

/**
 * A firm's name for comparison: without case, accents, punctuation, and the legal forms at its end
 * ("Müller & Söhne GmbH & Co. KG" is `muller and sohne`; "A.B.C. Inc." is `abc`). Never empty for a name that
 * holds a letter or digit.
 */
export function normalizedName(name: string): string {
  return withoutLegalForms(joinedInitials(words(name)));
}

function words(name: string): string[] {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[ßæœøłđ]/gu, (letter) => LETTERS.get(letter) ?? letter)
    .replace(/[.'’`]/gu, '')
    .replace(/[&+]/gu, ' and ');
  return plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

/** "A B C Plumbing" and "ABC Plumbing" are one name, "S. A." and "SA" one form. */
function joinedInitials(all: readonly string[]): string {
  return all.join(' ').replace(/(?<=(?:^| )\p{L}) (?=\p{L}(?: |$))/gu, '');
}

function withoutLegalForms(name: string): string {
  const form = LEGAL_FORMS.find((each) => name.endsWith(` ${each}`));
  return form === undefined ? name : withoutLegalForms(name.slice(0, -form.length - 1));
}

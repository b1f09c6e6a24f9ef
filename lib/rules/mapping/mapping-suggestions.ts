import { plainNumber } from '../../config/number-ranges.ts';
import { normalizedName } from '../normalized-name.ts';

/** Something of SAP that has no entry of BILL yet. */
export interface Unmapped {
  readonly number: string;
  readonly name: string;
}

/** Something of BILL that it could be mapped to. */
export interface Candidate {
  readonly id: string;
  readonly name: string;
  readonly archived: boolean;
  readonly number?: string;
  readonly shortName?: string;
}

export interface Suggestion {
  readonly number: string;
  readonly name: string;
  readonly entry: Pick<Candidate, 'id' | 'name'>;
  /** From 0 to 1; 1 is certain. */
  readonly score: number;
  readonly reasons: readonly string[];
}

/** Below this, two names have too little in common to be shown to anybody. */
const leastScore = 0.5;
/** More than these are no help to choose from. */
const mostEach = 3;

/**
 * For each value the entries that it could mean, best first. The same number is certain and then stands alone; else
 * the words of both names are compared (without case, accents, punctuation and numbers). Archived entries are never
 * proposed. Nothing is decided here: a person takes a suggestion over into the configuration.
 */
export function suggestEntries(values: readonly Unmapped[], candidates: readonly Candidate[]): Suggestion[] {
  const active = candidates.filter(({ archived }) => !archived);
  return values.flatMap((value) => {
    const same = active.filter((each) => numbersOf(each).includes(plainNumber(value.number)));
    if (same.length > 0)
      return same.map((each) => suggestion(value, each, 1, [`both have the number ${value.number}`]));
    return active
      .map((each) => byName(value, each))
      .filter(({ score }) => score >= leastScore)
      .sort((left, right) => right.score - left.score || (left.entry.id < right.entry.id ? -1 : 1))
      .slice(0, mostEach);
  });
}

function byName(value: Unmapped, candidate: Candidate): Suggestion {
  const ours = wordsOf(value.name);
  const theirs = wordsOf(candidate.name);
  const common = [...ours].filter((word) => theirs.has(word));
  const words = ours.size + theirs.size;
  const score = words === 0 ? 0 : Math.round((200 * common.length) / words) / 100;
  // Only a number is certain: the same name may stand for two things.
  return suggestion(value, candidate, Math.min(score, 0.99), [
    `both names have ${common.map((word) => `"${word}"`).join(', ')}`,
  ]);
}

function suggestion(
  { number, name }: Unmapped,
  { id, name: entryName }: Candidate,
  score: number,
  reasons: readonly string[],
): Suggestion {
  return { number, name, entry: { id, name: entryName }, score, reasons };
}

/** An entry's own number, its short name, or the first word of its name. */
function numbersOf({ number, shortName, name }: Candidate): string[] {
  const [first = ''] = name.trim().split(/[\s:–-]+/);
  return [number, shortName, first].flatMap((each) =>
    each === undefined || !/\d/.test(each) ? [] : [plainNumber(each)],
  );
}

function wordsOf(name: string): Set<string> {
  return new Set(
    normalizedName(name)
      .split(' ')
      .filter((word) => word.length > 1 && !/^\d+$/.test(word)),
  );
}

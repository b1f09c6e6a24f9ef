/** Why a value of SAP leads to no entry of BILL. */
export interface MappingProblem {
  readonly problem: 'unmapped' | 'archived' | 'ambiguous' | 'missing';
  /** For people: which value, and what is wrong. */
  readonly text: string;
}

interface Entry {
  readonly id: string;
  readonly name: string;
  readonly archived: boolean;
}

/**
 * Of the entries that were found, the one that is not archived; `subject` (`G/L account 61008000`), `what` (`BILL
 * account`) and `which` (`with the number 61008000`) are for the words. Two that could be meant are never guessed.
 */
export function theOnlyActive<E extends Entry>(
  found: readonly E[],
  { subject, what, which }: { subject: string; what: string; which: string },
): E | MappingProblem {
  const [only, ...others] = found.filter((each) => !each.archived);
  if (only === undefined) {
    return { problem: 'archived', text: `${subject}: the ${what} ${which} is archived` };
  }
  if (others.length > 0) {
    const names = [only, ...others].map((each) => `${each.name} (${each.id})`).join(', ');
    return { problem: 'ambiguous', text: `${subject}: several ${what}s ${which}: ${names}` };
  }
  return only;
}

import { type Amount, isZero, sum } from '../../money.ts';

/** A line of the bill before its account is mapped. */
export interface Draft {
  readonly amount: Amount;
  readonly glAccount: string | undefined;
  readonly costCenter?: string;
  readonly description: string;
  /** Names the line to a person. */
  readonly name: string;
}

/**
 * The same amounts on fewer lines, where there are more than `most`: lines of one G/L account and cost center are
 * summed. How many lines a bill takes is not documented (BILL dossier §5.2). Sums of zero are left out.
 */
export function fewerLines(drafts: readonly Draft[], most: number, currency: string): readonly Draft[] {
  if (drafts.length <= most) return drafts;
  const groups = Map.groupBy(drafts, ({ glAccount, costCenter }) =>
    JSON.stringify([glAccount ?? '', costCenter ?? '']),
  );
  return [...groups.values()].flatMap((group) => summed(group, currency));
}

function summed(group: readonly Draft[], currency: string): Draft[] {
  const [first, ...others] = group;
  if (first === undefined) return [];
  if (others.length === 0) return [first];
  const amount = sum(
    group.map((draft) => draft.amount),
    currency,
  );
  if (isZero(amount, currency)) return [];
  const parts = [`${group.length} items`, first.costCenter && `cost center ${first.costCenter}`];
  return [{ ...first, amount, description: parts.filter(Boolean).join(', ') }];
}

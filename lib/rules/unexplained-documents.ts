import { type Amount, isZero, negate, sum } from '../money.ts';
import type { TieOutFacts } from './tie-out-facts.ts';

/** An amount of a vendor's difference, and the documents that it belongs to; several where one payment pays them. */
interface Share {
  readonly documents: readonly string[];
  readonly amount: Amount;
}

/**
 * Documents of one vendor that do not come to 0.00 with what is known of them: the payments that were posted for them, or
 * were not, the vendor credits that they used, their exceptions. What belongs together by a payment or a credit is one
 * sum, because SAP does not say which part of an entry is still open. The vendor's own sum may be 0.00 all the same,
 * where one document has too much and another one too little.
 */
export function unexplainedDocuments(facts: TieOutFacts, currency: string): ReadonlySet<string> {
  const shares = sharesOf(facts, currency);
  const groups = groupsOf(shares.map(({ documents }) => documents));
  const groupOf = new Map(
    groups.flatMap((group) => [...group].map((document) => [document, group] as const)),
  );
  const byGroup = Map.groupBy(shares, ({ documents }) => groupOf.get(documents[0] ?? ''));
  const open = [...byGroup].filter(
    ([, of]) =>
      !isZero(
        sum(
          of.map(({ amount }) => amount),
          currency,
        ),
        currency,
      ),
  );
  return new Set(open.flatMap(([group]) => [...(group ?? [])]));
}

/** All of them add up to the vendor's difference. */
function sharesOf({ sap, bill, notPosted, exceptions }: TieOutFacts, currency: string): Share[] {
  const isExplained = (document: string) => exceptions.has(document);
  const less = (amount: Amount) => negate(amount, currency);
  const payments = sap.filter(({ kind }) => kind === 'payment');
  return [
    ...sap
      .filter(({ kind, document }) => kind === 'invoice' && !isExplained(document))
      .map(({ document, amount }) => ({ documents: [document], amount: less(amount) })),
    ...payments.map(({ document, pays = [document], amount }) => ({ documents: pays, amount: less(amount) })),
    ...bill.map(({ document, usedFor = [], open }) => ({
      documents: [document, ...usedFor],
      amount: isExplained(document) ? '0' : less(open),
    })),
    ...notPosted.map(({ invoice, amount }) => ({ documents: [invoice], amount: less(amount) })),
  ];
}

/** Documents that a share has in common, and those that hang together through others. */
function groupsOf(links: readonly (readonly string[])[]): ReadonlySet<string>[] {
  return links.reduce<ReadonlySet<string>[]>((groups, link) => {
    const touched = groups.filter((group) => link.some((document) => group.has(document)));
    const others = groups.filter((group) => !touched.includes(group));
    return [...others, new Set([...link, ...touched.flatMap((group) => [...group])])];
  }, []);
}

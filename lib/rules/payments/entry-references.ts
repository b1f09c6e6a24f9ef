import { DocumentError } from '../../errors.ts';
import {
  costCenterProblem,
  glAccountProblem,
  profitCenterProblem,
  type ReferenceProblem,
} from '../mapping/reference-checks.ts';
import type { ReferenceData } from '../reference-data.ts';
import type { JournalEntry } from '../sap-accounting.ts';

/**
 * Why SAP would refuse the entry: a G/L account that is blocked or marked for deletion, a cost center or profit
 * center that is blocked or not valid on the posting date. A DocumentError `ENTRY_NOT_POSTABLE` that names all of
 * them; undefined where none is known.
 */
export function entryReferenceProblem(
  entry: JournalEntry,
  document: string,
  reference: ReferenceData,
): DocumentError | undefined {
  const use = { companyCode: entry.companyCode, postingDate: entry.postingDate, reference };
  const problems = entry.glItems.flatMap((item) => [
    glAccountProblem(item.glAccount, use),
    item.costCenter === undefined ? undefined : costCenterProblem(item.costCenter, use),
    item.profitCenter === undefined ? undefined : profitCenterProblem(item.profitCenter, use),
  ]);
  const found = new Map<string, ReferenceProblem>();
  for (const each of problems) if (each !== undefined) found.set(each.text, each);
  if (found.size === 0) return undefined;
  const fixes = [...found.values()].map(({ fix }) => fix);
  return new DocumentError({
    code: 'ENTRY_NOT_POSTABLE',
    message: `The journal entry of ${document} in company code ${entry.companyCode} cannot be posted on ${entry.postingDate}: ${[...found.keys()].join('; ')}.`,
    nextStep: `${[...new Set(fixes)].join('. ')}, or name another account in the configuration; then retry.`,
    sapValues: { companyCode: entry.companyCode, postingDate: entry.postingDate },
  });
}

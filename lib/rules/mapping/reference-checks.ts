import { plainNumber } from '../../config/number-ranges.ts';
import type { LocalDate } from '../local-date.ts';
import type { CostCenter, ProfitCenter, ReferenceData } from '../reference-data.ts';
import { validOn } from '../reference-data.ts';

/** What is wrong with a value that SAP itself used, for people; `fix` says what to do in SAP. */
export interface ReferenceProblem {
  readonly text: string;
  readonly fix: string;
}

interface Use {
  readonly companyCode: string;
  /** Time-dependent rows are judged by it. */
  readonly postingDate: LocalDate;
  readonly reference: ReferenceData;
}

/** Blocked or marked for deletion in the company code's chart. An account that was not read is not judged. */
export function glAccountProblem(glAccount: string, use: Use): ReferenceProblem | undefined {
  const { companyCodes, glAccounts } = use.reference;
  const chart = companyCodes?.find((each) => each.companyCode === use.companyCode)?.chartOfAccounts;
  const account = glAccounts?.find(
    (each) =>
      each.glAccount === plainNumber(glAccount) && (chart === undefined || each.chartOfAccounts === chart),
  );
  if (account === undefined || !(account.isBlocked || account.isMarkedForDeletion)) return undefined;
  const name = `G/L account ${account.glAccount} "${account.name}"`;
  const state = account.isBlocked ? 'is blocked for posting' : 'is marked for deletion';
  return {
    text: `${name} ${state} in chart ${account.chartOfAccounts}`,
    fix: `Lift that in SAP for G/L account ${account.glAccount} ("Manage G/L Account Master Data")`,
  };
}

/** Expired, not valid yet, or blocked at the posting date. A cost center that was not read is not judged. */
export function costCenterProblem(costCenter: string, use: Use): ReferenceProblem | undefined {
  const number = plainNumber(costCenter);
  const periods = (use.reference.costCenters ?? []).filter((each) => each.costCenter === number);
  return periodProblem(`cost center ${number}`, 'Manage Cost Centers', periods, use.postingDate);
}

/** The same for a profit center. */
export function profitCenterProblem(profitCenter: string, use: Use): ReferenceProblem | undefined {
  const number = plainNumber(profitCenter);
  const periods = (use.reference.profitCenters ?? []).filter((each) => each.profitCenter === number);
  return periodProblem(`profit center ${number}`, 'Manage Profit Centers', periods, use.postingDate);
}

function periodProblem(
  subject: string,
  app: string,
  periods: readonly (CostCenter | ProfitCenter)[],
  date: LocalDate,
): ReferenceProblem | undefined {
  const [first] = periods;
  if (first === undefined) return undefined;
  const name = `${subject} "${first.name}"`;
  const valid = validOn(periods, date);
  if (valid === undefined) {
    const spans = periods.map(({ validFrom, validTo }) => `${validFrom} to ${validTo}`).join(', ');
    return {
      text: `${name} is not valid on ${date} (valid ${spans})`,
      fix: `Extend the validity of ${subject} in SAP ("${app}")`,
    };
  }
  if (!valid.isBlocked) return undefined;
  return { text: `${name} is blocked`, fix: `Lift the block of ${subject} in SAP ("${app}")` };
}

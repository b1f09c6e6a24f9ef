import { type Amount, compareAmounts, isZero, negate, sum } from '../../money.ts';
import { fiLineName } from '../invoices/payable-parts.ts';
import type { ClearingItem, SupplierLine } from '../sap-accounting.ts';

/** One invoice and the lines of one of our entries that pay it, as SAP shows them now. */
export interface ClearingGroup {
  /** The invoice's own supplier lines, special G/L lines passed over. */
  readonly owed: readonly SupplierLine[];
  /** The entry's supplier lines for this invoice. */
  readonly ours: readonly SupplierLine[];
  /** Lines that refer to the invoice: what earlier partial payments left. */
  readonly referring: readonly SupplierLine[];
  /** The invoice's lines that the paid bills stand for, see `fiLineName`; absent: any of them. */
  readonly fiLines?: readonly string[] | undefined;
}

export type ClearingPlan =
  | { readonly kind: 'done'; readonly by: readonly string[] }
  /** Nothing can be said yet: SAP does not show everything. */
  | { readonly kind: 'wait' }
  /** `completes`: our line was dealt with before; what partial payments left adds up to the whole by now. */
  | { readonly kind: 'clear'; readonly items: readonly ClearingItem[]; readonly completes: boolean }
  | { readonly kind: 'attend'; readonly code: string; readonly text: string };

/**
 * What is to be cleared (SAP dossier §9.8): everything in full as soon as it adds up to zero, the very instalments
 * that a payment pays, else a part of the one open line; never a guess between several lines (§12.13). Where the lines
 * of the paid bills are known, the invoice's other lines are passed over.
 */
export function clearingPlan(group: ClearingGroup): ClearingPlan {
  const { owed, ours, referring } = ofPaidBills(group);
  const [first] = ours;
  if (first === undefined || owed.length === 0) return { kind: 'wait' };
  if (ours.some((line) => line.isReversed)) return reversedByHand;
  const open = owed.filter(isOpen);
  const before = referring.filter(isOpen);
  const mine = ours.filter((line) => isOpen(line) && !before.some((each) => isSame(each, line)));
  if (mine.length === 0) return settled(owed, ours, open, before);
  if (open.length === 0) return clearedOtherwise(owed);
  if (isZero(totalOf([...open, ...before, ...mine]), first.currency))
    return { kind: 'clear', items: whole([...open, ...before, ...mine]), completes: false };
  return instalments(open, before, mine) ?? part(open, before, mine);
}

function ofPaidBills({ fiLines, ...group }: ClearingGroup): ClearingGroup {
  if (fiLines === undefined) return group;
  const { true: owed = [], false: others = [] } = Object.groupBy(group.owed, (line) =>
    fiLines.includes(fiLineName(line)) ? 'true' : 'false',
  );
  const referring = group.referring.filter((line) => !others.some((other) => refersTo(line, other)));
  return { ...group, owed, referring };
}

/** Our lines are cleared or refer to the invoice: done, unless all that refers to it makes it whole now. */
function settled(
  owed: readonly SupplierLine[],
  ours: readonly SupplierLine[],
  open: readonly SupplierLine[],
  before: readonly SupplierLine[],
): ClearingPlan {
  const by = [...new Set(ours.flatMap((line) => line.clearedBy?.accountingDocument ?? []))];
  if (open.length === 0) return { kind: 'done', by };
  const currency = open[0]?.currency ?? '';
  if (before.length > 0 && isZero(totalOf([...open, ...before]), currency))
    return { kind: 'clear', items: whole([...open, ...before]), completes: true };
  const leftTrace = (line: SupplierLine) =>
    before.some((each) => isSame(each, line) || isOfClearing(each, line)) ||
    owed.some((each) => each.isCleared && isClearedTogether(each, line));
  return ours.every(leftTrace) ? { kind: 'done', by } : { kind: 'wait' };
}

/** For each of our lines the instalment, earliest first, whose rest is just what that line pays. */
function instalments(
  open: readonly SupplierLine[],
  before: readonly SupplierLine[],
  mine: readonly SupplierLine[],
): ClearingPlan | undefined {
  const left = open.toSorted((one, other) =>
    `${one.netDueDate ?? ''} ${one.item}` < `${other.netDueDate ?? ''} ${other.item}` ? -1 : 1,
  );
  const cleared: SupplierLine[] = [];
  for (const paid of mine) {
    const withParts = (line: SupplierLine) => [line, ...before.filter((each) => refersTo(each, line))];
    const line = left.find((each) => isZero(totalOf([...withParts(each), paid]), each.currency));
    if (line === undefined) return undefined;
    left.splice(left.indexOf(line), 1);
    cleared.push(...withParts(line), paid);
  }
  return { kind: 'clear', items: whole(cleared), completes: false };
}

function part(
  open: readonly SupplierLine[],
  before: readonly SupplierLine[],
  mine: readonly SupplierLine[],
): ClearingPlan {
  const [line, ...others] = open;
  const paid = totalOf(mine);
  if (line === undefined || others.length > 0) {
    const text = `the payment of ${paid} fits none of the ${open.length} open lines of the invoice`;
    return { kind: 'attend', code: 'CLEARING_NOT_CERTAIN', text };
  }
  const rest = totalOf([line, ...before]);
  if (compareAmounts(paid, negate(rest, line.currency), line.currency) > 0) {
    const text = `the payment of ${paid} is more than the ${negate(rest, line.currency)} that is open`;
    return { kind: 'attend', code: 'PAID_MORE_THAN_OPEN', text };
  }
  const items = [{ ...keyOf(line), partialAmount: paid }, ...whole(mine)];
  return { kind: 'clear', items, completes: false };
}

/** What the connector reverses itself is no longer to be cleared. */
const reversedByHand: ClearingPlan = {
  kind: 'attend',
  code: 'ENTRY_REVERSED_IN_SAP',
  text: 'the entry was reversed there by hand',
};

function clearedOtherwise(owed: readonly SupplierLine[]): ClearingPlan {
  const by = [...new Set(owed.map((line) => line.clearedBy?.accountingDocument ?? 'an unnamed document'))];
  const text = `the invoice is cleared already by ${by.join(', ')}: it may have been paid twice`;
  return { kind: 'attend', code: 'INVOICE_CLEARED_OTHERWISE', text };
}

function isOpen(line: SupplierLine): boolean {
  return !line.isCleared;
}

function isSame(one: SupplierLine, other: SupplierLine): boolean {
  return (
    one.accountingDocument === other.accountingDocument &&
    one.fiscalYear === other.fiscalYear &&
    one.item === other.item
  );
}

function isClearedTogether(one: SupplierLine, other: SupplierLine): boolean {
  return (
    one.clearedBy !== undefined &&
    one.clearedBy.accountingDocument === other.clearedBy?.accountingDocument &&
    one.clearedBy.fiscalYear === other.clearedBy.fiscalYear
  );
}

/** Left by the very clearing of the other line. */
function isOfClearing(
  { accountingDocument, fiscalYear }: SupplierLine,
  { clearedBy }: SupplierLine,
): boolean {
  return clearedBy?.accountingDocument === accountingDocument && clearedBy.fiscalYear === fiscalYear;
}

function refersTo({ refersTo: target }: SupplierLine, line: SupplierLine): boolean {
  return (
    target?.accountingDocument === line.accountingDocument &&
    target.fiscalYear === line.fiscalYear &&
    target.item === line.item
  );
}

function totalOf(lines: readonly SupplierLine[]): Amount {
  return sum(
    lines.map((line) => line.amount),
    lines[0]?.currency ?? '',
  );
}

function whole(lines: readonly SupplierLine[]): ClearingItem[] {
  return lines.map(keyOf);
}

function keyOf({ companyCode, accountingDocument, fiscalYear, item, supplier }: SupplierLine): ClearingItem {
  return { companyCode, accountingDocument, fiscalYear, item, supplier };
}

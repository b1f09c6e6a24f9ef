import { compareDecimals } from '../../money.ts';
import type { Bill, BillLine, NewBill } from '../bill-documents.ts';
import { type BillDifference, CODING, differences } from './bill-differences.ts';

export type BillChange =
  | { readonly kind: 'none' }
  | { readonly kind: 'patch'; readonly change: Partial<NewBill> }
  | { readonly kind: 'replace'; readonly bill: NewBill }
  /** `why` continues a sentence: "the bill can no longer be changed: ${why}". */
  | { readonly kind: 'locked'; readonly why: string }
  | { readonly kind: 'edited-in-bill'; readonly differences: EditedField[] };

interface EditedField {
  readonly field: string;
  /** What SAP wants there now. */
  readonly sap: string;
  /** What a person made of it in BILL. */
  readonly bill: string;
}

export type BillWithdrawal =
  | { readonly kind: 'archive' }
  | { readonly kind: 'none' }
  /** `why` continues a sentence, and says what to do by when. */
  | { readonly kind: 'locked'; readonly why: string };

/**
 * How a change in SAP reaches the bill in BILL. `lastSent` is the measure of what a person changed there: such a
 * field is never overwritten (I9), unless the person made it what SAP wants. A scheduled or paid bill stays as it
 * is (BILL dossier §5.4). PATCH where it can express the change, else PUT with the ids of the lines that stay in
 * their places (§5.1); coding that people added to a line travels along.
 */
export function planBillChange(facts: {
  readonly wanted: NewBill;
  readonly current: Bill;
  readonly lastSent: NewBill;
}): BillChange {
  const { wanted, current, lastSent } = facts;
  if (current.archived) return archivedInBill();
  const open = differences(wanted, current);
  if (open.length === 0) return { kind: 'none' };
  const why = lockOf(current);
  if (why !== undefined) return { kind: 'locked', why };
  const touched = new Set(differences(lastSent, current).map((each) => each.field));
  const edited = open.filter((each) => touched.has(each.field) || linesWereTouched(each.field, touched));
  if (edited.length > 0) return { kind: 'edited-in-bill', differences: edited.map(asEdited) };
  return patchOrReplace(wanted, current, open);
}

/**
 * What the end of an invoice in SAP means for its bill. A draft shows as archived (BILL dossier §3.7) but can
 * still come alive, so it is archived too.
 */
export function planBillWithdrawal(current: Bill): BillWithdrawal {
  if (current.archived && current.recordStatus !== 'DRAFT') return { kind: 'none' };
  const why = lockOf(current);
  if (why === undefined) return { kind: 'archive' };
  return { kind: 'locked', why: `${why}; ${wayOut(current)}` };
}

function archivedInBill(): BillChange {
  return {
    kind: 'edited-in-bill',
    differences: [{ field: 'archived', sap: 'to be paid', bill: 'archived' }],
  };
}

/** Why BILL, or prudence, forbids a change; undefined while nothing is paid or on its way. Unknown is locked. */
export function lockOf({ paymentStatus, scheduledAmount, paidAmount }: Bill): string | undefined {
  if (isPositive(paidAmount)) return `${paidAmount} of it is paid`;
  if (isPositive(scheduledAmount)) return `a payment of ${scheduledAmount} is scheduled`;
  if (paymentStatus === 'UNPAID') return undefined;
  return `its payment status in BILL is ${paymentStatus ?? 'not known'}`;
}

function wayOut({ paymentStatus, paidAmount }: Bill): string {
  if (isPositive(paidAmount) || paymentStatus === 'PAID' || paymentStatus === 'PARTIALLY_PAID') {
    return 'ask the vendor for the money back, or void the payment in BILL while that is possible';
  }
  if (paymentStatus === 'IN_PROCESS') return 'void the payment in BILL at once, before it reaches the vendor';
  return 'cancel the payment in BILL before its process date';
}

function isPositive(amount: string | undefined): boolean {
  return amount !== undefined && compareDecimals(amount, '0') > 0;
}

/** A change of the number of lines and a change within a line concern each other. */
function linesWereTouched(field: string, touched: ReadonlySet<string>): boolean {
  if (field === 'lines') return [...touched].some((each) => each.startsWith('lines'));
  return field.startsWith('lines') && touched.has('lines');
}

function asEdited({ field, sent, got }: BillDifference): EditedField {
  return { field, sap: sent, bill: got };
}

function patchOrReplace(wanted: NewBill, current: Bill, open: readonly BillDifference[]): BillChange {
  const lines = wanted.lines.map((line, index) => inPlaceOf(current.lines[index], line));
  const sameLines = lines.length === current.lines.length && lines.every((line) => line.id !== undefined);
  const mustClear = open.some(({ sent }) => sent === '');
  if (!sameLines || mustClear) return { kind: 'replace', bill: { ...wanted, lines } };
  const fields = new Set(open.map(({ field }) => field));
  const { lines: _, ...header } = wanted;
  const changed = Object.fromEntries(Object.entries(header).filter(([field]) => fields.has(field)));
  const withLines = open.some(({ field }) => field.startsWith('lines'));
  return { kind: 'patch', change: { ...changed, ...(withLines ? { lines } : {}) } };
}

function inPlaceOf(current: BillLine | undefined, wanted: BillLine): BillLine {
  if (current === undefined) return wanted;
  const kept = Object.fromEntries(CODING.map((field) => [field, wanted[field] ?? current[field]]));
  const coding = Object.fromEntries(Object.entries(kept).filter(([, id]) => id !== undefined));
  return { ...wanted, ...coding, ...(current.id === undefined ? {} : { id: current.id }) };
}

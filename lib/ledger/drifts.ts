import type { BillDrift, Refusals } from '../rules/invoices/bill-drift.ts';
import type { Decision, Exception } from './exception.ts';

/** Whose values hold from now on; `leave`: both stay as they are. */
export type Keep = 'sap' | 'bill' | 'leave';

/** One of an invoice's bills on which SAP and BILL do not agree, as it was seen last. */
export interface SeenDrift {
  readonly billId: string;
  /** The bill's vendor in BILL. */
  readonly vendorId?: string;
  /**
   * What people did to the bill in BILL; or what was done in SAP and cannot follow: the bill is `locked` by a
   * payment, or the invoice is `not-payable` any more.
   */
  readonly kind: BillDrift['kind'] | 'locked' | 'not-payable';
  /** Hash of what differs: a decision holds for this difference alone. */
  readonly values: string;
  /** Hash of what SAP wanted then: a decision to leave it ends with the next change in SAP. */
  readonly wanted: string;
  readonly refusals: Refusals;
  /** What the person is told, both sides' values included. */
  readonly problem: Omit<Exception, 'raisedAt'>;
  readonly decision?: Decision & { readonly keep: Keep };
}

interface WithDrifts {
  readonly drifts?: readonly SeenDrift[];
}

export function driftOf({ drifts = [] }: WithDrifts, billId: string): SeenDrift | undefined {
  return drifts.find((each) => each.billId === billId);
}

/** The record with this one in the place of an older one of the same bill. */
export function withDrift<R extends WithDrifts>(record: R, drift: SeenDrift): R {
  const others = (record.drifts ?? []).filter(({ billId }) => billId !== drift.billId);
  return { ...record, drifts: [...others, drift] };
}

export function withoutDrift<R extends WithDrifts>(record: R, billId: string): R {
  if (record.drifts === undefined) return record;
  return { ...record, drifts: record.drifts.filter((each) => each.billId !== billId) };
}

/** The one that the open exception speaks of. */
export function driftInException(record: WithDrifts & { exception?: Exception }): SeenDrift | undefined {
  const { exception, drifts = [] } = record;
  return drifts.find(
    ({ billId, problem }) => problem.code === exception?.code && exception.billValues.bill === billId,
  );
}

/** Made in BILL by people: it goes when BILL's bill is mended. */
export function isMadeInBill({ kind }: SeenDrift): boolean {
  return kind !== 'locked' && kind !== 'not-payable';
}

/** A person has seen this very difference and lets it be. */
export function isLeft(drift: SeenDrift | undefined): boolean {
  return drift?.decision?.keep === 'leave';
}

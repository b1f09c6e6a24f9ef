import { DocumentError, type Facts } from '../../errors.ts';
import type { SeenDrift } from '../../ledger/drifts.ts';
import type { Bill, NewBill } from '../../rules/bill-documents.ts';
import type { BillDifference } from '../../rules/invoices/bill-differences.ts';
import {
  asSent,
  type BillAsLeft,
  type BillDrift,
  type Refusals,
  refusalsOf,
  unacceptable,
} from '../../rules/invoices/bill-drift.ts';
import { fingerprint } from '../../rules/reference-code.ts';

/** What people did in BILL, as the person who decides about it is told; `wanted` is what SAP has now. */
export function madeInBill(
  id: string,
  drift: BillDrift,
  left: BillAsLeft,
  current: Bill,
  wanted = left.sent,
  shown: readonly BillDifference[] = drift.fields,
): SeenDrift {
  const refusals = refusalsOf(drift, left, current, wanted);
  const { code, what, choices } = told[drift.kind](id, current, shown);
  return {
    billId: current.id,
    vendorId: current.vendorId,
    kind: drift.kind,
    values: valuesOf(drift),
    wanted: fingerprint(wanted),
    refusals,
    problem: {
      code,
      what,
      nextStep: `${choices}${refused(refusals)}`,
      sapValues: { invoice: id, ...sideOf(shown, 'sent') },
      billValues: { bill: current.id, ...sideOf(shown, 'got'), ...statusOf(current) },
    },
  };
}

/** SAP changed what can no longer be changed in BILL: `why` says until when, or what would free it. */
export function lockedInBill(
  id: string,
  wanted: NewBill,
  current: Bill,
  fields: readonly BillDifference[],
  why: string,
): SeenDrift {
  const notAccepted = unacceptable(wanted, asSent(current));
  const refusals = { sap: `${why}; it can be changed until a payment is scheduled`, bill: notAccepted };
  return {
    billId: current.id,
    kind: 'locked',
    values: lockedValues(fields),
    wanted: fingerprint(wanted),
    refusals: { sap: refusals.sap, ...(notAccepted === undefined ? {} : { bill: notAccepted }) },
    problem: {
      code: 'CHANGED_AFTER_SCHEDULING',
      what: `Invoice ${id} was changed in SAP, but bill ${current.id} can no longer be changed: ${why}.`,
      nextStep: `Cancel or void the payment in BILL if it is wrong, then retry. Otherwise keep BILL's values, or leave the difference and book it in SAP.${refused(
        notAccepted === undefined ? {} : { bill: notAccepted },
      )}`,
      sapValues: { invoice: id, ...sideOf(fields, 'sent') },
      billValues: { bill: current.id, ...sideOf(fields, 'got'), ...statusOf(current) },
    },
  };
}

/** Tells one difference from another: the same after every look at the same bill. */
export function valuesOf({ kind, fields }: BillDrift): string {
  return fingerprint({ kind, fields });
}

export function lockedValues(fields: readonly BillDifference[]): string {
  return fingerprint({ kind: 'locked', fields });
}

export function problemError({ problem: { what, ...problem } }: Pick<SeenDrift, 'problem'>): DocumentError {
  return new DocumentError({ ...problem, message: what });
}

interface Told {
  readonly code: string;
  readonly what: string;
  readonly choices: string;
}

const told: Record<BillDrift['kind'], (id: string, bill: Bill, fields: readonly BillDifference[]) => Told> = {
  edited: (id, bill, fields) => ({
    code: 'EDITED_IN_BILL',
    what: `Bill ${bill.id} of invoice ${id} was edited in BILL: ${fields.map(({ field }) => field).join(', ')}.`,
    choices:
      "Decide: keep SAP's values (the bill is written as SAP has it), keep BILL's (they are accepted), or leave the difference. It clears by itself once both sides agree.",
  }),
  archived: (id, bill) => ({
    code: 'ARCHIVED_IN_BILL',
    what: `Bill ${bill.id} of invoice ${id} was archived in BILL, but SAP has the invoice to be paid.`,
    choices:
      "Decide: keep SAP's (the bill is restored), keep BILL's (the invoice is left to SAP and no longer followed), or leave it. It clears by itself once the bill is restored.",
  }),
  denied: (id, bill) => ({
    code: 'DENIED_IN_BILL',
    what: `Bill ${bill.id} of invoice ${id} was denied by an approver in BILL: it is not paid there, and SAP has it to be paid.`,
    choices:
      "Ask the approver; or keep BILL's (the bill is archived and the invoice left to SAP), or leave it.",
  }),
  restored: (id, bill) => ({
    code: 'RESTORED_IN_BILL',
    what: `Bill ${bill.id} of invoice ${id} was archived by the connector and restored in BILL: it can be paid although SAP has nothing to be paid by it.`,
    choices: "Decide: keep SAP's (the bill is archived again), or leave it.",
  }),
};

function refused({ sap, bill }: Refusals): string {
  const ofSap = sap === undefined ? '' : ` SAP's cannot be kept: ${sap}.`;
  return bill === undefined ? ofSap : `${ofSap} BILL's cannot be kept: ${bill}.`;
}

function sideOf(fields: readonly BillDifference[], side: 'sent' | 'got'): Facts {
  return Object.fromEntries(fields.map((each) => [each.field, each[side]]));
}

function statusOf({ paymentStatus }: Bill): Facts {
  return { paymentStatus: paymentStatus ?? 'unknown' };
}

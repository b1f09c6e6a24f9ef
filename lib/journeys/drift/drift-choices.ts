import { driftInException, type Keep, withDrift } from '../../ledger/drifts.ts';
import type { Decision } from '../../ledger/exception.ts';
import type { InvoiceRecord } from '../../ledger/invoices.ts';

/** One of the three ways out of a difference between SAP and BILL. */
export interface Choice {
  readonly keep: Keep;
  /** Why it cannot be chosen; absent where it can. */
  readonly refusal?: string;
}

/** Undefined where the open exception is no difference of which a side could be kept. */
export function choicesOn(record: InvoiceRecord): Choice[] | undefined {
  const seen = driftInException(record);
  if (seen === undefined) return undefined;
  const { sap, bill } = seen.refusals;
  return [
    { keep: 'sap', ...(sap === undefined ? {} : { refusal: sap }) },
    { keep: 'bill', ...(bill === undefined ? {} : { refusal: bill }) },
    { keep: 'leave' },
  ];
}

/** The decision stands on the difference that the person was shown; the consumer carries it out. */
export function decideOn(record: InvoiceRecord, keep: Keep, decision: Decision): InvoiceRecord {
  const seen = driftInException(record);
  return seen === undefined ? record : withDrift(record, { ...seen, decision: { ...decision, keep } });
}

import type { SeenDrift } from '../../ledger/drifts.ts';
import {
  type InvoiceFacts,
  type InvoiceRecord,
  type InvoiceState,
  liveBills,
} from '../../ledger/invoices.ts';
import type { Eligibility } from '../../rules/invoices/eligibility.ts';
import { fingerprint } from '../../rules/reference-code.ts';
import type { Connector } from '../doors.ts';
import { noteDrift } from '../drift/seen-drifts.ts';
import { withdrawBills } from './follow-bills.ts';

/**
 * SAP keeps back what is in BILL already: blocked after the hand-over, or with another payment method. A person decides
 * whether the bill goes (SAP's side) or is left; a block is overridden in SAP alone. Throws DocumentError
 * `NO_LONGER_PAYABLE_IN_SAP` until then.
 */
export async function followKeptBack(
  connector: Connector,
  id: string,
  record: InvoiceRecord,
  facts: InvoiceFacts,
  verdict: Extract<Eligibility, { kind: 'kept-back' | 'not-ours' }>,
): Promise<{ readonly state: InvoiceState; readonly reason: string }> {
  const { kind: state, reason } = verdict;
  const values = fingerprint({ kind: 'not-payable', reason });
  const seen = record.drifts?.find((each) => each.kind === 'not-payable' && each.values === values);
  const { keep, by = '', why = '' } = seen?.decision ?? {};
  if (keep === 'leave')
    return { state: 'handed-over', reason: `left in BILL by ${by} (${why}), although SAP says: ${reason}` };
  if (keep !== 'sap') throw await noteDrift(connector, id, notPayable(id, record, reason, values));
  await withdrawBills(connector, id, record, facts, `SAP says: ${reason}`, { keptBack: true });
  return { state, reason };
}

function notPayable(id: string, record: InvoiceRecord, reason: string, values: string): SeenDrift {
  const [billId = '', ...others] = liveBills(record).map((each) => each.billId);
  const bills = [billId, ...others].join(', ');
  return {
    billId,
    kind: 'not-payable',
    values,
    wanted: values,
    refusals: { bill: 'what SAP keeps back may be paid only after it is freed in SAP' },
    problem: {
      code: 'NO_LONGER_PAYABLE_IN_SAP',
      what: `Invoice ${id} has bill ${bills} in BILL, but SAP says: ${reason}`,
      nextStep:
        "Free it in SAP and retry, where it may be paid. Otherwise keep SAP's side: the bill is archived in BILL until SAP frees the invoice (cancel its payment first, where one is scheduled). Or leave it.",
      sapValues: { invoice: id, state: reason },
      billValues: { bill: billId, ...(others.length === 0 ? {} : { otherBills: others.join(', ') }) },
    },
  };
}

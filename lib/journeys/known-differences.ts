import { isLeft } from '../ledger/drifts.ts';
import { type HandedOver, type InvoiceRecord, liveBills } from '../ledger/invoices.ts';

/** Why the sides need not agree on the invoice: its open exception, or a difference that somebody left as it is. */
export function knownDifference({ exception, drifts = [] }: InvoiceRecord): string | undefined {
  const left = drifts.find(isLeft);
  if (exception !== undefined) return exception.code;
  if (left?.decision === undefined) return undefined;
  return `${left.problem.code}, left as it is by ${left.decision.by}: ${left.decision.why}`;
}

/** Bills of the invoice that BILL would pay: ours, and those that people restored after we had archived them. */
export function payableBills(record: InvoiceRecord): HandedOver[] {
  const restored = new Set(
    (record.drifts ?? []).filter(({ kind }) => kind === 'restored').map(({ billId }) => billId),
  );
  return [...liveBills(record), ...(record.bills ?? []).filter(({ billId }) => restored.has(billId))];
}

import { isLeft } from '../../ledger/drifts.ts';
import { type HandedOver, type InvoiceRecord, liveBills } from '../../ledger/invoices.ts';

/** Why the sides need not agree on the invoice: an open exception, or what a person has decided instead. */
export function knownDifference({ exception, skipped, drifts = [] }: InvoiceRecord): string | undefined {
  if (exception !== undefined) return exception.what;
  if (skipped !== undefined) return `Skipped by ${skipped.by}: ${skipped.why}`;
  const left = drifts.find(isLeft);
  return left?.decision && `${left.problem.what} Left as it is by ${left.decision.by}: ${left.decision.why}`;
}

/** A bill that BILL would pay; `sent` is absent where another bill has taken its place in the ledger since. */
export type PayableBill = Pick<HandedOver, 'billId' | 'vendorId'> & Partial<Pick<HandedOver, 'sent'>>;

/** Bills of the invoice that BILL would pay: ours, and those that people restored after we had archived them. */
export function payableBills(record: InvoiceRecord): PayableBill[] {
  const { bills = [], drifts = [] } = record;
  const restored = drifts
    .filter(({ kind }) => kind === 'restored')
    .map(({ billId, vendorId = bills[0]?.vendorId ?? '' }) => ({ billId, vendorId }));
  return [
    ...liveBills(record),
    ...restored.map((each) => bills.find(({ billId }) => billId === each.billId) ?? each),
  ];
}

/** The vendor of what stands for the invoice in BILL now; undefined where nothing does. */
export function vendorOf(invoice: InvoiceRecord): string | undefined {
  const [bill] = payableBills(invoice);
  const { credit } = invoice;
  return bill?.vendorId ?? (credit?.archived === false ? credit.vendorId : undefined);
}

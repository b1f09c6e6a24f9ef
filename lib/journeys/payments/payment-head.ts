import type { Payment } from '../../rules/bill-documents.ts';
import { shownParts } from '../../rules/payments/payment-parts.ts';

/** What a record repeats of the payment, for lists, the tie-out and the next look. */
export function paymentHead(payment: Payment) {
  return {
    ...billPaymentsOf(payment),
    vendorId: payment.vendorId,
    ...(payment.vendorName === undefined ? {} : { vendorName: payment.vendorName }),
    amount: payment.amount,
    ...(payment.singleStatus === undefined ? {} : { singleStatus: payment.singleStatus }),
    doneUpdatedTime: payment.updatedTime,
  };
}

/** A read that does not show them does not undo an older one that did. */
export function billPaymentsOf(payment: Payment) {
  const billPayments = shownParts(payment);
  return billPayments.length === 0 ? {} : { billPayments };
}

/** What an exception shows of the payment. */
export function paymentValues(payment: Payment): Record<string, string> {
  return {
    payment: payment.id,
    vendor: payment.vendorName ?? payment.vendorId,
    amount: payment.amount,
    status: payment.singleStatus ?? payment.status ?? 'none',
  };
}

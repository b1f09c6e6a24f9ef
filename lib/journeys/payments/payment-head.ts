import type { Payment } from '../../rules/bill-documents.ts';

/** What a record repeats of the payment, for lists and for the next look. */
export function paymentHead(payment: Payment) {
  return {
    vendorId: payment.vendorId,
    ...(payment.vendorName === undefined ? {} : { vendorName: payment.vendorName }),
    amount: payment.amount,
    ...(payment.singleStatus === undefined ? {} : { singleStatus: payment.singleStatus }),
    doneUpdatedTime: payment.updatedTime,
  };
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

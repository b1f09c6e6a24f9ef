import * as z from 'zod';
import type { Payment, RecordedPayment } from '../rules/bill-documents.ts';
import type { BillCalls } from './bill.ts';
import { amount, amountToSend, decimal } from './decimals.ts';
import { lengths, refuseTooLong } from './limits.ts';
import { type List, quotedIds, quotedText, quotedTime, readAll, readPage } from './lists.ts';
import type { Rest } from './rest.ts';

const text = z.exactOptional(z.string());

/** BILL dossier §7.2; statuses stay open texts (§7.3). */
const paymentShape = z
  .object({
    id: z.string(),
    vendorId: z.string(),
    vendorName: text,
    amount,
    fundingAmount: z.exactOptional(amount),
    exchangeRate: z.exactOptional(decimal),
    billId: text,
    billPayments: z
      .array(
        z.object({
          billId: z.string(),
          amount,
          vendorCredits: z.array(z.object({ id: z.string(), amount })).default([]),
        }),
      )
      .default([]),
    processDate: text,
    status: text,
    singleStatus: text,
    disbursementType: text,
    onlinePayment: z.exactOptional(z.boolean()),
    fundingAccount: z.exactOptional(z.object({ type: text, id: text })),
    voidInfo: z
      .array(z.object({ id: z.string(), type: z.string().default(''), status: z.string().default('') }))
      .default([]),
    transactionNumber: text,
    confirmationNumber: text,
    syncReference: text,
    createdTime: z.string(),
    updatedTime: z.string(),
  })
  .transform((payment): Payment => payment);

type PaymentCalls = Pick<
  BillCalls,
  | 'payment'
  | 'paymentsById'
  | 'paymentsOfVendor'
  | 'paymentsByTransactionNumber'
  | 'paymentsUpdatedSince'
  | 'recordPayment'
  | 'recordedPayments'
>;

export function paymentCalls(rest: Rest): PaymentCalls {
  const list = (filters: string[]): List<Payment> => ({
    path: '/v3/payments',
    about: 'payments',
    row: paymentShape,
    filters,
    sort: 'updatedTime:asc',
  });
  return {
    payment: (id) =>
      rest.find(
        { method: 'GET', path: `/v3/payments/${encodeURIComponent(id)}`, about: `payment ${id}` },
        paymentShape,
      ),
    paymentsById: (ids) => readAll(rest, list([`id:in:${quotedIds(ids)}`])),
    paymentsOfVendor: (vendorId, since) =>
      readAll(rest, list([`vendorId:eq:${vendorId}`, `createdTime:gte:${quotedTime(since)}`])),
    recordedPayments: (vendorId, processDate) =>
      readAll(
        rest,
        list([`vendorId:eq:${vendorId}`, `processDate:eq:${processDate}`, 'onlinePayment:eq:false']),
      ),
    recordPayment: (payment) => {
      const about = `the payment of bill ${payment.billId} outside BILL`;
      const body = recordingBody(payment, about);
      return rest.call({ method: 'POST', path: '/v3/bills/record-payment', body, about }, paymentShape);
    },
    paymentsByTransactionNumber: (number) =>
      readAll(rest, list([`transactionNumber:eq:${quotedText(number)}`])),
    paymentsUpdatedSince: (since, page) =>
      readPage(rest, list([`updatedTime:gte:${quotedTime(since)}`]), page),
  };
}

/** BILL dossier §7.6; whether `toPrintCheck` is required is not documented, so it is always sent. */
function recordingBody(payment: RecordedPayment, about: string): object {
  const { vendorId, billId, amount: value, processDate, syncReference, description } = payment;
  refuseTooLong(about, 'description', description, lengths.paymentDescription);
  return {
    vendorId,
    processDate,
    payments: [{ billId, amount: amountToSend(value, about) }],
    toPrintCheck: false,
    description,
    syncReference,
  };
}

import { z } from 'zod';
import type { Payment } from '../rules/bill-documents.ts';
import type { BillCalls } from './bill.ts';
import { amount, decimal } from './decimals.ts';
import { type List, quotedText, quotedTime, readAll, readPage } from './lists.ts';
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
    createdTime: z.string(),
    updatedTime: z.string(),
  })
  .transform((payment): Payment => payment);

export function paymentCalls(
  rest: Rest,
): Pick<BillCalls, 'payment' | 'paymentsByTransactionNumber' | 'paymentsUpdatedSince'> {
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
    paymentsByTransactionNumber: (number) =>
      readAll(rest, list([`transactionNumber:eq:${quotedText(number)}`])),
    paymentsUpdatedSince: (since, page) =>
      readPage(rest, list([`updatedTime:gte:${quotedTime(since)}`]), page),
  };
}

import Big from 'big.js';
import * as z from 'zod';
import { cents, creditUses, date, text } from './bodies.ts';
import { invalid } from './refusal.ts';

/** What a bill is created and changed with (BILL dossier §5.2). */
const classifications = z
  .object({
    chartOfAccountId: text(),
    accountingClassId: text(),
    departmentId: text(),
    locationId: text(),
    employeeId: text(),
    jobId: text(),
    itemId: text(),
    customerId: text(),
  })
  .partial();

export const line = z
  .object({
    id: text(),
    amount: cents,
    quantity: z.number(),
    price: z.number(),
    description: z.string().max(4000),
    classifications,
  })
  .partial();

export type LineFields = z.output<typeof line>;

const optionalFields = {
  description: z.string().max(4000).optional(),
  purchaseOrderNumber: z.string().optional(),
  payFromChartOfAccountId: text().optional(),
  classifications: classifications.optional(),
  vendorCredits: creditUses.optional(),
};

const invoiceNumber = text(21);

/** POST and PUT. */
export const wholeBill = z.object({
  vendorId: text(),
  dueDate: date,
  invoice: z.object({ invoiceNumber, invoiceDate: date }),
  billLineItems: z.array(line).min(1),
  ...optionalFields,
});

/** PATCH. */
export const billChange = z.object({
  vendorId: text().optional(),
  dueDate: date.optional(),
  invoice: z.object({ invoiceNumber, invoiceDate: date }).partial().optional(),
  billLineItems: z.array(line).min(1).optional(),
  ...optionalFields,
});

export type WholeBill = z.output<typeof wholeBill>;

/** A line's amount in cents: the amount itself, else quantity × price (§5.2). */
export function lineAmount({ amount, quantity, price }: LineFields): number {
  if (amount !== undefined) return amount;
  if (quantity === undefined || price === undefined) {
    throw invalid('billLineItems: a line has neither an amount nor quantity and price');
  }
  return Number(new Big(String(quantity)).times(String(price)).times(100).round(0).toFixed(0));
}

import * as z from 'zod';
import type { Bill, BillLine, NewBill } from '../rules/bill-documents.ts';
import type { BillCalls } from './bill.ts';
import { amount, amountToSend } from './decimals.ts';
import { lengths, refuseTooLong } from './limits.ts';
import { quotedIds, quotedTime, readAll, readPage } from './lists.ts';
import type { BillRequest } from './request.ts';
import type { Rest } from './rest.ts';

const text = z.exactOptional(z.string());
const money = z.exactOptional(amount);
/** Dates are taken as text, never shifted: a webhook's or a draft's may be a whole timestamp (BILL dossier §13.40). */
const date = z.string().transform((value) => value.slice(0, 10));

/** A line of a bill or of a vendor credit. */
export const billLineShape = z
  .object({
    id: text,
    amount,
    description: text,
    classifications: z
      .object({ chartOfAccountId: text, departmentId: text, locationId: text, accountingClassId: text })
      .default({}),
  })
  .transform(({ classifications, ...fields }): BillLine => ({ ...fields, ...classifications }));

/** BILL dossier §5.3. A bill of somebody else may lack the invoice's number or date: they read ``. */
const billShape = z
  .object({
    id: z.string(),
    archived: z.boolean().default(false),
    recordStatus: text,
    vendorId: z.string(),
    invoice: z.object({ invoiceNumber: z.string().default(''), invoiceDate: date.default('') }).prefault({}),
    dueDate: date,
    description: text,
    purchaseOrderNumber: text,
    billLineItems: z.array(billLineShape).default([]),
    amount: money,
    dueAmount: money,
    paidAmount: money,
    scheduledAmount: money,
    creditAmount: money,
    paymentStatus: text,
    approvalStatus: text,
    createdTime: z.string(),
    updatedTime: z.string(),
  })
  .transform(({ invoice, billLineItems, ...bill }): Bill => ({ ...bill, ...invoice, lines: billLineItems }));

/** A draft of BILL's inbox is no bill yet and may lack everything (§3.7). */
const draftShape = z.object({ recordStatus: z.enum(['DRAFT', 'DRAFT_DELETED']) }).transform(() => undefined);

export function billCalls(
  rest: Rest,
): Pick<
  BillCalls,
  | 'bill'
  | 'billsById'
  | 'billsOfVendor'
  | 'openBills'
  | 'billsUpdatedSince'
  | 'createBill'
  | 'patchBill'
  | 'replaceBill'
  | 'archiveBill'
  | 'restoreBill'
> {
  const one = (id: string, method: BillRequest['method'], what = '') => ({
    method,
    path: `/v3/bills/${encodeURIComponent(id)}${what}`,
    about: `bill ${id}`,
  });
  return {
    bill: (id) => rest.find(one(id, 'GET'), billShape),
    billsById: (ids) => listBills(rest, `bills ${ids.length}`, [`id:in:${quotedIds(ids)}`]),
    billsUpdatedSince: async (since, page) => {
      const answer = await readPage(
        rest,
        {
          path: '/v3/bills',
          about: 'bills',
          row: z.union([draftShape, billShape]),
          filters: [`updatedTime:gte:${quotedTime(since)}`],
          sort: 'updatedTime:asc',
        },
        page,
      );
      return { ...answer, items: answer.items.filter((bill) => bill !== undefined) };
    },
    billsOfVendor: (vendorId, since) => billsOfVendor(rest, vendorId, since),
    openBills: () => openBills(rest),
    createBill: async (bill) => {
      const about = `the bill ${bill.invoiceNumber} of vendor ${bill.vendorId}`;
      return rest.call({ method: 'POST', path: '/v3/bills', body: billBody(bill, about), about }, billShape);
    },
    patchBill: async (id, change) =>
      rest.call({ ...one(id, 'PATCH'), body: billBody(change, `bill ${id}`) }, billShape),
    replaceBill: async (id, bill) =>
      rest.call({ ...one(id, 'PUT'), body: billBody(bill, `bill ${id}`) }, billShape),
    archiveBill: (id) => rest.call(one(id, 'POST', '/archive'), billShape),
    restoreBill: (id) => rest.call(one(id, 'POST', '/restore'), billShape),
  };
}

/** Filters that BILL documents; the invoice number is none of them (§0.3). Archived bills come along. */
async function billsOfVendor(rest: Rest, vendorId: string, since: string): Promise<Bill[]> {
  const filters = [`vendorId:eq:${vendorId}`, `createdTime:gte:${quotedTime(since)}`];
  return listBills(rest, `bills of vendor ${vendorId}`, filters);
}

async function listBills(rest: Rest, about: string, filters: string[]): Promise<Bill[]> {
  const rows = await readAll(rest, {
    path: '/v3/bills',
    about,
    row: z.union([draftShape, billShape]),
    filters,
    sort: 'createdTime:asc',
  });
  return rows.filter((row) => row !== undefined);
}

async function openBills(rest: Rest): Promise<Bill[]> {
  const rows = await readAll(rest, {
    path: '/v3/bills',
    about: 'open bills',
    row: z.union([draftShape, billShape]),
    filters: ['archived:eq:false', 'paymentStatus:ne:PAID'],
    sort: 'createdTime:asc',
  });
  return rows.filter((row) => row !== undefined);
}

/** §5.2: what is undefined is left out. */
function billBody(bill: Partial<NewBill>, about: string): object {
  const { vendorId, invoiceNumber, invoiceDate, dueDate, description, purchaseOrderNumber, lines } = bill;
  refuseTooLong(about, 'invoice number', invoiceNumber, lengths.invoiceNumber);
  refuseTooLong(about, 'description', description, lengths.description);
  const invoice = { invoiceNumber, invoiceDate };
  return {
    vendorId,
    dueDate,
    description,
    purchaseOrderNumber,
    ...((invoiceNumber ?? invoiceDate) !== undefined && { invoice }),
    ...(lines && { billLineItems: lines.map((each) => billLineBody(each, about)) }),
  };
}

export function billLineBody(
  { id, amount: value, description, ...classifications }: BillLine,
  about: string,
): object {
  refuseTooLong(about, 'line description', description, lengths.description);
  const { chartOfAccountId, departmentId, locationId, accountingClassId } = classifications;
  const ids = { chartOfAccountId, departmentId, locationId, accountingClassId };
  return {
    id,
    amount: amountToSend(value, about),
    description,
    ...(Object.values(ids).some((each) => each !== undefined) && { classifications: ids }),
  };
}

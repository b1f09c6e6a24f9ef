import * as z from 'zod';
import type { BillLine, NewVendorCredit, VendorCredit } from '../rules/bill-documents.ts';
import type { BillCalls, ListPage } from './bill.ts';
import { billLineBody, billLineShape } from './bills.ts';
import { amount } from './decimals.ts';
import { lengths, refuseTooLong } from './limits.ts';
import { readPage } from './lists.ts';
import type { BillRequest } from './request.ts';
import type { Rest } from './rest.ts';

const text = z.exactOptional(z.string());
const money = z.exactOptional(amount);

/** BILL dossier §6; `usage` comes with reads only, statuses stay open texts. */
const creditShape = z
  .object({
    id: z.string(),
    archived: z.boolean().default(false),
    vendorId: z.string(),
    referenceNumber: z.string().default(''),
    creditDate: z.string().transform((value) => value.slice(0, 10)),
    description: text,
    vendorCreditLineItems: z.array(billLineShape).default([]),
    amount: money,
    appliedAmount: money,
    status: text,
    usage: z.array(z.object({ billId: text, paymentId: text, amount })).default([]),
    createdTime: z.string(),
    updatedTime: z.string(),
  })
  .transform(
    ({ vendorCreditLineItems, ...credit }): VendorCredit => ({ ...credit, lines: vendorCreditLineItems }),
  );

export function vendorCreditCalls(
  rest: Rest,
): Pick<BillCalls, 'vendorCredit' | 'vendorCreditsOfVendor' | 'createVendorCredit' | 'archiveVendorCredit'> {
  const one = (id: string, method: BillRequest['method'], what = '') => ({
    method,
    path: `/v3/vendor-credits/${encodeURIComponent(id)}${what}`,
    about: `vendor credit ${id}`,
  });
  return {
    vendorCredit: (id) => rest.find(one(id, 'GET'), creditShape),
    vendorCreditsOfVendor: (vendorId, since) => creditsOfVendor(rest, vendorId, since),
    createVendorCredit: async (credit) => {
      const about = `the vendor credit ${credit.referenceNumber} of vendor ${credit.vendorId}`;
      const body = creditBody(credit, about);
      return rest.call({ method: 'POST', path: '/v3/vendor-credits', body, about }, creditShape);
    },
    archiveVendorCredit: (id) => rest.call(one(id, 'POST', '/archive'), creditShape),
  };
}

/** No filters of this list are documented (§6): read newest first, to the first one that is too old. */
async function creditsOfVendor(rest: Rest, vendorId: string, since: string): Promise<VendorCredit[]> {
  const list = {
    path: '/v3/vendor-credits',
    about: `vendor credits of vendor ${vendorId}`,
    row: creditShape,
    sort: 'createdTime:desc',
  };
  const found: VendorCredit[] = [];
  let page: ListPage<VendorCredit> = await readPage(rest, list);
  for (;;) {
    const recent = page.items.filter((credit) => Date.parse(credit.createdTime) >= Date.parse(since));
    found.push(...recent.filter((credit) => credit.vendorId === vendorId));
    if (page.next === undefined || recent.length < page.items.length) return found;
    page = await readPage(rest, list, page.next);
  }
}

function creditBody(credit: NewVendorCredit, about: string): object {
  const { vendorId, referenceNumber, creditDate, description, lines } = credit;
  refuseTooLong(about, 'reference number', referenceNumber, lengths.invoiceNumber);
  refuseTooLong(about, 'description', description, lengths.description);
  const vendorCreditLineItems = lines.map((line: BillLine) => billLineBody(line, about));
  return { vendorId, referenceNumber, creditDate, description, vendorCreditLineItems };
}

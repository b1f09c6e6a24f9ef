import * as z from 'zod';
import type { NewVendor, Vendor } from '../rules/bill-documents.ts';
import type { BillCalls } from './bill.ts';
import { lengths, refuseTooLong } from './limits.ts';
import { quotedTime, readPage } from './lists.ts';
import type { Rest } from './rest.ts';

const text = z.exactOptional(z.string());

/** BILL dossier §§4.2 and 4.3; bank details are never read. */
const vendorShape = z
  .object({
    id: z.string(),
    name: z.string(),
    archived: z.boolean().default(false),
    recordStatus: text,
    shortName: text,
    email: text,
    phone: text,
    address: z.exactOptional(
      z.object({
        line1: text,
        line2: text,
        city: text,
        stateOrProvince: text,
        zipOrPostalCode: text,
        country: text,
      }),
    ),
    additionalInfo: z
      .object({ taxId: text, taxIdType: text, combinePayments: z.exactOptional(z.boolean()) })
      .default({}),
    accountType: text,
    networkStatus: text,
    billCurrency: text,
    createdTime: z.string(),
    updatedTime: z.string(),
  })
  .transform(({ additionalInfo, ...vendor }): Vendor => ({ ...vendor, ...additionalInfo }));

export function vendorCalls(
  rest: Rest,
): Pick<BillCalls, 'vendor' | 'vendorsUpdatedSince' | 'createVendor' | 'changeVendor'> {
  return {
    vendor: (id) =>
      rest.find(
        { method: 'GET', path: `/v3/vendors/${encodeURIComponent(id)}`, about: `vendor ${id}` },
        vendorShape,
      ),
    vendorsUpdatedSince: (since, page) =>
      readPage(
        rest,
        {
          path: '/v3/vendors',
          about: 'vendors',
          row: vendorShape,
          filters: [`updatedTime:gte:${quotedTime(since)}`],
          sort: 'updatedTime:asc',
        },
        page,
      ),
    createVendor: async (vendor) => {
      const about = `vendor "${vendor.name}"`;
      return rest.call(
        { method: 'POST', path: '/v3/vendors', body: vendorBody(vendor, about), about },
        vendorShape,
      );
    },
    changeVendor: async (id, { taxId, ...change }) => {
      const about = `vendor ${id}`;
      refuseTooLong(about, 'name', change.name, lengths.vendorName);
      const body = { ...change, ...(taxId !== undefined && { additionalInfo: { taxId } }) };
      return rest.call(
        { method: 'PATCH', path: `/v3/vendors/${encodeURIComponent(id)}`, body, about },
        vendorShape,
      );
    },
  };
}

function vendorBody(vendor: NewVendor, about: string): object {
  const { payeeName, taxId, ...fields } = vendor;
  refuseTooLong(about, 'name', vendor.name, lengths.vendorName);
  refuseTooLong(about, 'short name', vendor.shortName, lengths.vendorShortName);
  return {
    ...fields,
    paymentInformation: { payeeName },
    ...(taxId !== undefined && { additionalInfo: { taxId } }),
  };
}

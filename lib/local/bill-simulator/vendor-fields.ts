import * as z from 'zod';
import { text } from './bodies.ts';

/** What a vendor is created and changed with (BILL dossier §4.2). */
const address = z.object({
  line1: text(),
  line2: z.string(),
  city: text(),
  stateOrProvince: z.string(),
  zipOrPostalCode: text(),
  country: z.string().regex(/^[A-Z]{2}$/, 'is no two-letter country code'),
});

const bankAccount = z
  .object({
    nameOnAccount: text(),
    accountNumber: text(),
    routingNumber: z.string(),
    type: z.enum(['CHECKING', 'SAVINGS']),
    ownerType: z.enum(['BUSINESS', 'PERSONAL']),
    paymentCurrency: text(3),
    bankCountry: text(2),
  })
  .partial();

const additionalInfo = z
  .object({
    taxId: z.string(),
    taxIdType: z.enum(['EIN', 'SSN']),
    track1099: z.boolean(),
    leadTimeInDays: z.int(),
    combinePayments: z.boolean(),
    paymentTermId: z.string(),
    companyName: z.string(),
  })
  .partial();

/** PATCH: every field may be left out, in nested objects too. */
export const vendorChange = z
  .object({
    name: text(100),
    shortName: z.string().max(40),
    accountNumber: z.string(),
    accountType: z.enum(['BUSINESS', 'PERSON', 'NONE']),
    email: z.string(),
    phone: z.string(),
    address: address.partial(),
    paymentInformation: z.object({ payeeName: text(), email: z.string(), bankAccount }).partial(),
    additionalInfo,
    billCurrency: z.string().regex(/^[A-Z]{3}$/, 'is no currency code'),
    autoPay: z.object({ enabled: z.boolean() }).partial(),
  })
  .partial();

/** POST: name and address are required; the state is not. */
export const newVendor = vendorChange.extend({
  name: text(100),
  address: address.partial({ line2: true, stateOrProvince: true }),
});

export type VendorFields = z.output<typeof vendorChange>;

import * as z from 'zod';
import { glAccount } from './gl-account.ts';

const clearingAccount = z.strictObject({
  fundingAccount: z
    .string()
    .min(1)
    .describe(
      'BILL funding account id (bac…), "outside" for payments recorded outside BILL, or "*" for every other one',
    ),
  glAccount: glAccount.describe(
    'SAP G/L account that BILL payments from this funding account are credited to',
  ),
  takesCostCenter: z
    .boolean()
    .default(false)
    .describe('true when this account is set up to carry a cost center in its account assignment'),
});

const clearing = z
  .strictObject({
    mode: z
      .enum(['after-posting', 'off'])
      .default('after-posting')
      .describe('Whether the connector clears a posted entry with its invoices; only with profile "payable"'),
    afterDays: z
      .int()
      .min(0)
      .max(365)
      .default(0)
      .describe('Clear only so many days after posting: until then a returned payment is reversed by itself'),
    documentType: z
      .string()
      .regex(/^[0-9A-Z]{2}$/, 'write the document type with its 2 characters, e.g. "AB"')
      .default('AB')
      .describe('SAP document type of the clearing; decides how SAP splits it'),
  })
  .prefault({});

/** Offsets as "+05:00", which the runtime takes too, know no summer time. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** How payments are posted and cleared in one company code. */
export const companyCode = z.strictObject({
  companyCode: z.string().regex(/^[0-9A-Z]{4}$/, 'write the company code with its 4 characters, e.g. "1710"'),
  postingProfile: z
    .enum(['payable', 'original-lines'])
    .default('payable')
    .describe("What a cleared payment debits: the payable account, or the invoice's own G/L accounts"),
  clearingAccounts: z.array(clearingAccount).min(1).describe('At least one; "*" catches the rest'),
  journalEntryType: z
    .string()
    .regex(/^[0-9A-Z]{2}$/, 'write the document type with its 2 characters, e.g. "KZ"')
    .default('KZ')
    .describe('SAP document type of the entry'),
  reversalReason: z
    .string()
    .regex(/^[0-9A-Z]{2}$/, 'write the reversal reason with its 2 characters, e.g. "01"')
    .default('01')
    .describe('SAP reversal reason for voids and returns'),
  postingDate: z
    .enum(['process-date', 'today', 'next-open-period'])
    .default('process-date')
    .describe(
      "Posting date of an entry: BILL's process date, today, or the process date and where its period is closed the first day of the next open one",
    ),
  timeZone: z
    .string()
    .refine(isTimeZone, 'write the name of an IANA time zone, e.g. "America/New_York", or "UTC"')
    .default('UTC')
    .describe(
      'IANA time zone of the company code: "today" as a posting date, and the date of reversals and clearings, is the date there',
    ),
  clearing: clearing.describe('Clearing of posted entries with their invoices in SAP'),
  setHandOverBlock: z
    .boolean()
    .default(false)
    .describe("Set handOverBlock on the invoice's FI lines once its bill is in BILL"),
});

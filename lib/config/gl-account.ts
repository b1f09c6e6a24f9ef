import * as z from 'zod';

/** An SAP G/L account, without the zeros of SAP's inner form. */
export const glAccount = z
  .string()
  .regex(/^[0-9A-Z]{1,10}$/, 'write the G/L account as SAP shows it, 1 to 10 digits, e.g. "61008000"')
  .transform((account) => account.replace(/^0+(?=.)/, ''));

import * as z from 'zod';
import { glAccount } from './gl-account.ts';

/** What SAP's accounts and cost centers become in BILL. */
const chartOfAccount = z
  .string()
  .min(1)
  .describe('BILL chart-of-accounts entry: its id (0ca…) or its account number');

export const accountMapping = z
  .union([
    z.strictObject({ glAccount: glAccount.describe('SAP G/L account'), chartOfAccount }),
    z.strictObject({
      from: glAccount.describe('First SAP G/L account of a range'),
      to: glAccount.describe('Last SAP G/L account of the range'),
      chartOfAccount,
    }),
  ])
  .describe('Entry for one account or for a range; one account wins over a range, a range over the number');

const costCenterNumber = z
  .string()
  .regex(/^[0-9A-Za-z_-]{1,10}$/, 'write the cost center as SAP shows it, up to 10 characters')
  .transform((center) => center.replace(/^0+(?=\d+$)/, ''));
const classificationEntry = z
  .string()
  .min(1)
  .describe('BILL department, location or accounting class: its id, its name or its short name');

export const costCenters = z
  .strictObject({
    as: z
      .enum(['department', 'location', 'accounting-class'])
      .describe('What a cost center becomes on the lines of the bill'),
    match: z
      .enum(['number', 'explicit'])
      .default('number')
      .describe('"number": the entry in BILL that bears the number, unless "entries" says otherwise'),
    entries: z
      .array(
        z.union([
          z.strictObject({ costCenter: costCenterNumber, entry: classificationEntry }),
          z.strictObject({ from: costCenterNumber, to: costCenterNumber, entry: classificationEntry }),
        ]),
      )
      .default([]),
  })
  .describe('Without it, cost centers stand in the description of the line only');

import * as z from 'zod';

/** Which side a field of a vendor belongs to. A change on the other side is never overwritten: it is raised (I9). */
const owner = z.enum(['sap', 'bill', 'ask']);

const companyData = z.strictObject({
  companyCode: z.string().regex(/^[0-9A-Z]{4}$/, 'write the company code with its 4 characters, e.g. "1710"'),
  payableAccount: z
    .string()
    .regex(/^[0-9A-Z]{1,10}$/, 'write the G/L account as SAP shows it, e.g. "21100000"')
    .describe('SAP reconciliation account of the new supplier'),
  paymentTerms: z.string().regex(/^[0-9A-Z]{1,4}$/, 'write the key of the payment terms, e.g. "NT30"'),
});

/** How suppliers in SAP and vendors in BILL are kept alike. */
export const vendorsConfigSchema = z
  .strictObject({
    conflicts: z
      .strictObject({
        name: owner.default('sap'),
        address: owner.default('sap'),
        email: owner.default('bill'),
        phone: owner.default('bill'),
        taxId: owner.default('sap'),
      })
      .prefault({})
      .describe(
        "Whose changes travel; the other side's become exceptions. `ask`: every difference is raised",
      ),
    createInSap: z
      .strictObject({
        grouping: z
          .string()
          .regex(/^[0-9A-Z]{1,4}$/, 'write the grouping with up to 4 characters, e.g. "BP02"')
          .describe('Business-partner grouping with internal numbering'),
        companyCodes: z.array(companyData).min(1),
        purchasingOrganization: z
          .string()
          .regex(/^[0-9A-Z]{4}$/, 'write the purchasing organization with its 4 characters, e.g. "1710"')
          .optional(),
      })
      .optional()
      .describe('Creates a supplier in SAP for a vendor that was born in BILL; off where it is left out'),
    foreignBills: z
      .enum(['raise', 'ignore'])
      .default('raise')
      .describe('Bills that people or other programs enter in BILL'),
    compareEveryHours: z
      .int()
      .min(1)
      .max(24)
      .default(24)
      .describe('How often all linked suppliers are compared, whatever their change stamps say'),
  })
  .prefault({});

export type VendorsConfig = z.output<typeof vendorsConfigSchema>;

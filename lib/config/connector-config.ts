import * as z from 'zod';
import { attachmentsConfigSchema } from './attachments-config.ts';
import { companyCode } from './company-code-config.ts';
import { glAccount } from './gl-account.ts';
import { accountMapping, costCenters } from './mapping-config.ts';
import { vendorsConfigSchema } from './vendors-config.ts';

/**
 * connector.config.json: what one connection (one SAP tenant, one BILL organization) does. Validated at synth,
 * at the start of the local run and once per Lambda start; published as docs/connector.config.schema.json.
 */
const localDate = z.iso.date('write a date as yyyy-mm-dd, e.g. "2026-10-01"');

/** What becomes of invoices that are more than one bill over their gross amount. */
const invoiceShapes = z.strictObject({
  creditMemos: z
    .enum(['vendor-credit', 'exception'])
    .default('vendor-credit')
    .describe('A credit memo becomes a vendor credit in BILL, or a person decides'),
  severalDueDates: z
    .enum(['bill-per-due-date', 'exception'])
    .default('bill-per-due-date')
    .describe('Instalments and retentions: one bill for each due date, or a person decides'),
  withholdingTax: z
    .enum(['net', 'exception'])
    .default('net')
    .describe('The bill is over the amount after withholding tax, or a person decides'),
  dueDate: z
    .enum(['net', 'first-discount'])
    .default('net')
    .describe('When a bill is due: the net due date, or the last day of the first cash discount'),
  maxBillLines: z
    .int()
    .min(1)
    .max(10_000)
    .default(500)
    .describe('With more lines than this, lines of one G/L account and cost center are summed'),
  unplannedDeliveryCostAccount: glAccount
    .optional()
    .describe('G/L account for unplanned delivery cost, which SAP shows without an account'),
});

export const connectorConfigSchema = z.strictObject({
  $schema: z.string().optional(),
  connection: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,30}$/, 'write 2 to 31 lower-case letters, digits and dashes, e.g. "acme-us"')
    .describe('Names the stack and everything in it; one stack per connection'),
  goLiveDate: localDate.describe('Invoices posted before this date are left alone'),
  companyCodes: z.array(companyCode).min(1),
  paymentMethods: z
    .array(
      z.string().regex(/^[0-9A-Z]?$/, 'write one character, or "" for invoices without a payment method'),
    )
    .default([''])
    .describe('SAP payment methods whose invoices are paid through BILL; "" stands for none set'),
  handOverBlock: z
    .string()
    .regex(/^[0-9A-Z*]?$/, 'write the one character of the payment block key, e.g. "B"')
    .default('')
    .describe('Our own payment block key: an invoice that carries it is not kept back'),
  accounts: z.array(accountMapping).default([]),
  matchAccountsByNumber: z
    .boolean()
    .default(true)
    .describe('Map a G/L account to the BILL entry with the same account number'),
  costCenters: costCenters.optional(),
  reference: z
    .strictObject({
      everyMinutes: z
        .int()
        .min(15)
        .max(1440)
        .default(60)
        .describe('How often accounts, cost centers and the like are read from both sides'),
    })
    .prefault({}),
  accountForItemsWithoutAssignment: glAccount
    .optional()
    .describe(
      'G/L account for purchase-order and material items that SAP assigns to stock, not to an account',
    ),
  tax: z
    .discriminatedUnion('as', [
      z.strictObject({ as: z.literal('spread') }),
      z.strictObject({
        as: z.literal('own-lines'),
        glAccount: glAccount.describe('Input-tax account, mapped like any other'),
      }),
    ])
    .default({ as: 'spread' })
    .describe('Tax on the bill: spread over the lines in their proportion, or as lines of its own'),
  invoices: invoiceShapes.prefault({}),
  attachments: attachmentsConfigSchema,
  polling: z
    .strictObject({
      everyMinutes: z
        .int()
        .min(1)
        .max(60)
        .default(5)
        .describe('How often SAP and BILL are asked for what changed'),
      recheckEveryMinutes: z
        .int()
        .min(5)
        .max(1440)
        .default(30)
        .describe('How often kept-back invoices are looked at again'),
      followUpEveryMinutes: z
        .int()
        .min(1)
        .max(1440)
        .default(10)
        .describe(
          'How often clearings and payment blocks are asked for and confirmed, and files of new bills taken up',
        ),
      overlapMinutes: z
        .int()
        .min(1)
        .max(1440)
        .default(15)
        .describe('How far each poll looks back behind what was seen last'),
    })
    .prefault({}),
  payments: z
    .strictObject({
      paidOutsideBill: z
        .enum(['ignore', 'exception', 'post'])
        .default('ignore')
        .describe('Payments that somebody made outside BILL and recorded there'),
      paidInSap: z
        .enum(['exception', 'record-payment', 'archive-bill'])
        .default('exception')
        .describe('Invoices that SAP paid although their bill is open in BILL'),
      watchDays: z
        .int()
        .min(0)
        .max(366)
        .default(90)
        .describe('How long a posted payment is watched for a return'),
      watchEveryMinutes: z
        .int()
        .min(5)
        .max(1440)
        .default(360)
        .describe('How often posted payments and open bills are looked at again on both sides'),
    })
    .prefault({}),
  bill: z
    .strictObject({
      callsPerHour: z
        .int()
        .min(100)
        .max(20_000)
        .default(18_000)
        .describe("Share of BILL's 20,000 calls per clock hour"),
      visibilityLagSeconds: z
        .int()
        .min(0)
        .max(3600)
        .default(120)
        .describe('How long a new object may be missing from lists'),
    })
    .prefault({}),
  sap: z
    .strictObject({
      createdByUser: z
        .string()
        .regex(/^[0-9A-Z_]{1,12}$/, 'write a user name of up to 12 capital letters and digits')
        .default('MLCONNECTOR')
        .describe('The user that a journal entry names as its creator'),
      visibilityLagSeconds: z
        .int()
        .min(0)
        .max(3600)
        .default(300)
        .describe('How long a posted entry may be missing from reads'),
      confirmWithinMinutes: z
        .int()
        .min(1)
        .max(1440)
        .default(60)
        .describe('How long SAP may take over a clearing or a payment block before a person is told'),
    })
    .prefault({}),
  vendors: vendorsConfigSchema,
  alarms: z
    .strictObject({ email: z.email().optional() })
    .prefault({})
    .describe('Who is told when an alarm goes off'),
});

export type ConnectorConfig = z.output<typeof connectorConfigSchema>;
export type CompanyCodeConfig = ConnectorConfig['companyCodes'][number];

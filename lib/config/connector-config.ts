import * as z from 'zod';
import { attachmentsConfigSchema } from './attachments-config.ts';
import { vendorsConfigSchema } from './vendors-config.ts';

/**
 * connector.config.json: what one connection (one SAP tenant, one BILL organization) does. Validated at synth,
 * at the start of the local run and once per Lambda start; published as docs/connector.config.schema.json.
 */
const glAccount = z
  .string()
  .regex(/^[0-9A-Z]{1,10}$/, 'write the G/L account as SAP shows it, 1 to 10 digits, e.g. "61008000"')
  .transform((account) => account.replace(/^0+(?=.)/, ''));
const localDate = z.iso.date('write a date as yyyy-mm-dd, e.g. "2026-10-01"');

const chartOfAccount = z
  .string()
  .min(1)
  .describe('BILL chart-of-accounts entry: its id (0ca…) or its account number');

const accountMapping = z
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

const costCenters = z
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

const companyCode = z.strictObject({
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

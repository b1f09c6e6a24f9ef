import * as z from 'zod';
import { type Clock, isoDate } from '../clock.ts';
import { ConnectorError } from '../errors.ts';
import type { Probe } from '../probe.ts';
import type { Random } from '../random.ts';
import type { Connection } from './connection.ts';
import { type MessageDoors, sendClearing, sendPaymentBlock } from './item-messages.ts';
import { confirmationOf, sendJournalEntry } from './journal-entries.ts';
import { entryXml } from './journal-entry-xml.ts';
import type { ODataClient } from './odata-client.ts';
import type { Sap } from './sap.ts';
import {
  attachmentService,
  businessPartnerService,
  clearingService,
  companyCodeService,
  costCenterService,
  entryChangeService,
  glAccountService,
  journalEntryService,
  type ODataService,
  operationalItemService,
  profitCenterService,
  purchaseOrderService,
  type SapService,
  supplierInvoiceService,
} from './services.ts';

interface Doors {
  readonly connection: Connection;
  readonly odata: ODataClient;
  readonly invoices: Pick<Sap, 'changeStamp'>;
  readonly clock: Clock;
  readonly random: Random;
}

/** One thing to try; `run` tells what was seen. */
interface Trial {
  readonly what: string;
  readonly run: () => Promise<string>;
}

/**
 * Tries sign-in, each service and the CSRF token once, and changes nothing: one row of each OData service is read,
 * and the services that write get a request that is marked as simulated (SAP dossier §§9.2, 9.8). Where the sign-in fails
 * nothing else is tried, so that a wrong password is not shown again and again.
 */
export function probes(doors: Doors): Pick<Sap, 'probe' | 'probeAttachments'> {
  return {
    probeAttachments: () => attempt(readingAttachments(doors)),
    async probe() {
      const [signIn, ...others] = trials(doors);
      if (signIn === undefined) return [];
      const first = await attempt(signIn);
      const results = [first];
      for (const trial of others) results.push(first.ok ? await attempt(trial) : notTried(trial));
      return results;
    },
  };
}

/** Its files are found by their invoice only; the service answers its metadata to whom it would answer those. */
function readingAttachments({ odata }: Doors): Trial {
  const run = async () => {
    await odata.metadata(attachmentService);
    return 'answers';
  };
  return { what: titleOf(attachmentService), run };
}

function trials({ connection, odata, invoices, clock, random }: Doors): Trial[] {
  const reading = (service: ODataService, entitySet: string, key: string): Trial => ({
    what: titleOf(service),
    run: async () => {
      const rows = await odata.list(
        service,
        entitySet,
        { top: 1, select: [key] },
        z.object({ [key]: z.string() }),
      );
      return rows.length === 0 ? 'answers; it holds nothing yet' : 'answers';
    },
  });
  const readingInvoices = reading(supplierInvoiceService, 'A_SupplierInvoice', 'SupplierInvoice');
  return [
    { what: 'SAP sign-in', run: () => signIn(connection) },
    {
      what: readingInvoices.what,
      run: async () => `${await readingInvoices.run()}; ${stampWords(await invoices.changeStamp())}`,
    },
    reading(operationalItemService, 'A_OperationalAcctgDocItemCube', 'AccountingDocument'),
    reading(businessPartnerService, 'A_BusinessPartner', 'BusinessPartner'),
    reading(purchaseOrderService, 'PurchaseOrder', 'PurchaseOrder'),
    reading(companyCodeService, 'A_CompanyCode', 'CompanyCode'),
    reading(glAccountService, 'A_GLAccountInChartOfAccounts', 'GLAccount'),
    reading(costCenterService, 'A_CostCenter', 'CostCenter'),
    reading(profitCenterService, 'A_ProfitCenter', 'ProfitCenter'),
    { what: titleOf(journalEntryService), run: () => simulateEntry(connection, clock, random) },
    { what: titleOf(clearingService), run: () => simulateClearing({ connection, clock, random }) },
    { what: titleOf(entryChangeService), run: () => simulateChange({ connection, clock, random }) },
    { what: 'SAP CSRF token for writing', run: () => takeToken(odata) },
  ];
}

function titleOf({ what, name, scenario }: SapService): string {
  return `SAP ${what} (${name}${scenario === undefined ? '' : `, ${scenario}`})`;
}

/** A service without its arrangement answers 403 to credentials that are good: that is a sign-in. */
async function signIn(connection: Connection): Promise<string> {
  try {
    await connection.send({
      service: supplierInvoiceService,
      method: 'GET',
      path: `${supplierInvoiceService.path}/`,
      headers: { accept: 'application/json' },
    });
  } catch (error) {
    if (!isNotAuthorized(error)) throw error;
  }
  return 'the credentials are accepted';
}

/** One token serves all services of the host (SAP dossier §2): a missing arrangement is no fault of the token. */
async function takeToken(odata: ODataClient): Promise<string> {
  const take = (service: ODataService) => odata.csrf.take(service);
  const { cookie } = await take(businessPartnerService).catch((error: unknown) => {
    if (isNotAuthorized(error)) return take(supplierInvoiceService);
    throw error;
  });
  return `token and ${cookie === '' ? 0 : cookie.split('; ').length} cookies received`;
}

function isNotAuthorized(error: unknown): boolean {
  return error instanceof ConnectorError && error.code === 'SAP_NOT_AUTHORIZED';
}

function stampWords(stamp: string): string {
  return stamp === 'dates'
    ? 'no change stamp in this tenant, so creation and posting dates are used'
    : `changes are seen by ${stamp}`;
}

/** An entry without items in a company code that no one has: whatever SAP says about it, the service answers. */
async function simulateEntry(connection: Connection, clock: Clock, random: Random): Promise<string> {
  const today = isoDate(clock.now());
  const id = pingId(random);
  const entry = {
    companyCode: 'PING',
    documentType: 'KZ',
    documentDate: today,
    postingDate: today,
    currency: 'USD',
    documentReferenceId: 'PING',
    headerText: 'ml-connector ping',
    createdByUser: 'MLCONNECTOR',
    supplierItems: [],
    glItems: [],
  };
  confirmationOf(await sendJournalEntry(connection, entryXml({ id, clock, simulated: true }, entry)), id);
  return 'answers a simulated entry; nothing was posted';
}

/** Marked as simulated, for documents that no one has: the answer only shows that the service takes messages. */
async function simulateClearing(doors: MessageDoors): Promise<string> {
  const today = isoDate(doors.clock.now());
  const line = { ...noLine, supplier: '1' };
  const clearing = {
    companyCode: 'PING',
    documentType: 'AB',
    documentDate: today,
    postingDate: today,
    currency: 'USD',
    headerText: 'ml-connector ping',
    reference: 'PING',
    createdByUser: 'MLCONNECTOR',
    items: [line, line],
  };
  await sendClearing(doors, [clearing], pingId(doors.random), true);
  return 'takes a simulated clearing; nothing was cleared';
}

async function simulateChange(doors: MessageDoors): Promise<string> {
  await sendPaymentBlock(doors, [noLine], 'A', pingId(doors.random), true);
  return 'takes a simulated change; nothing was changed';
}

const noLine = { companyCode: 'PING', accountingDocument: '0000000000', fiscalYear: '1999', item: '001' };

function pingId(random: Random): string {
  return `PING-${random.uuid().slice(0, 18)}`;
}

async function attempt({ what, run }: Trial): Promise<Probe> {
  try {
    return { what, ok: true, found: await run() };
  } catch (error) {
    if (error instanceof ConnectorError)
      return { what, ok: false, found: error.message, fix: error.nextStep };
    const found = error instanceof Error ? error.message : String(error);
    return {
      what,
      ok: false,
      found,
      fix: 'Compare the release of the tenant with the documented services, and report this.',
    };
  }
}

function notTried({ what }: Trial): Probe {
  return { what, ok: false, found: 'not tried, since the sign-in failed', fix: 'Mend the sign-in first.' };
}

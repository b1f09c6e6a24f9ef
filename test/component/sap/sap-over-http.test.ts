import { afterEach, describe, expect, it } from 'vitest';
import { WorldError } from '../../../lib/errors.ts';
import { gotHttp } from '../../../lib/http/got-http.ts';
import {
  createSapSimulator,
  type SapSimulator,
} from '../../../lib/local/sap-simulator/create-sap-simulator.ts';
import { serveSapSimulator } from '../../../lib/local/sap-simulator/serve.ts';
import type { SapSwitches } from '../../../lib/local/sap-simulator/switches.ts';
import { sum } from '../../../lib/money.ts';
import { seededRandom } from '../../../lib/random.ts';
import type { JournalEntry, Reversal } from '../../../lib/rules/sap-accounting.ts';
import type { InvoiceKey, SupplierInvoice } from '../../../lib/rules/sap-invoices.ts';
import { createSap } from '../../../lib/sap/create-sap.ts';
import type { ChangeStamp, InvoicePosition, Sap } from '../../../lib/sap/sap.ts';
import { clockAt, recordingObserve, secretsOf } from '../../unit/sap/doors.ts';

/** The SAP client with its real HTTP door against the simulated tenant, over loopback sockets. */
const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function tenant(switches: Partial<SapSwitches> = {}) {
  const clock = clockAt('2026-11-24T05:00:00Z');
  const simulator = createSapSimulator({ clock, random: seededRandom(7), switches });
  const { url, close } = await serveSapSimulator(simulator, 0);
  closing.push(close);
  const secrets = secretsOf(simulator.secret(url));
  const observe = recordingObserve();
  const sap = createSap({ secrets, http: gotHttp(), clock, random: seededRandom(8), observe });
  return { sap, simulator, clock, secrets, observe, url };
}

/** Two suppliers, an order, and `count` invoices of 150.75, two in each second. */
function fill(simulator: SapSimulator, clock: ReturnType<typeof clockAt>, count: number): InvoiceKey[] {
  const companies = [{ companyCode: '1710', paymentTerms: 'NT30' }];
  const address = {
    street: 'Example Street',
    houseNumber: '1',
    city: 'Springfield',
    postalCode: '12345',
    region: 'CA',
    country: 'US',
  };
  const paper = simulator.tenant.addSupplier({
    name: 'Example Paper Inc.',
    address,
    email: 'ar@paper.example',
    taxNumbers: [{ type: 'US2', number: '12-3456789' }],
    companies,
  });
  const chairs = simulator.tenant.addSupplier({ name: "O'Neil & Sons Chairs", address, companies });
  const order = simulator.tenant.addPurchaseOrder({
    companyCode: '1710',
    supplier: chairs,
    items: [
      {
        text: 'Office chair',
        quantity: '10',
        unit: 'PC',
        netAmount: '1000.00',
        assignment: { glAccount: '61003000', costCenter: '17101401' },
      },
    ],
  });
  return Array.from({ length: count }, (_, index) => {
    clock.advance(index % 2 === 0 ? 1000 : 0);
    return simulator.tenant.postInvoice({
      companyCode: '1710',
      supplier: index % 2 === 0 ? paper : chairs,
      reference: `INV-${index}`,
      documentDate: '2026-11-20',
      postingDate: '2026-11-23',
      lines: [
        {
          kind: 'gl-account',
          glAccount: '61008000',
          costCenter: '17101101',
          amount: '40.25',
          text: 'Advice',
        },
        {
          kind: 'purchase-order',
          purchaseOrder: order,
          purchaseOrderItem: '00010',
          quantity: '1',
          amount: '100.00',
        },
      ],
      taxes: [{ taxCode: 'I1', amount: '10.50' }],
    });
  });
}

async function readAll(sap: Sap, changeStamp: ChangeStamp, start: string) {
  const found: SupplierInvoice[] = [];
  let after: InvoicePosition | undefined = { stamp: start, supplierInvoice: '', fiscalYear: '' };
  while (after !== undefined) {
    const page = await sap.invoicesChangedSince({
      changeStamp,
      companyCodes: ['1710'],
      after,
      reReadDays: 7,
    });
    expect(page.invoices.length).toBeLessThanOrEqual(100);
    found.push(...page.invoices);
    after = page.next;
  }
  return found;
}

const ids = (keys: readonly InvoiceKey[]) =>
  keys.map((key) => `${key.companyCode}/${key.supplierInvoice}/${key.fiscalYear}`).sort();

describe('reading', () => {
  it.each<[ChangeStamp, string, Partial<SapSwitches>]>([
    ['SuplrInvcLstChgDteTmeTxt', '20261124050000', {}],
    [
      'SuplrInvcLstChgDteTmeTxt',
      '20261124050000',
      { stampHasPoint: false, amountDecimals: 'currency', serverPageSize: 30 },
    ],
    ['LastChangeDateTime', '2026-11-24T05:00:00.000Z', {}],
    ['dates', '2026-11-24', {}],
    ['dates', '2026-11-24', { hasCreationDate: false }],
  ])('finds every invoice once by %s from %s', async (changeStamp, start, switches) => {
    const { sap, simulator, clock } = await tenant({ changeStamp, ...switches });
    const keys = fill(simulator, clock, 230);
    expect(await sap.changeStamp()).toBe(changeStamp);
    const invoices = await readAll(sap, changeStamp, start);
    expect(ids(invoices.map((invoice) => invoice.key))).toEqual(ids(keys));
    for (const { lines, taxes, currency, grossAmount } of invoices) {
      expect(
        sum(
          [...lines, ...taxes].map((each) => each.amount),
          currency,
        ),
      ).toBe(grossAmount);
    }
    expect(
      await readAll(
        sap,
        changeStamp,
        changeStamp === 'dates'
          ? '2027-01-01'
          : '20991231000000'.replace(
              /^(....)(..)(..)(..)(..)(..)$/,
              changeStamp === 'LastChangeDateTime' ? '$1-$2-$3T$4:$5:$6Z' : '$&',
            ),
      ),
    ).toEqual([]);
  });

  it('sees what changes afterwards, wherever it stood', async () => {
    const { sap, simulator, clock } = await tenant();
    const [first, second] = fill(simulator, clock, 4);
    if (first === undefined || second === undefined) throw new Error('no invoices');
    clock.advance(60_000);
    const reversing = simulator.tenant.reverseInvoice(first);
    const changed = await readAll(sap, 'SuplrInvcLstChgDteTmeTxt', '20261124050030');
    expect(ids(changed.map((invoice) => invoice.key))).toEqual(ids([first, reversing]));
    const [reversed] = await sap.invoices([first]);
    expect(reversed?.reversedBy).toEqual({
      supplierInvoice: reversing.supplierInvoice,
      fiscalYear: reversing.fiscalYear,
    });
  });

  it('reads lines, suppliers and texts for a page in one call each', async () => {
    const { sap, simulator, clock } = await tenant();
    const keys = fill(simulator, clock, 70);
    const before = { ...simulator.books.requests };
    const lines = await sap.payableLines(keys);
    expect(lines).toHaveLength(70);
    expect(lines[0]).toMatchObject({
      amount: '-150.75',
      netDueDate: '2026-12-20',
      glAccount: '21100000',
      isCleared: false,
    });
    const suppliers = await sap.suppliers([...new Set(lines.map((line) => line.supplier))]);
    expect(suppliers.map(({ name }) => name)).toEqual(['Example Paper Inc.', "O'Neil & Sons Chairs"]);
    expect(suppliers[0]).toMatchObject({
      email: 'ar@paper.example',
      taxNumbers: [{ type: 'US2', number: '12-3456789' }],
      address: { city: 'Springfield' },
    });
    const invoices = await sap.invoices(keys.slice(0, 2));
    const items = invoices.flatMap((invoice) =>
      invoice.lines.flatMap(({ purchaseOrder, purchaseOrderItem }) =>
        purchaseOrder === undefined || purchaseOrderItem === undefined
          ? []
          : [{ purchaseOrder, purchaseOrderItem }],
      ),
    );
    expect(await sap.purchaseOrderItemTexts(items)).toEqual([
      expect.objectContaining({ text: 'Office chair' }),
    ]);
    const calls = Object.fromEntries(
      Object.entries(simulator.books.requests).map(([name, count]) => [name, count - (before[name] ?? 0)]),
    );
    expect(calls).toMatchObject({
      API_OPLACCTGDOCITEMCUBE_SRV: 1,
      API_BUSINESS_PARTNER: 1,
      api_purchaseorder_2: 1,
    });
  });
});

const messageId = 'B-0001';

function entryFor(supplier: string): JournalEntry {
  return {
    companyCode: '1710',
    documentType: 'KZ',
    documentDate: '2026-11-24',
    postingDate: '2026-11-24',
    currency: 'USD',
    documentReferenceId: 'BP7K3M9Q2X4T8WZ1',
    headerText: 'BILL payment',
    createdByUser: 'MLCONNECTOR',
    reference1: 'STP01EXAMPLE00000001',
    supplierItems: [
      { supplier, amount: '150.75', assignmentReference: '51056001012026', text: 'INV-1 & <more>' },
    ],
    glItems: [
      { glAccount: '11001080', amount: '-100.75', profitCenter: 'YB110', text: '61008000' },
      {
        glAccount: '11002080',
        amount: '-50.00',
        profitCenter: 'YB600',
        costCenter: '17101401',
        reference3: '51056001012026',
      },
    ],
  };
}

const find = (sap: Sap, reference: string) => sap.journalEntriesByReference('1710', reference, '2026-11-20');

describe('journal entries', () => {
  it('are posted, found, reversed and found again', async () => {
    const { sap, simulator, clock } = await tenant({ postingWarns: true });
    fill(simulator, clock, 1);
    const posted = await sap.postJournalEntry(entryFor('17300001'), messageId);
    expect(posted).toMatchObject({
      companyCode: '1710',
      fiscalYear: '2026',
      warnings: [expect.stringContaining('117(F5)')],
    });
    const { accountingDocument } = posted;
    expect(await find(sap, 'BP7K3M9Q2X4T8WZ1')).toEqual([{ ...posted, warnings: [] }]);
    const reversal: Reversal = {
      companyCode: '1710',
      documentType: 'KZ',
      accountingDocument,
      fiscalYear: '2026',
      postingDate: '2026-11-24',
      reason: '01',
      documentReferenceId: 'BR7K3M9Q2X4T8WZ1',
      headerText: 'BILL void',
      createdByUser: 'MLCONNECTOR',
    };
    const reversing = await sap.reverseJournalEntry(reversal, 'B-0002');
    expect(await find(sap, 'BP7K3M9Q2X4T8WZ1')).toEqual([
      {
        ...posted,
        reversedBy: { accountingDocument: reversing.accountingDocument, fiscalYear: reversing.fiscalYear },
        warnings: [],
      },
    ]);
    expect(await find(sap, 'BR7K3M9Q2X4T8WZ1')).toEqual([{ ...reversing, isReversal: true, warnings: [] }]);
  });

  it('whose answer was lost are found by their reference', async () => {
    const { sap, simulator, clock } = await tenant();
    fill(simulator, clock, 1);
    simulator.tenant.cutNextAnswers(1);
    await expect(sap.postJournalEntry(entryFor('17300001'), messageId)).rejects.toMatchObject({
      name: 'WorldError',
      mayHaveHappened: true,
    });
    expect(await find(sap, 'BP7K3M9Q2X4T8WZ1')).toHaveLength(1);
  });

  it('that SAP refuses say why and what to do', async () => {
    const { sap, simulator, clock } = await tenant();
    fill(simulator, clock, 1);
    await expect(sap.postJournalEntry(entryFor('17399999'), messageId)).rejects.toMatchObject({
      code: 'SAP_SUPPLIER_UNKNOWN',
    });
    simulator.tenant.closePeriod('1710', '2026-11');
    await expect(sap.postJournalEntry(entryFor('17300001'), messageId)).rejects.toMatchObject({
      name: 'DocumentError',
      code: 'SAP_PERIOD_CLOSED',
    });
    expect(await find(sap, 'BP7K3M9Q2X4T8WZ1')).toEqual([]);
  });
});

describe('the world', () => {
  it('at maintenance makes the work wait as long as SAP says', async () => {
    const { sap, simulator } = await tenant({ retryAfterSeconds: 120 });
    simulator.switches.outage = 'maintenance';
    const error: unknown = await sap.changeStamp().catch((each: unknown) => each);
    expect(error).toBeInstanceOf(WorldError);
    expect(error).toMatchObject({ code: 'SAP_UNAVAILABLE', retryAfterMs: 120_000, mayHaveHappened: false });
    simulator.switches.outage = undefined;
    await expect(sap.changeStamp()).resolves.toBe('SuplrInvcLstChgDteTmeTxt');
  });

  it('takes a token for as long as it lives', async () => {
    const { sap, simulator, clock } = await tenant({ tokenLifetimeSeconds: 600 });
    await sap.suppliers(['17300001']);
    await sap.suppliers(['17300001']);
    expect(simulator.books.requests.token).toBe(1);
    clock.advance(600_000);
    await sap.suppliers(['17300001']);
    expect(simulator.books.requests.token).toBe(2);
  });

  it('never locks the user with a wrong secret', async () => {
    const { simulator, secrets, sap, observe } = await tenant({ authentication: 'basic' });
    const right = await secrets.sap();
    secrets.sap = async () => ({
      ...right,
      auth: { type: 'basic', username: 'BILLCONN', password: 'wrong' },
    });
    for (let count = 0; count < 10; count += 1) {
      await expect(sap.suppliers(['17300001'])).rejects.toMatchObject({
        name: 'CredentialsError',
        code: 'SAP_CREDENTIALS_REFUSED',
      });
    }
    expect(simulator.books.access.wrongSecrets).toBe(1);
    expect(observe.counted).toEqual(['CredentialsRefused']);
    secrets.sap = async () => right;
    await expect(sap.suppliers(['17300001'])).resolves.toEqual([]);
  });
});

describe('ping', () => {
  it.each(['oauth2', 'basic'] as const)(
    'is all well with %s, and changes nothing',
    async (authentication) => {
      const { sap, simulator } = await tenant({ authentication });
      const books = JSON.stringify(simulator.canonical());
      const probes = await sap.probe();
      expect(probes.filter((probe) => !probe.ok)).toEqual([]);
      expect(probes).toHaveLength(13);
      expect(JSON.stringify(simulator.canonical())).toBe(books);
    },
  );

  it.each([
    ['API_SUPPLIERINVOICE_PROCESS_SRV', 'SAP_COM_0057'],
    ['API_OPLACCTGDOCITEMCUBE_SRV', 'SAP_COM_0002'],
    ['API_BUSINESS_PARTNER', 'SAP_COM_0008'],
    ['api_purchaseorder_2', 'SAP_COM_0053'],
    ['JournalEntryCreateRequestConfirmation_In', 'SAP_COM_0002'],
  ] as const)('without the arrangement of %s names %s', async (service, scenario) => {
    const { sap } = await tenant({ missingArrangements: [service] });
    const failed = (await sap.probe()).filter((probe) => !probe.ok);
    expect(failed).toHaveLength(1);
    for (const { fix } of failed) expect(fix).toContain(scenario);
    expect(failed[0]?.what).toContain(service);
  });

  it.each(['oauth2', 'basic'] as const)(
    'with a wrong secret (%s) tries it once and nothing else',
    async (authentication) => {
      const { sap, simulator, secrets } = await tenant({ authentication });
      const right = await secrets.sap();
      const auth =
        right.auth.type === 'basic'
          ? { ...right.auth, password: 'wrong' }
          : { ...right.auth, clientSecret: 'wrong' };
      secrets.sap = async () => ({ ...right, auth });
      const [signIn, ...others] = await sap.probe();
      expect(signIn).toMatchObject({ ok: false, fix: expect.stringContaining('SAP secret') });
      expect(others.every((probe) => !probe.ok && probe.found.startsWith('not tried'))).toBe(true);
      expect(simulator.books.access.wrongSecrets).toBe(1);
    },
  );
});

import { afterEach, expect, test } from 'vitest';
import type { SapSecret } from '../../../lib/config/secrets.ts';
import { gotHttp } from '../../../lib/http/got-http.ts';
import { createSapSimulator } from '../../../lib/local/sap-simulator/create-sap-simulator.ts';
import { type ServedSapSimulator, serveSapSimulator } from '../../../lib/local/sap-simulator/serve.ts';
import type { SapSwitches } from '../../../lib/local/sap-simulator/switches.ts';
import { seededRandom } from '../../../lib/random.ts';
import type { JournalEntry } from '../../../lib/rules/sap-accounting.ts';
import { createSap } from '../../../lib/sap/create-sap.ts';
import type { ChangeStamp } from '../../../lib/sap/sap.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { recordedObserve } from '../../support/recorded-observe.ts';
import { invoicesPath, simpleInvoice } from './played.ts';

let served: ServedSapSimulator | undefined;

afterEach(async () => {
  await served?.close();
  served = undefined;
});

/** The product's own client against the served tenant, over a real socket. */
async function connected(switches: Partial<SapSwitches> = {}) {
  const clock = manualClock();
  const random = seededRandom(7);
  const simulator = createSapSimulator({ clock, random, switches });
  served = await serveSapSimulator(simulator, 0);
  const secret: SapSecret = simulator.secret(served.url);
  const secrets = {
    sap: async () => secret,
    bill: () => Promise.reject(new Error('BILL has no part in this.')),
  };
  const http = gotHttp();
  const sap = createSap({ secrets, http, clock, random, observe: recordedObserve() });
  const supplier = simulator.tenant.addSupplier({
    name: 'Happy Music Supplies',
    companies: [{ companyCode: '1710' }],
  });
  return { simulator, sap, supplier, http, url: served.url };
}

test('a served answer keeps status, headers, several cookies and body', async () => {
  const { http, url, simulator } = await connected({ authentication: 'basic' });
  const { auth } = simulator.secret(url);
  if (auth.type !== 'basic') throw new Error('Basic expected');
  const authorization = `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString('base64')}`;
  const headers = { authorization, accept: 'application/json', 'x-csrf-token': 'Fetch' };
  const answer = await http({ method: 'GET', url: `${url}${invoicesPath}/`, headers });
  expect(answer.status).toBe(200);
  expect(answer.headers['set-cookie']).toHaveLength(3);
  expect(JSON.parse(answer.body)).toMatchObject({
    d: { EntitySets: expect.arrayContaining(['A_SupplierInvoice']) },
  });
  const head = await http({ method: 'HEAD', url: `${url}${invoicesPath}/`, headers });
  expect([head.status, head.body, typeof head.headers['x-csrf-token']]).toEqual([200, '', 'string']);
  const refused = await http({ method: 'GET', url: `${url}/sap/opu/odata/sap/NONE/?a=%zz`, headers: {} });
  expect(refused.status).toBe(401);
});

const stamps: readonly ChangeStamp[] = ['SuplrInvcLstChgDteTmeTxt', 'LastChangeDateTime', 'dates'];

test.each(stamps)('the client reads what people entered, by %s', async (changeStamp) => {
  const { sap, simulator, supplier } = await connected({
    changeStamp,
    serverPageSize: 2,
    stampHasPoint: false,
  });
  const keys = ['A', 'B', 'C'].map((reference) =>
    simulator.tenant.postInvoice({ ...simpleInvoice(supplier), reference }),
  );
  expect(await sap.changeStamp()).toBe(changeStamp);
  const after = { stamp: changeStamp === 'dates' ? '2026-11-24' : '', supplierInvoice: '', fiscalYear: '' };
  const page = await sap.invoicesChangedSince({ changeStamp, companyCodes: ['1710'], after, reReadDays: 7 });
  expect(page.invoices.map((invoice) => invoice.key)).toEqual(keys);
  expect(page.invoices[0]).toMatchObject({
    grossAmount: '1200.50',
    supplier,
    lines: [{ amount: '1000.00' }],
  });
  expect(await sap.payableLines(keys)).toMatchObject([
    { amount: '-1200.50', netDueDate: '2026-12-20' },
    {},
    {},
  ]);
  expect(await sap.suppliers([supplier])).toMatchObject([{ name: 'Happy Music Supplies' }]);
});

test('the client posts, finds and reverses an entry', async () => {
  const { sap, supplier } = await connected();
  const entry: JournalEntry = {
    companyCode: '1710',
    documentType: 'KZ',
    documentDate: '2026-11-23',
    postingDate: '2026-11-23',
    currency: 'USD',
    documentReferenceId: 'BP7K3M9Q2X4T8WZ1',
    headerText: 'BILL payment',
    createdByUser: 'BILLCONN',
    supplierItems: [{ supplier, amount: '710.00' }],
    glItems: [{ glAccount: '11001080', amount: '-710.00' }],
  };
  const posted = await sap.postJournalEntry(entry, 'M-1');
  const found = () => sap.journalEntriesByReference('1710', entry.documentReferenceId, '2026-11-01');
  expect(await found()).toEqual([posted]);
  const reversal = await sap.reverseJournalEntry(
    {
      ...entry,
      accountingDocument: posted.accountingDocument,
      fiscalYear: posted.fiscalYear,
      reason: '01',
      documentReferenceId: 'BR7K3M9Q2X4T8WZ1',
    },
    'M-2',
  );
  const { accountingDocument, fiscalYear } = reversal;
  expect(await found()).toEqual([{ ...posted, reversedBy: { accountingDocument, fiscalYear } }]);
  const refused = sap.postJournalEntry(
    { ...entry, glItems: [{ glAccount: '61008000', amount: '-710.00' }] },
    'M-3',
  );
  await expect(refused).rejects.toThrow('235(KI)');
});

test('every probe of the client succeeds', async () => {
  const { sap } = await connected();
  expect((await sap.probe()).filter((probe) => !probe.ok)).toEqual([]);
});

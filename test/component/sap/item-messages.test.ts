import { beforeEach, describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../../lib/http/http.ts';
import { createSapSimulator } from '../../../lib/local/sap-simulator/create-sap-simulator.ts';
import { defaultSwitches, type SapSwitches } from '../../../lib/local/sap-simulator/switches.ts';
import { seededRandom } from '../../../lib/random.ts';
import type { Clearing, DocumentKey, SupplierLine } from '../../../lib/rules/sap-accounting.ts';
import type { InvoiceKey } from '../../../lib/rules/sap-invoices.ts';
import { createSap } from '../../../lib/sap/create-sap.ts';
import { clockAt, recordingObserve, secretsOf } from '../../unit/sap/doors.ts';

/** The asynchronous services of open items, client and simulated tenant together (SAP dossier §§4.8, 9.8). */
const origin = 'https://my000001-api.s4hana.example';
const lines = [
  { kind: 'gl-account', glAccount: '61008000', costCenter: '17101301', amount: '100.00' },
] as const;

let shop: ReturnType<typeof openShop>;
beforeEach(() => {
  shop = openShop();
});

function openShop() {
  const clock = clockAt('2026-11-24T05:00:00Z');
  const simulator = createSapSimulator({ clock, random: seededRandom(7) });
  Object.assign(simulator.switches, defaultSwitches);
  const sent: HttpRequest[] = [];
  const http = (request: HttpRequest) => {
    sent.push(request);
    return simulator.handle(request);
  };
  const secrets = secretsOf(simulator.secret(origin));
  const sap = createSap({ secrets, http, clock, random: seededRandom(8), observe: recordingObserve() });
  const supplier = simulator.tenant.addSupplier({
    name: 'Example Paper Inc.',
    companies: [{ companyCode: '1710' }],
  });
  const invoice = (reference = 'EP-1', more = {}) =>
    simulator.tenant.postInvoice({
      companyCode: '1710',
      supplier,
      reference,
      documentDate: '2026-11-20',
      postingDate: '2026-11-21',
      lines,
      ...more,
    });
  const pay = async (key: InvoiceKey, amount: string, code = 'PAYMENT000000001'): Promise<DocumentKey> => {
    const item = { amount, assignmentReference: `${key.supplierInvoice}${key.fiscalYear}` };
    return sap.postJournalEntry(
      {
        companyCode: '1710',
        documentType: 'KZ',
        documentDate: '2026-11-23',
        postingDate: '2026-11-23',
        currency: 'USD',
        documentReferenceId: code,
        headerText: 'BILL payment',
        createdByUser: 'MLCONNECTOR',
        supplierItems: [{ supplier: line(simulator, key).supplier, ...item }],
        glItems: [{ glAccount: '11001080', amount: `-${amount}` }],
      },
      code,
    );
  };
  const document = (key: InvoiceKey): DocumentKey => line(simulator, key);
  return { sap, simulator, clock, sent, supplier, invoice, pay, document };
}

type Simulator = ReturnType<typeof createSapSimulator>;

function line({ books }: Simulator, key: InvoiceKey) {
  const row = (books.tables.A_OperationalAcctgDocItemCube ?? []).find(
    (each) =>
      each.OriginalReferenceDocument === `${key.supplierInvoice}${key.fiscalYear}` &&
      each.FinancialAccountType === 'K',
  );
  return {
    companyCode: '1710',
    accountingDocument: String(row?.AccountingDocument),
    fiscalYear: String(row?.FiscalYear),
    supplier: String(row?.Supplier),
  };
}

function clearing(items: Clearing['items'], changes: Partial<Clearing> = {}): Clearing {
  return {
    companyCode: '1710',
    documentType: 'AB',
    documentDate: '2026-11-24',
    postingDate: '2026-11-24',
    currency: 'USD',
    headerText: 'BILL payment',
    reference: 'PAYMENT000000001',
    createdByUser: 'MLCONNECTOR',
    items,
    ...changes,
  };
}

/** What is owed first. */
async function linesOf(documents: readonly DocumentKey[]): Promise<SupplierLine[]> {
  const found = await shop.sap.supplierLines(documents);
  return found.sort((left, right) => Number(left.amount) - Number(right.amount));
}

const amounts = (found: readonly SupplierLine[]) =>
  found.map((each) => `${each.amount} ${each.isCleared ? 'cleared' : 'open'}`).sort();

const problems = () => shop.simulator.books.workedOffMessages.map((each) => each.problem);

describe('clearing', () => {
  it('clears an invoice and its payment against each other, and shows it in the lines', async () => {
    const key = shop.invoice();
    const payment = await shop.pay(key, '100.00');
    const before = await linesOf([shop.document(key), payment]);
    expect(amounts(before)).toEqual(['-100.00 open', '100.00 open']);
    await shop.sap.requestClearing([clearing(before)], 'MESSAGE-1');
    const after = await linesOf([shop.document(key), payment]);
    expect(amounts(after)).toEqual(['-100.00 cleared', '100.00 cleared']);
    expect(new Set(after.map((each) => each.clearedBy?.accountingDocument)).size).toBe(1);
    expect(problems()).toEqual(['']);
  });

  it('takes effect only after the lag', async () => {
    shop.simulator.switches.messageLagMs = 60_000;
    const key = shop.invoice();
    const documents = [shop.document(key), await shop.pay(key, '100.00')];
    await shop.sap.requestClearing([clearing(await linesOf(documents))], 'MESSAGE-1');
    expect(amounts(await linesOf(documents))).toEqual(['-100.00 open', '100.00 open']);
    shop.clock.advance(60_000);
    expect(amounts(await linesOf(documents))).toEqual(['-100.00 cleared', '100.00 cleared']);
  });

  it.each(['new-line', 'same-line'] as const)(
    'clears a part, and the rest with all that refers to the invoice (%s)',
    async (partialClearing) => {
      shop.simulator.switches.partialClearing = partialClearing;
      const key = shop.invoice();
      const first = await shop.pay(key, '30.00');
      const [owed, paid] = await linesOf([shop.document(key), first]);
      if (owed === undefined || paid === undefined) throw new Error('There should be two lines.');
      await shop.sap.requestClearing([clearing([{ ...owed, partialAmount: '30.00' }, paid])], 'MESSAGE-1');
      const open = (await linesOf([shop.document(key)])).filter((each) => !each.isCleared);
      expect(amounts(open)).toEqual(['-100.00 open', '30.00 open']);
      expect(open.find((each) => each.refersTo !== undefined)?.refersTo).toEqual({
        accountingDocument: owed.accountingDocument,
        fiscalYear: '2026',
        item: owed.item,
      });
      const second = await shop.pay(key, '70.00', 'PAYMENT000000002');
      const rest = (await linesOf([shop.document(key), second])).filter((each) => !each.isCleared);
      await shop.sap.requestClearing([clearing(rest)], 'MESSAGE-2');
      expect((await linesOf([shop.document(key), second])).every((each) => each.isCleared)).toBe(true);
      expect(problems()).toEqual(['', '']);
    },
  );

  it('changes nothing for a test', async () => {
    const key = shop.invoice();
    const documents = [shop.document(key), await shop.pay(key, '100.00')];
    const books = JSON.stringify(shop.simulator.canonical());
    expect((await shop.sap.probe()).filter((each) => !each.ok)).toEqual([]);
    expect(JSON.stringify(shop.simulator.canonical())).toBe(books);
    expect(amounts(await linesOf(documents))).toEqual(['-100.00 open', '100.00 open']);
  });

  it('refuses in silence: no balance, cleared already, unknown lines, closed period, a repeated message', async () => {
    const key = shop.invoice();
    const documents = [shop.document(key), await shop.pay(key, '40.00')];
    const [owed, paid] = await linesOf(documents);
    if (owed === undefined || paid === undefined) throw new Error('There should be two lines.');
    const ask = (items: Clearing['items'], id: string, changes = {}) =>
      shop.sap.requestClearing([clearing(items, changes)], id);
    await ask([owed, paid], 'M-1');
    await ask([owed, { ...paid, item: '009' }], 'M-2');
    await ask([owed, { ...paid, supplier: '17300999' }], 'M-3');
    await ask([{ ...owed, partialAmount: '140.00' }, paid], 'M-4');
    shop.simulator.tenant.closePeriod('1710', '2026-11');
    await ask([{ ...owed, partialAmount: '40.00' }, paid], 'M-5');
    shop.simulator.tenant.openPeriod('1710', '2026-11');
    await ask([{ ...owed, partialAmount: '40.00' }, paid], 'M-5');
    expect(amounts(await linesOf(documents))).toEqual(['-100.00 open', '40.00 open']);
    await ask([{ ...owed, partialAmount: '40.00' }, paid], 'M-6');
    await ask([{ ...owed, partialAmount: '40.00' }, paid], 'M-7');
    expect(problems().map((each) => each.replace(/Item \S+ /, ''))).toEqual([
      'The selected items do not balance: -60.00 USD',
      'is no open item of account 17300001',
      'is no open item of account 17300999',
      'has an unusable partial amount',
      'Period 11 is not open',
      'Message M-5 was processed already',
      '',
      'is cleared already',
    ]);
  });

  it('refuses a supplier with withholding tax whose payment has no withholding item', async () => {
    const taxed = shop.simulator.tenant.addSupplier({
      name: 'Example Contractor',
      companies: [{ companyCode: '1710', withholdingTypes: ['42'] }],
    });
    const key = shop.invoice('EC-1', { supplier: taxed });
    const documents = [shop.document(key), await shop.pay(key, '100.00')];
    await shop.sap.requestClearing([clearing(await linesOf(documents))], 'MESSAGE-1');
    expect(problems()[0]).toMatch(/lacks withholding tax data$/);
    expect(amounts(await linesOf(documents))).toEqual(['-100.00 open', '100.00 open']);
  });

  it('is reset by an accountant, whole and partial', async () => {
    const key = shop.invoice();
    const payment = await shop.pay(key, '30.00');
    const [owed, paid] = await linesOf([shop.document(key), payment]);
    if (owed === undefined || paid === undefined) throw new Error('There should be two lines.');
    await shop.sap.requestClearing([clearing([{ ...owed, partialAmount: '30.00' }, paid])], 'MESSAGE-1');
    const by = (await linesOf([payment]))[0]?.clearedBy;
    shop.simulator.tenant.resetClearing({
      companyCode: '1710',
      accountingDocument: '',
      fiscalYear: '',
      ...by,
    });
    const open = (await linesOf([shop.document(key), payment])).filter((each) => !each.isCleared);
    expect(amounts(open)).toEqual(['-100.00 open', '30.00 open']);
    expect(open.every((each) => each.refersTo === undefined)).toBe(true);
  });

  it('is checked before it is sent', async () => {
    const key = shop.invoice();
    const both = [
      ...(await linesOf([shop.document(key)])),
      ...(await linesOf([await shop.pay(key, '1.00')])),
    ];
    const bad = clearing(both, { reference: 'LONGER-THAN-SIXTEEN' });
    await expect(shop.sap.requestClearing([bad], 'MESSAGE-1')).rejects.toMatchObject({
      code: 'CLEARING_NOT_VALID',
    });
    await expect(shop.sap.requestClearing([clearing(both.slice(1))], 'M')).rejects.toMatchObject({
      code: 'CLEARING_NOT_VALID',
    });
  });
});

describe('payment blocks', () => {
  it('are set and lifted on the line', async () => {
    const key = shop.invoice();
    const ask = async (block: string, id: string) =>
      shop.sap.requestPaymentBlock(await linesOf([shop.document(key)]), block, id);
    await ask('B', 'MESSAGE-1');
    expect((await linesOf([shop.document(key)]))[0]?.paymentBlock).toBe('B');
    await ask('', 'MESSAGE-2');
    expect((await linesOf([shop.document(key)]))[0]?.paymentBlock).toBeUndefined();
    expect(problems()).toEqual(['', '']);
  });

  it('stay where SAP does not take an empty one, and on cleared and unknown lines', async () => {
    shop.simulator.switches.liftsBlocks = false;
    const key = shop.invoice();
    const [owed] = await linesOf([shop.document(key)]);
    if (owed === undefined) throw new Error('There should be a line.');
    await shop.sap.requestPaymentBlock([owed], '', 'MESSAGE-1');
    await shop.sap.requestPaymentBlock([{ ...owed, item: '007' }], 'B', 'MESSAGE-2');
    shop.simulator.tenant.payInSap(key);
    await shop.sap.requestPaymentBlock([owed], 'B', 'MESSAGE-3');
    expect(problems().map((each) => each.replace(/Item \S+ /, ''))).toEqual([
      expect.stringMatching(/payment block is initial$/),
      'does not exist',
      'is cleared',
    ]);
  });
});

describe('the message itself', () => {
  const change = async (turn: (request: HttpRequest) => HttpRequest) => {
    const key = shop.invoice();
    await shop.sap.requestPaymentBlock(await linesOf([shop.document(key)]), 'B', 'MESSAGE-1');
    const request = shop.sent.at(-1);
    if (request === undefined) throw new Error('Nothing was sent.');
    shop.simulator.books.workedOffMessages.length = 0;
    return shop.simulator.handle(turn(request));
  };
  const inBody = (turn: (body: string) => string) => (request: HttpRequest) => ({
    ...request,
    body: turn(request.body ?? ''),
  });

  it('is answered 202 with nothing in it', async () => {
    expect(await change((request) => request)).toMatchObject({ status: 202, body: '' });
  });

  it.each([
    ['no addressing', inBody((body) => body.replace(/<soapenv:Header>.*<\/soapenv:Header>/, ''))],
    ['an unknown element', inBody((body) => body.replace('<ItemKey>', '<Hint>x</Hint><ItemKey>'))],
    ['a block that is too long', inBody((body) => body.replace('>B<', '>BLOCKED<'))],
    [
      'another action',
      (request: HttpRequest) => ({ ...request, headers: { ...request.headers, soapaction: '"x"' } }),
    ],
  ])('is refused as a whole with %s', async (_, turn) => {
    expect((await change(turn)).status).toBe(500);
    expect(shop.simulator.books.workedOffMessages).toEqual([]);
  });

  it('is the world’s failure when SAP is down: it may have arrived', async () => {
    const key = shop.invoice();
    const owed = await linesOf([shop.document(key)]);
    const outage: Partial<SapSwitches> = { outage: 'maintenance' };
    Object.assign(shop.simulator.switches, outage);
    await expect(shop.sap.requestPaymentBlock(owed, 'B', 'MESSAGE-1')).rejects.toMatchObject({
      code: 'SAP_UNAVAILABLE',
      mayHaveHappened: true,
    });
  });
});

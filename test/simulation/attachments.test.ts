import { beforeAll, describe, expect, it } from 'vitest';
import {
  listExceptions,
  retryException,
  skipException,
} from '../../lib/journeys/exceptions/clear-exceptions.ts';
import { attachmentRecords, attachmentsId } from '../../lib/ledger/attachments.ts';
import { invoiceId, invoiceRecords } from '../../lib/ledger/invoices.ts';
import { readRecord } from '../../lib/ledger/record.ts';
import { timeline } from '../../lib/ledger/timeline.ts';
import { seededRandom } from '../../lib/random.ts';
import type { InvoiceKey } from '../../lib/rules/sap-invoices.ts';
import { crashAt, unlucky } from './faults.ts';
import { brokenInvariants, outcome } from './invariants.ts';
import { type Cast, newCast, story } from './story.ts';
import { type Snapshot, World, type WorldOptions } from './world.ts';

const config = { attachments: { send: true } };
const pdf = (text: string) => Buffer.from(`%PDF-1.7\n${text}\n%%EOF`);
const line = {
  kind: 'gl-account',
  glAccount: '61008000',
  costCenter: '17101101',
  profitCenter: 'YB110',
} as const;

/** The firm of the story, set up; nobody has posted anything yet. */
async function firm(options: WorldOptions = {}): Promise<{ world: World; cast: Cast }> {
  const world = new World({ config, ...options });
  const cast = newCast();
  await story[0]?.play(world, cast);
  await settle(world);
  return { world, cast };
}

async function settle(world: World): Promise<void> {
  world.clock.pass(60_000);
  await world.settleDown();
}

interface File {
  readonly name: string;
  readonly mimeType?: string;
  readonly content: Uint8Array;
}

function post(
  world: World,
  cast: Cast,
  reference: string,
  files: readonly File[],
  more: object = {},
): InvoiceKey {
  const key = world.sap.tenant.postInvoice({
    companyCode: '1710',
    supplier: cast.suppliers.fresh ?? '',
    documentDate: '2026-11-20',
    postingDate: '2026-11-21',
    reference,
    lines: [{ ...line, amount: '99.99' }],
    ...more,
  });
  for (const file of files) world.sap.tenant.attachFile(key, file);
  return key;
}

/** What BILL has on the live bills with numbers that begin so. */
function documentsOf({ bill }: World, reference: string): string[] {
  const bills = Object.values(bill.books.bills).filter(
    (each) => each.invoiceNumber.startsWith(reference) && !each.archived,
  );
  return Object.values(bill.books.documents)
    .flatMap(({ billId, name }) => {
      const own = bills.find(({ id }) => id === billId);
      return own === undefined ? [] : [`${own.invoiceNumber}: ${name}`];
    })
    .sort();
}

const requestsOf = ({ points }: World, what: string) => points.filter((each) => each.startsWith(what));
const attachmentReads = (world: World) =>
  requestsOf(world, 'sap GET /sap/opu/odata/sap/API_CV_ATTACHMENT_SRV');
const uploads = (world: World) => requestsOf(world, 'bill POST /connect/v3/documents');

const store = ({ table, queues, clock }: World) => ({ table, queues, clock, random: seededRandom(9) });

async function storyOf({ table }: World, key: InvoiceKey): Promise<string[]> {
  return (await timeline(table, { kind: 'invoice', id: invoiceId(key) })).map(({ text }) => text);
}

describe('the files of an invoice', () => {
  it('go to its bill: PDFs, with as few calls as there can be, and the story tells of each', async () => {
    const { world, cast } = await firm();
    const key = post(world, cast, 'AT-1', [
      { name: 'Rechnung AT-1.PDF', content: pdf('one') },
      { name: 'mail.msg', mimeType: 'application/vnd.ms-outlook', content: pdf('no matter') },
      { name: 'Rechnung AT-1.pdf', content: pdf('two') },
    ]);
    post(world, cast, 'AT-2', []);
    await settle(world);
    expect(documentsOf(world, 'AT')).toEqual(['AT-1: Rechnung AT-1 (2).pdf', 'AT-1: Rechnung AT-1.pdf']);
    expect(attachmentReads(world)).toHaveLength(2 + 2);
    expect(uploads(world)).toHaveLength(2);
    expect(requestsOf(world, 'bill GET /connect/v3/documents')).toEqual([]);
    const told = await storyOf(world, key);
    expect(told).toContain('"mail.msg" stays in SAP: only PDF files go to BILL.');
    expect(told.filter((each) => each.includes('BILL shows it after some minutes'))).toHaveLength(2);
    expect(await listExceptions(world)).toEqual([]);
    expect(await brokenInvariants(world)).toEqual([]);
  });

  it('are not even asked for where the configuration does not say so', async () => {
    const { world, cast } = await firm({ config: {} });
    const key = post(world, cast, 'AT-1', [{ name: 'invoice.pdf', content: pdf('one') }]);
    await settle(world);
    expect(documentsOf(world, 'AT')).toEqual([]);
    expect(attachmentReads(world)).toEqual([]);
    expect(await readRecord(world.table, attachmentRecords, attachmentsId(key))).toBeUndefined();
  });

  it.each([true, false])(
    'that are added later follow with the next change of the invoice (which they are themselves: %s)',
    async (attachmentMovesStamp) => {
      const { world, cast } = await firm({ sap: { attachmentMovesStamp } });
      const key = post(world, cast, 'AT-1', [{ name: 'invoice.pdf', content: pdf('one') }]);
      await settle(world);
      world.sap.tenant.attachFile(key, { name: 'timesheet.pdf', content: pdf('two') });
      if (!attachmentMovesStamp) world.sap.tenant.changeInvoice(key, { headerText: 'Timesheet added' });
      await settle(world);
      expect(documentsOf(world, 'AT')).toEqual(['AT-1: invoice.pdf', 'AT-1: timesheet.pdf']);
      expect(uploads(world)).toHaveLength(2);
    },
  );

  it('go to a bill that needs a person for another reason too', async () => {
    const world = new World({
      config,
      http: (door, side) => async (request) => {
        if (side !== 'bill' || request.method !== 'POST' || !request.url.endsWith('/v3/bills'))
          return door(request);
        return door({
          ...request,
          body: (request.body ?? '').replace(/"description":"SAP/, '"description":"sap'),
        });
      },
    });
    const cast = newCast();
    await story[0]?.play(world, cast);
    post(world, cast, 'AT-1', [{ name: 'invoice.pdf', content: pdf('one') }]);
    await settle(world);
    expect((await listExceptions(world)).map(({ code }) => code)).toEqual([
      'BILL_DIFFERS_FROM_WHAT_WAS_SENT',
    ]);
    expect(documentsOf(world, 'AT')).toEqual(['AT-1: invoice.pdf']);
  });

  it('go to each bill of an invoice in instalments, and to the bill that replaces them', async () => {
    const { world, cast } = await firm();
    world.sap.books.organization.paymentTerms.IN02 = {
      netDays: 60,
      instalments: [30, 60].map((netDays) => ({ weight: '1', netDays })),
    };
    const key = post(world, cast, 'AT-1', [{ name: 'invoice.pdf', content: pdf('one') }], {
      paymentTerms: 'IN02',
    });
    await settle(world);
    expect(documentsOf(world, 'AT')).toEqual(['AT-1/1: invoice.pdf', 'AT-1/2: invoice.pdf']);
    world.sap.tenant.changeInvoice(key, { paymentTerms: 'NT45' });
    await settle(world);
    expect(documentsOf(world, 'AT')).toEqual(['AT-1: invoice.pdf']);
    expect(uploads(world)).toHaveLength(3);
  });
});

describe('a file that cannot go to BILL', () => {
  const large = { name: 'large.pdf', content: Buffer.concat([pdf('large'), Buffer.alloc(6 * 1024 * 1024)]) };

  it.each([true, false])(
    'is raised on the files alone: bill and others go on (sizes shown: %s)',
    async (showsFileSize) => {
      const { world, cast } = await firm({ sap: { showsFileSize } });
      const key = post(world, cast, 'AT-1', [
        large,
        { name: 'photo.pdf', content: Buffer.from('no PDF at all') },
        { name: 'invoice.pdf', content: pdf('one') },
      ]);
      await settle(world);
      expect(documentsOf(world, 'AT')).toEqual(['AT-1: invoice.pdf']);
      expect(await readRecord(world.table, invoiceRecords, invoiceId(key))).toMatchObject({
        state: 'handed-over',
      });
      const [exception, ...others] = await listExceptions(world);
      expect(others).toEqual([]);
      expect(exception).toMatchObject({
        kind: 'attachments',
        id: `${invoiceId(key)}/attachments`,
        code: 'ATTACHMENTS_NOT_SENT',
        sapValues: {
          'large.pdf': 'it is larger than the 6 MB that BILL takes',
          'photo.pdf': 'it has the name of a PDF but is none',
        },
      });
      expect(await storyOf(world, key)).toContainEqual(
        expect.stringContaining('Exception ATTACHMENTS_NOT_SENT'),
      );
      await skipException(store(world), exception?.id ?? '', 'clerk', 'Added by hand.');
      world.sap.tenant.changeInvoice(key, { headerText: 'Another look' });
      await settle(world);
      expect(await listExceptions(world)).toEqual([]);
      expect(uploads(world)).toHaveLength(1);
    },
  );

  it('is not sent again after BILL refused it, until a person asks for it', async () => {
    const { world, cast } = await firm({ bill: { refusedDocuments: ['odd'] } });
    const key = post(world, cast, 'AT-1', [{ name: 'odd.pdf', content: pdf('one') }]);
    await settle(world);
    world.sap.tenant.changeInvoice(key, { headerText: 'Another look' });
    await settle(world);
    expect(uploads(world)).toHaveLength(1);
    const [exception] = await listExceptions(world);
    expect(exception).toMatchObject({ code: 'ATTACHMENTS_NOT_SENT' });
    world.bill.switches.refusedDocuments = [];
    await retryException(store(world), exception?.id ?? '', 'clerk');
    await settle(world);
    expect(documentsOf(world, 'AT')).toEqual(['AT-1: odd.pdf']);
    expect(await listExceptions(world)).toEqual([]);
  });

  it('keeps no bill of the same supplier waiting while SAP does not let us read files', async () => {
    const { world, cast } = await firm({ sap: { missingArrangements: ['API_CV_ATTACHMENT_SRV'] } });
    post(world, cast, 'AT-1', [{ name: 'invoice.pdf', content: pdf('one') }]);
    world.clock.pass(60_000);
    for (let round = 0; round < 5; round += 1) await world.oneRound();
    post(world, cast, 'AT-2', []);
    for (let round = 0; round < 5; round += 1) await world.oneRound();
    expect(Object.values(world.bill.books.bills).map((each) => each.invoiceNumber)).toEqual(['AT-1', 'AT-2']);
    expect(documentsOf(world, 'AT')).toEqual([]);
    world.sap.switches.missingArrangements = [];
    await settle(world);
    expect(documentsOf(world, 'AT')).toEqual(['AT-1: invoice.pdf']);
  });

  it('is raised on the files alone when the connector itself fails on them, and goes on once that is mended', async () => {
    let broken = true;
    const { world, cast } = await firm({
      http: (door, side) =>
        unlucky(door, ({ method, url }) =>
          broken && side === 'bill' && method === 'POST' && url.includes('/v3/documents/')
            ? { status: 400, headers: {}, body: '[{"code":"BDC_1124","message":"Wrong type"}]' }
            : 'none',
        ),
    });
    const key = post(world, cast, 'AT-1', [{ name: 'invoice.pdf', content: pdf('one') }]);
    await settle(world);
    const [exception, ...others] = await listExceptions(world);
    expect([exception?.kind, exception?.code, others]).toEqual(['attachments', 'CONNECTOR_FAILED', []]);
    expect(world.queues.deadLetters('bill-work')).toHaveLength(1);
    expect(await readRecord(world.table, invoiceRecords, invoiceId(key))).toMatchObject({
      state: 'handed-over',
    });
    broken = false;
    await retryException(store(world), exception?.id ?? '', 'clerk');
    await settle(world);
    expect(documentsOf(world, 'AT')).toEqual(['AT-1: invoice.pdf']);
    expect(await listExceptions(world)).toEqual([]);
  });
});

describe('an upload whose answer is lost', () => {
  const losing: WorldOptions['http'] = (door, side) => {
    let lost = false;
    return unlucky(door, ({ method, url }) => {
      if (side !== 'bill' || lost || method !== 'POST' || !url.includes('/v3/documents/')) return 'none';
      lost = true;
      return 'lost';
    });
  };

  it.each([
    ['BILL shows it only when it is complete', { listsUploads: false }],
    ['BILL shows it by its temporary id first', { listsUploads: true }],
  ])('is found again, however late: %s', async (_, bill) => {
    const { world, cast } = await firm({ http: losing, bill: { documentUploadMs: 20 * 60_000, ...bill } });
    post(world, cast, 'AT-1', [{ name: 'invoice.pdf', content: pdf('one') }]);
    await settle(world);
    expect(documentsOf(world, 'AT')).toEqual(['AT-1: invoice.pdf']);
    expect(uploads(world)).toHaveLength(1);
  });

  it('is not taken for done because of an older file of the same name', async () => {
    const refusing: WorldOptions['http'] = (door, side) => {
      let refused = false;
      return unlucky(door, ({ method, url }) => {
        if (side !== 'bill' || refused || method !== 'POST' || !url.includes('/v3/documents/')) return 'none';
        refused = true;
        return { status: 502, headers: {}, body: '<html>' };
      });
    };
    const { world, cast } = await firm({ http: refusing });
    post(world, cast, 'AT-1', []);
    await settle(world);
    const [billId = ''] = Object.keys(world.bill.books.bills);
    world.bill.office.addDocument(billId, 'invoice.pdf', pdf('an older one'));
    world.clock.pass(60 * 60_000);
    const key = { companyCode: '1710', supplierInvoice: '5105600101', fiscalYear: '2026' };
    world.sap.tenant.attachFile(key, { name: 'invoice.pdf', content: pdf('one') });
    world.sap.tenant.changeInvoice(key, { headerText: 'With its file' });
    await settle(world);
    expect(documentsOf(world, 'AT')).toEqual(['AT-1: invoice.pdf', 'AT-1: invoice.pdf']);
  });
});

describe('the connector is killed before and after every call while files go to a bill', () => {
  let before: Snapshot;
  let cast: Cast;
  beforeAll(async () => {
    const started = await firm();
    before = started.world.snapshot();
    cast = started.cast;
  });

  async function play(options: WorldOptions = {}): Promise<World> {
    const world = new World({ config, from: before, ...options });
    post(world, structuredClone(cast), 'AT-1', [
      { name: 'invoice.pdf', content: pdf('one') },
      { name: 'invoice.pdf', content: pdf('two') },
    ]);
    await settle(world);
    return world;
  }

  it('ends the same, with each file once', async () => {
    const calm = await play();
    const end = JSON.stringify(await outcome(calm));
    expect(documentsOf(calm, 'AT')).toEqual(['AT-1: invoice (2).pdf', 'AT-1: invoice.pdf']);
    const places = calm.points.flatMap((_, index) => [`${index + 1} before`, `${index + 1} after`]);
    const broken: string[] = [];
    for (const place of places) {
      const world = await play({ fate: crashAt(new Set([place])) });
      const found = await brokenInvariants(world);
      if (JSON.stringify(await outcome(world)) !== end) found.push('it ended otherwise');
      if (world.crashes !== 1) found.push('nobody was killed');
      const what = calm.points[Number(place.split(' ')[0]) - 1];
      broken.push(...found.map((each) => `killed ${place} (${what}): ${each}`));
    }
    expect(broken).toEqual([]);
    expect(places.length).toBeGreaterThan(200);
  }, 300_000);
});

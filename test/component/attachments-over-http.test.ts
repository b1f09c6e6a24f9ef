import { createHash } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { createBill } from '../../lib/bill/create-bill.ts';
import { gotHttp } from '../../lib/http/got-http.ts';
import { wiretap } from '../../lib/http/wiretap.ts';
import { createMemoryTable } from '../../lib/ledger/memory-table.ts';
import { createBillSimulator } from '../../lib/local/bill-simulator/create-bill-simulator.ts';
import { serveBillSimulator } from '../../lib/local/bill-simulator/serve.ts';
import { createSapSimulator } from '../../lib/local/sap-simulator/create-sap-simulator.ts';
import { serveSapSimulator } from '../../lib/local/sap-simulator/serve.ts';
import { seededRandom } from '../../lib/random.ts';
import { mostDocumentBytes } from '../../lib/rules/invoices/attachment-choice.ts';
import { createSap } from '../../lib/sap/create-sap.ts';
import { manualClock } from '../support/manual-clock.ts';
import { observed } from '../unit/bill/bill-world.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** Both clients with the real HTTP door, both sides on loopback sockets, one invoice and its bill. */
async function connected() {
  const clock = manualClock(Date.parse('2026-11-24T05:00:00.000Z'));
  const sapSide = createSapSimulator({ clock, random: seededRandom(1) });
  const billSide = createBillSimulator({ clock, random: seededRandom(2) });
  const servers = [await serveSapSimulator(sapSide, 0), await serveBillSimulator(billSide, 0)] as const;
  closers.push(...servers.map((server) => server.close));
  const wire: string[] = [];
  const doors = {
    secrets: {
      sap: async () => sapSide.secret(servers[0].url),
      bill: async () => billSide.secret(servers[1].url),
    },
    clock,
    random: seededRandom(3),
    observe: observed(),
  };
  const bill = createBill({
    ...doors,
    table: createMemoryTable(),
    callsPerHour: 18_000,
    http: wiretap(gotHttp(), 'bill', (entry) => wire.push(entry), clock),
  });
  const sap = createSap({ ...doors, http: gotHttp() });
  const supplier = sapSide.tenant.addSupplier({ name: 'Example', companies: [{ companyCode: '1710' }] });
  const key = sapSide.tenant.postInvoice({
    companyCode: '1710',
    supplier,
    documentDate: '2026-11-20',
    postingDate: '2026-11-21',
    lines: [{ kind: 'gl-account', glAccount: '61008000', costCenter: '17101301', amount: '1.00' }],
  });
  const vendorId = billSide.office.addVendor({ name: 'Example' });
  const billId = billSide.office.addForeignBill({
    vendorId,
    invoiceNumber: '1',
    invoiceDate: '2026-11-20',
    dueDate: '2026-12-20',
    lines: [{ amount: '1.00' }],
  });
  return { sap, bill, sapSide, billSide, key, billId, clock, wire };
}

test('the largest file that BILL takes travels from SAP to BILL byte for byte, and no recording keeps it', async () => {
  const { sap, bill, sapSide, billSide, key, billId, clock, wire } = await connected();
  const content = Buffer.alloc(
    mostDocumentBytes,
    Uint8Array.from({ length: 251 }, (_, index) => index),
  );
  sapSide.tenant.attachFile(key, { name: 'Größe & "Maß".pdf', content });
  const [file] = await sap.attachments(key);
  if (file === undefined) throw new Error('The file is not listed.');
  expect(file).toMatchObject({ fileName: 'Größe & "Maß".pdf', bytes: mostDocumentBytes });
  const got = await sap.attachmentContent(file, mostDocumentBytes);
  if (!(got instanceof Uint8Array)) throw new Error(`The content is ${got}.`);
  await bill.withLease('send-attachment', (calls) => calls.uploadDocument(billId, 'Größe & Maß.pdf', got));
  clock.advance(180_000);
  const documents = await bill.withLease('send-attachment', (calls) => calls.documentsOfBill(billId));
  expect(documents).toMatchObject([{ name: 'Größe & Maß.pdf', createdTime: expect.any(String) }]);
  const [stored] = Object.values(billSide.books.documents);
  expect(stored?.sha256).toBe(createHash('sha256').update(content).digest('hex'));
  const uploads = wire.filter((entry) => entry.includes('/v3/documents/bills/') && entry.includes('"POST"'));
  expect(uploads).toHaveLength(1);
  expect(JSON.parse(uploads[0] ?? '{}').requestBody).toBe(`(${mostDocumentBytes} bytes)`);
});

test('a file that is larger than SAP said is not read to its end; one that is gone is no error', async () => {
  const { sap, sapSide, key } = await connected();
  sapSide.switches.showsFileSize = false;
  sapSide.tenant.attachFile(key, {
    name: 'large.pdf',
    content: Buffer.alloc(2 * mostDocumentBytes, '%PDF-'),
  });
  const [file] = await sap.attachments(key);
  if (file === undefined) throw new Error('The file is not listed.');
  expect(file).not.toHaveProperty('bytes');
  expect(await sap.attachmentContent(file, mostDocumentBytes)).toBe('too-large');
  sapSide.tenant.removeFile(key, 'large.pdf');
  expect(await sap.attachmentContent(file, mostDocumentBytes)).toBe('gone');
});

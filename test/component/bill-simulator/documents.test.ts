import { expect, test } from 'vitest';
import type { BillSimulatorOptions } from '../../../lib/local/bill-simulator/create-bill-simulator.ts';
import { at, newBill, playWithVendor, refusal } from './played.ts';

const pdf = Buffer.from('%PDF-1.7 example');

async function playWithBill(options: Partial<BillSimulatorOptions> = {}) {
  const played = await playWithVendor(options);
  const billId = String(at((await played.send('POST', '/v3/bills', newBill(played.vendorId))).json, 'id'));
  const path = `/v3/documents/bills/${billId}`;
  const upload = (query: string, bytes: Uint8Array = pdf, headers: Record<string, string> = {}) =>
    played.sendFile(`${path}${query}`, bytes, headers);
  return { ...played, billId, path, upload };
}

test('an upload shows its temporary id, and minutes later the document (§5.7)', async () => {
  const { send, upload, clock, path } = await playWithBill();
  const { status, json } = await upload('?name=invoice.pdf');
  expect([status, json]).toEqual([200, { id: expect.stringMatching(/^0du/) }]);
  const uploadId = String(at(json, 'id'));
  const states = `/v3/documents/upload-status?ids=${uploadId},0duOTHER`;
  expect((await send('GET', states)).json).toEqual([{ uploadId, status: 'IN_PROGRESS' }]);
  expect((await send('GET', path)).json).toEqual({ results: [] });
  clock.advance(180_000);
  const documentId = String(at((await send('GET', states)).json, '0.documentId'));
  const document = {
    id: documentId,
    name: 'invoice.pdf',
    createdTime: '2026-11-24T05:00:00.000+00:00',
    downloadLink: expect.stringMatching(/^https:/),
  };
  expect((await send('GET', path)).json).toEqual({ results: [document] });
  expect((await send('GET', `/v3/documents/${documentId}`)).json).toEqual(document);
  expect(documentId).toMatch(/^00h/);
});

test('the same file again is a second document', async () => {
  const { bill, upload } = await playWithBill();
  await upload('?name=invoice.pdf');
  await upload('?name=invoice.pdf');
  expect(Object.values(bill.books.documents).map(({ name }) => name)).toEqual(['invoice.pdf', 'invoice.pdf']);
});

test('uploads in progress are listed by their temporary id where the switch says so', async () => {
  const { send, upload, path } = await playWithBill({ switches: { listsUploads: true } });
  await upload('?name=invoice.pdf');
  expect((await send('GET', path)).json).toEqual({ results: [{ id: expect.stringMatching(/^0du/) }] });
});

test('what is no file for a bill is refused', async () => {
  const { upload, send, sendFile, bill } = await playWithBill({ switches: { refusedDocuments: ['odd'] } });
  expect(refusal(await upload(''))).toEqual([400, 'BDC_1108']);
  expect(refusal(await upload('?name=invoice'))).toEqual([400, 'BDC_1143']);
  expect(refusal(await upload('?name=invoice.pdf', new Uint8Array()))).toEqual([400, 'BDC_1108']);
  expect(refusal(await upload('?name=odd.pdf'))).toEqual([400, 'BDC_1143']);
  const large = Buffer.alloc(6 * 1024 * 1024 + 1, '%PDF-');
  expect(refusal(await upload('?name=large.pdf', large))).toEqual([400, 'BDC_1143']);
  expect((await upload('?name=large.pdf', large.subarray(1))).status).toBe(200);
  expect(refusal(await sendFile('/v3/documents/bills/00nOTHER?name=invoice.pdf', pdf))).toEqual([
    404,
    'BDC_1120',
  ]);
  expect(refusal(await send('GET', '/v3/documents/bills/00nOTHER'))).toEqual([404, 'BDC_1120']);
  expect(refusal(await send('GET', '/v3/documents/00hOTHER'))).toEqual([404, 'BDC_1120']);
  expect(Object.keys(bill.books.documents)).toHaveLength(1);
});

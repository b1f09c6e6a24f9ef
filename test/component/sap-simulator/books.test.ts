import { expect, test } from 'vitest';
import type { SapBooks } from '../../../lib/local/sap-simulator/books.ts';
import { payment } from './entry-xml.ts';
import { invoicesPath, play, simpleInvoice } from './played.ts';

test('the books are plain JSON: a tenant goes on from a saved copy where it stopped', async () => {
  const first = await play();
  first.postInvoice({ paymentBlock: 'R' });
  await first.post(payment(first.supplier));
  const books: SapBooks = JSON.parse(JSON.stringify(first.sap.books));
  expect(books).toEqual(first.sap.books);
  const second = await play({ books });
  expect(second.supplier).toBe('17300002');
  second.headers.authorization = first.headers.authorization ?? '';
  const { rows } = await second.list(`${invoicesPath}/A_SupplierInvoice`);
  expect(rows).toMatchObject([{ SupplierInvoice: '5105600101', PaymentBlockingReason: 'R' }]);
  first.people.addSupplier({ name: 'Happy Music Supplies', companies: [{ companyCode: '1710' }] });
  expect(second.sap.canonical()).toEqual(first.sap.canonical());
  expect(second.people.postInvoice(simpleInvoice('17300001')).supplierInvoice).toBe('5105600102');
});

test('changes are told: actions, postings, tokens and sessions, but not reads', async () => {
  const seen: SapBooks[] = [];
  const { sap, get, list, postInvoice, post, supplier, people } = await play({
    onChange: (books) => seen.push(books),
  });
  const told = async (act: () => unknown) => {
    const before = seen.length;
    await act();
    return seen.length - before;
  };
  expect(seen.every((books) => books === sap.books)).toBe(true);
  expect(seen.length).toBe(2);
  expect(await told(() => postInvoice())).toBe(1);
  expect(await told(() => post(payment(supplier)))).toBe(1);
  expect(await told(() => people.blockCostCenter('17101301'))).toBe(1);
  expect(await told(() => get(`${invoicesPath}/`, { 'x-csrf-token': 'Fetch' }))).toBe(1);
  expect(await told(() => list(`${invoicesPath}/A_SupplierInvoice`))).toBe(0);
});

test('the canonical dump does not depend on the order of postings, nor on the clock', async () => {
  const run = async (references: readonly string[], wait: number) => {
    const { post, supplier, sap, clock, postInvoice, people } = await play();
    const key = postInvoice();
    for (const reference of references) {
      await post(payment(supplier, { DocumentReferenceID: reference }));
      clock.advance(wait);
    }
    people.payInSap(key, '2026-11-24');
    return sap.canonical();
  };
  const dump = await run(['A', 'B'], 0);
  expect(await run(['B', 'A'], 60_000)).toEqual(dump);
  expect(await run(['A'], 0)).not.toEqual(dump);
  expect(dump).toMatchObject({
    invoices: [{ SupplierInvoiceStatus: '5', payables: [{ isCleared: true }] }],
    journalEntries: [
      { DocumentReferenceID: 'A', lines: [{}, {}] },
      { DocumentReferenceID: 'B' },
      { AccountingDocumentType: 'ZP' },
    ],
  });
  expect(JSON.stringify(dump)).not.toMatch(/"AccountingDocument"|CreationTime/);
});

test('the same seed and the same requests give the same answers', async () => {
  const transcript = async () => {
    const { post, supplier, get, postInvoice } = await play();
    postInvoice();
    return [
      await post(payment(supplier)),
      await get(`${invoicesPath}/A_Nothing`),
      await get(`${invoicesPath}/A_SupplierInvoice`),
    ];
  };
  expect(await transcript()).toEqual(await transcript());
});

import { describe, expect, test } from 'vitest';
import { at, newBill, type Played, playWithVendor, refusal } from './played.ts';

const create = ({ send }: Pick<Played, 'send'>, bill: object) => send('POST', '/v3/bills', bill);

test('a bill is created as BILL shows it (§5.2, §5.3)', async () => {
  const { send, vendorId, accountId } = await playWithVendor();
  const classifications = { chartOfAccountId: accountId };
  const { status, json, text } = await send('POST', '/v3/bills', {
    ...newBill(vendorId, { purchaseOrderNumber: '4500000123', description: 'SAP 5100000042' }),
    billLineItems: [
      { amount: 149, description: 'USB audio interface', classifications },
      { quantity: 3, price: 26.666, description: 'Drum foot pedal' },
    ],
    currency: 'dropped without a word',
  });
  expect(status).toBe(201);
  expect(json).toEqual({
    id: expect.stringMatching(/^00n[A-Za-z0-9]{17}$/),
    archived: false,
    recordStatus: 'ACTIVE',
    createdBy: expect.stringMatching(/^006/),
    vendorId,
    amount: 229,
    fundingAmount: 229,
    paidAmount: 0,
    dueAmount: 229,
    scheduledAmount: 0,
    creditAmount: 0,
    dueDate: '2026-12-31',
    description: 'SAP 5100000042',
    invoice: { invoiceNumber: '202501', invoiceDate: '2026-11-23' },
    billLineItems: [
      { id: expect.stringMatching(/^bli/), amount: 149, description: 'USB audio interface', classifications },
      {
        id: expect.stringMatching(/^bli/),
        amount: 80,
        quantity: 3,
        price: 26.666,
        description: 'Drum foot pedal',
      },
    ],
    purchaseOrderNumber: '4500000123',
    paymentStatus: 'UNPAID',
    approvalStatus: 'UNASSIGNED',
    createdTime: '2026-11-24T05:00:00.000+00:00',
    updatedTime: '2026-11-24T05:00:00.000+00:00',
  });
  expect(text).toContain('"amount":229.0,');
  const read = await send('GET', `/v3/bills/${at(json, 'id')}`);
  expect(read.json).toEqual({ ...(json as object), vendorName: 'Happy Music Supplies' });
});

test('money keeps every cent', async () => {
  const played = await playWithVendor();
  const billLineItems = [
    { amount: 999999999999.99 },
    { amount: 0.01 },
    { amount: 0.1 },
    { amount: 0.2 },
    { amount: -0.3 },
  ];
  const { text } = await create(played, newBill(played.vendorId, { billLineItems }));
  expect(text).toContain('"amount":1000000000000.0,');
  expect(text).toContain('"amount":-0.3');
});

describe('a bill is refused', () => {
  const invoice = { invoiceNumber: '1', invoiceDate: '2026-11-23' };
  test.each([
    ['without vendor', { vendorId: undefined }, [400, 'BDC_1108']],
    ['of an unknown vendor', { vendorId: '009none' }, [404, 'BDC_1120']],
    ['without due date', { dueDate: undefined }, [400, 'BDC_1108']],
    ['due on no date', { dueDate: '2026-02-30' }, [400, 'BDC_1143']],
    ['due at a time', { dueDate: '2026-12-31T00:00:00' }, [400, 'BDC_1143']],
    ['without invoice', { invoice: undefined }, [400, 'BDC_1108']],
    ['without invoice number', { invoice: { invoiceDate: '2026-11-23' } }, [400, 'BDC_1108']],
    ['with an empty invoice number', { invoice: { ...invoice, invoiceNumber: '' } }, [400, 'BDC_1143']],
    [
      'with an invoice number of 22 characters',
      { invoice: { ...invoice, invoiceNumber: 'x'.repeat(22) } },
      [400, 'BDC_1143'],
    ],
    ['without lines', { billLineItems: [] }, [400, 'BDC_1143']],
    ['with a line without amount', { billLineItems: [{ description: 'x' }] }, [400, 'BDC_1143']],
    ['with an amount as text', { billLineItems: [{ amount: '1.00' }] }, [400, 'BDC_1124']],
    ['with a third decimal', { billLineItems: [{ amount: 1.005 }] }, [400, 'BDC_1143']],
    ['with an amount past all cents', { billLineItems: [{ amount: 1e21 }] }, [400, 'BDC_1143']],
    ['with nothing to pay', { billLineItems: [{ amount: 5 }, { amount: -5 }] }, [400, 'BDC_1143']],
    ['with a long description', { description: 'x'.repeat(4001) }, [400, 'BDC_1143']],
    [
      'with a long line',
      { billLineItems: [{ amount: 1, description: 'x'.repeat(4001) }] },
      [400, 'BDC_1143'],
    ],
    [
      'with an unknown account',
      { billLineItems: [{ amount: 1, classifications: { chartOfAccountId: '0ca' } }] },
      [400, 'BDC_1143'],
    ],
    [
      'with a classification that is off',
      { billLineItems: [{ amount: 1, classifications: { jobId: 'job1' } }] },
      [403, 'BDC_1145'],
    ],
    ['with an unknown credit', { vendorCredits: [{ id: 'vcr', amount: 1 }] }, [400, 'BDC_1143']],
  ])('%s', async (_what, change, expected) => {
    const played = await playWithVendor();
    expect(refusal(await create(played, newBill(played.vendorId, change)))).toEqual(expected);
    expect(played.bill.books.bills).toEqual({});
  });

  test('for an archived vendor', async () => {
    const played = await playWithVendor();
    played.office.archiveVendor(played.vendorId);
    expect(refusal(await create(played, newBill(played.vendorId)))).toEqual([422, 'BDC_1143']);
  });
});

test('21 characters and 4000 are taken', async () => {
  const played = await playWithVendor();
  const long = {
    invoice: { invoiceNumber: 'x'.repeat(21), invoiceDate: '2026-11-23' },
    description: 'x'.repeat(4000),
  };
  expect((await create(played, newBill(played.vendorId, long))).status).toBe(201);
});

describe('changes (§5.1)', () => {
  async function withBill() {
    const played = await playWithVendor();
    const { json } = await create(played, newBill(played.vendorId));
    played.clock.advance(1000);
    const [first, second] = at(json, 'billLineItems') as { id: string; amount: number }[];
    return { ...played, path: `/v3/bills/${at(json, 'id')}`, id: String(at(json, 'id')), first, second };
  }

  test('PATCH changes the named fields and lines; ids stay', async () => {
    const { send, path, first, second } = await withBill();
    const { status, json } = await send('PATCH', path, {
      dueDate: '2027-01-15',
      invoice: { invoiceNumber: '202502' },
      billLineItems: [{ id: first?.id, amount: 179 }],
    });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      amount: 258.99,
      dueDate: '2027-01-15',
      invoice: { invoiceNumber: '202502', invoiceDate: '2026-11-23' },
      billLineItems: [{ id: first?.id, amount: 179, description: 'USB audio interface' }, second],
      updatedTime: '2026-11-24T05:00:01.000+00:00',
    });
    expect(json).not.toHaveProperty('vendorName');
  });

  test('PATCH refuses a line without id or of another bill', async () => {
    const { send, path } = await withBill();
    for (const line of [{ amount: 1 }, { id: 'bliNone', amount: 1 }]) {
      expect(refusal(await send('PATCH', path, { billLineItems: [line] }))).toEqual([400, 'BDC_1143']);
    }
  });

  test('PUT replaces: new lines come, unnamed lines and fields go', async () => {
    const { send, path, vendorId, second } = await withBill();
    await send('PATCH', path, { description: 'gone after the PUT' });
    const { json } = await send('PUT', path, {
      ...newBill(vendorId),
      billLineItems: [
        { amount: 29.99, description: 'Gloves' },
        { id: second?.id, amount: 79.99 },
      ],
    });
    expect(json).toMatchObject({
      amount: 109.98,
      billLineItems: [
        { id: expect.stringMatching(/^bli/), amount: 29.99 },
        { id: second?.id, amount: 79.99 },
      ],
    });
    expect(at(json, 'billLineItems')).toHaveLength(2);
    expect(json).not.toHaveProperty('description');
    expect(refusal(await send('PUT', path, { dueDate: '2027-01-15' }))).toEqual([400, 'BDC_1108']);
    const strange = newBill(vendorId, { billLineItems: [{ id: 'bliNone', amount: 1 }] });
    expect(refusal(await send('PUT', path, strange))).toEqual([400, 'BDC_1143']);
  });

  test('a bill with a payment keeps vendor and amount, or everything, by switch (§5.4)', async () => {
    const { send, path, id, first, vendorId, office, bill, fundingAccountId } = await withBill();
    const paymentId = office.pay({
      bills: [{ billId: id, amount: '10.00' }],
      disbursementType: 'ACH',
      fundingAccountId,
      processDate: '2026-11-27',
    });
    const amount = { billLineItems: [{ id: first?.id, amount: 1 }] };
    expect(refusal(await send('PATCH', path, amount))).toEqual([422, 'BDC_1143']);
    expect(refusal(await send('PUT', path, newBill(vendorId)))).toEqual([422, 'BDC_1143']);
    expect(refusal(await send('POST', `${path}/archive`))).toEqual([422, 'BDC_1143']);
    expect((await send('PATCH', path, { dueDate: '2027-01-15' })).status).toBe(200);
    bill.switches.lockedBillFields = 'everything';
    bill.switches.lockedBillRefusal = { status: 400, code: 'BDC_1117' };
    expect(refusal(await send('PATCH', path, { dueDate: '2027-01-16' }))).toEqual([400, 'BDC_1117']);
    office.cancel(paymentId);
    expect((await send('PATCH', path, amount)).status).toBe(200);
    expect((await send('POST', `${path}/archive`)).json).toMatchObject({ archived: true });
  });

  test('archive and restore, twice without effect', async () => {
    const { send, path, clock } = await withBill();
    const archived = await send('POST', `${path}/archive`);
    clock.advance(1000);
    expect((await send('POST', `${path}/archive`)).json).toEqual(archived.json);
    expect(archived.json).toMatchObject({ archived: true, recordStatus: 'INACTIVE' });
    expect((await send('POST', `${path}/restore`)).json).toMatchObject({
      archived: false,
      recordStatus: 'ACTIVE',
    });
  });
});

describe('the same invoice number (§5.5)', () => {
  test.each([
    ['accepted', 201, 201],
    ['refused', 422, 201],
    ['refused-even-if-archived', 422, 422],
  ] as const)('%s: %i while the first lives, %i when it is archived', async (rule, alive, archived) => {
    const played = await playWithVendor({ switches: { duplicateInvoiceNumbers: rule } });
    const { send, office, vendorId } = played;
    const first = await create(played, newBill(vendorId));
    const again = await create(played, newBill(vendorId));
    expect(again.status).toBe(alive);
    if (alive === 422) expect(refusal(again)).toEqual([422, 'BDC_1171']);
    const other = office.addVendor({ name: 'Other vendor' });
    expect((await create(played, newBill(other))).status).toBe(201);
    await send('POST', `/v3/bills/${at(first.json, 'id')}/archive`);
    if (alive === 201) return;
    expect((await create(played, newBill(vendorId))).status).toBe(archived);
  });

  test('a bill whose number is a duplicate can be changed otherwise', async () => {
    const played = await playWithVendor();
    await create(played, newBill(played.vendorId));
    const path = `/v3/bills/${at((await create(played, newBill(played.vendorId))).json, 'id')}`;
    played.bill.switches.duplicateInvoiceNumbers = 'refused';
    expect((await played.send('PATCH', path, { dueDate: '2027-01-15' })).status).toBe(200);
  });
});

test('a hundred in bulk, all or nothing; the answer is an array in the order of the request (§5.6)', async () => {
  const { send, bill, vendorId } = await playWithVendor({ switches: { duplicateInvoiceNumbers: 'refused' } });
  const bills = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      newBill(vendorId, { invoice: { invoiceNumber: `N${index}`, invoiceDate: '2026-11-23' } }),
    );
  expect(refusal(await send('POST', '/v3/bills/bulk', bills(101)))).toEqual([400, 'BDC_1143']);
  expect(refusal(await send('POST', '/v3/bills/bulk', newBill(vendorId)))).toEqual([400, 'BDC_1124']);
  expect(refusal(await send('POST', '/v3/bills/bulk', [...bills(2), ...bills(1)]))).toEqual([
    422,
    'BDC_1171',
  ]);
  expect(bill.books.bills).toEqual({});
  const { status, json } = await send('POST', '/v3/bills/bulk', bills(100));
  expect(status).toBe(201);
  expect(
    (json as { invoice: { invoiceNumber: string } }[]).map(({ invoice }) => invoice.invoiceNumber),
  ).toEqual(bills(100).map((_, index) => `N${index}`));
});

test('bills are found by vendor and creation time, archived ones too (§13.1)', async () => {
  const { send, vendorId, clock, office } = await playWithVendor();
  await send('POST', '/v3/bills', newBill(vendorId));
  clock.advance(60_000);
  const { json } = await send('POST', '/v3/bills', newBill(vendorId));
  await send('POST', `/v3/bills/${at(json, 'id')}/archive`);
  await send('POST', '/v3/bills', newBill(office.addVendor({ name: 'Other vendor' })));
  const filters = `vendorId:eq:${vendorId},createdTime:gte:"2026-11-24T05:01:00.000+00:00"`;
  const found = await send('GET', `/v3/bills?${new URLSearchParams({ filters, max: '100' })}`);
  expect(at(found.json, 'results')).toMatchObject([{ id: at(json, 'id'), archived: true }]);
});

test('a denied or foreign bill shows what people did (§5.8, §5.9)', async () => {
  const { send, office, vendorId } = await playWithVendor();
  const id = office.addForeignBill({
    vendorId,
    invoiceNumber: 'INBOX-1',
    invoiceDate: '2026-11-20',
    dueDate: '2026-12-20',
    lines: [{ amount: '12.50' }],
  });
  office.denyBill(id);
  const line = at((await send('GET', `/v3/bills/${id}`)).json, 'billLineItems.0') as { id: string };
  office.editBill(id, { lines: [{ id: line.id, amount: '13.00' }] });
  expect((await send('GET', `/v3/bills/${id}`)).json).toMatchObject({
    amount: 13,
    approvalStatus: 'DENIED',
    approvers: [{ status: 'DENIED', approverOrder: 1 }],
    billLineItems: [{ id: line.id }],
  });
});

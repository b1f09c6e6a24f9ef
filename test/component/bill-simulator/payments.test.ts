import { describe, expect, test } from 'vitest';
import { at, newBill, playWithVendor, refusal } from './played.ts';

async function withBills(options: Parameters<typeof playWithVendor>[0] = {}) {
  const played = await playWithVendor(options);
  const bills: string[] = [];
  for (const invoiceNumber of ['A', 'B']) {
    const bill = newBill(played.vendorId, { invoice: { invoiceNumber, invoiceDate: '2026-11-23' } });
    bills.push(String(at((await played.send('POST', '/v3/bills', bill)).json, 'id')));
  }
  const [first = '', second = ''] = bills;
  const how = {
    disbursementType: 'ACH',
    fundingAccountId: played.fundingAccountId,
    processDate: '2026-11-27',
  } as const;
  const pay = (amounts: Record<string, string>) =>
    played.office.pay({
      ...how,
      bills: Object.entries(amounts).map(([billId, amount]) => ({ billId, amount })),
    });
  const read = async (id: string) => (await played.send('GET', `/v3/payments/${id}`)).json;
  const bill = async (id: string) => (await played.send('GET', `/v3/bills/${id}`)).json;
  played.clock.advance(1000);
  return { ...played, first, second, how, pay, read, readBill: bill };
}

test('one payment for two bills, as BILL shows it (§7.2)', async () => {
  const { pay, read, first, second, vendorId, fundingAccountId, send } = await withBills();
  const id = pay({ [first]: '228.99', [second]: '100' });
  const payment = {
    id,
    vendorId,
    vendorName: 'Happy Music Supplies',
    amount: 328.99,
    fundingAmount: 328.99,
    billPayments: [
      { id: expect.stringMatching(/^blp/), billId: first, amount: 228.99 },
      { id: expect.stringMatching(/^blp/), billId: second, amount: 100 },
    ],
    processDate: '2026-11-27',
    status: 'SCHEDULED',
    singleStatus: 'SCHEDULED',
    onlinePayment: true,
    disbursementType: 'ACH',
    fundingAccount: { type: 'BANK_ACCOUNT', id: fundingAccountId },
    transactionNumber: expect.stringMatching(/^P/),
    confirmationNumber: expect.stringMatching(/^C/),
    createdBy: expect.stringMatching(/^006/),
    createdTime: '2026-11-24T05:00:01.000+00:00',
    updatedTime: '2026-11-24T05:00:01.000+00:00',
  };
  expect(id).toMatch(/^stp.{17}$/);
  expect(await read(id)).toEqual(payment);
  expect((await send('GET', '/v3/payments')).json).toEqual({ results: [payment] });
});

test('a bill follows its payments (§5.3)', async () => {
  const { pay, office, first, readBill } = await withBills();
  const id = pay({ [first]: '100' });
  expect(await readBill(first)).toMatchObject({
    paymentStatus: 'SCHEDULED',
    scheduledAmount: 100,
    paidAmount: 0,
    dueAmount: 128.99,
  });
  office.advance(id, 'PROCESSED');
  expect(await readBill(first)).toMatchObject({ paymentStatus: 'IN_PROCESS', scheduledAmount: 100 });
  office.advance(id, 'CLEARED');
  expect(await readBill(first)).toMatchObject({
    paymentStatus: 'PARTIALLY_PAID',
    paidAmount: 100,
    scheduledAmount: 0,
  });
  const rest = pay({ [first]: '128.99' });
  office.advance(rest, 'CLEARED');
  expect(await readBill(first)).toMatchObject({ paymentStatus: 'PAID', paidAmount: 228.99, dueAmount: 0 });
  office.returnPayment(rest);
  office.void(rest, 'VOID_AND_CREDIT');
  expect(await readBill(first)).toMatchObject({ paymentStatus: 'PARTIALLY_PAID', dueAmount: 128.99 });
});

describe('the life of a payment (§7.3, §7.4)', () => {
  test('from scheduled to cleared, and nothing backwards', async () => {
    const { pay, office, first, read } = await withBills();
    const id = pay({ [first]: '100' });
    const seen: unknown[] = [];
    for (const singleStatus of ['FUNDING_STARTED', 'PROCESSED', 'SENT', 'DELIVERED', 'CLEARED']) {
      office.advance(id, singleStatus);
      seen.push(at(await read(id), 'status'));
    }
    expect(new Set(seen)).toEqual(new Set(['PAID']));
    expect(() => office.advance(id, 'SENT')).toThrow(/CLEARED to SENT/);
    expect(() => office.cancel(id)).toThrow(/only SCHEDULED/);
    expect(() => office.advance(id, 'VOIDED')).toThrow();
  });

  test('a cleared payment comes back, and is voided', async () => {
    const { pay, office, first, read, clock } = await withBills();
    const id = pay({ [first]: '100' });
    expect(() => office.returnPayment(id)).toThrow(/SCHEDULED/);
    office.advance(id, 'CLEARED');
    office.returnPayment(id);
    expect(await read(id)).toMatchObject({
      singleStatus: 'DISBURSEMENT_FAILED_ACTION_NEEDED',
      disbursementStatus: 'FAILED',
    });
    clock.advance(1000);
    office.void(id, 'VOID_AND_CREDIT', 'later');
    expect(await read(id)).toMatchObject({
      singleStatus: 'VOID_PENDING',
      voidInfo: [{ status: 'TO_BE_PROCESSED' }],
    });
    office.decideVoid(id, 'ACCEPTED');
    expect(await read(id)).toMatchObject({
      status: 'VOID',
      singleStatus: 'VOIDED',
      voidInfo: [
        { type: 'VOID_AND_CREDIT', status: 'ACCEPTED', createdTime: '2026-11-24T05:00:02.000+00:00' },
      ],
    });
    expect(() => office.advance(id, 'CLEARED')).toThrow();
  });

  test('a reissue keeps the id; each void has an entry of its own', async () => {
    const { pay, office, first, read, readBill } = await withBills();
    const id = pay({ [first]: '100' });
    office.advance(id, 'CLEARED');
    office.void(id, 'VOID_AND_REISSUE');
    expect(await read(id)).toMatchObject({ id, singleStatus: 'PROCESSED' });
    office.advance(id, 'CLEARED');
    expect(await readBill(first)).toMatchObject({ paidAmount: 100 });
    office.void(id, 'VOID_ONLY');
    const { voidInfo } = (await read(id)) as { voidInfo: { id: string; type: string }[] };
    expect(voidInfo.map(({ type }) => type)).toEqual(['VOID_AND_REISSUE', 'VOID_ONLY']);
    expect(new Set(voidInfo.map((each) => each.id)).size).toBe(2);
  });

  test('a rejected void leaves the payment as it was', async () => {
    const { pay, office, first, read } = await withBills();
    const id = pay({ [first]: '100' });
    office.advance(id, 'SENT');
    office.void(id, 'VOID_ONLY', 'REJECTED');
    expect(await read(id)).toMatchObject({ singleStatus: 'SENT', voidInfo: [{ status: 'REJECTED' }] });
    expect(() => office.decideVoid(id, 'ACCEPTED')).toThrow(/No void/);
  });

  test('values that the dossier does not list are possible at any time', async () => {
    const { pay, office, first, read } = await withBills();
    const id = pay({ [first]: '100' });
    office.advance(id, 'BRAND_NEW');
    expect(await read(id)).toMatchObject({ singleStatus: 'BRAND_NEW' });
    office.advance(id, 'CLEARED');
  });

  test('a payment that awaits approval has no documented singleStatus', async () => {
    const { office, bill, first, how, read } = await withBills();
    const id = office.pay({ ...how, bills: [{ billId: first, amount: '1' }], awaitsApproval: true });
    expect(await read(id)).toMatchObject({ status: 'APPROVING' });
    expect(await read(id)).not.toHaveProperty('singleStatus');
    bill.switches.unknownSingleStatus = 'AWAITING_APPROVAL';
    expect(await read(id)).toMatchObject({ singleStatus: 'AWAITING_APPROVAL' });
    expect(() => office.advance(id, 'CLEARED')).toThrow();
    office.approvePayment(id);
    expect(await read(id)).toMatchObject({ singleStatus: 'SCHEDULED' });
  });
});

test('nobody pays more than is open, an archived or a denied bill, or bills of two vendors', async () => {
  const { pay, office, first, second, vendorId } = await withBills();
  expect(() => pay({ [first]: '229.00' })).toThrow(/less to pay/);
  expect(() => pay({ [first]: '0' })).toThrow(/above zero/);
  office.denyBill(first);
  expect(() => pay({ [first]: '1' })).toThrow(/denied/);
  office.archiveBill(second);
  expect(() => pay({ [second]: '1' })).toThrow(/archived/);
  office.restoreBill(second);
  const lines = [{ amount: '5.00' }];
  const other = office.addForeignBill({
    vendorId: office.addVendor({ name: 'Other vendor' }),
    invoiceNumber: 'C',
    invoiceDate: '2026-11-20',
    dueDate: '2026-12-20',
    lines,
  });
  expect(() => pay({ [second]: '1', [other]: '1' })).toThrow(/another vendor/);
  office.editVendor(vendorId, { additionalInfo: { combinePayments: false } });
  const third = office.addForeignBill({
    vendorId,
    invoiceNumber: 'D',
    invoiceDate: '2026-11-20',
    dueDate: '2026-12-20',
    lines,
  });
  expect(() => pay({ [second]: '1', [third]: '1' })).toThrow(/not combined/);
});

test('whether a payment moves the updatedTime of its bill is a switch (§13.33)', async () => {
  for (const moves of [false, true]) {
    const { pay, office, first, clock, readBill } = await withBills({
      switches: { billUpdatedTimeMovesOnPayment: moves },
    });
    const before = at(await readBill(first), 'updatedTime');
    const id = pay({ [first]: '1' });
    clock.advance(1000);
    office.advance(id, 'CLEARED');
    expect(at(await readBill(first), 'updatedTime') !== before).toBe(moves);
  }
});

test('the API makes no payment, and a sync token moves no money (§1.4, §1.6)', async () => {
  const { send, pay, office, login, first, read } = await withBills();
  expect(refusal(await send('POST', '/v3/payments', { billId: first, amount: 1 }))).toEqual([
    403,
    'BDC_1361',
  ]);
  expect(refusal(await send('POST', '/v3/payments/bulk', []))).toEqual([403, 'BDC_1361']);
  const id = pay({ [first]: '1' });
  expect(refusal(await send('POST', `/v3/payments/${id}/cancel`))).toEqual([403, 'BDC_1145']);
  await login('user');
  office.advance(id, 'SENT');
  expect(refusal(await send('POST', `/v3/payments/${id}/cancel`))).toEqual([422, 'BDC_1143']);
  expect((await send('POST', `/v3/payments/${id}/void`, { type: 'VOID_ONLY', reason: 'x' })).status).toBe(
    200,
  );
  expect(await read(id)).toMatchObject({ singleStatus: 'VOID_PENDING' });
});

test('the world may move on before payments are listed', async () => {
  const moves: (() => void)[] = [];
  const { office, pay, first, send } = await withBills({ beforePaymentPoll: () => moves.shift()?.() });
  const id = pay({ [first]: '1' });
  moves.push(() => office.advance(id, 'CLEARED'));
  expect(at((await send('GET', '/v3/payments')).json, 'results.0.singleStatus')).toBe('CLEARED');
});

test('payments are found by their documented fields (§3.2)', async () => {
  const { send, pay, office, vendorId, first, second } = await withBills();
  const [one, two] = [pay({ [first]: '10.50' }), pay({ [second]: '20' })];
  office.advance(two, 'CLEARED');
  const found = async (filters: string) => {
    const { json } = await send('GET', `/v3/payments?${new URLSearchParams({ filters })}`);
    return (at(json, 'results') as { id: string }[]).map(({ id }) => id).sort();
  };
  expect(await found('amount:gt:10.5')).toEqual([two]);
  expect(await found('status:eq:SCHEDULED')).toEqual([one]);
  expect(await found(`vendorId:in:"${vendorId}",processDate:gte:2026-11-27,onlinePayment:eq:true`)).toEqual(
    [one, two].sort(),
  );
  expect(await found('disbursementType:eq:CHECK')).toEqual([]);
});

describe('payments made outside BILL (§7.6)', () => {
  test('are recorded at once, with the reference in the answer', async () => {
    const { send, first, second, vendorId, bill, readBill, read } = await withBills();
    const { status, json } = await send('POST', '/v3/bills/record-payment', {
      vendorId,
      processDate: '2026-11-24',
      toPrintCheck: false,
      syncReference: '1500000042',
      payments: [
        { billId: first, amount: 70 },
        { billId: second, amount: 228.99 },
      ],
    });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      amount: 298.99,
      onlinePayment: false,
      disbursementType: 'OFFLINE',
      status: 'PAID',
      singleStatus: 'CLEARED',
      syncReference: '1500000042',
      toPrintCheck: false,
    });
    expect(await readBill(second)).toMatchObject({ paymentStatus: 'PAID' });
    const id = String(at(json, 'id'));
    expect(await read(id)).not.toHaveProperty('syncReference');
    bill.switches.syncReferenceOnRead = true;
    expect(await read(id)).toMatchObject({ syncReference: '1500000042' });
  });

  test('never more than is due; a void is immediate', async () => {
    const { send, first, vendorId, office, read } = await withBills();
    const record = (amount: number) =>
      send('POST', '/v3/bills/record-payment', {
        vendorId,
        processDate: '2026-11-24',
        payments: [{ billId: first, amount }],
      });
    expect(refusal(await record(229))).toEqual([422, 'BDC_1143']);
    const id = String(at((await record(228.99)).json, 'id'));
    expect(refusal(await record(0.01))).toEqual([422, 'BDC_1143']);
    office.void(id, 'VOID_ONLY');
    expect(await read(id)).toMatchObject({ singleStatus: 'VOIDED' });
  });
});

describe('vendor credits (§6)', () => {
  const credit = (vendorId: string) => ({
    vendorId,
    referenceNumber: 'CM-1',
    creditDate: '2026-11-20',
    vendorCreditLineItems: [{ amount: 14.99, description: 'Sticks' }, { amount: 50 }],
  });

  test('live, are applied, and show where', async () => {
    const { send, office, vendorId, first, readBill } = await withBills();
    const { status, json } = await send('POST', '/v3/vendor-credits', credit(vendorId));
    expect(status).toBe(201);
    expect(json).toMatchObject({ amount: 64.99, appliedAmount: 0, status: 'NOT_APPLIED', archived: false });
    const id = String(at(json, 'id'));
    office.applyVendorCredit(first, id, '14.99');
    expect((await send('GET', `/v3/vendor-credits/${id}`)).json).toMatchObject({
      status: 'PARTIALLY_APPLIED',
      appliedAmount: 14.99,
      usage: [{ billId: first, amount: 14.99 }],
    });
    expect(await readBill(first)).toMatchObject({
      creditAmount: 14.99,
      dueAmount: 214,
      paymentStatus: 'PARTIALLY_PAID',
    });
    expect(() => office.applyVendorCredit(first, id, '50.01')).toThrow(/less left/);
    expect(refusal(await send('POST', `/v3/vendor-credits/${id}/archive`))).toEqual([422, 'BDC_1143']);
    expect(
      refusal(await send('POST', '/v3/vendor-credits', { ...credit(vendorId), creditDate: '20.11.2026' }))[0],
    ).toBe(400);
    expect(at((await send('GET', '/v3/vendor-credits')).json, 'results')).toHaveLength(1);
  });

  test('inside a payment, net or gross by switch; a void gives them back', async () => {
    const { send, office, vendorId, first, how, read, readBill, bill } = await withBills();
    const id = String(at((await send('POST', '/v3/vendor-credits', credit(vendorId))).json, 'id'));
    const paymentId = office.pay({
      ...how,
      bills: [{ billId: first, amount: '164' }],
      vendorCredits: [{ billId: first, id, amount: '64.99' }],
    });
    const split = { billId: first, vendorCredits: [{ id, amount: 64.99 }] };
    expect(await read(paymentId)).toMatchObject({ amount: 164, billPayments: [{ ...split, amount: 164 }] });
    bill.switches.billPaymentsAmountNetOfCredits = false;
    expect(await read(paymentId)).toMatchObject({
      amount: 164,
      billPayments: [{ ...split, amount: 228.99 }],
    });
    office.advance(paymentId, 'CLEARED');
    expect(await readBill(first)).toMatchObject({
      paymentStatus: 'PAID',
      paidAmount: 228.99,
      creditAmount: 64.99,
    });
    office.void(paymentId, 'VOID_AND_CREDIT');
    expect((await send('GET', `/v3/vendor-credits/${id}`)).json).toMatchObject({ status: 'NOT_APPLIED' });
  });
});

test('accounts, departments and banks can be read (§7.5, §8)', async () => {
  const { send, office, accountId, fundingAccountId, bill } = await playWithVendor();
  office.addDepartment({ name: 'R&D', shortName: '17101301' });
  const account = {
    id: accountId,
    archived: false,
    name: 'Office supplies',
    account: { type: 'EXPENSE', number: '61008000' },
    createdTime: '2026-11-24T05:00:00.000+00:00',
    updatedTime: '2026-11-24T05:00:00.000+00:00',
  };
  expect((await send('GET', '/v3/classifications/chart-of-accounts')).json).toEqual({ results: [account] });
  expect((await send('GET', `/v3/classifications/chart-of-accounts/${accountId}`)).json).toEqual(account);
  expect(at((await send('GET', '/v3/classifications/departments')).json, 'results')).toHaveLength(1);
  const bank = await send('GET', `/v3/funding-accounts/banks/${fundingAccountId}`);
  expect(bank.json).toMatchObject({
    status: 'VERIFIED',
    accountNumber: '****2333',
    default: { payables: true },
  });
  bill.switches.classificationsOn = ['chart-of-accounts'];
  expect(refusal(await send('GET', '/v3/classifications/departments'))).toEqual([403, 'BDC_1145']);
});

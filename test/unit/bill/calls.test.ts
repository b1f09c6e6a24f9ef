import { describe, expect, test } from 'vitest';
import type { BillCalls } from '../../../lib/bill/bill.ts';
import { UnexpectedAnswer } from '../../../lib/bill/errors.ts';
import { DocumentError, WorldError } from '../../../lib/errors.ts';
import { HttpFailure, type HttpRequest, type HttpResponse } from '../../../lib/http/http.ts';
import type { NewBill, NewVendor } from '../../../lib/rules/bill-documents.ts';
import { answer, billWorld, withLogins } from './bill-world.ts';

/** Makes one piece of work against the given answers, one after the other; tells the requests after the login. */
async function made<T>(answers: (HttpResponse | HttpFailure)[], work: (calls: BillCalls) => Promise<T>) {
  const left = [...answers];
  const { http, requests } = withLogins(async () => {
    const next = left.shift();
    if (next === undefined) throw new Error('One request more than the test expects.');
    if (next instanceof HttpFailure) throw next;
    return next;
  });
  const result = await billWorld(http)
    .bill.withLease('poll', work)
    .catch((error: unknown) => error);
  expect(left).toEqual([]);
  return { result, requests: requests.slice(1) };
}

/** Method, path and query, readable. */
function told({ method, url }: HttpRequest): string {
  return `${method} ${decodeURIComponent(url.replace('https://bill.example', ''))}`;
}

const times = { createdTime: '2026-11-20T05:00:00.000+00:00', updatedTime: '2026-11-24T05:00:00.000+00:00' };

/** As BILL's own collection shows it (BILL dossier §4.3), with fields that we do not read. */
const vendorInBill = {
  ...times,
  id: '009EXAMPLE',
  archived: true,
  recordStatus: 'DRAFT',
  name: 'Happy Music Supplies',
  shortName: '17300001',
  accountType: 'BUSINESS',
  email: 'info@happymusic.example',
  phone: '555-0100',
  address: {
    line1: '123 Main Street',
    city: 'San Jose',
    stateOrProvince: 'CA',
    zipOrPostalCode: '95002',
    country: 'US',
    countryName: 'United States',
  },
  paymentInformation: { payeeName: 'Happy Music Supplies', bankAccount: { accountNumber: '111222333' } },
  additionalInfo: { taxId: '12-3456789', taxIdType: 'EIN', combinePayments: true },
  billCurrency: 'USD',
  balance: { amount: 100.5 },
};

const billInBill = {
  ...times,
  id: '00nEXAMPLE',
  archived: false,
  vendorId: '009EXAMPLE',
  vendorName: 'Happy Music Supplies',
  amount: 228.99,
  dueAmount: 228.99,
  fundingAmount: 228.99,
  exchangeRate: 1,
  dueDate: '2026-12-31',
  description: 'SAP 1710/5105600101/2026',
  purchaseOrderNumber: '4500000001',
  invoice: { invoiceNumber: 'RE-2026-11', invoiceDate: '2026-11-20' },
  billLineItems: [
    {
      id: 'bliEXAMPLE1',
      amount: 149.0,
      description: 'USB audio interface',
      classifications: { chartOfAccountId: '0caEXAMPLE' },
    },
    { id: 'bliEXAMPLE2', amount: 79.99, quantity: 1, price: 79.99 },
  ],
  paymentStatus: 'UNPAID',
  approvalStatus: 'UNASSIGNED',
  approvers: [],
};

const bill = {
  ...times,
  id: '00nEXAMPLE',
  archived: false,
  vendorId: '009EXAMPLE',
  amount: '228.99',
  dueAmount: '228.99',
  dueDate: '2026-12-31',
  description: 'SAP 1710/5105600101/2026',
  purchaseOrderNumber: '4500000001',
  invoiceNumber: 'RE-2026-11',
  invoiceDate: '2026-11-20',
  lines: [
    {
      id: 'bliEXAMPLE1',
      amount: '149.00',
      description: 'USB audio interface',
      chartOfAccountId: '0caEXAMPLE',
    },
    { id: 'bliEXAMPLE2', amount: '79.99' },
  ],
  paymentStatus: 'UNPAID',
  approvalStatus: 'UNASSIGNED',
};

const newBill: NewBill = {
  vendorId: '009EXAMPLE',
  invoiceNumber: 'RE-2026-11',
  invoiceDate: '2026-11-20',
  dueDate: '2026-12-31',
  description: 'SAP 1710/5105600101/2026',
  lines: [
    { amount: '149.00', description: 'USB audio interface', chartOfAccountId: '0caEXAMPLE' },
    { amount: '79.99', departmentId: '0deEXAMPLE' },
  ],
};

const newVendor: NewVendor = {
  name: 'Happy Music Supplies',
  shortName: '17300001',
  accountType: 'BUSINESS',
  email: 'info@happymusic.example',
  address: { line1: '123 Main Street', city: 'San Jose', zipOrPostalCode: '95002', country: 'US' },
  taxId: '12-3456789',
  billCurrency: 'USD',
  payeeName: 'Happy Music Supplies',
};

describe('vendors', () => {
  test('are read with what we need and no bank details', async () => {
    const { result, requests } = await made([answer(200, vendorInBill)], (calls) =>
      calls.vendor('009EXAMPLE'),
    );
    expect(requests.map(told)).toEqual(['GET /connect/v3/vendors/009EXAMPLE']);
    expect(result).toEqual({
      ...times,
      id: '009EXAMPLE',
      archived: true,
      recordStatus: 'DRAFT',
      name: 'Happy Music Supplies',
      shortName: '17300001',
      email: 'info@happymusic.example',
      phone: '555-0100',
      address: {
        line1: '123 Main Street',
        city: 'San Jose',
        stateOrProvince: 'CA',
        zipOrPostalCode: '95002',
        country: 'US',
      },
      accountType: 'BUSINESS',
      taxId: '12-3456789',
      taxIdType: 'EIN',
      combinePayments: true,
      billCurrency: 'USD',
    });
  });

  test('a thin list row is enough', async () => {
    const row = { id: '009EXAMPLE', name: 'Happy Music Supplies', email: null, ...times };
    const { result } = await made([answer(200, row)], (calls) => calls.vendor('009EXAMPLE'));
    expect(result).toEqual({ id: '009EXAMPLE', name: 'Happy Music Supplies', archived: false, ...times });
  });

  test('are created with BILL’s field names', async () => {
    const { requests } = await made([answer(201, vendorInBill)], (calls) => calls.createVendor(newVendor));
    expect(requests.map(told)).toEqual(['POST /connect/v3/vendors']);
    expect(requests[0]?.headers['content-type']).toBe('application/json');
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({
      name: 'Happy Music Supplies',
      shortName: '17300001',
      accountType: 'BUSINESS',
      email: 'info@happymusic.example',
      address: { line1: '123 Main Street', city: 'San Jose', zipOrPostalCode: '95002', country: 'US' },
      paymentInformation: { payeeName: 'Happy Music Supplies' },
      additionalInfo: { taxId: '12-3456789' },
      billCurrency: 'USD',
    });
  });

  test('a name that BILL would not take is refused before the call', async () => {
    const long = { ...newVendor, name: 'x'.repeat(101) };
    const { result, requests } = await made([], (calls) => calls.createVendor(long));
    expect(result).toMatchObject({ code: 'BILL_FIELD_TOO_LONG' });
    expect(requests).toEqual([]);
  });

  test('are listed page by page, the oldest change first', async () => {
    const page = answer(200, { results: [vendorInBill], nextPage: 'page two' });
    const { result, requests } = await made([page, answer(200, { results: [] })], async (calls) => [
      await calls.vendorsUpdatedSince('2026-11-24T04:45:00.000Z'),
      await calls.vendorsUpdatedSince('2026-11-24T04:45:00.000Z', 'page two'),
    ]);
    const list =
      'GET /connect/v3/vendors?max=100&sort=updatedTime:asc&filters=updatedTime:gte:"2026-11-24T04:45:00.000+00:00"';
    expect(requests.map(told)).toEqual([list, `${list}&page=page two`]);
    expect(requests[1]?.url).toContain('%2B00%3A00%22&page=page%20two');
    expect(result).toMatchObject([{ items: [{ id: '009EXAMPLE' }], next: 'page two' }, { items: [] }]);
  });
});

describe('bills', () => {
  test('are read, their amounts as text', async () => {
    const { result, requests } = await made([answer(200, billInBill)], (calls) => calls.bill('00nEXAMPLE'));
    expect(requests.map(told)).toEqual(['GET /connect/v3/bills/00nEXAMPLE']);
    expect(result).toEqual(bill);
  });

  test('an amount beyond the precision of a float is kept', async () => {
    const body = JSON.stringify(billInBill).replace('"amount":228.99', '"amount":90071992547409931.17');
    const { result } = await made([answer(200, body)], (calls) => calls.bill('00nEXAMPLE'));
    expect(result).toMatchObject({ amount: '90071992547409931.17' });
  });

  test('what BILL left out stays out: a missing amount is not zero', async () => {
    const { dueAmount: _, ...without } = billInBill;
    const { result } = await made([answer(200, without)], (calls) => calls.bill('00nEXAMPLE'));
    expect(result).not.toHaveProperty('dueAmount');
    expect(result).not.toHaveProperty('paidAmount');
  });

  test('are created with BILL’s field names and plain JSON numbers', async () => {
    const { result, requests } = await made([answer(201, billInBill)], (calls) => calls.createBill(newBill));
    expect(requests.map(told)).toEqual(['POST /connect/v3/bills']);
    expect(requests[0]?.body).toBe(
      '{"vendorId":"009EXAMPLE","dueDate":"2026-12-31","description":"SAP 1710/5105600101/2026",' +
        '"invoice":{"invoiceNumber":"RE-2026-11","invoiceDate":"2026-11-20"},' +
        '"billLineItems":[{"amount":149.00,"description":"USB audio interface","classifications":{"chartOfAccountId":"0caEXAMPLE"}},' +
        '{"amount":79.99,"classifications":{"departmentId":"0deEXAMPLE"}}]}',
    );
    expect(result).toEqual(bill);
  });

  test('are changed by line id, and by nothing that is not to change', async () => {
    const { requests } = await made([answer(200, billInBill), answer(200, billInBill)], async (calls) => {
      await calls.patchBill('00nEXAMPLE', {
        dueDate: '2026-12-15',
        lines: [{ id: 'bliEXAMPLE1', amount: '150' }],
      });
      await calls.patchBill('00nEXAMPLE', { invoiceDate: '2026-11-21' });
    });
    expect(requests.map(told)).toEqual(Array(2).fill('PATCH /connect/v3/bills/00nEXAMPLE'));
    expect(requests.map(({ body }) => body)).toEqual([
      '{"dueDate":"2026-12-15","billLineItems":[{"id":"bliEXAMPLE1","amount":150.00}]}',
      '{"invoice":{"invoiceDate":"2026-11-21"}}',
    ]);
  });

  test('are replaced, archived and restored', async () => {
    const { requests } = await made(Array(3).fill(answer(200, billInBill)), async (calls) => {
      await calls.replaceBill('00nEXAMPLE', {
        ...newBill,
        lines: [{ id: 'bliEXAMPLE1', amount: '1' }, { amount: '2' }],
      });
      await calls.archiveBill('00nEXAMPLE');
      await calls.restoreBill('00nEXAMPLE');
    });
    expect(requests.map(told)).toEqual([
      'PUT /connect/v3/bills/00nEXAMPLE',
      'POST /connect/v3/bills/00nEXAMPLE/archive',
      'POST /connect/v3/bills/00nEXAMPLE/restore',
    ]);
    expect(requests[0]?.body).toContain(
      '"billLineItems":[{"id":"bliEXAMPLE1","amount":1.00},{"amount":2.00}]',
    );
    expect(requests[1]).not.toHaveProperty('body');
    expect(requests[1]?.headers).not.toHaveProperty('content-type');
  });

  test.each([
    ['invoice number', { invoiceNumber: 'x'.repeat(22) }],
    ['description', { description: 'x'.repeat(4001) }],
    ['line description', { lines: [{ amount: '1.00', description: 'x'.repeat(4001) }] }],
  ])('a %s that BILL would not take is refused before the call, never cut', async (_field, change) => {
    const { result, requests } = await made([], (calls) => calls.createBill({ ...newBill, ...change }));
    expect(result).toBeInstanceOf(DocumentError);
    expect(result).toMatchObject({ code: 'BILL_FIELD_TOO_LONG' });
    expect(requests).toEqual([]);
  });

  test('all of a vendor: every page, an empty one too, archived ones, without drafts', async () => {
    const draft = { id: '00nDRAFT', recordStatus: 'DRAFT', archived: true };
    const archived = { ...billInBill, id: '00nARCHIVED', archived: true, recordStatus: 'INACTIVE' };
    const pages = [
      answer(200, { results: [billInBill, draft], nextPage: 'two' }),
      answer(200, { results: [], nextPage: 'three' }),
      answer(200, { results: [archived] }),
    ];
    const { result, requests } = await made(pages, (calls) =>
      calls.billsOfVendor('009EXAMPLE', '2026-11-24T04:55:00.000Z'),
    );
    const list =
      'GET /connect/v3/bills?max=100&sort=createdTime:asc&filters=vendorId:eq:009EXAMPLE,createdTime:gte:"2026-11-24T04:55:00.000+00:00"';
    expect(requests.map(told)).toEqual([list, `${list}&page=two`, `${list}&page=three`]);
    expect((result as { id: string }[]).map(({ id }) => id)).toEqual(['00nEXAMPLE', '00nARCHIVED']);
  });
});

describe('vendor credits', () => {
  const creditInBill = {
    ...times,
    id: 'vcrEXAMPLE',
    archived: false,
    vendorId: '009EXAMPLE',
    referenceNumber: 'CM-2026-7',
    creditDate: '2026-11-20',
    description: 'SAP 1710/5105600190/2026',
    vendorCreditLineItems: [
      {
        id: 'vclEXAMPLE',
        amount: 40.5,
        description: 'Two days less',
        classifications: { chartOfAccountId: '0caEXAMPLE' },
      },
    ],
    amount: 40.5,
    appliedAmount: 10,
    status: 'PARTIALLY_APPLIED',
    usage: [{ billId: '00nEXAMPLE', paymentId: 'stpEXAMPLE', amount: 10 }],
  };
  const credit = {
    ...times,
    id: 'vcrEXAMPLE',
    archived: false,
    vendorId: '009EXAMPLE',
    referenceNumber: 'CM-2026-7',
    creditDate: '2026-11-20',
    description: 'SAP 1710/5105600190/2026',
    lines: [
      { id: 'vclEXAMPLE', amount: '40.50', description: 'Two days less', chartOfAccountId: '0caEXAMPLE' },
    ],
    amount: '40.50',
    appliedAmount: '10.00',
    status: 'PARTIALLY_APPLIED',
    usage: [{ billId: '00nEXAMPLE', paymentId: 'stpEXAMPLE', amount: '10.00' }],
  };

  test('are read with what became of them', async () => {
    const { result, requests } = await made([answer(200, creditInBill)], (calls) =>
      calls.vendorCredit('vcrEXAMPLE'),
    );
    expect(result).toEqual(credit);
    expect(requests.map(told)).toEqual(['GET /connect/v3/vendor-credits/vcrEXAMPLE']);
  });

  test.each(['2026-11-20T23:30:00.000-08:00', '2026-11-20T00:00:00.000+00:00'])(
    'a date that comes as a moment is the day that BILL wrote: %s',
    async (creditDate) => {
      const { result } = await made([answer(200, { ...creditInBill, creditDate })], (calls) =>
        calls.vendorCredit('vcrEXAMPLE'),
      );
      expect(result).toMatchObject({ creditDate: '2026-11-20' });
    },
  );

  test('are created with BILL’s field names, and archived', async () => {
    const { requests } = await made([answer(200, creditInBill), answer(200, creditInBill)], async (calls) => {
      await calls.createVendorCredit({
        vendorId: '009EXAMPLE',
        referenceNumber: 'CM-2026-7',
        creditDate: '2026-11-20',
        description: 'SAP 1710/5105600190/2026',
        lines: [{ amount: '40.50', description: 'Two days less', chartOfAccountId: '0caEXAMPLE' }],
      });
      await calls.archiveVendorCredit('vcrEXAMPLE');
    });
    expect(requests.map(told)).toEqual([
      'POST /connect/v3/vendor-credits',
      'POST /connect/v3/vendor-credits/vcrEXAMPLE/archive',
    ]);
    expect(JSON.parse(`${requests[0]?.body}`)).toEqual({
      vendorId: '009EXAMPLE',
      referenceNumber: 'CM-2026-7',
      creditDate: '2026-11-20',
      description: 'SAP 1710/5105600190/2026',
      vendorCreditLineItems: [
        { amount: 40.5, description: 'Two days less', classifications: { chartOfAccountId: '0caEXAMPLE' } },
      ],
    });
  });
});

describe('payments', () => {
  const paymentInBill = {
    ...times,
    id: 'stpEXAMPLE',
    vendorId: '009EXAMPLE',
    vendorName: 'Happy Music Supplies',
    amount: 300,
    fundingAmount: 327.6,
    exchangeRate: 1.092,
    billPayments: [
      {
        id: 'blpEXAMPLE1',
        billId: '00nEXAMPLE1',
        amount: 200,
        vendorCredits: [{ id: 'vcrEXAMPLE', amount: 28.99 }],
      },
      { id: 'blpEXAMPLE2', billId: '00nEXAMPLE2', amount: 100 },
    ],
    processDate: '2026-11-21',
    status: 'PAID',
    singleStatus: 'SOMETHING_NEW',
    disbursementType: 'INTERNATIONAL',
    disbursementInfo: { isVoidable: true },
    onlinePayment: true,
    fundingAccount: { type: 'BANK_ACCOUNT', id: 'bacEXAMPLE' },
    transactionNumber: 'P26112401',
    confirmationNumber: '0001',
    voidInfo: [
      { id: 'void-1', requestedBy: '006', type: 'VOID_AND_REISSUE', status: 'ACCEPTED', reason: 'lost' },
    ],
  };

  test('are read with their split, their void history and any status', async () => {
    const { result, requests } = await made([answer(200, paymentInBill)], (calls) =>
      calls.payment('stpEXAMPLE'),
    );
    expect(requests.map(told)).toEqual(['GET /connect/v3/payments/stpEXAMPLE']);
    expect(result).toEqual({
      ...times,
      id: 'stpEXAMPLE',
      vendorId: '009EXAMPLE',
      vendorName: 'Happy Music Supplies',
      amount: '300.00',
      fundingAmount: '327.60',
      exchangeRate: '1.092',
      billPayments: [
        { billId: '00nEXAMPLE1', amount: '200.00', vendorCredits: [{ id: 'vcrEXAMPLE', amount: '28.99' }] },
        { billId: '00nEXAMPLE2', amount: '100.00', vendorCredits: [] },
      ],
      processDate: '2026-11-21',
      status: 'PAID',
      singleStatus: 'SOMETHING_NEW',
      disbursementType: 'INTERNATIONAL',
      onlinePayment: true,
      fundingAccount: { type: 'BANK_ACCOUNT', id: 'bacEXAMPLE' },
      transactionNumber: 'P26112401',
      confirmationNumber: '0001',
      voidInfo: [{ id: 'void-1', type: 'VOID_AND_REISSUE', status: 'ACCEPTED' }],
    });
  });

  test('are listed by their last change', async () => {
    const page = answer(200, {
      results: [{ id: 'stpEXAMPLE', vendorId: '009EXAMPLE', amount: 1, ...times }],
    });
    const { result, requests } = await made([page], (calls) =>
      calls.paymentsUpdatedSince('2026-11-24T04:45:00.000Z'),
    );
    expect(requests.map(told)).toEqual([
      'GET /connect/v3/payments?max=100&sort=updatedTime:asc&filters=updatedTime:gte:"2026-11-24T04:45:00.000+00:00"',
    ]);
    expect(result).toEqual({
      items: [
        {
          id: 'stpEXAMPLE',
          vendorId: '009EXAMPLE',
          amount: '1.00',
          billPayments: [],
          voidInfo: [],
          ...times,
        },
      ],
    });
  });

  test('by id, by vendor, by number and those recorded outside BILL: few calls, all filters documented', async () => {
    const page = answer(200, { results: [] });
    const { requests } = await made([page, page, page, page], async (calls) => {
      await calls.paymentsById(['stpONE', 'stpTWO']);
      await calls.paymentsOfVendor('009EXAMPLE', '2026-11-24T04:45:00.000Z');
      await calls.paymentsByTransactionNumber('P,1');
      await calls.recordedPayments('009EXAMPLE', '2026-11-23');
    });
    const list = 'GET /connect/v3/payments?max=100&sort=updatedTime:asc&filters=';
    expect(requests.map(told)).toEqual([
      `${list}id:in:"stpONE,stpTWO"`,
      `${list}vendorId:eq:009EXAMPLE,createdTime:gte:"2026-11-24T04:45:00.000+00:00"`,
      `${list}transactionNumber:eq:"P,1"`,
      `${list}vendorId:eq:009EXAMPLE,processDate:eq:2026-11-23,onlinePayment:eq:false`,
    ]);
  });

  test('one that was made in SAP is recorded with its reference, and never to be printed', async () => {
    const recorded = { id: 'stpEXAMPLE', vendorId: '009EXAMPLE', amount: 70, onlinePayment: false, ...times };
    const { result, requests } = await made([answer(200, recorded)], (calls) =>
      calls.recordPayment({
        vendorId: '009EXAMPLE',
        billId: '00nEXAMPLE',
        amount: '70.00',
        processDate: '2026-11-23',
        syncReference: '1710/2000000001',
        description: 'Paid in SAP by 1710/2000000001',
      }),
    );
    expect(requests.map(told)).toEqual(['POST /connect/v3/bills/record-payment']);
    expect(JSON.parse(String(requests[0]?.body))).toEqual({
      vendorId: '009EXAMPLE',
      processDate: '2026-11-23',
      payments: [{ billId: '00nEXAMPLE', amount: 70 }],
      toPrintCheck: false,
      description: 'Paid in SAP by 1710/2000000001',
      syncReference: '1710/2000000001',
    });
    expect(result).toMatchObject({ id: 'stpEXAMPLE', amount: '70.00', onlinePayment: false });
  });

  test('one that BILL does not have is undefined', async () => {
    const missing = answer(404, [{ code: 'BDC_1120', severity: 'ERROR', message: 'Nothing found.' }]);
    expect((await made([missing], (calls) => calls.payment('stpOTHER'))).result).toBeUndefined();
  });
});

test('the chart of accounts is read with numbers and types, all pages', async () => {
  const account = {
    id: '0caEXAMPLE',
    archived: false,
    name: 'Consulting',
    account: { type: 'EXPENSE', number: '61008000' },
  };
  const pages = [
    answer(200, { results: [account], nextPage: 'two' }),
    answer(200, { results: [{ id: '0caOTHER', archived: true, name: 'Old', account: { type: 'EXPENSE' } }] }),
  ];
  const { result, requests } = await made(pages, (calls) => calls.chartOfAccounts());
  const list = 'GET /connect/v3/classifications/chart-of-accounts?max=100&sort=createdTime:asc';
  expect(requests.map(told)).toEqual([list, `${list}&page=two`]);
  expect(result).toEqual([
    { id: '0caEXAMPLE', archived: false, name: 'Consulting', number: '61008000', type: 'EXPENSE' },
    { id: '0caOTHER', archived: true, name: 'Old', type: 'EXPENSE' },
  ]);
});

describe('webhook subscriptions', () => {
  const key = '11111111-1111-4111-8111-111111111111';
  const inBill = {
    id: 'subscription-1',
    name: 'ml-connector',
    organizationId: '008EXAMPLE',
    status: { enabled: false, updatedBy: 'system' },
    events: [{ type: 'payment.updated', version: '1' }],
    notificationUrl: 'https://connector.example/webhooks/bill',
    ...times,
  };
  const subscription = {
    id: 'subscription-1',
    name: 'ml-connector',
    enabled: false,
    events: ['payment.updated'],
    notificationUrl: 'https://connector.example/webhooks/bill',
  };

  test.each([
    ['a page', { results: [inBill] }],
    ['a bare array', [inBill]],
  ])('are listed from %s', async (_form, body) => {
    const { result, requests } = await made([answer(200, body)], (calls) => calls.subscriptions());
    expect(requests.map(told)).toEqual(['GET /connect-events/v3/subscriptions?max=100']);
    expect(result).toEqual([subscription]);
  });

  test('are created, and their key rotated, under an idempotency key', async () => {
    const answers = [
      answer(200, { ...inBill, securityKey: 'first-key' }),
      answer(200, { securityKey: 'second-key' }),
    ];
    const wanted = {
      name: 'ml-connector',
      events: ['payment.updated'],
      notificationUrl: inBill.notificationUrl,
    };
    const { result, requests } = await made(answers, async (calls) => [
      await calls.createSubscription(wanted, key),
      await calls.rotateSecurityKey('subscription-1', key),
    ]);
    expect(requests.map(told)).toEqual([
      'POST /connect-events/v3/subscriptions',
      'POST /connect-events/v3/subscriptions/subscription-1/security_key',
    ]);
    expect(requests.map(({ headers }) => headers['x-idempotent-key'])).toEqual([key, key]);
    expect(requests.map(({ body }) => body)).toEqual([
      '{"name":"ml-connector","status":{"enabled":true},"events":[{"type":"payment.updated","version":"1"}],"notificationUrl":"https://connector.example/webhooks/bill"}',
      undefined,
    ]);
    expect(result).toEqual([{ ...subscription, securityKey: 'first-key' }, { securityKey: 'second-key' }]);
  });

  test('are switched on again, moved, given other events and tested', async () => {
    const { requests } = await made(Array(4).fill(answer(200, inBill)), async (calls) => {
      await calls.changeSubscription('subscription-1', { enabled: true });
      await calls.changeSubscription('subscription-1', { notificationUrl: 'https://other.example/' });
      await calls.setSubscriptionEvents(subscription, ['payment.updated', 'vendor.created']);
      await calls.testSubscription('subscription-1');
    });
    expect(requests.map((request) => [told(request), request.body])).toEqual([
      ['PATCH /connect-events/v3/subscriptions/subscription-1', '{"status":{"enabled":true}}'],
      [
        'PATCH /connect-events/v3/subscriptions/subscription-1',
        '{"notificationUrl":"https://other.example/"}',
      ],
      [
        'PUT /connect-events/v3/subscriptions/subscription-1',
        '{"name":"ml-connector","status":{"enabled":true},"events":[{"type":"payment.updated","version":"1"},{"type":"vendor.created","version":"1"}],"notificationUrl":"https://connector.example/webhooks/bill"}',
      ],
      [
        'POST /connect-events/v3/subscriptions/subscription-1/test',
        '{"eventType":"payment.updated","version":"1"}',
      ],
    ]);
  });
});

describe('when no usable answer comes', () => {
  const lost = (mayHaveArrived: boolean) =>
    new HttpFailure('ECONNRESET', mayHaveArrived, 'POST bill.example: no answer.');

  test.each([
    ['a time-out after sending', lost(true), true],
    ['no connection at all', lost(false), false],
    ['a success without a bill', answer(201, {}), true],
    ['a success with a page', answer(201, '<html>'), true],
    ['a success with nothing', answer(201, ''), true],
    ['a success with an error', answer(200, [{ code: 'BDC_1171', message: 'Duplicate.' }]), true],
    ['HTTP 500', answer(500, ''), true],
    ['a refusal', answer(422, [{ code: 'BDC_1171', message: 'Duplicate.' }]), undefined],
  ])('a create: %s', async (_what, given, mayHaveHappened) => {
    const { result } = await made([given], (calls) => calls.createBill(newBill));
    if (mayHaveHappened === undefined) expect(result).toMatchObject({ code: 'BDC_1171' });
    else expect(result).toMatchObject({ mayHaveHappened });
    expect(result).toBeInstanceOf(mayHaveHappened === undefined ? DocumentError : WorldError);
  });

  test('a read of another shape than BILL’s is our own fault, and says where', async () => {
    const { result } = await made([answer(200, { ...billInBill, vendorId: {} })], (calls) =>
      calls.bill('00nEXAMPLE'),
    );
    expect(result).toBeInstanceOf(UnexpectedAnswer);
    expect(String(result)).toContain('vendorId');
  });

  test('a list without rows is no empty list: what was looked for may be there', async () => {
    const world = billWorld(withLogins(async () => answer(200, {})).http);
    const error = await world.bill
      .withLease('hand-over-invoice', (calls) =>
        calls.billsOfVendor('009EXAMPLE', '2026-11-24T04:55:00.000Z'),
      )
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UnexpectedAnswer);
  });

  test('a list that never ends is not read for ever', async () => {
    let pages = 0;
    const { http } = withLogins(async () => {
      pages += 1;
      return answer(200, { results: [], nextPage: `page-${pages}` });
    });
    const world = billWorld(http);
    const error = await world.bill
      .withLease('poll', (calls) => calls.chartOfAccounts())
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UnexpectedAnswer);
    expect(pages).toBe(2_000);
  });
});

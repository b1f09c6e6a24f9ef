import { XMLValidator } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { at, encoded, invoicesPath, itemsPath, ordersPath, partnersPath, play } from './played.ts';

const invoices = `${invoicesPath}/A_SupplierInvoice`;

test('an invoice as OData V2 shows it', async () => {
  const { list, postInvoice } = await play();
  postInvoice();
  const { rows } = await list(invoices, { $filter: "CompanyCode eq '1710'" });
  const uri = `https://my000001-api.s4hana.example${invoices}(SupplierInvoice='5105600101',FiscalYear='2026')`;
  expect(rows[0]).toMatchObject({
    __metadata: { id: uri, uri, type: 'API_SUPPLIERINVOICE_PROCESS_SRV.A_SupplierInvoiceType' },
    SupplierInvoice: '5105600101',
    FiscalYear: '2026',
    CompanyCode: '1710',
    DocumentDate: '/Date(1795132800000)/',
    SuplrInvcLstChgDteTmeTxt: '20261124050000.0000000',
    SupplierInvoiceIDByInvcgParty: 'INV-4711',
    InvoicingParty: '17300001',
    InvoiceGrossAmount: '1200.500',
    NetPaymentDays: '30',
    RetentionDueDate: null,
    PaymentBlockingReason: '',
    SupplierInvoiceStatus: '5',
    SupplierInvoiceIsCreditMemo: '',
    ReverseDocument: '',
    ReverseDocumentFiscalYear: '0000',
    IsReversal: false,
    IsReversed: false,
    to_SupplierInvoiceItemGLAcct: { __deferred: { uri: `${uri}/to_SupplierInvoiceItemGLAcct` } },
  });
  expect(rows[0]).not.toHaveProperty('LastChangeDateTime');
});

test('expanded navigations bring their rows, deep ones too, and only selected ones', async () => {
  const { list, people, supplier, postInvoice } = await play();
  const item = { text: 'Strings', quantity: '10', unit: 'EA', netAmount: '500.00' };
  const assignment = { glAccount: '61003000', costCenter: '17101101' };
  const purchaseOrder = people.addPurchaseOrder({
    companyCode: '1710',
    supplier,
    items: [{ ...item, assignment }],
  });
  postInvoice({
    lines: [{ kind: 'purchase-order', purchaseOrder, purchaseOrderItem: '00010', amount: '500.00' }],
  });
  const { rows } = await list(invoices, {
    $expand: 'to_SuplrInvcItemPurOrdRef/to_SupplierInvoiceItmAcctAssgmt,to_SupplierInvoiceTax',
    $select: 'SupplierInvoice,to_SuplrInvcItemPurOrdRef',
  });
  expect(Object.keys(rows[0] ?? {})).toEqual(['__metadata', 'SupplierInvoice', 'to_SuplrInvcItemPurOrdRef']);
  expect(at(rows[0], 'to_SuplrInvcItemPurOrdRef.results.0')).toMatchObject({
    SupplierInvoiceItem: '000001',
    PurchaseOrderItem: '00010',
    SupplierInvoiceItemAmount: '500.000',
    to_SupplierInvoiceItmAcctAssgmt: {
      results: [
        { OrdinalNumber: '0001', GLAccount: '61003000', CostCenter: '17101101', ProfitCenter: 'YB110' },
      ],
    },
  });
});

test('keys, navigation paths and counts', async () => {
  const { get, list, postInvoice } = await play();
  postInvoice();
  const key = `${invoices}(SupplierInvoice='5105600101',FiscalYear='2026')`;
  expect(at((await get(key)).json, 'd.SupplierInvoice')).toBe('5105600101');
  expect((await list(`${key}/to_SupplierInvoiceItemGLAcct`)).rows).toMatchObject([
    { SupplierInvoiceItem: '0001', SupplierInvoiceItemAmount: '1000.000', DebitCreditCode: 'S' },
  ]);
  expect((await get(`${invoices}/$count`)).body).toBe('1');
  expect(at((await get(`${partnersPath}/A_Supplier('17300001')`)).json, 'd.SupplierName')).toBe(
    'Happy Music Supplies',
  );
  expect(
    at((await get(`${partnersPath}/A_BusinessPartner('17300001')/to_Supplier`)).json, 'd.Supplier'),
  ).toBe('17300001');
  const counted = await list(invoices, { $inlinecount: 'allpages', $top: '0' });
  expect([at(counted.json, 'd.__count'), counted.rows]).toEqual(['1', []]);
});

test.each([
  [404, `${invoices}(SupplierInvoice='5105600999',FiscalYear='2026')`],
  [404, `${invoicesPath}/A_Nothing`],
  [404, `${invoices}(SupplierInvoice='5105600101',FiscalYear='2026')/to_Nothing`],
  [404, `${invoices}/to_SupplierInvoiceTax`],
  [400, `${invoices}(SupplierInvoice='51056001012',FiscalYear='2026')`],
  [400, `${invoices}(SupplierInvoice='5105600101')`],
  [400, `${invoices}(SupplierInvoice=5105600101,FiscalYear='2026')`],
  [400, `${invoices}(Invoice='5105600101',FiscalYear='2026')`],
  [400, `${invoices}?$filter=%zz`],
  [400, `${invoices}?${encoded({ $filter: 'IsReversed eq false' })}`],
  [400, `${invoices}?${encoded({ $filter: "SupplierInvoicePaymentStatus eq ''" })}`],
  [400, `${invoices}?${encoded({ $filter: "LastChangeDateTime ge datetimeoffset'2026-11-24T00:00:00Z'" })}`],
  [400, `${invoices}?$orderby=IsReversal`],
  [400, `${invoices}?$orderby=Nothing`],
  [400, `${invoices}?${encoded({ $orderby: 'SupplierInvoice down' })}`],
  [400, `${invoices}?$select=Nothing`],
  [400, `${invoices}?$select=to_SupplierInvoiceTax/TaxAmount`],
  [400, `${invoices}?$expand=to_Nothing`],
  [400, `${invoices}?$expand=to_SupplierInvoiceTax/to_Nothing`],
  [400, `${invoices}?$top=ten`],
  [400, `${invoices}?$skip=-1`],
  [400, `${invoices}?$top=1&$top=2`],
  [400, `${invoices}?$count=true`],
  [400, `${invoices}?$format=yaml`],
])('%i for %s', async (status, target) => {
  const { get, postInvoice } = await play();
  postInvoice();
  const reply = await get(target);
  expect(reply.status).toBe(status);
  expect(at(reply.json, 'error')).toMatchObject({
    code: expect.stringMatching(/^\/IW\w+\//),
    message: { lang: 'en', value: expect.any(String) },
    innererror: {
      transactionid: expect.stringMatching(/^[0-9A-F]{32}$/),
      timestamp: '20261124050000.0000000',
      errordetails: [{ severity: 'error' }],
    },
  });
});

test('rows come in the asked order, in the asked window, and in the pages of the server', async () => {
  const { list, get, sap, postInvoice, clock } = await play({ switches: { serverPageSize: 2 } });
  for (const reference of ['C', 'A', 'B', 'E', 'D']) {
    clock.advance(1);
    postInvoice({ reference });
  }
  const query = {
    $orderby: 'SupplierInvoiceIDByInvcgParty desc',
    $select: 'SupplierInvoiceIDByInvcgParty',
    $top: '4',
    $skip: '1',
  };
  const first = await list(invoices, query);
  const pages = [first.rows];
  let next = at(first.json, 'd.__next');
  while (typeof next === 'string') {
    const { pathname, search } = new URL(next);
    const { json } = await get(`${pathname}${search}`);
    const rows = at(json, 'd.results');
    pages.push(Array.isArray(rows) ? rows : []);
    next = at(json, 'd.__next');
  }
  expect(pages.map((page) => page.map((row) => row.SupplierInvoiceIDByInvcgParty))).toEqual([
    ['D', 'C'],
    ['B', 'A'],
  ]);
  sap.switches.serverPageSize = 0;
  expect((await list(invoices)).rows).toHaveLength(5);
});

test('the text stamp orders rightly against 14 digits, with and without its point', async () => {
  for (const stampHasPoint of [true, false]) {
    const { list, postInvoice } = await play({ switches: { stampHasPoint } });
    postInvoice();
    const found = async (filter: string) => (await list(invoices, { $filter: filter })).rows.length;
    expect(await found("SuplrInvcLstChgDteTmeTxt ge '20261124050000'")).toBe(1);
    expect(await found("SuplrInvcLstChgDteTmeTxt ge '20261124050001'")).toBe(0);
  }
});

test('metadata tells the change stamp of the release', async () => {
  const { get, sap } = await play();
  const metadata = async () => (await get(`${invoicesPath}/$metadata`, { accept: 'application/xml' })).body;
  const today = await metadata();
  expect(XMLValidator.validate(today)).toBe(true);
  expect(today).toContain('<Property Name="SuplrInvcLstChgDteTmeTxt" Type="Edm.String" MaxLength="23"/>');
  expect(today).toContain(
    '<Property Name="IsReversed" Type="Edm.Boolean" sap:sortable="false" sap:filterable="false"/>',
  );
  expect(today).toContain('<FunctionImport Name="Cancel" m:HttpMethod="POST">');
  expect(today).not.toContain('LastChangeDateTime');
  Object.assign(sap.switches, { changeStamp: 'dates', hasCreationDate: false });
  const older = await metadata();
  expect(older).not.toMatch(/SuplrInvcLstChgDteTmeTxt|LastChangeDateTime|"CreationDate"/);
  sap.switches.changeStamp = 'LastChangeDateTime';
  expect(await metadata()).toContain('<Property Name="LastChangeDateTime" Type="Edm.DateTimeOffset"/>');
  const orders = await get(`${ordersPath}/$metadata`);
  expect(XMLValidator.validate(orders.body)).toBe(true);
});

test('without asking for JSON the answer is Atom, errors too', async () => {
  const { get, postInvoice } = await play();
  postInvoice();
  const feed = await get(invoices, { accept: '*/*' });
  expect(feed.headers['content-type']).toContain('xml');
  expect(XMLValidator.validate(feed.body)).toBe(true);
  const error = await get(`${invoices}?$top=x`, { accept: '*/*' });
  expect([error.status, error.body.includes('<error')]).toEqual([400, true]);
  expect(at((await get(`${invoices}?$format=json`, { accept: '*/*' })).json, 'd.results')).toHaveLength(1);
});

test('a message may hide beside a success', async () => {
  const { get, sap } = await play({ switches: { sapMessage: 'warning' } });
  const message = JSON.parse(String((await get(invoices)).headers['sap-message']));
  expect(message).toMatchObject({ severity: 'warning', details: [] });
  sap.switches.sapMessage = 'none';
  expect((await get(invoices)).headers['sap-message']).toBeUndefined();
});

test('amounts with the scale of the metadata or the decimals of their currency', async () => {
  const { list, sap, postInvoice } = await play();
  postInvoice();
  sap.switches.amountDecimals = 'currency';
  expect((await list(invoices)).rows[0]?.InvoiceGrossAmount).toBe('1200.50');
});

test('FI lines of an invoice are found by number and year; only supplier lines carry the due date', async () => {
  const { list, postInvoice } = await play();
  postInvoice();
  const { rows } = await list(`${itemsPath}/A_OperationalAcctgDocItemCube`, {
    $filter: "OriginalReferenceDocument eq '51056001012026' and ClearingDate eq null",
    $select: 'FinancialAccountType,GLAccount,AmountInTransactionCurrency,NetDueDate,IsCleared,Supplier',
  });
  expect(rows.map(({ __metadata: _, ...row }) => row)).toEqual([
    {
      FinancialAccountType: 'K',
      GLAccount: '21100000',
      AmountInTransactionCurrency: '-1200.500',
      NetDueDate: '/Date(1797724800000)/',
      IsCleared: false,
      Supplier: '17300001',
    },
    {
      FinancialAccountType: 'S',
      GLAccount: '61008000',
      AmountInTransactionCurrency: '1000.000',
      NetDueDate: null,
      IsCleared: false,
      Supplier: '',
    },
    {
      FinancialAccountType: 'S',
      GLAccount: '12600000',
      AmountInTransactionCurrency: '200.500',
      NetDueDate: null,
      IsCleared: false,
      Supplier: '',
    },
  ]);
});

test('purchase orders are OData V4', async () => {
  const { list, get, people, supplier } = await play({ switches: { serverPageSize: 1 } });
  const item = { text: 'Strings', quantity: '10', unit: 'EA', netAmount: '500.00' };
  people.addPurchaseOrder({ companyCode: '1710', supplier, items: [item, { ...item, text: 'Bows' }] });
  const query = { $filter: "PurchaseOrder eq '4500000101'", $orderby: 'PurchaseOrderItem', $count: 'true' };
  const { rows, json } = await list(`${ordersPath}/PurchaseOrderItem`, query);
  expect(rows).toMatchObject([
    {
      PurchaseOrder: '4500000101',
      PurchaseOrderItem: '00010',
      PurchaseOrderItemText: 'Strings',
      OrderQuantity: 10,
      NetAmount: 500,
      SAP__Messages: [],
    },
  ]);
  expect(json).toMatchObject({
    '@odata.count': 2,
    '@odata.nextLink': expect.stringContaining('$skiptoken=1'),
  });
  const text = await get(`${ordersPath}/PurchaseOrderItem?$expand=_PurchaseOrder`, {
    accept: 'application/json;IEEE754Compatible=true',
  });
  expect(at(text.json, 'value.0')).toMatchObject({
    NetAmount: '500.000',
    _PurchaseOrder: { Supplier: supplier },
  });
  const refused = await get(`${ordersPath}/PurchaseOrderItem?${encoded({ $filter: 'Nothing eq 1' })}`);
  expect(refused.json).toMatchObject({
    error: { message: expect.stringContaining('Nothing'), details: [{}] },
  });
  expect((await get(`${ordersPath}/PurchaseOrderItem?$inlinecount=allpages`)).status).toBe(400);
});

test('the world moves only before a list of invoices', async () => {
  let moves = 0;
  const { get, list, postInvoice } = await play({ beforeInvoicePoll: () => (moves += 1) });
  const { supplierInvoice, fiscalYear } = postInvoice();
  await get(`${invoices}(SupplierInvoice='${supplierInvoice}',FiscalYear='${fiscalYear}')`);
  await get(`${invoicesPath}/`);
  await list(`${invoicesPath}/A_SupplierInvoiceTax`);
  expect(moves).toBe(0);
  await list(invoices);
  expect(moves).toBe(1);
});

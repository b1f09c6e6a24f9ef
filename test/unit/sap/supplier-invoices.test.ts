import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromMinor, sum } from '../../../lib/money.ts';
import { seededRandom } from '../../../lib/random.ts';
import { createSap } from '../../../lib/sap/create-sap.ts';
import type { InvoiceQuery } from '../../../lib/sap/sap.ts';
import { answering, asked, basicSecret, clockAt, json, recordingObserve, secretsOf } from './doors.ts';
import { glItem, invoiceRow, list, many, purchaseOrderItem, type Row, share } from './invoice-rows.ts';

function sapWith(answer: Parameters<typeof answering>[0]) {
  const { http, requests } = answering(answer);
  const clock = clockAt('2026-11-24T05:00:00Z');
  const sap = createSap({
    http,
    clock,
    random: seededRandom(1),
    observe: recordingObserve(),
    secrets: secretsOf(basicSecret),
  });
  return { sap, requests };
}

const query: InvoiceQuery = {
  changeStamp: 'SuplrInvcLstChgDteTmeTxt',
  companyCodes: ['1710', '1720'],
  after: { stamp: '20261121000000', supplierInvoice: '', fiscalYear: '' },
  reReadDays: 7,
};

async function read(row: Row) {
  const { sap } = sapWith(() => json(list([row])));
  const [invoice] = (await sap.invoicesChangedSince(query)).invoices;
  if (invoice === undefined) throw new Error('no invoice');
  return invoice;
}

const total = (invoice: Awaited<ReturnType<typeof read>>) =>
  sum(
    [...invoice.lines, ...invoice.taxes].map((each) => each.amount),
    invoice.currency,
  );

describe('an invoice', () => {
  it('is read with all its lines, absent values left out', async () => {
    expect(await read(invoiceRow())).toEqual({
      key: { companyCode: '1710', supplierInvoice: '5105600101', fiscalYear: '2026' },
      changeStamp: '20261121093012.1234560',
      status: '5',
      supplier: '17300001',
      reference: 'INV-4711',
      isCreditMemo: false,
      documentDate: '2026-11-20',
      postingDate: '2026-11-21',
      creationDate: '2026-11-21',
      currency: 'USD',
      grossAmount: '1200.50',
      headerText: 'Office chairs',
      accountingDocumentType: 'RE',
      paymentTerms: 'NT30',
      payableAccount: '21100000',
      lines: [
        {
          kind: 'purchase-order',
          item: '000001',
          share: '0001',
          amount: '600.00',
          glAccount: '61008000',
          costCenter: '17101101',
          profitCenter: 'YB101',
          taxCode: 'I1',
          purchaseOrder: '4500000101',
          purchaseOrderItem: '00010',
          quantity: '6.5',
          unit: 'PC',
        },
        {
          kind: 'purchase-order',
          item: '000001',
          share: '0002',
          amount: '200.00',
          glAccount: '61008000',
          costCenter: '17101902',
          profitCenter: 'YB101',
          taxCode: 'I1',
          purchaseOrder: '4500000101',
          purchaseOrderItem: '00010',
          quantity: '6.5',
          unit: 'PC',
        },
        {
          kind: 'gl-account',
          item: '0001',
          share: '',
          amount: '300.50',
          glAccount: '61003000',
          costCenter: '17101902',
          profitCenter: 'YB101',
          internalOrder: '900001',
          taxCode: 'I1',
          text: 'Delivery',
        },
      ],
      taxes: [{ taxCode: 'I1', amount: '100.00' }],
      withholdingTaxes: [],
    });
  });

  it('keeps what is optional when it is there', async () => {
    const invoice = await read(
      invoiceRow({
        AlternativePayeePayer: '0017300002',
        PaymentBlockingReason: 'R',
        PaymentMethod: 'T',
        ReverseDocument: '5105600102',
        ReverseDocumentFiscalYear: '2026',
        InvoiceReference: '5105600001',
        InvoiceReferenceFiscalYear: '2025',
        SupplierInvoiceStatus: 'Z',
        to_SupplierInvoiceWhldgTax: many(
          {
            WithholdingTaxType: '42',
            WithholdingTaxCode: '07',
            WithholdingTaxBaseAmount: '1000.000',
            ManuallyEnteredWhldgTaxAmount: '0.000',
            WhldgTaxIsEnteredManually: false,
          },
          {
            WithholdingTaxType: '43',
            WithholdingTaxCode: '01',
            WithholdingTaxBaseAmount: '1000.000',
            ManuallyEnteredWhldgTaxAmount: '24.000',
            WhldgTaxIsEnteredManually: true,
          },
        ),
      }),
    );
    expect(invoice).toMatchObject({
      alternativePayee: '17300002',
      paymentBlock: 'R',
      paymentMethod: 'T',
      status: 'Z',
      reversedBy: { supplierInvoice: '5105600102', fiscalYear: '2026' },
      originalInvoice: { supplierInvoice: '5105600001', fiscalYear: '2025' },
      withholdingTaxes: [
        { type: '42', code: '07', baseAmount: '1000.00' },
        { type: '43', code: '01', baseAmount: '1000.00', manualAmount: '24.00' },
      ],
    });
  });

  it('does without the fields of other releases', async () => {
    const row = invoiceRow();
    for (const name of [
      'AlternativePayeePayer',
      'ReconciliationAccount',
      'SuplrInvcLstChgDteTmeTxt',
      'CreationDate',
    ])
      delete row[name];
    expect(await read(row)).toMatchObject({ changeStamp: '', postingDate: '2026-11-21' });
  });

  const unread = { to_SupplierInvoiceItemGLAcct: { __deferred: { uri: '…' } } };

  it.each<[string, object, RegExp]>([
    ['items were not read', unread, /to_SupplierInvoiceItemGLAcct/],
    ['document date is missing', { DocumentDate: null }, /DocumentDate/],
    ['currency has more decimals than is known', { InvoiceGrossAmount: '1.23456' }, /more decimals/],
    ['currency is none', { DocumentCurrency: 'US-D' }, /not a currency code/],
  ])('whose %s comes with its key and the reason beside the others, never in part', async (_, odd, why) => {
    const row = invoiceRow({ ...odd, SupplierInvoice: '5105600100' });
    const { sap } = sapWith(() => json(list([row, invoiceRow()])));
    const { invoices, unreadable } = await sap.invoicesChangedSince(query);
    expect(invoices.map(({ key }) => key.supplierInvoice)).toEqual(['5105600101']);
    expect(unreadable).toMatchObject([
      { key: { supplierInvoice: '5105600100' }, unreadable: expect.stringMatching(why) },
    ]);
    const { sap: again } = sapWith(() => json(list([row])));
    const keys = [{ companyCode: '1710', supplierInvoice: '5105600100', fiscalYear: '2026' }];
    await expect(again.invoices(keys)).rejects.toMatchObject({ code: 'INVOICE_NOT_READABLE' });
  });

  it('is no single odd one where none of a page can be read', async () => {
    const { sap } = sapWith(() => json(list([invoiceRow(unread), invoiceRow(unread)])));
    await expect(sap.invoicesChangedSince(query)).rejects.toThrow('to_SupplierInvoiceItemGLAcct');
  });
});

describe('lines', () => {
  it('is one line for an item without account assignment', async () => {
    const invoice = await read(
      invoiceRow({
        to_SuplrInvcItemPurOrdRef: many(purchaseOrderItem({ SupplierInvoiceItemText: 'Chairs' })),
      }),
    );
    expect(invoice.lines[0]).toEqual({
      kind: 'purchase-order',
      item: '000001',
      share: '',
      amount: '800.00',
      taxCode: 'I1',
      text: 'Chairs',
      purchaseOrder: '4500000101',
      purchaseOrderItem: '00010',
      quantity: '12',
      unit: 'PC',
    });
  });

  it('counts material, assets, unplanned cost and credits', async () => {
    const invoice = await read(
      invoiceRow({
        to_SuplrInvcItemPurOrdRef: many(),
        to_SupplierInvoiceItemGLAcct: many(
          glItem({ DebitCreditCode: 'H', SupplierInvoiceItemAmount: '50.500', InternalOrder: '' }),
        ),
        to_SuplrInvcItemMaterial: many({
          SupplierInvoiceItem: '000002',
          SupplierInvoiceItemAmount: '900.000',
          DebitCreditCode: 'S',
          Material: 'CHAIR-1',
          TaxCode: 'I1',
          Quantity: '0.000',
          QuantityUnit: 'PC',
        }),
        to_SuplrInvcItemAsset: many({
          SupplierInvoiceItem: '0003',
          SupplierInvoiceItemAmount: '241.000',
          DebitCreditCode: 'S',
          GLAccount: '0016009000',
          MasterFixedAsset: '000000400012',
          TaxCode: 'I1',
        }),
        UnplannedDeliveryCost: '10.000',
        UnplannedDeliveryCostTaxCode: 'I0',
      }),
    );
    expect(invoice.lines.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['gl-account', '-50.50'],
      ['material', '900.00'],
      ['asset', '241.00'],
      ['unplanned-delivery-cost', '10.00'],
    ]);
    expect(invoice.lines[1]).toEqual({
      kind: 'material',
      item: '000002',
      share: '',
      amount: '900.00',
      material: 'CHAIR-1',
      taxCode: 'I1',
      unit: 'PC',
    });
    expect(invoice.lines[2]).toMatchObject({ glAccount: '16009000', text: '400012' });
    expect(total(invoice)).toBe(invoice.grossAmount);
  });

  it.each(['H', 'S'])('are positive in a credit memo whose own lines SAP shows with %s', async (own) => {
    const other = own === 'H' ? 'S' : 'H';
    const invoice = await read(
      invoiceRow({
        SupplierInvoiceIsCreditMemo: 'X',
        InvoiceGrossAmount: '1150.000',
        to_SuplrInvcItemPurOrdRef: many(
          purchaseOrderItem({ to_SupplierInvoiceItmAcctAssgmt: many(share({ DebitCreditCode: own })) }),
        ),
        to_SupplierInvoiceItemGLAcct: many(
          glItem({ SupplierInvoiceItemAmount: '300.000', DebitCreditCode: own }),
          glItem({
            SupplierInvoiceItem: '0002',
            SupplierInvoiceItemAmount: '50.000',
            DebitCreditCode: other,
          }),
        ),
      }),
    );
    expect(invoice.isCreditMemo).toBe(true);
    expect(invoice.lines.map(({ amount }) => amount)).toEqual(['800.00', '300.00', '-50.00']);
    expect(total(invoice)).toBe('1150.00');
  });

  it('sum up to what SAP sent, whatever the signs are', async () => {
    const item = fc.record({
      cents: fc.integer({ min: 1, max: 10_000_000 }),
      code: fc.constantFrom('S', 'H'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(item, { maxLength: 12 }), async (items) => {
        const rows = items.map(({ cents, code }, index) =>
          glItem({
            SupplierInvoiceItem: String(index + 1).padStart(4, '0'),
            SupplierInvoiceItemAmount: `${fromMinor(BigInt(cents), 'USD')}0`,
            DebitCreditCode: code,
          }),
        );
        const invoice = await read(
          invoiceRow({
            to_SuplrInvcItemPurOrdRef: many(),
            to_SupplierInvoiceTax: many(),
            to_SupplierInvoiceItemGLAcct: many(...rows),
          }),
        );
        const meant = items.reduce(
          (left, { cents, code }) => left + BigInt(code === 'S' ? cents : -cents),
          0n,
        );
        expect(total(invoice)).toBe(fromMinor(meant, 'USD'));
      }),
      { numRuns: 50 },
    );
  });

  it('keeps currencies without decimals whole', async () => {
    const invoice = await read(
      invoiceRow({
        DocumentCurrency: 'JPY',
        InvoiceGrossAmount: '880.000',
        to_SuplrInvcItemPurOrdRef: many(purchaseOrderItem()),
        to_SupplierInvoiceItemGLAcct: many(),
        to_SupplierInvoiceTax: many({ TaxCode: 'J1', TaxAmount: '80.000' }),
      }),
    );
    expect([invoice.grossAmount, total(invoice)]).toEqual(['880', '880']);
  });
});

describe('a poll by stamp', () => {
  it('asks for everything after the position, in a stable order, with all items', async () => {
    const { sap, requests } = sapWith(() => json(list([])));
    await sap.invoicesChangedSince({
      ...query,
      after: { stamp: '20261121093012.1234560', supplierInvoice: '5105600101', fiscalYear: '2026' },
    });
    expect(asked(requests[0])).toEqual({
      path: '/sap/opu/odata/sap/API_SUPPLIERINVOICE_PROCESS_SRV/A_SupplierInvoice',
      query: {
        $filter:
          "(CompanyCode eq '1710' or CompanyCode eq '1720') and (SuplrInvcLstChgDteTmeTxt gt '20261121093012.1234560' or (SuplrInvcLstChgDteTmeTxt eq '20261121093012.1234560' and (SupplierInvoice gt '5105600101' or (SupplierInvoice eq '5105600101' and FiscalYear gt '2026'))))",
        $orderby: 'SuplrInvcLstChgDteTmeTxt,SupplierInvoice,FiscalYear',
        $top: '100',
        $expand:
          'to_SuplrInvcItemPurOrdRef/to_SupplierInvoiceItmAcctAssgmt,to_SupplierInvoiceItemGLAcct,to_SuplrInvcItemMaterial,to_SuplrInvcItemAsset,to_SupplierInvoiceTax,to_SupplierInvoiceWhldgTax',
      },
    });
  });

  it('goes on after a full page and ends with a short one', async () => {
    const rows = Array.from({ length: 100 }, (_, index) =>
      invoiceRow({ SupplierInvoice: String(5_105_600_000 + index) }),
    );
    const { sap } = sapWith((_request, count) => json(list(count === 1 ? rows : rows.slice(0, 3))));
    const first = await sap.invoicesChangedSince(query);
    expect(first.next).toEqual({
      stamp: '20261121093012.1234560',
      supplierInvoice: '5105600099',
      fiscalYear: '2026',
    });
    const second = await sap.invoicesChangedSince({ ...query, after: first.next ?? query.after });
    expect(second).toMatchObject({ invoices: { length: 3 } });
    expect(second.next).toBeUndefined();
  });

  it('uses moments where the tenant has them, and does not stumble over fractions that SAP cuts', async () => {
    const moment = '/Date(1795253412123+0000)/';
    const { sap, requests } = sapWith(() => json(list([invoiceRow({ LastChangeDateTime: moment })])));
    const after = { stamp: '2026-11-21T09:30:12.123Z', supplierInvoice: '5105600101', fiscalYear: '2026' };
    const page = await sap.invoicesChangedSince({ ...query, changeStamp: 'LastChangeDateTime', after });
    expect(asked(requests[0]).query.$filter).toContain(
      "LastChangeDateTime gt datetimeoffset'2026-11-21T09:30:12.123Z'",
    );
    expect(page).toEqual({ invoices: [], unreadable: [] });
    const other = await sap.invoicesChangedSince({
      ...query,
      changeStamp: 'LastChangeDateTime',
      after: { ...after, stamp: '' },
    });
    expect(asked(requests[1]).query.$filter).toContain("datetimeoffset'1970-01-01T00:00:00Z'");
    expect(other.invoices[0]?.changeStamp).toBe(new Date(1795253412123).toISOString());
  });

  it('stops rather than to turn in circles', async () => {
    const rows = Array.from({ length: 100 }, () => invoiceRow());
    const { sap } = sapWith(() => json(list(rows)));
    const after = { stamp: '20261121093012.1234560', supplierInvoice: '5105600101', fiscalYear: '2026' };
    await expect(sap.invoicesChangedSince({ ...query, after })).rejects.toThrow('cannot go on');
  });
});

describe('a poll by dates', () => {
  const dates: InvoiceQuery = {
    ...query,
    changeStamp: 'dates',
    after: { stamp: '2026-11-20', supplierInvoice: '', fiscalYear: '' },
  };
  const metadata = (properties: string) => ({
    status: 200,
    headers: {},
    body: `<edmx:Edmx xmlns:edmx="e" xmlns:sap="s"><edmx:DataServices><Schema Namespace="A"><EntityType Name="A_SupplierInvoiceType"><Key><PropertyRef Name="SupplierInvoice"/></Key>${properties}</EntityType></Schema></edmx:DataServices></edmx:Edmx>`,
  });
  const property = (name: string, more = '') => `<Property Name="${name}" Type="Edm.String" ${more}/>`;

  it('reads a window by both dates, page after page by invoice', async () => {
    const rows = Array.from({ length: 100 }, (_, index) =>
      invoiceRow({ SupplierInvoice: String(5_105_600_000 + index) }),
    );
    const { sap, requests } = sapWith(({ url }) =>
      url.endsWith('$metadata')
        ? metadata(property('CreationDate') + property('PostingDate'))
        : json(list(url.includes('gt%20') ? [] : rows)),
    );
    const page = await sap.invoicesChangedSince(dates);
    expect(page.next).toEqual({ stamp: '2026-11-20', supplierInvoice: '5105600099', fiscalYear: '2026' });
    await sap.invoicesChangedSince({ ...dates, after: page.next ?? dates.after });
    const window =
      "(CreationDate ge datetime'2026-11-13T00:00:00' or PostingDate ge datetime'2026-11-13T00:00:00')";
    const [, first, second] = requests.map(asked);
    expect(first?.query).toMatchObject({
      $filter: `(CompanyCode eq '1710' or CompanyCode eq '1720') and ${window}`,
      $orderby: 'SupplierInvoice,FiscalYear',
    });
    expect(second?.query.$filter).toContain(
      `${window} and (SupplierInvoice gt '5105600099' or (SupplierInvoice eq '5105600099' and FiscalYear gt '2026'))`,
    );
    expect(requests).toHaveLength(3);
  });

  it('does without a creation date', async () => {
    const { sap, requests } = sapWith(({ url }) =>
      url.endsWith('$metadata') ? metadata(property('PostingDate')) : json(list([])),
    );
    await sap.invoicesChangedSince({ ...dates, companyCodes: ['1710'] });
    expect(asked(requests[1]).query.$filter).toBe(
      "CompanyCode eq '1710' and PostingDate ge datetime'2026-11-13T00:00:00'",
    );
  });

  it.each([
    ['LastChangeDateTime', property('SuplrInvcLstChgDteTmeTxt') + property('LastChangeDateTime')],
    ['SuplrInvcLstChgDteTmeTxt', property('SuplrInvcLstChgDteTmeTxt', 'sap:updatable="false"')],
    ['dates', property('SuplrInvcLstChgDteTmeTxt', 'sap:filterable="false"')],
    ['dates', property('SuplrInvcLstChgDteTmeTxt', 'sap:sortable="false"')],
    ['dates', property('PostingDate')],
  ])('chooses %s from the metadata', async (stamp, properties) => {
    const { sap, requests } = sapWith(() => metadata(properties));
    await expect(Promise.all([sap.changeStamp(), sap.changeStamp()])).resolves.toEqual([stamp, stamp]);
    expect(requests).toHaveLength(1);
    expect(requests[0]?.headers.accept).toBe('application/xml');
  });

  it('does not guess from metadata that it cannot read', async () => {
    for (const body of ['', '<a', '<edmx:Edmx/>', '<html><title>x</title></html>']) {
      const { sap } = sapWith(() => ({ status: 200, headers: {}, body }));
      await expect(sap.changeStamp()).rejects.toMatchObject({ name: 'UnexpectedAnswer' });
    }
  });
});

describe('given invoices', () => {
  it('are read by their keys', async () => {
    const { sap, requests } = sapWith(() => json(list([invoiceRow()])));
    const found = await sap.invoices([
      { companyCode: '1710', supplierInvoice: '5105600101', fiscalYear: '2026' },
      { companyCode: '1710', supplierInvoice: '5105600102', fiscalYear: '2026' },
    ]);
    expect(found).toHaveLength(1);
    expect(asked(requests[0]).query.$filter).toBe(
      "(SupplierInvoice eq '5105600101' and FiscalYear eq '2026') or (SupplierInvoice eq '5105600102' and FiscalYear eq '2026')",
    );
    expect(await sap.invoices([])).toEqual([]);
    expect(requests).toHaveLength(1);
  });
});

import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../lib/random.ts';
import { createSap } from '../../../lib/sap/create-sap.ts';
import { answering, asked, basicSecret, clockAt, json, recordingObserve, secretsOf } from './doors.ts';
import { list, many, type Row } from './invoice-rows.ts';

function sapWith(answer: Parameters<typeof answering>[0], now = '2026-11-24T05:00:00Z') {
  const { http, requests } = answering(answer);
  const doors = { random: seededRandom(1), observe: recordingObserve(), secrets: secretsOf(basicSecret) };
  return { sap: createSap({ ...doors, http, clock: clockAt(now) }), requests };
}

describe('payable lines', () => {
  const row = {
    OriginalReferenceDocument: '51056001012026',
    CompanyCode: '1710',
    AccountingDocument: '5100000017',
    FiscalYear: '2027',
    AccountingDocumentItem: '001',
    Supplier: '0017300001',
    GLAccount: '0021100000',
    TransactionCurrency: 'USD',
    AmountInTransactionCurrency: '-1200.500',
    NetDueDate: '/Date(1797811200000)/',
    PaymentBlockingReason: 'A',
    PaymentMethod: '',
    IsCleared: true,
    ClearingAccountingDocument: '1500000042',
    ClearingDate: '/Date(1797811200000)/',
    SpecialGLCode: '',
    IsUsedInPaymentTransaction: false,
  };

  it('are found by invoice number and year and keep the sign of SAP', async () => {
    const { sap, requests } = sapWith(() =>
      json(
        list([
          row,
          {
            ...row,
            AccountingDocumentItem: '002',
            NetDueDate: null,
            ClearingDate: null,
            IsCleared: false,
            ClearingAccountingDocument: '',
            PaymentBlockingReason: '',
          },
        ]),
      ),
    );
    const lines = await sap.payableLines([
      { companyCode: '1710', supplierInvoice: '5105600101', fiscalYear: '2026' },
    ]);
    expect(lines).toEqual([
      {
        invoice: { supplierInvoice: '5105600101', fiscalYear: '2026' },
        companyCode: '1710',
        accountingDocument: '5100000017',
        accountingDocumentYear: '2027',
        item: '001',
        supplier: '17300001',
        glAccount: '21100000',
        currency: 'USD',
        amount: '-1200.50',
        netDueDate: '2026-12-21',
        paymentBlock: 'A',
        isCleared: true,
        clearingDocument: '1500000042',
        clearingDate: '2026-12-21',
      },
      expect.objectContaining({ item: '002', isCleared: false }),
    ]);
    expect(lines[1]).not.toHaveProperty('netDueDate');
    expect(asked(requests[0]).query.$filter).toBe(
      "FinancialAccountType eq 'K' and CompanyCode eq '1710' and OriginalReferenceDocument eq '51056001012026'",
    );
  });

  it('of a page of invoices take one call, of many invoices several, none of them long', async () => {
    const { sap, requests } = sapWith(() => json(list([])));
    const keys = Array.from({ length: 100 }, (_, index) => ({
      companyCode: index % 2 ? '1710' : '1720',
      supplierInvoice: String(5_105_600_000 + index),
      fiscalYear: '2026',
    }));
    await sap.payableLines(keys.slice(0, 70));
    expect(requests).toHaveLength(1);
    await sap.payableLines(keys);
    expect(requests).toHaveLength(3);
    for (const { url } of requests) expect(url.length).toBeLessThan(6_000);
    expect(await sap.payableLines([])).toEqual([]);
    expect(requests).toHaveLength(3);
  });
});

describe('suppliers', () => {
  const address = (changes: Row = {}): Row => ({
    BusinessPartner: '17300001',
    AddressID: '1001',
    ValidityStartDate: '/Date(1577836800000+0000)/',
    ValidityEndDate: '/Date(253402300799000+0000)/',
    StreetName: 'Example Street',
    HouseNumber: '12',
    CityName: 'Springfield',
    PostalCode: '12345',
    Region: 'CA',
    Country: 'US',
    to_EmailAddress: many(
      { EmailAddress: 'second@supplier.example', IsDefaultEmailAddress: false },
      { EmailAddress: 'ar@supplier.example', IsDefaultEmailAddress: true },
    ),
    to_PhoneNumber: many({
      PhoneNumber: '555 0100',
      InternationalPhoneNumber: '+15550100',
      IsDefaultPhoneNumber: false,
    }),
    ...changes,
  });
  const partner = (changes: Row = {}): Row => ({
    BusinessPartner: '17300001',
    Supplier: '0017300001',
    BusinessPartnerCategory: '2',
    BusinessPartnerFullName: 'Example Paper Inc.',
    BusinessPartnerName: 'Example Paper',
    BusinessPartnerIsBlocked: false,
    IsMarkedForArchiving: false,
    to_BusinessPartnerBank: { __deferred: { uri: '…' } },
    to_BusinessPartnerAddress: many(address()),
    to_BusinessPartnerTax: many(
      { BPTaxType: 'US2', BPTaxNumber: '12-3456789', BPTaxLongNumber: '' },
      { BPTaxType: 'US3', BPTaxNumber: '', BPTaxLongNumber: '' },
    ),
    to_Supplier: {
      SupplierName: 'Example Paper',
      VATRegistration: '',
      PaymentIsBlockedForSupplier: false,
      PostingIsBlocked: true,
      DeletionIndicator: false,
      AlternativePayeeAccountNumber: '0017300009',
      to_SupplierCompany: many(
        {
          CompanyCode: '1710',
          ReconciliationAccount: '0021100000',
          PaymentBlockingReason: 'A',
          PaymentMethodsList: 'CT',
          AlternativePayee: '',
          Currency: 'USD',
          SupplierIsBlockedForPosting: false,
          DeletionIndicator: false,
        },
        {
          CompanyCode: '1720',
          ReconciliationAccount: '',
          PaymentBlockingReason: '',
          PaymentMethodsList: '',
          AlternativePayee: '0017300008',
          Currency: '',
          SupplierIsBlockedForPosting: true,
          DeletionIndicator: true,
        },
      ),
    },
    ...changes,
  });

  it('are read with everything but bank data', async () => {
    const { sap, requests } = sapWith(() => json(list([partner()])));
    expect(await sap.suppliers(['0017300001', '17300001'])).toEqual([
      {
        supplier: '17300001',
        businessPartner: '17300001',
        name: 'Example Paper Inc.',
        category: 'organization',
        address: {
          street: 'Example Street',
          houseNumber: '12',
          city: 'Springfield',
          postalCode: '12345',
          region: 'CA',
          country: 'US',
        },
        email: 'ar@supplier.example',
        phone: '+15550100',
        taxNumbers: [{ type: 'US2', number: '12-3456789' }],
        paymentBlocked: false,
        postingBlocked: true,
        deletionFlag: false,
        companies: [
          {
            companyCode: '1710',
            payableAccount: '21100000',
            paymentBlock: 'A',
            paymentMethods: 'CT',
            alternativePayee: '17300009',
            currency: 'USD',
            postingBlocked: false,
            deletionFlag: false,
          },
          { companyCode: '1720', alternativePayee: '17300008', postingBlocked: true, deletionFlag: true },
        ],
      },
    ]);
    expect(asked(requests[0]).query).toMatchObject({
      $filter: "Supplier eq '17300001'",
      $expand:
        'to_BusinessPartnerAddress/to_EmailAddress,to_BusinessPartnerAddress/to_PhoneNumber,to_BusinessPartnerTax,to_Supplier/to_SupplierCompany',
    });
  });

  it.each([
    [
      'the only valid one',
      '2026-11-24T05:00:00Z',
      [
        address({ AddressID: '9', ValidityEndDate: '/Date(1767225600000+0000)/', CityName: 'Old Town' }),
        address({ AddressID: '10' }),
      ],
      'Springfield',
    ],
    [
      'the first created of two',
      '2026-11-24T05:00:00Z',
      [address({ AddressID: '10', CityName: 'Branch' }), address({ AddressID: '9' })],
      'Springfield',
    ],
    ['none that begins later', '2019-11-24T05:00:00Z', [address()], undefined],
    [
      'one on its last day',
      '2026-01-01T20:00:00Z',
      [address({ ValidityEndDate: '/Date(1767225600000+0000)/' })],
      'Springfield',
    ],
  ])('have the address of today: %s', async (_what, now, addresses, city) => {
    const { sap } = sapWith(
      () => json(list([partner({ to_BusinessPartnerAddress: many(...addresses) })])),
      now,
    );
    const [supplier] = await sap.suppliers(['17300001']);
    expect(supplier?.address?.city).toBe(city);
  });

  it('may lack supplier data and names', async () => {
    const { sap } = sapWith(() =>
      json(
        list([
          partner({
            to_Supplier: null,
            BusinessPartnerFullName: '',
            IsMarkedForArchiving: true,
            BusinessPartnerCategory: '9',
          }),
        ]),
      ),
    );
    const [supplier] = await sap.suppliers(['17300001']);
    expect(supplier).toMatchObject({
      name: 'Example Paper',
      companies: [],
      deletionFlag: true,
      postingBlocked: false,
    });
    expect(supplier).not.toHaveProperty('category');
  });

  it('of a page take one call', async () => {
    const { sap, requests } = sapWith(() => json(list([])));
    await sap.suppliers(Array.from({ length: 100 }, (_, index) => String(17_300_000 + index)));
    expect(requests).toHaveLength(1);
    expect(requests[0]?.url.length).toBeLessThan(6_000);
  });
});

describe('purchase-order items', () => {
  it('give their texts, each asked for once', async () => {
    const { sap, requests } = sapWith(() =>
      json({
        value: [
          {
            '@odata.etag': 'W/"1"',
            PurchaseOrder: '4500000101',
            PurchaseOrderItem: '00010',
            PurchaseOrderItemText: 'Office chair',
          },
          { PurchaseOrder: '4500000101', PurchaseOrderItem: '00020', PurchaseOrderItemText: '' },
        ],
      }),
    );
    const item = { purchaseOrder: '4500000101', purchaseOrderItem: '00010' };
    expect(await sap.purchaseOrderItemTexts([item, item, { ...item, purchaseOrderItem: '00020' }])).toEqual([
      { ...item, text: 'Office chair' },
    ]);
    expect(asked(requests[0])).toEqual({
      path: '/sap/opu/odata4/sap/api_purchaseorder_2/srvd_a2x/sap/purchaseorder/0001/PurchaseOrderItem',
      query: {
        $filter:
          "(PurchaseOrder eq '4500000101' and PurchaseOrderItem eq '00010') or (PurchaseOrder eq '4500000101' and PurchaseOrderItem eq '00020')",
        $orderby: 'PurchaseOrder,PurchaseOrderItem',
        $select: 'PurchaseOrder,PurchaseOrderItem,PurchaseOrderItemText',
      },
    });
  });
});

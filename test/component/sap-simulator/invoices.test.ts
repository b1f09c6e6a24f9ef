import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allocate, fromMinor, negate, sum } from '../../../lib/money.ts';
import type { InvoiceKey } from '../../../lib/rules/sap-invoices.ts';
import { at, invoicesPath, itemsPath, type Played, partnersPath, play } from './played.ts';

const expand =
  'to_SuplrInvcItemPurOrdRef/to_SupplierInvoiceItmAcctAssgmt,to_SupplierInvoiceItemGLAcct,to_SuplrInvcItemMaterial,to_SuplrInvcItemAsset,to_SupplierInvoiceTax,to_SupplierInvoiceWhldgTax';

async function headerOf({ list }: Played, { supplierInvoice }: InvoiceKey) {
  const query = { $filter: `SupplierInvoice eq '${supplierInvoice}'`, $expand: expand };
  return (await list(`${invoicesPath}/A_SupplierInvoice`, query)).rows[0] ?? {};
}

async function payablesOf({ list }: Played, { supplierInvoice, fiscalYear }: InvoiceKey) {
  const filter = `OriginalReferenceDocument eq '${supplierInvoice}${fiscalYear}' and FinancialAccountType eq 'K'`;
  return (await list(`${itemsPath}/A_OperationalAcctgDocItemCube`, { $filter: filter })).rows;
}

test('all kinds of items add up to the gross amount, and the FI document balances', async () => {
  const played = await play();
  const { people, supplier } = played;
  const order = people.addPurchaseOrder({
    companyCode: '1710',
    supplier,
    items: [{ text: 'Cables', quantity: '5', unit: 'EA', netAmount: '50.00' }],
  });
  const key = played.postInvoice({
    lines: [
      { kind: 'gl-account', glAccount: '61008000', costCenter: '17101301', amount: '100.00' },
      { kind: 'gl-account', glAccount: '61008000', costCenter: '17101301', amount: '-10.00' },
      { kind: 'purchase-order', purchaseOrder: order, purchaseOrderItem: '00010', amount: '50.00' },
      { kind: 'material', material: 'TG11', quantity: '2', unit: 'PC', amount: '20.00' },
      { kind: 'asset', masterFixedAsset: '400012', amount: '30.00' },
    ],
    taxes: [{ taxCode: 'I1', amount: '9.50' }],
    withholdingTaxes: [{ type: '42', code: '07', baseAmount: '100.00', manualAmount: '7.00' }],
    unplannedDeliveryCost: '5.25',
  });
  expect(await headerOf(played, key)).toMatchObject({
    InvoiceGrossAmount: '204.750',
    UnplannedDeliveryCost: '5.250',
    to_SupplierInvoiceItemGLAcct: {
      results: [
        { SupplierInvoiceItem: '0001', SupplierInvoiceItemAmount: '100.000', DebitCreditCode: 'S' },
        { SupplierInvoiceItem: '0002', SupplierInvoiceItemAmount: '10.000', DebitCreditCode: 'H' },
      ],
    },
    to_SuplrInvcItemPurOrdRef: {
      results: [{ SupplierInvoiceItem: '000001', to_SupplierInvoiceItmAcctAssgmt: { results: [] } }],
    },
    to_SuplrInvcItemMaterial: { results: [{ Material: 'TG11', SupplierInvoiceItemAmount: '20.000' }] },
    to_SuplrInvcItemAsset: { results: [{ MasterFixedAsset: '400012', SupplierInvoiceItemAmount: '30.000' }] },
    to_SupplierInvoiceTax: { results: [{ TaxCode: 'I1', TaxAmount: '9.500' }] },
    to_SupplierInvoiceWhldgTax: {
      results: [{ ManuallyEnteredWhldgTaxAmount: '7.000', WhldgTaxIsEnteredManually: true }],
    },
  });
  expect(await payablesOf(played, key)).toMatchObject([
    {
      AmountInTransactionCurrency: '-204.750',
      WithholdingTaxAmount: '7.000',
      NetDueDate: '/Date(1797724800000)/',
    },
  ]);
});

test('a credit memo has positive amounts, credits its items and owes the other way round', async () => {
  const played = await play();
  const original = played.postInvoice();
  const key = played.postInvoice({ creditMemo: true, originalInvoice: original, reference: 'CM-1' });
  expect(await headerOf(played, key)).toMatchObject({
    SupplierInvoiceIsCreditMemo: 'X',
    AccountingDocumentType: 'KG',
    InvoiceGrossAmount: '1200.500',
    InvoiceReference: original.supplierInvoice,
    InvoiceReferenceFiscalYear: '2026',
    to_SupplierInvoiceItemGLAcct: {
      results: [{ SupplierInvoiceItemAmount: '1000.000', DebitCreditCode: 'H' }],
    },
  });
  expect(await payablesOf(played, key)).toMatchObject([
    { AmountInTransactionCurrency: '1200.500', DebitCreditCode: 'S' },
  ]);
});

test('whatever the items, debits equal credits and instalments add up to the gross amount', async () => {
  const played = await play();
  const cents = fc.integer({ min: 1, max: 1_000_000 });
  const property = fc.asyncProperty(
    fc.array(cents, { minLength: 1, maxLength: 5 }),
    fc.boolean(),
    async (amounts, creditMemo) => {
      const texts = amounts.map((minor) => fromMinor(BigInt(minor), 'USD'));
      const key = played.postInvoice({
        creditMemo,
        paymentTerms: 'IN03',
        lines: texts.map((amount) => ({
          kind: 'gl-account',
          glAccount: '61008000',
          costCenter: '17101301',
          amount,
        })),
        taxes: [],
      });
      const gross = sum(texts, 'USD');
      const owed = creditMemo ? gross : negate(gross, 'USD');
      const lines = await payablesOf(played, key);
      expect(lines.map((line) => Number(line.AmountInTransactionCurrency))).toEqual(
        allocate(owed, ['1', '1', '1'], 'USD').map(Number),
      );
    },
  );
  await fc.assert(property, { numRuns: 20 });
});

test('instalments have their own due dates', async () => {
  const played = await play();
  const key = played.postInvoice({ paymentTerms: 'IN03', dueCalculationBaseDate: '2026-11-01' });
  const dates = (await payablesOf(played, key)).map((line) => line.NetDueDate);
  expect(dates).toEqual(
    ['2026-12-01', '2026-12-31', '2027-01-30'].map((day) => `/Date(${Date.parse(day)})/`),
  );
});

test('a block is lifted in the invoice and in FI; in FI only it does not move the stamp, unless switched', async () => {
  const played = await play();
  const { people, clock, sap } = played;
  const blocked = () => played.postInvoice({ paymentBlock: 'R' });
  const [everywhere, fiOnly, switched] = [blocked(), blocked(), blocked()];
  clock.advance(1_000);
  people.releaseBlock(everywhere);
  people.releaseBlock(fiOnly, 'fi-only');
  sap.switches.fiBlockMovesStamp = true;
  people.releaseBlock(switched, 'fi-only');
  const seen = async (key: InvoiceKey) => {
    const header = await headerOf(played, key);
    const [line] = await payablesOf(played, key);
    return [header.SuplrInvcLstChgDteTmeTxt, header.PaymentBlockingReason, line?.PaymentBlockingReason];
  };
  expect(await seen(everywhere)).toEqual(['20261124050001.0000000', '', '']);
  expect(await seen(fiOnly)).toEqual(['20261124050000.0000000', 'R', '']);
  expect(await seen(switched)).toEqual(['20261124050001.0000000', 'R', '']);
  people.setFiBlock(everywhere, 'A');
  expect((await seen(everywhere)).slice(1)).toEqual(['', 'A']);
});

test('a parked invoice has no FI document until it is posted, and keeps its creation date', async () => {
  const played = await play();
  const { people, clock } = played;
  const key = played.postInvoice({ status: 'B' });
  expect([(await headerOf(played, key)).SupplierInvoiceStatus, await payablesOf(played, key)]).toEqual([
    'B',
    [],
  ]);
  const items = {
    lines: [{ kind: 'gl-account', glAccount: '61003000', costCenter: '17101101', amount: '77.00' }],
  } as const;
  people.changeInvoice(key, { items });
  clock.advance(24 * 60 * 60_000);
  await played.signIn();
  people.postParked(key, 5_000);
  expect(await headerOf(played, key)).toMatchObject({
    SupplierInvoiceStatus: '5',
    InvoiceGrossAmount: '77.000',
    CreationDate: `/Date(${Date.parse('2026-11-24')})/`,
    SuplrInvcLstChgDteTmeTxt: '20261125050000.0000000',
  });
  expect(await payablesOf(played, key)).toEqual([]);
  clock.advance(5_000);
  expect(await payablesOf(played, key)).toHaveLength(1);
  expect(() => people.postParked(key)).toThrow('posted already');
  expect(() => people.changeInvoice(key, { items })).toThrow('cannot be changed');
  const other = played.postInvoice({ status: 'A' });
  people.deleteParked(other);
  expect((await headerOf(played, other)).SupplierInvoiceStatus).toBe('2');
});

test('a change of terms, text and reference reaches FI and moves the stamp', async () => {
  const played = await play();
  const key = played.postInvoice();
  played.clock.advance(1_000);
  played.people.changeInvoice(key, {
    reference: 'INV-4712',
    headerText: 'Corrected',
    paymentTerms: 'NT60',
    paymentMethod: 'C',
    paymentBlock: 'A',
    itemTexts: { '0001': 'Project X' },
  });
  expect(await headerOf(played, key)).toMatchObject({
    SupplierInvoiceIDByInvcgParty: 'INV-4712',
    DocumentHeaderText: 'Corrected',
    NetPaymentDays: '60',
    SuplrInvcLstChgDteTmeTxt: '20261124050001.0000000',
    to_SupplierInvoiceItemGLAcct: { results: [{ SupplierInvoiceItemText: 'Project X' }] },
  });
  expect(await payablesOf(played, key)).toMatchObject([
    { NetDueDate: `/Date(${Date.parse('2027-01-19')})/`, PaymentMethod: 'C', PaymentBlockingReason: 'A' },
  ]);
});

test('a reversal fills ReverseDocument, makes the opposite document and clears both', async () => {
  const played = await play();
  const key = played.postInvoice();
  played.clock.advance(1_000);
  const reversal = played.people.reverseInvoice(key);
  expect(await headerOf(played, key)).toMatchObject({
    ReverseDocument: reversal.supplierInvoice,
    ReverseDocumentFiscalYear: '2026',
    IsReversed: true,
    SuplrInvcLstChgDteTmeTxt: '20261124050001.0000000',
  });
  expect(await headerOf(played, reversal)).toMatchObject({
    IsReversal: true,
    SupplierInvoiceIsCreditMemo: 'X',
    ReverseDocument: key.supplierInvoice,
  });
  expect(await payablesOf(played, key)).toMatchObject([{ IsCleared: true, IsReversed: true }]);
  expect(await payablesOf(played, reversal)).toMatchObject([
    { IsCleared: true, AmountInTransactionCurrency: '1200.500' },
  ]);
  expect(() => played.people.reverseInvoice(key)).toThrow('reversed already');
});

test('the switch hides the original in a reversing document', async () => {
  const played = await play({ switches: { reversalNamesOriginal: false } });
  const reversal = played.people.reverseInvoice(played.postInvoice());
  expect((await headerOf(played, reversal)).ReverseDocument).toBe('');
});

test('a payment inside SAP clears the lines and leaves the invoice as it is', async () => {
  const played = await play();
  const key = played.postInvoice();
  played.clock.advance(1_000);
  const payment = played.people.payInSap(key);
  expect(await payablesOf(played, key)).toMatchObject([
    {
      IsCleared: true,
      ClearingAccountingDocument: payment.accountingDocument,
      ClearingDocFiscalYear: '2026',
    },
  ]);
  expect((await headerOf(played, key)).SuplrInvcLstChgDteTmeTxt).toBe('20261124050000.0000000');
  expect(() => played.people.payInSap(key)).toThrow('nothing open');
  expect(() => played.people.reverseInvoice(key)).toThrow('is cleared');
});

test('people cannot post what SAP would not let them post', async () => {
  const { people, postInvoice } = await play();
  expect(() => postInvoice({ companyCode: '1010' })).toThrow('not kept in company code 1010');
  expect(() => postInvoice({ supplier: '1' })).toThrow('Supplier 1 is not kept');
  expect(() => postInvoice({ reference: 'X'.repeat(17) })).toThrow('longer than 16');
  expect(() => postInvoice({ paymentTerms: 'NONE' })).toThrow('not defined');
  people.closePeriod('1710', '2026-11');
  expect(() => postInvoice()).toThrow('closed');
});

test('a supplier with its address of today, and the one it had', async () => {
  const { people, get, clock } = await play();
  const address = { street: 'Main St', city: 'Houston', postalCode: '77002', region: 'TX', country: 'US' };
  const supplier = people.addSupplier({
    name: 'Oak & Co',
    category: 'organization',
    address,
    email: 'ar@oak.example',
    phone: '+1 713 555 0100',
    taxNumbers: [{ type: 'US2', number: '12-3456789' }],
    companies: [{ companyCode: '1710', paymentTerms: 'NT45', alternativePayee: '17300001' }],
  });
  clock.advance(60_000);
  people.changeSupplier(supplier, {
    address: { ...address, street: 'Oak Ave' },
    name: 'Oak and Sons',
    paymentBlocked: true,
  });
  const target = `${partnersPath}/A_BusinessPartner('${supplier}')?$expand=to_BusinessPartnerAddress/to_EmailAddress,to_BusinessPartnerAddress/to_PhoneNumber,to_BusinessPartnerAddress/to_MobilePhoneNumber,to_BusinessPartnerTax,to_Supplier/to_SupplierCompany`;
  const contact = {
    to_EmailAddress: { results: [{ EmailAddress: 'ar@oak.example', IsDefaultEmailAddress: true }] },
    to_PhoneNumber: { results: [{ PhoneNumber: '+1 713 555 0100' }] },
    to_MobilePhoneNumber: { results: [] },
  };
  const changedAt = '/Date(1795496460000+0000)/';
  expect(at((await get(target)).json, 'd')).toMatchObject({
    BusinessPartnerFullName: 'Oak and Sons',
    LastChangeDate: '/Date(1795478400000)/',
    LastChangeTime: 'PT05H01M00S',
    to_BusinessPartnerAddress: {
      results: [
        { StreetName: 'Main St', ValidityEndDate: changedAt, ...contact },
        { StreetName: 'Oak Ave', ValidityStartDate: changedAt, ...contact },
      ],
    },
    to_BusinessPartnerTax: { results: [{ BPTaxType: 'US2', BPTaxNumber: '12-3456789' }] },
    to_Supplier: {
      SupplierName: 'Oak and Sons',
      PaymentIsBlockedForSupplier: true,
      to_SupplierCompany: {
        results: [{ ReconciliationAccount: '21100000', PaymentTerms: 'NT45', AlternativePayee: '17300001' }],
      },
    },
  });
  expect(() => people.addSupplier({ supplier, name: 'Twice', companies: [] })).toThrow('exists already');
});

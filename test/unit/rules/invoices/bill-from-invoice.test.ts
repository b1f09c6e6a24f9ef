import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sum } from '../../../../lib/money.ts';
import type { NewBill } from '../../../../lib/rules/bill-documents.ts';
import { billsFromInvoice, vendorCurrencyProblem } from '../../../../lib/rules/invoices/bill-from-invoice.ts';
import type { PayableLine, SupplierInvoice } from '../../../../lib/rules/sap-invoices.ts';
import { anyInvoice, chart, config, invoice, line, payableLine, refusal } from '../documents.ts';

interface Given {
  readonly invoice?: Partial<SupplierInvoice>;
  readonly payable?: readonly PayableLine[];
  readonly config?: ReturnType<typeof config>;
}

const itemTexts = [{ purchaseOrder: '4500000101', purchaseOrderItem: '00010', text: 'Chairs' }];

/** The one bill of an invoice that is due at once. */
function billFromInvoice(facts: Parameters<typeof billsFromInvoice>[0]): NewBill {
  const [only, ...others] = billsFromInvoice(facts);
  if (only === undefined || others.length > 0) throw new Error(`There are ${others.length + 1} bills.`);
  return only.bill;
}

function make(given: Given = {}) {
  return billFromInvoice({
    invoice: invoice(given.invoice),
    payable: given.payable ?? [payableLine()],
    vendorId: '009EXAMPLE00000001',
    config: given.config ?? config(),
    chart,
    itemTexts,
  });
}

const ownLines = config({ tax: { as: 'own-lines', glAccount: '12600000' } });
const carried = fc.constantFrom('USD', 'EUR', 'JPY');
const allAccounts = [
  ...chart,
  { id: '0caEXAMPLE00000004', name: 'Office', archived: false, number: '65100000' },
];

describe('billFromInvoice', () => {
  it('carries the invoice as BILL wants it', () => {
    expect(make()).toEqual({
      vendorId: '009EXAMPLE00000001',
      invoiceNumber: 'INV-4711',
      invoiceDate: '2026-11-20',
      dueDate: '2026-12-20',
      description: 'SAP 1710/5105600101/2026',
      lines: [
        {
          amount: '1000.00',
          description: 'Consulting March, cost center 17101301',
          chartOfAccountId: '0caEXAMPLE00000001',
        },
        {
          amount: '200.50',
          description: 'Consulting March, cost center 17101302',
          chartOfAccountId: '0caEXAMPLE00000001',
        },
      ],
    });
  });

  it('describes purchase-order lines by order, item, text, quantity and unit', () => {
    const order = {
      kind: 'purchase-order',
      purchaseOrder: '4500000101',
      purchaseOrderItem: '00010',
      quantity: '12',
      unit: 'EA',
    } as const;
    const { text: _, costCenter: __, ...bare } = line({ ...order, amount: '1000.00' });
    const other = line({ ...order, purchaseOrder: '4500000102', amount: '200.50', text: 'Tables' });
    const bill = make({ invoice: { lines: [bare, other] } });
    expect(bill.lines.map((each) => each.description)).toEqual([
      'PO 4500000101/00010, Chairs, 12 EA',
      'PO 4500000102/00010, Tables, 12 EA, cost center 17101301',
    ]);
    expect(bill.purchaseOrderNumber).toBe('4500000101 +1');
    const one = make({ invoice: { lines: [bare, { ...other, purchaseOrder: '4500000101' }] } });
    expect(one.purchaseOrderNumber).toBe('4500000101');
  });

  it('adds up to the gross amount, with tax spread or on its own lines', () => {
    fc.assert(
      fc.property(anyInvoice(carried), fc.constantFrom(config(), ownLines), (facts, configuration) => {
        const bill = billFromInvoice({
          ...facts,
          vendorId: '',
          config: configuration,
          chart: allAccounts,
          itemTexts,
        });
        const { currency, grossAmount } = facts.invoice;
        expect(
          sum(
            bill.lines.map((each) => each.amount),
            currency,
          ),
        ).toBe(grossAmount);
        for (const each of bill.lines) expect(each.amount).toMatch(/[1-9]/);
      }),
    );
  });

  it('changes no sign and drops no line when it spreads tax', () => {
    fc.assert(
      fc.property(anyInvoice(carried), (facts) => {
        const bill = billFromInvoice({
          ...facts,
          vendorId: '',
          config: config(),
          chart: allAccounts,
          itemTexts,
        });
        const lines = facts.invoice.lines.filter((each) => /[1-9]/.test(each.amount));
        expect(bill.lines.map((each) => each.amount.startsWith('-'))).toEqual(
          lines.map((each) => each.amount.startsWith('-')),
        );
      }),
    );
  });

  it('spreads a tax over the lines that carry its code', () => {
    const lines = [
      line({ amount: '100.00' }),
      line({ amount: '50.00' }),
      line({ amount: '40.00', taxCode: 'V0' }),
    ];
    const bill = make({
      invoice: { lines, taxes: [{ taxCode: 'V1', amount: '15.00' }], grossAmount: '205.00' },
      payable: [payableLine({ amount: '-205.00' })],
    });
    expect(bill.lines.map((each) => each.amount)).toEqual(['110.00', '55.00', '40.00']);
  });

  it('spreads a tax whose code no line carries over all lines', () => {
    const lines = [line({ amount: '100.00' }), line({ amount: '50.00', taxCode: 'V2' })];
    const bill = make({
      invoice: { lines, taxes: [{ taxCode: 'V9', amount: '15.00' }], grossAmount: '165.00' },
      payable: [payableLine({ amount: '-165.00' })],
    });
    expect(bill.lines.map((each) => each.amount)).toEqual(['110.00', '55.00']);
  });

  it('puts tax on lines of its own, one per tax, coded like the configured account', () => {
    const bill = make({
      invoice: {
        lines: [line({ amount: '100.00' })],
        taxes: [
          { taxCode: 'V1', amount: '19.00' },
          { taxCode: 'V0', amount: '0.00' },
        ],
        grossAmount: '119.00',
      },
      payable: [payableLine({ amount: '-119.00' })],
      config: ownLines,
    });
    expect(bill.lines[1]).toEqual({
      amount: '19.00',
      description: 'Tax V1',
      chartOfAccountId: '0caEXAMPLE00000003',
    });
    expect(bill.lines).toHaveLength(2);
  });

  it('takes the SAP number where the supplier gave none, and never cuts a number', () => {
    const { reference: _, ...without } = invoice();
    const facts = { payable: [payableLine()], vendorId: '', config: config(), chart, itemTexts };
    expect(billFromInvoice({ ...facts, invoice: without }).invoiceNumber).toBe('5105600101');
    expect(make({ invoice: { reference: '  ' } }).invoiceNumber).toBe('5105600101');
    expect(make({ invoice: { reference: 'x'.repeat(21) } }).invoiceNumber).toHaveLength(21);
    const error = refusal(() => make({ invoice: { reference: 'x'.repeat(22) } }));
    expect(error.code).toBe('INVOICE_NUMBER_TOO_LONG');
    expect(error.sapValues).toMatchObject({ reference: 'x'.repeat(22) });
  });

  it('sums up instalments that are due on one day, and refuses several days or none', () => {
    const half = payableLine({ amount: '-600.25' });
    expect(make({ payable: [half, { ...half, item: '002' }] }).dueDate).toBe('2026-12-20');
    const later = payableLine({ item: '002', amount: '-600.25', netDueDate: '2027-01-20' });
    const byHand = config({ invoices: { severalDueDates: 'exception' } });
    expect(refusal(() => make({ payable: [half, later], config: byHand }))).toMatchObject({
      code: 'SEVERAL_DUE_DATES',
      sapValues: { 'item 001': '2026-12-20: -600.25', 'item 002': '2027-01-20: -600.25' },
    });
    const { netDueDate: _, ...undated } = half;
    expect(refusal(() => make({ payable: [half, undated] })).code).toBe('DUE_DATE_MISSING');
    expect(refusal(() => make({ payable: [] })).code).toBe('DUE_DATE_MISSING');
  });

  it('passes over down payments', () => {
    const downPayment = payableLine({
      item: '009',
      specialGlCode: 'A',
      amount: '-5.00',
      netDueDate: '2026-01-01',
    });
    expect(make({ payable: [payableLine(), downPayment] }).dueDate).toBe('2026-12-20');
  });

  it.each([
    ['CREDIT_MEMO', { invoice: { isCreditMemo: true } }],
    ['TOTAL_NOT_POSITIVE', { invoice: { grossAmount: '0.00', lines: [] } }],
    ['TOTAL_NOT_POSITIVE', { invoice: { grossAmount: '-1.00' } }],
    ['CURRENCY_NOT_CARRIED', { invoice: { currency: 'KWD', grossAmount: '1.000' } }],
    ['CURRENCY_NOT_CARRIED', { invoice: { currency: 'USDN', grossAmount: '1.00000' } }],
    ['SUMS_DIFFER', { invoice: { grossAmount: '1200.51' } }],
    ['SUMS_DIFFER', { payable: [payableLine({ amount: '-1200.49' })] }],
    ['SUMS_DIFFER', { payable: [payableLine({ currency: 'EUR' })] }],
    ['ITEM_WITHOUT_ACCOUNT', { invoice: { lines: [withoutAccount('1200.50')] } }],
    ['ACCOUNT_NOT_MAPPED', { invoice: { lines: [line({ amount: '1200.50', glAccount: '99' })] } }],
    ['TAX_WITHOUT_BASE', { invoice: { lines: [], taxes: [{ taxCode: 'V1', amount: '1200.50' }] } }],
  ] as [string, Given][])('refuses with %s', (code, given) => {
    const error = refusal(() => make(given));
    expect(error.code).toBe(code);
    expect(error.message).toContain('1710/5105600101/2026');
    expect(error.nextStep).not.toBe('');
  });

  it('shows both values where sums differ', () => {
    const error = refusal(() => make({ invoice: { grossAmount: '1200.51' } }));
    expect(error.sapValues).toMatchObject({ grossAmount: '1200.51 USD', linesAndTaxes: '1200.50' });
    const owed = refusal(() => make({ payable: [payableLine({ amount: '-1200.49' })] }));
    expect(owed.sapValues).toMatchObject({ grossAmount: '1200.50 USD', payable: '1200.49' });
  });

  it('finds every wrong minor unit', () => {
    const cents = fc.integer({ min: 1, max: 500 }).map((each) => (each / 100).toFixed(2));
    fc.assert(
      fc.property(anyInvoice(fc.constant('USD')), cents, (facts, cent) => {
        const grossAmount = sum([facts.invoice.grossAmount, cent], 'USD');
        const given = { ...facts, vendorId: '', config: config(), chart: allAccounts, itemTexts };
        const wrong = { ...facts.invoice, grossAmount };
        expect(refusal(() => billFromInvoice({ ...given, invoice: wrong })).code).toBe('SUMS_DIFFER');
        const payable = [payableLine({ amount: `-${grossAmount}` })];
        expect(refusal(() => billFromInvoice({ ...given, payable })).code).toBe('SUMS_DIFFER');
      }),
    );
  });

  it('lets a withholding of nothing pass', () => {
    const tax = { type: 'W1', code: '07', baseAmount: '1200.50' };
    expect(make({ invoice: { withholdingTaxes: [tax] } }).lines).toHaveLength(2);
  });

  it('uses the configured account for items without one', () => {
    const configuration = config({ accountForItemsWithoutAssignment: '61003000' });
    const bill = make({ invoice: { lines: [withoutAccount('1200.50')] }, config: configuration });
    expect(bill.lines[0]?.chartOfAccountId).toBe('0caEXAMPLE00000002');
  });

  it('names all accounts that are not mapped at once', () => {
    const lines = [
      line({ amount: '1000.00', glAccount: '99000001' }),
      line({ amount: '200.50', glAccount: '99000002' }),
    ];
    const error = refusal(() => make({ invoice: { lines } }));
    expect(error.sapValues).toMatchObject({ glAccounts: '99000001, 99000002' });
    for (const account of ['99000001', '99000002']) expect(error.message).toContain(account);
  });

  it('cuts only a description that is longer than BILL takes', () => {
    const [first] = make({ invoice: { lines: [line({ amount: '1200.50', text: 'x'.repeat(5000) })] } }).lines;
    expect(first?.description).toHaveLength(4000);
  });
});

describe('vendorCurrencyProblem', () => {
  it('refuses a vendor that is paid in another currency', () => {
    const inDollars = { vendorId: '009EXAMPLE', billCurrency: 'USD' };
    expect(vendorCurrencyProblem(invoice(), inDollars)).toBeUndefined();
    expect(vendorCurrencyProblem(invoice(), { vendorId: '009EXAMPLE' })).toBeUndefined();
    expect(vendorCurrencyProblem(invoice({ currency: 'EUR' }), inDollars)).toMatchObject({
      code: 'CURRENCY_DIFFERS',
      billValues: { billCurrency: 'USD' },
    });
  });
});

function withoutAccount(amount: string) {
  const { glAccount: _, costCenter: __, ...rest } = line({ kind: 'purchase-order', amount });
  return rest;
}

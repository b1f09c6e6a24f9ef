import fc from 'fast-check';
import { type ConnectorConfig, connectorConfigSchema } from '../../../lib/config/connector-config.ts';
import { DocumentError } from '../../../lib/errors.ts';
import { fromMinor } from '../../../lib/money.ts';
import type { Bill, ChartOfAccount, NewBill, Payment, Vendor } from '../../../lib/rules/bill-documents.ts';
import type { InvoiceLine, PayableLine, SupplierInvoice } from '../../../lib/rules/sap-invoices.ts';
import type { Supplier } from '../../../lib/rules/sap-suppliers.ts';

/** Example documents, all invented, and arbitrary ones. */

type ConfigInput = Parameters<typeof connectorConfigSchema.parse>[0] & object;

export function config(change: ConfigInput = {}): ConnectorConfig {
  return connectorConfigSchema.parse({
    connection: 'example-us',
    goLiveDate: '2026-10-01',
    companyCodes: [
      { companyCode: '1710', clearingAccounts: [{ fundingAccount: '*', glAccount: '11001080' }] },
    ],
    ...change,
  });
}

export function invoice(change: Partial<SupplierInvoice> = {}): SupplierInvoice {
  return {
    key: { companyCode: '1710', supplierInvoice: '5105600101', fiscalYear: '2026' },
    changeStamp: '20261121093012.1234560',
    status: '5',
    supplier: '17300001',
    reference: 'INV-4711',
    isCreditMemo: false,
    documentDate: '2026-11-20',
    postingDate: '2026-11-21',
    currency: 'USD',
    grossAmount: '1200.50',
    lines: [line({ amount: '1000.00' }), line({ item: '0002', amount: '200.50', costCenter: '17101302' })],
    taxes: [],
    withholdingTaxes: [],
    ...change,
  };
}

export function line(change: Partial<InvoiceLine> = {}): InvoiceLine {
  return {
    kind: 'gl-account',
    item: '0001',
    share: '',
    amount: '100.00',
    glAccount: '61008000',
    costCenter: '17101301',
    profitCenter: 'YB600',
    taxCode: 'V1',
    text: 'Consulting March',
    ...change,
  };
}

export function payableLine(change: Partial<PayableLine> = {}): PayableLine {
  return {
    invoice: { supplierInvoice: '5105600101', fiscalYear: '2026' },
    companyCode: '1710',
    accountingDocument: '5100000042',
    accountingDocumentYear: '2026',
    item: '001',
    supplier: '17300001',
    glAccount: '21100000',
    currency: 'USD',
    amount: '-1200.50',
    netDueDate: '2026-12-20',
    isCleared: false,
    ...change,
  };
}

export const chart: readonly ChartOfAccount[] = [
  { id: '0caEXAMPLE00000001', name: 'Consulting', archived: false, number: '61008000', type: 'EXPENSE' },
  { id: '0caEXAMPLE00000002', name: 'Travel', archived: false, number: '0061003000', type: 'EXPENSE' },
  {
    id: '0caEXAMPLE00000003',
    name: 'Input tax',
    archived: false,
    number: '12600000',
    type: 'OTHER_CURRENT_ASSET',
  },
];

export function supplier(change: Partial<Supplier> = {}): Supplier {
  return {
    supplier: '17300001',
    businessPartner: '17300001',
    name: 'Example Supplies Inc.',
    category: 'organization',
    address: {
      street: 'Sample Street',
      houseNumber: '12',
      city: 'Springfield',
      postalCode: '01101',
      region: 'MA',
      country: 'US',
    },
    email: 'billing@example-supplies.test',
    taxNumbers: [{ type: 'US2', number: '12-3456789' }],
    paymentBlocked: false,
    postingBlocked: false,
    deletionFlag: false,
    companies: [],
    ...change,
  };
}

export function vendor(change: Partial<Vendor> = {}): Vendor {
  return {
    id: '009EXAMPLE00000001',
    name: 'EXAMPLE SUPPLIES, LLC',
    archived: false,
    billCurrency: 'USD',
    createdTime: '2026-01-01T00:00:00.000+00:00',
    updatedTime: '2026-01-01T00:00:00.000+00:00',
    ...change,
  };
}

export function newBill(change: Partial<NewBill> = {}): NewBill {
  return {
    vendorId: '009EXAMPLE00000001',
    invoiceNumber: 'INV-4711',
    invoiceDate: '2026-11-20',
    dueDate: '2026-12-20',
    description: 'SAP 1710/5105600101/2026',
    lines: [
      { amount: '1000.00', description: 'Consulting March', chartOfAccountId: '0caEXAMPLE00000001' },
      { amount: '200.50', description: 'Travel March', chartOfAccountId: '0caEXAMPLE00000002' },
    ],
    ...change,
  };
}

/** The bill as BILL shows it after it was created from `sent`. */
export function billOf(sent: NewBill, change: Partial<Bill> = {}): Bill {
  return {
    ...sent,
    id: '00nEXAMPLE00000001',
    archived: false,
    paymentStatus: 'UNPAID',
    lines: sent.lines.map((each, index) => ({ ...each, id: `bli${index + 1}` })),
    createdTime: '2026-11-24T00:00:00.000+00:00',
    updatedTime: '2026-11-24T00:00:00.000+00:00',
    ...change,
  };
}

export function payment(change: Partial<Payment> = {}): Payment {
  return {
    id: 'stpEXAMPLE0000000001',
    vendorId: '009EXAMPLE00000001',
    vendorName: 'Example Supplies',
    amount: '1200.50',
    billPayments: [{ billId: '00nEXAMPLE00000001', amount: '1200.50', vendorCredits: [] }],
    processDate: '2026-11-23',
    singleStatus: 'CLEARED',
    onlinePayment: true,
    fundingAccount: { type: 'BANK_ACCOUNT', id: 'bacEXAMPLE0000000001' },
    voidInfo: [],
    createdTime: '2026-11-20T00:00:00.000+00:00',
    updatedTime: '2026-11-24T00:00:00.000+00:00',
    ...change,
  };
}

/** The DocumentError that `act` throws; anything else fails the test. */
export function refusal(act: () => unknown): DocumentError {
  try {
    act();
  } catch (error) {
    if (error instanceof DocumentError) return error;
    throw error;
  }
  throw new Error('Nothing was refused.');
}

const rates = new Map([
  ['V0', 0n],
  ['V1', 19n],
  ['V2', 7n],
]);

interface LineDraft {
  readonly minor: bigint;
  readonly glAccount: string;
  readonly costCenter: string | undefined;
  readonly profitCenter: string | undefined;
  readonly taxCode: string;
}

const lineDraft: fc.Arbitrary<LineDraft> = fc.record({
  minor: fc.oneof(
    { weight: 5, arbitrary: fc.bigInt({ min: 1n, max: 3_000_000n }) },
    { weight: 1, arbitrary: fc.bigInt({ min: -20_000n, max: 0n }) },
  ),
  glAccount: fc.constantFrom('61008000', '61003000', '65100000'),
  costCenter: fc.constantFrom('17101301', '17101302', undefined),
  profitCenter: fc.constantFrom('YB600', 'YB700', undefined),
  taxCode: fc.constantFrom(...rates.keys()),
});

/** A consistent invoice: lines of either sign, taxes by code, gross above zero; with its one FI supplier line. */
export function anyInvoice(
  currencies: fc.Arbitrary<string> = fc.constantFrom('USD', 'EUR', 'JPY', 'KWD'),
): fc.Arbitrary<{ invoice: SupplierInvoice; payable: PayableLine[] }> {
  return fc
    .record({
      currency: currencies,
      number: fc.integer({ min: 5_105_600_000, max: 5_105_699_999 }),
      drafts: fc.array(lineDraft, { minLength: 1, maxLength: 12 }),
    })
    .map(({ currency, number, drafts }) => assembled(currency, String(number), drafts))
    .filter(({ invoice: { grossAmount } }) => !grossAmount.startsWith('-') && /[1-9]/.test(grossAmount));
}

function assembled(currency: string, supplierInvoice: string, drafts: readonly LineDraft[]) {
  const taxes = [...rates].map(([taxCode, rate]) => {
    const base = drafts
      .filter((each) => each.taxCode === taxCode)
      .reduce((left, each) => left + each.minor, 0n);
    return { taxCode, minor: (base * rate) / 100n };
  });
  const gross = [...drafts, ...taxes].reduce((left, each) => left + each.minor, 0n);
  const lines: InvoiceLine[] = drafts.map(
    ({ minor, glAccount, costCenter, profitCenter, taxCode }, index) => ({
      kind: 'gl-account',
      item: String(index + 1).padStart(4, '0'),
      share: '',
      amount: fromMinor(minor, currency),
      glAccount,
      taxCode,
      ...(costCenter === undefined ? {} : { costCenter }),
      ...(profitCenter === undefined ? {} : { profitCenter }),
    }),
  );
  const key = { companyCode: '1710', supplierInvoice, fiscalYear: '2026' };
  return {
    invoice: invoice({
      key,
      currency,
      reference: `INV-${supplierInvoice}`,
      grossAmount: fromMinor(gross, currency),
      lines,
      taxes: taxes.map(({ taxCode, minor }) => ({ taxCode, amount: fromMinor(minor, currency) })),
    }),
    payable: [
      payableLine({
        invoice: { supplierInvoice, fiscalYear: '2026' },
        currency,
        amount: fromMinor(-gross, currency),
      }),
    ],
  };
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromMinor, sum, toMinor } from '../../../../lib/money.ts';
import {
  entriesFromPayment,
  type PaidInvoice,
  reversalOf,
} from '../../../../lib/rules/payments/journal-entry.ts';
import { postingShares } from '../../../../lib/rules/payments/posting-shares.ts';
import { referenceCode } from '../../../../lib/rules/reference-code.ts';
import type { JournalEntry } from '../../../../lib/rules/sap-accounting.ts';
import type { SupplierInvoice } from '../../../../lib/rules/sap-invoices.ts';
import { anyInvoice, config, invoice, line, payableLine, payment, refusal } from '../documents.ts';

const clearing = { fundingAccount: '*', glAccount: '11001080' };
const withCostCenter = {
  fundingAccount: 'bacEXAMPLE0000000001',
  glAccount: '11001090',
  takesCostCenter: true,
};
const payableProfile = config();
const originalLines = profile('original-lines');

function profile(postingProfile: string, clearingAccounts: object[] = [clearing]) {
  const companyCodes = ['1710', '2910'].map((companyCode) => ({
    companyCode,
    postingProfile,
    clearingAccounts,
  }));
  return config({ companyCodes });
}

function paid(change: Partial<PaidInvoice> = {}): PaidInvoice {
  return {
    billId: '00nEXAMPLE00000001',
    amount: '1200.50',
    invoice: invoice(),
    payable: [payableLine()],
    supplierPayableAccount: '21100000',
    ...change,
  };
}

function entries(change: Partial<Parameters<typeof entriesFromPayment>[0]> = {}) {
  const facts = { payment: payment(), generation: 1, invoices: [paid()], config: payableProfile };
  return entriesFromPayment({ ...facts, vendorCurrency: 'USD', ...change });
}

function items(entry: JournalEntry) {
  return [...entry.supplierItems, ...entry.glItems];
}

/** One payment for up to 35 invoices of one currency and two company codes, each paid in full or in part. */
const anyPayment = fc.constantFrom('USD', 'JPY', 'KWD').chain((currency) =>
  fc
    .array(
      fc.record({
        facts: anyInvoice(fc.constant(currency)),
        companyCode: fc.constantFrom('1710', '2910'),
        perMille: fc.oneof(fc.constant(1000n), fc.bigInt({ min: 0n, max: 999n })),
      }),
      { minLength: 1, maxLength: 35 },
    )
    .map((all) => {
      const invoices = all.map(({ facts, companyCode, perMille }, index) => {
        const key = { ...facts.invoice.key, companyCode };
        const part = (toMinor(facts.invoice.grossAmount, currency) * perMille) / 1000n;
        return {
          billId: `00n${index}`,
          amount: fromMinor(part, currency),
          ...facts,
          invoice: { ...facts.invoice, key },
        };
      });
      const amount = sum(
        invoices.map((each) => each.amount),
        currency,
      );
      const billPayments = invoices.map(({ billId, amount: part }) => ({
        billId,
        amount: part,
        vendorCredits: [],
      }));
      return {
        payment: payment({ amount, billPayments }),
        generation: 1,
        invoices,
        vendorCurrency: currency,
      };
    }),
);
const anyConfig = fc.constantFrom(
  profile('payable'),
  profile('payable', [withCostCenter, clearing]),
  originalLines,
);
const runs = { numRuns: 60 };

describe('entriesFromPayment', () => {
  it('posts the payable profile: debit the supplier, credit the clearing account share by share', () => {
    const [draft, ...others] = entries();
    expect(others).toEqual([]);
    expect(draft).toEqual({
      companyCode: '1710',
      referenceCode: 'CA8Z705PCMWWBAAE',
      entry: {
        companyCode: '1710',
        documentType: 'KZ',
        documentDate: '2026-11-23',
        postingDate: '2026-11-23',
        currency: 'USD',
        documentReferenceId: 'CA8Z705PCMWWBAAE',
        headerText: 'BILL payment',
        createdByUser: 'MLCONNECTOR',
        reference1: 'STPEXAMPLE0000000001',
        supplierItems: [
          {
            supplier: '17300001',
            amount: '1200.50',
            text: 'INV-4711 paid through BILL',
            assignmentReference: '51056001012026',
          },
        ],
        glItems: [
          {
            glAccount: '11001080',
            amount: '-1000.00',
            profitCenter: 'YB600',
            text: 'G/L 61008000 CC 17101301 INV-4711',
            assignmentReference: '51056001012026',
            reference3: '61008000',
          },
          {
            glAccount: '11001080',
            amount: '-200.50',
            profitCenter: 'YB600',
            text: 'G/L 61008000 CC 17101302 INV-4711',
            assignmentReference: '51056001012026',
            reference3: '61008000',
          },
        ],
      },
    });
  });

  it('posts the original-lines profile: debit the own accounts, credit the clearing account once', () => {
    const [draft] = entries({ config: originalLines });
    expect(draft?.entry.supplierItems).toEqual([]);
    expect(draft?.entry.glItems).toEqual([
      {
        glAccount: '61008000',
        amount: '1000.00',
        costCenter: '17101301',
        profitCenter: 'YB600',
        text: 'INV-4711 paid through BILL',
        assignmentReference: '51056001012026',
      },
      {
        glAccount: '61008000',
        amount: '200.50',
        costCenter: '17101302',
        profitCenter: 'YB600',
        text: 'INV-4711 paid through BILL',
        assignmentReference: '51056001012026',
      },
      { glAccount: '11001080', amount: '-1200.50', text: 'BILL payment stpEXAMPLE0000000001' },
    ]);
  });

  it('takes the cost center to a clearing account that carries one, of the funding account before "*"', () => {
    const [draft] = entries({ config: profile('payable', [clearing, withCostCenter]) });
    expect(draft?.entry.glItems).toMatchObject([
      { glAccount: '11001090', costCenter: '17101301' },
      { glAccount: '11001090', costCenter: '17101302' },
    ]);
    const [other] = entries({
      config: profile('payable', [clearing, withCostCenter]),
      payment: payment({ fundingAccount: { id: 'bacOTHER' } }),
    });
    expect(other?.entry.glItems[0]).toMatchObject({ glAccount: '11001080' });
    expect(other?.entry.glItems[0]).not.toHaveProperty('costCenter');
  });

  it("names the payable account only where it is not the supplier's own", () => {
    const item = (change: Partial<PaidInvoice>) =>
      entries({ invoices: [paid(change)] })[0]?.entry.supplierItems[0];
    expect(item({ supplierPayableAccount: '21200000' })?.alternativePayableAccount).toBe('21100000');
    expect(item({ payable: [], supplierPayableAccount: '21200000' })).not.toHaveProperty(
      'alternativePayableAccount',
    );
    const header = { payable: [], invoice: invoice({ payableAccount: '21300000' }) };
    expect(item(header)?.alternativePayableAccount).toBe('21300000');
    expect(item({})).not.toHaveProperty('alternativePayableAccount');
  });

  it('balances every entry, and pays exactly the payment', () => {
    fc.assert(
      fc.property(anyPayment, anyConfig, (facts, configuration) => {
        const currency = facts.vendorCurrency;
        const drafts = entriesFromPayment({ ...facts, config: configuration });
        const credits = drafts.flatMap(({ entry }) =>
          entry.glItems.filter((each) => each.glAccount.startsWith('110010')),
        );
        expect(
          -toMinor(
            sum(
              credits.map((each) => each.amount),
              currency,
            ),
            currency,
          ),
        ).toBe(toMinor(facts.payment.amount, currency));
        for (const { entry } of drafts) {
          expect(
            toMinor(
              sum(
                items(entry).map((each) => each.amount),
                currency,
              ),
              currency,
            ),
          ).toBe(0n);
        }
      }),
      runs,
    );
  });

  it('gives each company code one entry with exactly its invoices', () => {
    fc.assert(
      fc.property(anyPayment, (facts) => {
        const drafts = entriesFromPayment({ ...facts, config: profile('payable') });
        const live = facts.invoices.filter((each) => /[1-9]/.test(each.amount));
        const codes = [...new Set(live.map((each) => each.invoice.key.companyCode))].sort();
        expect(drafts.map((draft) => draft.companyCode)).toEqual(codes);
        expect(new Set(drafts.map((draft) => draft.referenceCode)).size).toBe(drafts.length);
        for (const { companyCode, entry } of drafts) {
          const own = live.filter((each) => each.invoice.key.companyCode === companyCode);
          expect(entry.supplierItems.map((each) => each.amount).sort()).toEqual(
            own.map((each) => each.amount).sort(),
          );
        }
      }),
      runs,
    );
  });

  it('changes no sign against the share, posts no zero, and keeps to the lengths of SAP', () => {
    fc.assert(
      fc.property(anyPayment, anyConfig, (facts, configuration) => {
        for (const { entry } of entriesFromPayment({ ...facts, config: configuration })) {
          expect(entry.documentReferenceId).toMatch(/^[0-9A-Z]{16}$/);
          expect(entry.headerText.length).toBeLessThanOrEqual(25);
          for (const item of items(entry)) {
            expect(item.amount).toMatch(/[1-9]/);
            expect(item.text?.length ?? 0).toBeLessThanOrEqual(50);
            expect(item.assignmentReference?.length ?? 0).toBeLessThanOrEqual(18);
          }
          for (const item of entry.supplierItems) expect(item.amount).not.toMatch(/^-/);
          for (const item of entry.glItems) expect(item.reference3?.length ?? 0).toBeLessThanOrEqual(20);
        }
      }),
      runs,
    );
    fc.assert(
      fc.property(anyInvoice(), fc.bigInt({ min: 1n, max: 1000n }), ({ invoice: one, payable }, perMille) => {
        const part = (toMinor(one.grossAmount, one.currency) * perMille) / 1000n;
        const amount = fromMinor(part, one.currency);
        const drafts = entriesFromPayment({
          payment: payment({ amount, billPayments: [{ billId: 'b', amount, vendorCredits: [] }] }),
          generation: 1,
          invoices: [{ billId: 'b', amount, invoice: one, payable }],
          config: originalLines,
          vendorCurrency: one.currency,
        });
        const shares = postingShares(one, originalLines);
        for (const { glAccount, costCenter, profitCenter, amount: posted } of drafts[0]?.entry.glItems.slice(
          0,
          -1,
        ) ?? []) {
          const share = shares.find(
            (each) =>
              each.glAccount === glAccount &&
              each.costCenter === costCenter &&
              each.profitCenter === profitCenter,
          );
          expect(share?.amount.startsWith('-')).toBe(posted.startsWith('-'));
        }
      }),
    );
  });

  it('does not depend on the order of invoices, lines or taxes', () => {
    fc.assert(
      fc.property(anyPayment, anyConfig, (facts, configuration) => {
        const turned = facts.invoices.map((each) => ({ ...each, invoice: reversed(each.invoice) })).reverse();
        const billPayments = [...facts.payment.billPayments].reverse();
        const again = { ...facts, invoices: turned, payment: { ...facts.payment, billPayments } };
        expect(entriesFromPayment({ ...again, config: configuration })).toEqual(
          entriesFromPayment({ ...facts, config: configuration }),
        );
      }),
      runs,
    );
  });

  it('has another look-up key for another generation, payment or company code', () => {
    const codes = [
      entries(),
      entries({ generation: 2 }),
      entries({ payment: payment({ id: 'stpEXAMPLE0000000002' }) }),
    ];
    expect(new Set(codes.map(([draft]) => draft?.referenceCode)).size).toBe(3);
  });

  it('keeps the payment id where it fits, never a piece of it', () => {
    const [long] = entries({ payment: payment({ id: 'x'.repeat(21) }) });
    expect(long?.entry).not.toHaveProperty('reference1');
    const [numbered] = entries({ payment: payment({ transactionNumber: 'P26112301-0000042' }) });
    expect(numbered?.entry.headerText).toBe('BILL P26112301-0000042');
    const [tooLong] = entries({ payment: payment({ transactionNumber: 'x'.repeat(50) }) });
    expect(tooLong?.entry.headerText).toBe('BILL payment');
  });

  it('posts nothing for a payment that moved no money', () => {
    const nothing = payment({
      amount: '0',
      billPayments: [{ billId: '00nEXAMPLE00000001', amount: '0', vendorCredits: [] }],
    });
    expect(entries({ payment: nothing, invoices: [paid({ amount: '0.00' })] })).toEqual([]);
  });

  it.each([
    ['PAYMENT_SUM_DIFFERS', { payment: payment({ amount: '1200.51' }) }],
    ['PAYMENT_SUM_DIFFERS', { invoices: [paid({ amount: '1200.49' })] }],
    ['PAYMENT_SUM_DIFFERS', { invoices: [paid({ billId: '00nOTHER' })] }],
    ['PAYMENT_SUM_DIFFERS', { invoices: [] }],
    ['PAYMENT_SUM_DIFFERS', negativePart()],
    ['PAYMENT_SPLIT_MISSING', { payment: payment({ billPayments: [] }) }],
    ['PAYMENT_AMOUNT_UNUSABLE', fractionOfYen()],
    ['CURRENCY_DIFFERS', { vendorCurrency: 'EUR' }],
    ['COMPANY_CODE_NOT_CONFIGURED', { invoices: [paid({ invoice: inCompany('9999') })] }],
    ['NO_CLEARING_ACCOUNT', { config: profile('payable', [{ ...clearing, fundingAccount: 'bacOTHER' }]) }],
    [
      'SEVERAL_PAYABLE_ACCOUNTS',
      { invoices: [paid({ payable: [payableLine(), payableLine({ glAccount: '2' })] })] },
    ],
    ['ITEM_WITHOUT_ACCOUNT', { config: originalLines, invoices: [paid({ invoice: withoutAccount() })] }],
    ['SUMS_DIFFER', { invoices: [paid({ invoice: invoice({ grossAmount: '1200.51' }) })] }],
    ['TOTAL_NOT_POSITIVE', { invoices: [paid({ invoice: invoice({ grossAmount: '0.00', lines: [] }) })] }],
  ] as [string, Parameters<typeof entries>[0]][])('refuses with %s', (code, change) => {
    const error = refusal(() => entries(change));
    expect(error.code).toBe(code);
    expect(error.nextStep).not.toBe('');
  });

  it('refuses a payment without a process date', () => {
    const { processDate: _, ...undated } = payment();
    expect(refusal(() => entries({ payment: undated })).code).toBe('PAYMENT_DATE_MISSING');
  });

  it('posts items without an account to the clearing account, and debits the configured one', () => {
    const [draft] = entries({ invoices: [paid({ invoice: withoutAccount() })] });
    expect(draft?.entry.glItems).toMatchObject([
      { glAccount: '11001080', amount: '-1200.50', text: 'INV-4711' },
    ]);
    const companyCodes = [
      { companyCode: '1710', postingProfile: 'original-lines', clearingAccounts: [clearing] },
    ];
    const named = config({ companyCodes, accountForItemsWithoutAssignment: '19100000' });
    const [debit] =
      entries({ config: named, invoices: [paid({ invoice: withoutAccount() })] })[0]?.entry.glItems ?? [];
    expect(debit).toMatchObject({ glAccount: '19100000', amount: '1200.50' });
  });
});

describe('reversalOf', () => {
  it('reverses the entry of its generation under a look-up key of its own', () => {
    const posting = {
      generation: 2,
      companyCode: '1710',
      documentType: 'KZ',
      accountingDocument: '1500000042',
      fiscalYear: '2026',
    };
    const facts = { payment: payment(), posting, postingDate: '2026-11-30', config: config() };
    expect(reversalOf(facts)).toEqual({
      companyCode: '1710',
      documentType: 'KZ',
      accountingDocument: '1500000042',
      fiscalYear: '2026',
      postingDate: '2026-11-30',
      reason: '01',
      documentReferenceId: referenceCode(['stpEXAMPLE0000000001', '2', '1710', 'reversal']),
      headerText: 'BILL payment',
      createdByUser: 'MLCONNECTOR',
    });
    expect(reversalOf(facts).documentReferenceId).not.toBe(entries({ generation: 2 })[0]?.referenceCode);
  });
});

function reversed(one: SupplierInvoice): SupplierInvoice {
  return { ...one, lines: [...one.lines].reverse(), taxes: [...one.taxes].reverse() };
}

function inCompany(companyCode: string): SupplierInvoice {
  return invoice({ key: { companyCode, supplierInvoice: '5105600101', fiscalYear: '2026' } });
}

function withoutAccount(): SupplierInvoice {
  const { glAccount: _, costCenter: __, ...rest } = line({ kind: 'purchase-order', amount: '1200.50' });
  return invoice({ lines: [rest] });
}

function negativePart() {
  const parts = [
    { billId: 'a', amount: '1300.50' },
    { billId: 'b', amount: '-100.00' },
  ];
  return {
    payment: payment({ billPayments: parts.map((each) => ({ ...each, vendorCredits: [] })) }),
    invoices: parts.map((each) => paid(each)),
  };
}

function fractionOfYen() {
  const yen = invoice({ currency: 'JPY', grossAmount: '1200', lines: [line({ amount: '1200' })] });
  return { vendorCurrency: 'JPY', invoices: [paid({ invoice: yen, amount: '1200.50' })] };
}

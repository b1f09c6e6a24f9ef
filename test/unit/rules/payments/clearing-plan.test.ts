import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromMinor, sum } from '../../../../lib/money.ts';
import { clearingPlan } from '../../../../lib/rules/payments/clearing-plan.ts';
import type { SupplierLine } from '../../../../lib/rules/sap-accounting.ts';

const line = (changes: Partial<SupplierLine>): SupplierLine => ({
  companyCode: '1710',
  accountingDocument: '5100000001',
  fiscalYear: '2026',
  item: '001',
  supplier: '17300001',
  currency: 'USD',
  amount: '-100.00',
  isCleared: false,
  isReversed: false,
  ...changes,
});

const ours = (amount: string, changes: Partial<SupplierLine> = {}) =>
  line({ accountingDocument: '1500000001', amount, ...changes });

const left = (amount: string, changes: Partial<SupplierLine> = {}) =>
  line({
    accountingDocument: '0200000001',
    item: '002',
    amount,
    refersTo: { accountingDocument: '5100000001', fiscalYear: '2026', item: '001' },
    ...changes,
  });

const clearedBy = (accountingDocument: string) => ({
  isCleared: true,
  clearedBy: { accountingDocument, fiscalYear: '2026' },
});

const documents = (items: readonly { accountingDocument: string; item: string }[]) =>
  items.map((each) => `${each.accountingDocument}/${each.item}`).sort();

describe('what is cleared', () => {
  it('clears an invoice and its payment in full', () => {
    const plan = clearingPlan({ owed: [line({})], ours: [ours('100.00')], referring: [] });
    expect(plan).toMatchObject({ kind: 'clear', completes: false });
    if (plan.kind !== 'clear') throw new Error('It should be cleared.');
    expect(documents(plan.items)).toEqual(['1500000001/001', '5100000001/001']);
    expect(plan.items.every((each) => each.partialAmount === undefined)).toBe(true);
  });

  it('clears a part of the one open line', () => {
    const plan = clearingPlan({ owed: [line({})], ours: [ours('30.00')], referring: [] });
    expect(plan).toMatchObject({
      kind: 'clear',
      items: [
        { accountingDocument: '5100000001', partialAmount: '30.00' },
        { accountingDocument: '1500000001' },
      ],
    });
  });

  it('clears the last part with everything that earlier parts have left', () => {
    const plan = clearingPlan({
      owed: [line({})],
      ours: [ours('60.00', { accountingDocument: '1500000002' })],
      referring: [left('40.00')],
    });
    if (plan.kind !== 'clear') throw new Error('It should be cleared.');
    expect(documents(plan.items)).toEqual(['0200000001/002', '1500000002/001', '5100000001/001']);
  });

  it('takes the very instalment, the earliest of equal ones, and never guesses', () => {
    const owed = [
      line({ item: '001', amount: '-50.00', netDueDate: '2026-12-31' }),
      line({ item: '002', amount: '-50.00', netDueDate: '2026-11-30' }),
      line({ item: '003', amount: '-20.00', netDueDate: '2026-10-31' }),
    ];
    const plan = clearingPlan({ owed, ours: [ours('50.00')], referring: [] });
    if (plan.kind !== 'clear') throw new Error('It should be cleared.');
    expect(documents(plan.items)).toEqual(['1500000001/001', '5100000001/002']);
    expect(clearingPlan({ owed, ours: [ours('30.00')], referring: [] })).toMatchObject({
      kind: 'attend',
      code: 'CLEARING_NOT_CERTAIN',
    });
  });

  it('takes the instalment of each bill where one payment pays several, whatever their sum is like', () => {
    const owed = [
      line({ item: '001', amount: '-100.00', netDueDate: '2026-10-31' }),
      line({ item: '002', amount: '-50.00', netDueDate: '2026-11-30' }),
      line({ item: '003', amount: '-50.00', netDueDate: '2026-12-31' }),
    ];
    const paid = [ours('50.00'), ours('50.00', { item: '002' })];
    const plan = clearingPlan({ owed, ours: paid, referring: [] });
    if (plan.kind !== 'clear') throw new Error('It should be cleared.');
    expect(documents(plan.items)).toEqual([
      '1500000001/001',
      '1500000001/002',
      '5100000001/002',
      '5100000001/003',
    ]);
    const other = [ours('100.00'), ours('30.00', { item: '002' })];
    expect(clearingPlan({ owed, ours: other, referring: [] }).kind).toBe('attend');
  });

  it('takes the very lines of the paid bills where they are known, however others fit', () => {
    const owed = [
      line({ item: '001', amount: '-50.00', netDueDate: '2026-10-31' }),
      line({ item: '002', amount: '-50.00', netDueDate: '2026-11-30' }),
      line({ item: '003', amount: '-30.00', netDueDate: '2026-12-31' }),
      line({ item: '004', amount: '-20.00', netDueDate: '2026-12-31' }),
    ];
    const cleared = (paid: string, items: string[], referring: SupplierLine[] = []) => {
      const fiLines = items.map((item) => `5100000001/2026/${item}`);
      const plan = clearingPlan({ owed, ours: [ours(paid)], referring, fiLines });
      if (plan.kind !== 'clear') throw new Error('It should be cleared.');
      return plan.items.map(({ item, partialAmount = 'all' }) => `${item} ${partialAmount}`);
    };
    expect(cleared('50.00', ['002'])).toEqual(['002 all', '001 all']);
    expect(cleared('50.00', ['003', '004'])).toEqual(['003 all', '004 all', '001 all']);
    expect(cleared('30.00', ['002'])).toEqual(['002 30.00', '001 all']);
    expect(cleared('50.00', ['002'], [left('20.00')])).toEqual(['002 all', '001 all']);
  });

  it('takes no other line in place of one that is cleared already', () => {
    const owed = [line({ item: '001' }), line({ item: '002', ...clearedBy('2000000001') })];
    const fiLines = ['5100000001/2026/002'];
    expect(clearingPlan({ owed, ours: [ours('100.00')], referring: [], fiLines })).toMatchObject({
      kind: 'attend',
      code: 'INVOICE_CLEARED_OTHERWISE',
    });
  });

  it('completes what became whole after its parts were cleared', () => {
    const plan = clearingPlan({
      owed: [line({})],
      ours: [ours('60.00', clearedBy('0200000002'))],
      referring: [left('40.00'), left('60.00', { accountingDocument: '0200000002' })],
    });
    expect(plan).toMatchObject({ kind: 'clear', completes: true });
  });
});

describe('a document of the same number in another fiscal year', () => {
  const refersTo = { accountingDocument: '5100000001', fiscalYear: '2025', item: '001' };

  it('is not our entry', () => {
    const other = left('40.00', { accountingDocument: '1500000001', fiscalYear: '2025', item: '001' });
    const plan = clearingPlan({ owed: [line({})], ours: [ours('60.00')], referring: [other] });
    expect(plan).toMatchObject({ kind: 'clear', completes: false, items: { length: 3 } });
  });

  it('is not the invoice that a part refers to', () => {
    const owed = [line({ amount: '-50.00' }), line({ item: '002', amount: '-60.00' })];
    const plan = clearingPlan({ owed, ours: [ours('50.00')], referring: [left('10.00', { refersTo })] });
    if (plan.kind !== 'clear') throw new Error('It should be cleared.');
    expect(documents(plan.items)).toEqual(['1500000001/001', '5100000001/001']);
  });

  it('is not what cleared an instalment together with our entry', () => {
    const earlier = { isCleared: true, clearedBy: { accountingDocument: '0200000001', fiscalYear: '2025' } };
    const owed = [line({ amount: '-40.00', ...earlier }), line({ item: '002', amount: '-60.00' })];
    const mine = ours('40.00', clearedBy('0200000001'));
    expect(clearingPlan({ owed, ours: [mine], referring: [] }).kind).toBe('wait');
  });
});

describe('what is not', () => {
  it('is done when both are cleared, when a part has left its trace, or with its instalment', () => {
    const cleared = clearedBy('0200000001');
    expect(clearingPlan({ owed: [line(cleared)], ours: [ours('100.00', cleared)], referring: [] })).toEqual({
      kind: 'done',
      by: ['0200000001'],
    });
    expect(
      clearingPlan({ owed: [line({})], ours: [ours('40.00', cleared)], referring: [left('40.00')] }).kind,
    ).toBe('done');
    const itself = left('40.00', { accountingDocument: '1500000001', item: '001' });
    expect(clearingPlan({ owed: [line({})], ours: [itself], referring: [itself] }).kind).toBe('done');
    const owed = [line({ amount: '-40.00', ...cleared }), line({ item: '002', amount: '-60.00' })];
    expect(clearingPlan({ owed, ours: [ours('40.00', cleared)], referring: [] }).kind).toBe('done');
  });

  it('waits while SAP does not show everything', () => {
    expect(clearingPlan({ owed: [line({})], ours: [], referring: [] }).kind).toBe('wait');
    expect(clearingPlan({ owed: [], ours: [ours('40.00')], referring: [] }).kind).toBe('wait');
    expect(
      clearingPlan({ owed: [line({})], ours: [ours('40.00', clearedBy('0200000001'))], referring: [] }).kind,
    ).toBe('wait');
  });

  it('asks a person when the invoice was cleared by somebody else, or more was paid than is open', () => {
    expect(
      clearingPlan({ owed: [line(clearedBy('2000000001'))], ours: [ours('100.00')], referring: [] }),
    ).toMatchObject({ kind: 'attend', code: 'INVOICE_CLEARED_OTHERWISE' });
    expect(
      clearingPlan({ owed: [line({})], ours: [ours('80.00')], referring: [left('40.00')] }),
    ).toMatchObject({ kind: 'attend', code: 'PAID_MORE_THAN_OPEN' });
  });
});

it('balances whatever is cleared, to the minor unit', () => {
  const currencies = fc.constantFrom('USD', 'JPY', 'KWD');
  const minors = fc.array(fc.bigInt({ min: 1n, max: 10_000_000n }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(currencies, minors, fc.bigInt({ min: 1n, max: 50_000_000n }), (currency, owed, paid) => {
      const lines = owed.map((minor, index) =>
        line({ item: String(index + 1).padStart(3, '0'), currency, amount: fromMinor(-minor, currency) }),
      );
      const mine = ours(fromMinor(paid, currency), { currency });
      const plan = clearingPlan({ owed: lines, ours: [mine], referring: [] });
      if (plan.kind !== 'clear') return;
      const all = [...lines, mine];
      const amounts = plan.items.map((item) => {
        const whole = all.find((each) => documents([each])[0] === documents([item])[0])?.amount ?? '0';
        return item.partialAmount === undefined ? whole : `-${item.partialAmount}`;
      });
      expect(Number(sum(amounts, currency))).toBe(0);
    }),
  );
});

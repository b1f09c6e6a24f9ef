import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eligibility } from '../../../../lib/rules/invoices/eligibility.ts';
import type { PayableLine, SupplierInvoice } from '../../../../lib/rules/sap-invoices.ts';
import { anyInvoice, config, invoice, payableLine } from '../documents.ts';

function judge(
  change: Partial<SupplierInvoice> = {},
  payable: readonly PayableLine[] = [payableLine()],
  configuration = config(),
) {
  return eligibility({ invoice: invoice(change), payable, config: configuration });
}

describe('eligibility', () => {
  it('takes a posted, free, open invoice of a configured company code', () => {
    expect(judge()).toEqual({ kind: 'eligible' });
    fc.assert(
      fc.property(anyInvoice(), (facts) => {
        expect(eligibility({ ...facts, config: config() })).toEqual({ kind: 'eligible' });
      }),
    );
  });

  it('takes credit memos, so that the bill rule can raise them', () => {
    expect(judge({ isCreditMemo: true })).toEqual({ kind: 'eligible' });
  });

  it('leaves other company codes and the time before go-live alone', () => {
    const key = { companyCode: '2910', supplierInvoice: '5105600101', fiscalYear: '2026' };
    expect(judge({ key }).kind).toBe('not-ours');
    expect(judge({ postingDate: '2026-09-30' }).kind).toBe('not-ours');
    expect(judge({ postingDate: '2026-10-01' }).kind).toBe('eligible');
  });

  it('withdraws what was reversed or deleted, whatever else is true of it', () => {
    const reversedBy = { supplierInvoice: '5105600190', fiscalYear: '2026' };
    const others = fc.record({
      status: fc.constantFrom('5', 'A', '?'),
      paymentBlock: fc.constantFrom('R', ''),
      postingDate: fc.constantFrom('2026-01-01', '2026-11-21'),
    });
    fc.assert(
      fc.property(others, fc.boolean(), (change, isCleared) => {
        expect(judge({ ...change, reversedBy }, [payableLine({ isCleared })]).kind).toBe('withdrawn');
      }),
    );
    expect(judge({ status: '2' }).kind).toBe('withdrawn');
  });

  it.each(['1', '3', '4', 'A', 'B', 'C', 'D', 'E'])('keeps status %s back as not posted', (status) => {
    expect(judge({ status })).toMatchObject({ kind: 'kept-back', code: 'NOT_POSTED' });
  });

  it('keeps every status back that it does not know', () => {
    const known = new Set(['1', '2', '3', '4', '5', 'A', 'B', 'C', 'D', 'E']);
    fc.assert(
      fc.property(
        fc.string({ maxLength: 2 }).filter((status) => !known.has(status)),
        (status) => {
          expect(judge({ status })).toMatchObject({ kind: 'kept-back', code: 'STATUS_UNKNOWN' });
        },
      ),
    );
  });

  it('waits for the FI line, and does not take a down payment for it', () => {
    expect(judge({}, [])).toMatchObject({ kind: 'kept-back', code: 'FI_LINE_MISSING' });
    expect(judge({}, [payableLine({ specialGlCode: 'A' })])).toMatchObject({ code: 'FI_LINE_MISSING' });
  });

  it('keeps back a block on any FI line, other than our own; the header is history once there is a line', () => {
    const ours = config({ handOverBlock: 'B' });
    expect(judge({ paymentBlock: 'R' }, [payableLine()])).toEqual({ kind: 'eligible' });
    const lines = [payableLine(), payableLine({ item: '002', paymentBlock: 'A' })];
    expect(judge({}, lines)).toMatchObject({ kind: 'kept-back', code: 'PAYMENT_BLOCKED' });
    expect(judge({}, [payableLine({ paymentBlock: 'B' })], ours).kind).toBe('eligible');
    expect(judge({}, [payableLine({ paymentBlock: 'B' })])).toMatchObject({ code: 'PAYMENT_BLOCKED' });
  });

  it('calls settled what is cleared in SAP, and keeps back what is cleared in part', () => {
    const cleared = payableLine({ isCleared: true, clearingDocument: '2000000007' });
    expect(judge({ paymentBlock: 'A' }, [cleared])).toEqual({
      kind: 'settled',
      reason: 'It is cleared in SAP by 2000000007.',
    });
    expect(judge({}, [cleared, payableLine({ item: '002' })])).toMatchObject({
      code: 'PARTLY_CLEARED_IN_SAP',
    });
  });

  it('asks for a configured payment method, of the FI line before the header', () => {
    const checks = config({ paymentMethods: ['C', 'T'] });
    expect(judge({}, [payableLine()], checks)).toMatchObject({ code: 'PAYMENT_METHOD_NOT_CONFIGURED' });
    expect(judge({ paymentMethod: 'T' }, [payableLine()], checks).kind).toBe('eligible');
    expect(judge({ paymentMethod: 'T' }, [payableLine({ paymentMethod: 'U' })], checks).kind).toBe(
      'kept-back',
    );
    expect(judge({ paymentMethod: 'U' }, [payableLine({ paymentMethod: 'T' })], checks).kind).toBe(
      'eligible',
    );
    expect(judge({ paymentMethod: 'T' })).toMatchObject({ code: 'PAYMENT_METHOD_NOT_CONFIGURED' });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paymentGeneration, paymentStep } from '../../../lib/rules/payment-states.ts';
import { payment } from './documents.ts';

const steps: Record<string, string> = {
  SCHEDULED: 'wait',
  FUNDING_STARTED: 'wait',
  PROCESSED: 'wait',
  SENT: 'wait',
  DELIVERED: 'wait',
  EXPIRING: 'wait',
  VOID_PENDING: 'wait',
  CLEARED: 'post',
  VOIDED: 'reverse',
  FUNDING_FAILED_VOIDED: 'reverse',
  CANCELED: 'reverse',
  DISBURSEMENT_ON_HOLD: 'attend',
  DISBURSEMENT_FAILED_ACTION_NEEDED: 'attend',
  DISBURSEMENT_FAILED_VENDOR_BANK_REJECTED: 'attend',
  FUNDING_FAILED_ACTION_NEEDED: 'attend',
  FUNDS_ESCHEATED: 'attend',
};

describe('paymentStep', () => {
  it.each(Object.entries(steps))('answers %s with "%s"', (singleStatus, step) => {
    expect(paymentStep(payment({ singleStatus })).step).toBe(step);
  });

  it('posts nothing and reverses nothing for a status that it does not know', () => {
    const unknown = fc
      .oneof(fc.string(), fc.constantFrom('cleared', 'CLEARED ', 'CANCELLED', 'PAID'))
      .filter((each) => !(each in steps));
    fc.assert(
      fc.property(
        unknown,
        fc.constantFrom('PAID', 'SCHEDULED', 'VOID', undefined),
        (singleStatus, status) => {
          const step = paymentStep(payment({ singleStatus, ...(status === undefined ? {} : { status }) }));
          expect(step).toMatchObject({ step: 'attend', code: 'PAYMENT_STATUS_UNKNOWN' });
        },
      ),
    );
  });

  it('waits for a payment that is being approved, and asks about one without any status', () => {
    const { singleStatus: _, ...without } = payment();
    expect(paymentStep({ ...without, status: 'APPROVING' }).step).toBe('wait');
    expect(paymentStep(without)).toMatchObject({ code: 'PAYMENT_STATUS_UNKNOWN' });
  });

  it('ignores what was paid outside BILL, whatever its status', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(steps), 'BRAND_NEW'), (singleStatus) => {
        expect(paymentStep(payment({ singleStatus, onlinePayment: false })).step).toBe('ignore');
      }),
    );
  });
});

describe('paymentGeneration', () => {
  it('counts accepted reissues, each once', () => {
    const info = fc.record({
      id: fc.constantFrom('v1', 'v2', 'v3', 'v4'),
      type: fc.constantFrom('VOID_ONLY', 'VOID_AND_CREDIT', 'VOID_AND_REISSUE', 'VOID_AND_REISSUE_VCARD'),
      status: fc.constantFrom('TO_BE_PROCESSED', 'ACCEPTED', 'REJECTED', 'NO_OP', 'ARCHIVED'),
    });
    fc.assert(
      fc.property(fc.uniqueArray(info, { selector: ({ id }) => id }), (voidInfo) => {
        const reissues = voidInfo.filter(
          (each) => each.type.includes('REISSUE') && each.status === 'ACCEPTED',
        );
        expect(paymentGeneration(payment({ voidInfo }))).toBe(1 + reissues.length);
        expect(paymentGeneration(payment({ voidInfo: [...voidInfo, ...voidInfo] }))).toBe(
          1 + reissues.length,
        );
      }),
    );
  });
});

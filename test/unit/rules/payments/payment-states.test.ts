import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  outsidePaymentStep,
  paymentGeneration,
  paymentStep,
  type Standing,
  standingOf,
} from '../../../../lib/rules/payments/payment-states.ts';
import { paymentStatesPage } from '../../../../lib/rules/payments/payment-states-page.ts';
import { paysItsBills, statusRows } from '../../../../lib/rules/payments/payment-status-rows.ts';
import { payment } from '../documents.ts';

const standings: Standing[] = ['nothing', 'posted', 'reversed'];

/** By hand from the BILL dossier §7.3: with nothing posted, with the entry posted. */
const steps: Record<string, readonly [nothing: string, posted: string]> = {
  SCHEDULED: ['wait', 'PAYMENT_WENT_BACK'],
  FUNDING_STARTED: ['wait', 'PAYMENT_WENT_BACK'],
  PROCESSED: ['wait', 'PAYMENT_WENT_BACK'],
  SENT: ['wait', 'PAYMENT_WENT_BACK'],
  DELIVERED: ['wait', 'PAYMENT_WENT_BACK'],
  EXPIRING: ['wait', 'PAYMENT_WENT_BACK'],
  VOID_PENDING: ['wait', 'keep'],
  CLEARED: ['post', 'post'],
  VOIDED: ['reverse', 'reverse'],
  FUNDING_FAILED_VOIDED: ['reverse', 'reverse'],
  CANCELED: ['reverse', 'reverse'],
  DISBURSEMENT_ON_HOLD: ['PAYMENT_ON_HOLD', 'PAYMENT_ON_HOLD'],
  DISBURSEMENT_FAILED_ACTION_NEEDED: ['DISBURSEMENT_FAILED', 'DISBURSEMENT_FAILED'],
  DISBURSEMENT_FAILED_VENDOR_BANK_REJECTED: [
    'DISBURSEMENT_REJECTED_BY_VENDOR_BANK',
    'DISBURSEMENT_REJECTED_BY_VENDOR_BANK',
  ],
  FUNDING_FAILED_ACTION_NEEDED: ['FUNDING_FAILED', 'FUNDING_FAILED'],
  FUNDS_ESCHEATED: ['FUNDS_ESCHEATED', 'FUNDS_ESCHEATED'],
};

/** The step's name, or the code of the exception that it raises. */
function named(step: ReturnType<typeof paymentStep>): string {
  return step.step === 'attend' ? step.code : step.step;
}

describe('the state machine', () => {
  it('has a row for every value that BILL documents, and no other', () => {
    expect(statusRows.map(({ singleStatus }) => singleStatus).sort()).toEqual(Object.keys(steps).sort());
  });

  it.each(Object.entries(steps))('answers %s with %s', (singleStatus, [nothing, posted]) => {
    expect(named(paymentStep(payment({ singleStatus }), 'nothing'))).toBe(nothing);
    expect(named(paymentStep(payment({ singleStatus }), 'posted'))).toBe(posted);
    const reversed = named(paymentStep(payment({ singleStatus }), 'reversed'));
    expect(reversed).toBe(nothing === 'reverse' ? 'reverse' : 'PAYMENT_LIVES_AGAIN');
  });

  it('posts nothing and reverses nothing for a status that it does not know', () => {
    const unknown = fc
      .oneof(fc.string(), fc.constantFrom('cleared', 'CLEARED ', 'CANCELLED', 'PAID'))
      .filter((each) => !(each in steps));
    const status = fc.constantFrom('PAID', 'SCHEDULED', 'VOID', undefined);
    fc.assert(
      fc.property(unknown, status, fc.constantFrom(...standings), (singleStatus, shown, standing) => {
        const step = paymentStep(
          payment({ singleStatus, ...(shown === undefined ? {} : { status: shown }) }),
          standing,
        );
        expect(named(step)).toBe('PAYMENT_STATUS_UNKNOWN');
      }),
    );
  });

  it('waits for a payment that is being approved, whatever it shows, and asks about one without any status', () => {
    const { singleStatus: _, ...without } = payment();
    expect(paymentStep({ ...without, status: 'APPROVING' }, 'nothing').step).toBe('wait');
    expect(paymentStep({ ...without, status: 'APPROVING', singleStatus: 'NEW' }, 'nothing').step).toBe(
      'wait',
    );
    expect(named(paymentStep(without, 'nothing'))).toBe('PAYMENT_STATUS_UNKNOWN');
  });

  it('knows which payments BILL takes their bills for paid with, whoever has the money', () => {
    const paying = [...Object.keys(steps), 'A_VALUE_OF_NEXT_YEAR', undefined].filter((singleStatus) =>
      paysItsBills(singleStatus === undefined ? {} : { singleStatus }),
    );
    expect(paying).toEqual(['CLEARED', 'FUNDING_FAILED_ACTION_NEEDED', 'FUNDS_ESCHEATED']);
  });

  it('is what docs/payment-states.md shows', async () => {
    await expect(paymentStatesPage()).toMatchFileSnapshot('../../../../docs/payment-states.md');
  });
});

describe('outsidePaymentStep', () => {
  const statuses = fc.constantFrom(...Object.keys(steps), 'BRAND_NEW');
  const policies = fc.constantFrom('ignore' as const, 'exception' as const, 'post' as const);

  it('never posts what the connector recorded itself', () => {
    fc.assert(
      fc.property(statuses, policies, fc.constantFrom(...standings), (singleStatus, policy, standing) => {
        const step = outsidePaymentStep(payment({ singleStatus, onlinePayment: false }), standing, {
          isOurs: true,
          policy,
        });
        expect(step.step).toBe('ignore');
      }),
    );
  });

  it('does as the policy says while nothing is posted, and follows BILL once something is', () => {
    const at = (singleStatus: string, standing: Standing, policy: 'ignore' | 'exception' | 'post') =>
      named(outsidePaymentStep(payment({ singleStatus }), standing, { isOurs: false, policy }));
    expect(at('CLEARED', 'nothing', 'ignore')).toBe('ignore');
    expect(at('CLEARED', 'nothing', 'exception')).toBe('PAID_OUTSIDE_BILL');
    expect(at('VOIDED', 'nothing', 'exception')).toBe('ignore');
    expect(at('CLEARED', 'nothing', 'post')).toBe('post');
    expect(at('VOIDED', 'posted', 'ignore')).toBe('reverse');
    expect(at('VOIDED', 'posted', 'post')).toBe('reverse');
  });
});

const voids = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom('v1', 'v2', 'v3', 'v4'),
    type: fc.constantFrom('VOID_ONLY', 'VOID_AND_CREDIT', 'VOID_AND_REISSUE', 'VOID_AND_REISSUE_VCARD'),
    status: fc.constantFrom('TO_BE_PROCESSED', 'ACCEPTED', 'REJECTED', 'NO_OP', 'ARCHIVED'),
  }),
  { selector: ({ id }) => id },
);

describe('paymentGeneration', () => {
  it('counts accepted reissues, each once', () => {
    fc.assert(
      fc.property(voids, (voidInfo) => {
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

  it('never falls behind what is posted', () => {
    expect(paymentGeneration(payment({ voidInfo: [] }), [{ generation: 3 }, { generation: 1 }])).toBe(3);
  });
});

describe('standingOf', () => {
  it('looks at its own generation alone', () => {
    const postings = [{ generation: 1, reversal: {} }, { generation: 2 }];
    expect([1, 2, 3].map((generation) => standingOf(postings, generation))).toEqual([
      'reversed',
      'posted',
      'nothing',
    ]);
  });

  it('is reversed as soon as one of its entries is', () => {
    expect(standingOf([{ generation: 1 }, { generation: 1, reversal: {} }], 1)).toBe('reversed');
  });
});

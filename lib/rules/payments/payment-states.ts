import type { Payment } from '../bill-documents.ts';
import { statusRow } from './payment-status-rows.ts';
import type { PaymentStep, Standing } from './payment-steps.ts';

export type { PaymentStep, Standing } from './payment-steps.ts';

/** A journal entry of the payment, as far as its standing goes. */
interface PostedPart {
  readonly generation: number;
  readonly reversal?: unknown;
}

/**
 * Void and reissue keeps the payment's id (BILL dossier §7.4): every accepted reissue begins a new generation.
 * 1 for a payment that was never reissued; never less than what is posted already.
 */
export function paymentGeneration(payment: Payment, postings: readonly PostedPart[] = []): number {
  const reissues = payment.voidInfo.filter(
    ({ type, status }) => status === 'ACCEPTED' && type.startsWith('VOID_AND_REISSUE'),
  );
  const shown = 1 + new Set(reissues.map(({ id }) => id)).size;
  return Math.max(shown, ...postings.map(({ generation }) => generation));
}

/** How the generation stands in SAP. One reversed entry is enough for `reversed`: the rest follows it. */
export function standingOf(postings: readonly PostedPart[], generation: number): Standing {
  const ofGeneration = postings.filter((posting) => posting.generation === generation);
  if (ofGeneration.some(({ reversal }) => reversal !== undefined)) return 'reversed';
  return ofGeneration.length > 0 ? 'posted' : 'nothing';
}

/**
 * The next step for a payment as BILL shows it now: its row in the state machine (payment-status-rows.ts), by how
 * its generation stands in SAP. A payment that waits for its approval has no `singleStatus` that is known (BILL
 * dossier §7.3); an unknown value asks a person.
 */
export function paymentStep(payment: Payment, standing: Standing): PaymentStep {
  return statusRow(payment).steps[standing];
}

/** What becomes of payments that somebody made outside BILL and recorded there (BILL dossier §7.6). */
export type OutsidePolicy = 'ignore' | 'exception' | 'post';

/**
 * The same for a payment that was recorded in BILL (`onlinePayment` false). One that the connector recorded itself
 * came from SAP and never goes back there; what is posted already follows the state machine whatever the policy.
 */
export function outsidePaymentStep(
  payment: Payment,
  standing: Standing,
  { isOurs, policy }: { readonly isOurs: boolean; readonly policy: OutsidePolicy },
): PaymentStep {
  if (isOurs) return { step: 'ignore', text: 'the connector recorded it for a payment made in SAP' };
  const step = paymentStep(payment, standing);
  if (standing !== 'nothing' || policy === 'post') return step;
  if (policy === 'ignore' || step.step === 'reverse')
    return { step: 'ignore', text: 'it was made outside BILL and only recorded there' };
  return {
    step: 'attend',
    code: 'PAID_OUTSIDE_BILL',
    text: `Payment ${payment.id} was made outside BILL and recorded there; nothing was posted.`,
    nextStep: 'Check that the payment is in SAP, post it there by hand where it is not, then skip this.',
  };
}

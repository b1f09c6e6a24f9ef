import type { Payment } from './bill-documents.ts';

/** What a payment's state in BILL means for SAP. Texts continue a sentence: "BILL says SENT: ${text}". */
export type PaymentStep =
  | { readonly step: 'post' }
  | { readonly step: 'wait'; readonly text: string }
  /** Reverse what was posted; nothing to do where nothing was. */
  | { readonly step: 'reverse'; readonly text: string }
  /** Post nothing, reverse nothing, ask a person; `text` is a sentence. */
  | { readonly step: 'attend'; readonly code: string; readonly text: string; readonly nextStep: string }
  | { readonly step: 'ignore'; readonly text: string };

/** BILL's `singleStatus` (BILL dossier §7.3); its documented list may be incomplete. */
const STEPS: ReadonlyMap<string, PaymentStep> = new Map<string, PaymentStep>([
  ['SCHEDULED', wait('it waits for its process date')],
  ['FUNDING_STARTED', wait('our account is being debited')],
  ['PROCESSED', wait('our account is debited, the vendor is not paid yet')],
  ['SENT', wait('it is on its way to the vendor')],
  ['DELIVERED', wait('it reached the vendor, who has yet to accept or cash it')],
  ['EXPIRING', wait('the vendor has not claimed it and it will soon expire')],
  ['VOID_PENDING', wait('a void was asked for and is not decided yet')],
  ['CLEARED', { step: 'post' }],
  ['VOIDED', reverse('it was voided and the money comes back to us')],
  ['FUNDING_FAILED_VOIDED', reverse('it was voided because our account could not be debited')],
  ['CANCELED', reverse('it was canceled before it was processed')],
  [
    'DISBURSEMENT_ON_HOLD',
    attend(
      'PAYMENT_ON_HOLD',
      'BILL holds the payment back; the vendor has not been paid.',
      'Ask BILL why it is on hold and release or void it there; the connector goes on by itself.',
    ),
  ],
  [
    'DISBURSEMENT_FAILED_ACTION_NEEDED',
    attend(
      'DISBURSEMENT_FAILED',
      'The payment came back to BILL; the vendor has not been paid.',
      'In BILL, choose "void and credit" or "void and reissue"; the connector follows by itself.',
    ),
  ],
  [
    'DISBURSEMENT_FAILED_VENDOR_BANK_REJECTED',
    attend(
      'DISBURSEMENT_REJECTED_BY_VENDOR_BANK',
      "The vendor's bank rejected the payment; the vendor has not been paid.",
      'Have the vendor correct the bank account, then void or reissue the payment in BILL; the connector follows by itself.',
    ),
  ],
  [
    'FUNDING_FAILED_ACTION_NEEDED',
    attend(
      'FUNDING_FAILED',
      'The vendor was paid, but BILL could not debit our account: we owe the money to BILL.',
      'Settle the debt with BILL, by wire as BILL asks. Do not pay the invoice again.',
    ),
  ],
  [
    'FUNDS_ESCHEATED',
    attend(
      'FUNDS_ESCHEATED',
      'The vendor never claimed the payment and the money was handed over to the state; it cannot be voided.',
      'Book it in SAP by hand as your accountants decide, then skip it here.',
    ),
  ],
]);

/**
 * The next step for a payment as BILL shows it now. A payment recorded outside BILL is not ours to post (§7.6). A
 * payment that waits for its approval has no `singleStatus` that is known (§7.3). Anything unknown asks a person.
 */
export function paymentStep(payment: Payment): PaymentStep {
  if (payment.onlinePayment === false) {
    return { step: 'ignore', text: 'it was made outside BILL and only recorded there' };
  }
  const known = STEPS.get(payment.singleStatus ?? '');
  if (known !== undefined) return known;
  if (payment.status === 'APPROVING') return wait('it waits for its approval in BILL');
  const shown = payment.singleStatus ?? payment.status;
  return attend(
    'PAYMENT_STATUS_UNKNOWN',
    shown === undefined
      ? `BILL shows no status for payment ${payment.id}; nothing was posted.`
      : `BILL shows the status "${shown}" for payment ${payment.id}, which the connector does not know; nothing was posted.`,
    'Look at the payment in BILL. Retry when its status has changed, or post it in SAP by hand and skip it here.',
  );
}

/**
 * Void and reissue keeps the payment's id (BILL dossier §7.4): every accepted reissue begins a new generation.
 * 1 for a payment that was never reissued.
 */
export function paymentGeneration(payment: Payment): number {
  const reissues = payment.voidInfo.filter(
    ({ type, status }) => status === 'ACCEPTED' && type.startsWith('VOID_AND_REISSUE'),
  );
  return 1 + new Set(reissues.map(({ id }) => id)).size;
}

function wait(text: string): PaymentStep {
  return { step: 'wait', text };
}

function reverse(text: string): PaymentStep {
  return { step: 'reverse', text };
}

function attend(code: string, text: string, nextStep: string): PaymentStep {
  return { step: 'attend', code, text, nextStep };
}

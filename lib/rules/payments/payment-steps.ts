/** What a payment's state in BILL means for SAP. Texts continue a sentence: "BILL says SENT: ${text}". */
export type PaymentStep =
  /** Post what is not posted yet of this generation. */
  | { readonly step: 'post' }
  /** Nothing is posted and nothing is to be posted yet. */
  | { readonly step: 'wait'; readonly text: string }
  /** The entries stand until BILL decides. */
  | { readonly step: 'keep'; readonly text: string }
  /** Reverse what was posted; nothing to do where nothing was. */
  | { readonly step: 'reverse'; readonly text: string }
  /** Post nothing, reverse nothing, ask a person; `text` is a sentence. */
  | { readonly step: 'attend'; readonly code: string; readonly text: string; readonly nextStep: string }
  | { readonly step: 'ignore'; readonly text: string };

/** How one generation of a payment stands in SAP. */
export type Standing = 'nothing' | 'posted' | 'reversed';

/** One step for each standing. */
export type Steps = Readonly<Record<Standing, PaymentStep>>;

/** Not settled yet. What was posted already, or reversed, cannot be on its way without a reissue. */
export function onItsWay(text: string): Steps {
  return { nothing: { step: 'wait', text }, posted: wentBack, reversed: livesAgain };
}

/** A void was asked for: everything stays as it is until BILL decides. */
export function undecided(text: string): Steps {
  return { nothing: { step: 'wait', text }, posted: { step: 'keep', text }, reversed: livesAgain };
}

export function settled(): Steps {
  return { nothing: { step: 'post' }, posted: { step: 'post' }, reversed: livesAgain };
}

export function undone(text: string): Steps {
  const reverse = { step: 'reverse', text } as const;
  return { nothing: reverse, posted: reverse, reversed: reverse };
}

/** A person decides; what is posted stands until BILL voids the payment. */
export function trouble(code: string, text: string, nextStep: string): Steps {
  const posted = `${text} Its journal entry stands; it is reversed when BILL voids the payment.`;
  return {
    nothing: attend(code, text, nextStep),
    posted: attend(code, posted, nextStep),
    reversed: livesAgain,
  };
}

/** A person decides, the entry included: BILL will not void such a payment. */
export function final(code: string, text: string, nextStep: string): Steps {
  return {
    ...trouble(code, text, nextStep),
    posted: attend(code, `${text} Its journal entry stands.`, nextStep),
  };
}

export function unknown(text: string): Steps {
  const step = attend(
    'PAYMENT_STATUS_UNKNOWN',
    text,
    'Look at the payment in BILL. Retry when its status has changed, or post it in SAP by hand and skip it here.',
  );
  return { nothing: step, posted: step, reversed: step };
}

const wentBack = attend(
  'PAYMENT_WENT_BACK',
  'The payment was cleared and posted; BILL now shows it on its way again, without a reissue. Its journal entry stands.',
  'Look at the payment in BILL: once it is cleared or voided there, the connector follows by itself.',
);

const livesAgain = attend(
  'PAYMENT_LIVES_AGAIN',
  'The payment was voided and its journal entry reversed; BILL now shows it alive again, without a reissue. Nothing was posted.',
  'Look at the payment in BILL. If it was paid after all, post it in SAP by hand and skip it here.',
);

function attend(code: string, text: string, nextStep: string): Extract<PaymentStep, { step: 'attend' }> {
  return { step: 'attend', code, text, nextStep };
}

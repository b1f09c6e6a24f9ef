import { DocumentError, type Facts } from '../../errors.ts';
import { compareDecimals, subtractDecimals, sumDecimals } from '../../money.ts';
import type { BillPayment, Payment } from '../bill-documents.ts';

/** What a payment pays of one bill in money, without the vendor credits that it uses. */
export interface PaymentPart {
  readonly billId: string;
  /** Decimal text in the vendor's currency. */
  readonly amount: string;
}

/**
 * Splits a payment by its `billPayments` (BILL dossier §7.2). Whether BILL counts vendor credits into a part's
 * amount is not documented: the payment's own amount, the money, decides. A payment for one bill needs no split.
 * Throws DocumentError `PAYMENT_SPLIT_MISSING`, or `PAYMENT_SUM_DIFFERS` where the parts add up either way to
 * something else (I3).
 */
export function paymentParts(payment: Payment): PaymentPart[] {
  const { billPayments, amount } = payment;
  if (billPayments.length === 0) return [wholeBill(payment)];
  const asShown = shownParts(payment);
  const withoutCredits = billPayments.map((part) => ({ billId: part.billId, amount: lessCredits(part) }));
  const parts = [asShown, withoutCredits].find((each) => compareDecimals(total(each), amount) === 0);
  if (parts === undefined) throw sumDiffers(payment, asShown);
  return parts;
}

/** The parts as BILL shows them, whatever they add up to; none where it does not say which bills are paid. */
export function shownParts({ billPayments, billId, amount }: Payment): PaymentPart[] {
  if (billPayments.length === 0 && billId !== undefined) return [{ billId, amount }];
  return billPayments.map((part) => ({ billId: part.billId, amount: part.amount }));
}

/** A vendor credit that the payment uses for a bill. It is no money: no entry shows it (BILL dossier §13.15). */
export interface CreditPart {
  readonly billId: string;
  readonly creditId: string;
  /** Decimal text in the vendor's currency. */
  readonly amount: string;
}

/** The bills that the payment names, however little BILL shows of it. */
export function billsOf({ billId, billPayments }: Payment): string[] {
  const named = billPayments.map((part) => part.billId);
  return [...new Set(billId === undefined ? named : [billId, ...named])];
}

export function creditParts({ billPayments }: Payment): CreditPart[] {
  return billPayments.flatMap(({ billId, vendorCredits }) =>
    vendorCredits.map(({ id, amount }) => ({ billId, creditId: id, amount })),
  );
}

/** A DocumentError `PAYMENT_SUM_DIFFERS` that shows the parts beside the payment's amount. */
export function sumDiffers(payment: Payment, parts: readonly PaymentPart[]): DocumentError {
  return new DocumentError({
    code: 'PAYMENT_SUM_DIFFERS',
    message: `Payment ${payment.id} is ${payment.amount}, but its parts add up to ${total(parts)}; nothing was posted.`,
    nextStep:
      'Compare the payment with its bills in BILL. Retry when they agree, or post it in SAP by hand and skip it here.',
    billValues: {
      ...paymentValues(payment),
      ...Object.fromEntries(parts.map((part) => [part.billId, part.amount])),
    },
  });
}

/** The payment's own values, for a person. */
export function paymentValues(payment: Payment): Facts {
  return {
    payment: payment.id,
    vendor: payment.vendorName ?? payment.vendorId,
    amount: payment.amount,
    status: payment.singleStatus ?? payment.status ?? 'none',
  };
}

function wholeBill(payment: Payment): PaymentPart {
  if (payment.billId !== undefined) return { billId: payment.billId, amount: payment.amount };
  throw new DocumentError({
    code: 'PAYMENT_SPLIT_MISSING',
    message: `BILL does not say which bills payment ${payment.id} pays; nothing was posted.`,
    nextStep:
      'Look at the payment in BILL; retry when it shows its bills, or post it in SAP by hand and skip it here.',
    billValues: paymentValues(payment),
  });
}

function lessCredits({ amount, vendorCredits }: BillPayment): string {
  return subtractDecimals(amount, sumDecimals(vendorCredits.map((credit) => credit.amount)));
}

function total(parts: readonly PaymentPart[]): string {
  return sumDecimals(parts.map((part) => part.amount));
}

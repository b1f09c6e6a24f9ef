import type { StoredBill, StoredPayment } from './books.ts';
import { sumOf } from './values.ts';
import { find, type World } from './world.ts';

/** A bill's amounts in cents and its payment status, worked out from what was paid (BILL dossier §5.3). */
export interface BillState {
  readonly amount: number;
  /** Cleared payments and credits applied. */
  readonly paid: number;
  /** Scheduled, not yet cleared. */
  readonly scheduled: number;
  readonly credit: number;
  readonly due: number;
  readonly paymentStatus: 'PAID' | 'UNPAID' | 'PARTIALLY_PAID' | 'SCHEDULED' | 'IN_PROCESS';
  /** A payment is scheduled or posted (§5.4). */
  readonly locked: boolean;
}

/** What a payment means for its bills: money gone for good, money on its way, or nothing. */
export type PaymentEffect = 'paid' | 'on-its-way' | 'none';

export function effectOf({ singleStatus }: StoredPayment): PaymentEffect {
  switch (singleStatus) {
    case 'CLEARED':
    case 'FUNDING_FAILED_ACTION_NEEDED':
    case 'FUNDS_ESCHEATED':
      return 'paid';
    case 'VOIDED':
    case 'CANCELED':
    case 'FUNDING_FAILED_VOIDED':
      return 'none';
    default:
      return 'on-its-way';
  }
}

export function billAmount(bill: StoredBill): number {
  return sumOf(bill.lines.map(({ amount }) => amount));
}

export function billState(world: World, bill: StoredBill): BillState {
  const parts = bill.paymentIds.flatMap((id) => partsOf(find(world.books.payments, id), bill.id));
  const cash = (effect: PaymentEffect) =>
    sumOf(parts.filter((part) => part.effect === effect).map((part) => part.cash));
  const creditOf = (effect: PaymentEffect) =>
    sumOf(parts.filter((part) => part.effect === effect).map((part) => part.credit));
  const direct = sumOf(bill.vendorCredits.map(({ amount }) => amount));
  const amount = billAmount(bill);
  const credit = direct + creditOf('paid') + creditOf('on-its-way');
  const scheduled = cash('on-its-way');
  const paid = cash('paid') + direct + creditOf('paid');
  const live = parts.filter(({ effect }) => effect !== 'none');
  return {
    amount,
    paid,
    scheduled,
    credit,
    due: amount - cash('paid') - scheduled - credit,
    paymentStatus: statusOf(amount, paid, live),
    locked: live.length > 0,
  };
}

interface Part {
  readonly effect: PaymentEffect;
  readonly waits: boolean;
  readonly cash: number;
  readonly credit: number;
}

function partsOf(payment: StoredPayment | undefined, billId: string): Part[] {
  if (payment === undefined) return [];
  const { singleStatus } = payment;
  return payment.splits
    .filter((split) => split.billId === billId)
    .map((split) => ({
      effect: effectOf(payment),
      waits: singleStatus === undefined || singleStatus === 'SCHEDULED',
      cash: split.cash,
      credit: sumOf(split.vendorCredits.map(({ amount }) => amount)),
    }));
}

function statusOf(amount: number, paid: number, live: readonly Part[]): BillState['paymentStatus'] {
  if (paid >= amount) return 'PAID';
  const onTheirWay = live.filter(({ effect }) => effect === 'on-its-way');
  if (onTheirWay.length > 0) return onTheirWay.every(({ waits }) => waits) ? 'SCHEDULED' : 'IN_PROCESS';
  return paid > 0 ? 'PARTIALLY_PAID' : 'UNPAID';
}

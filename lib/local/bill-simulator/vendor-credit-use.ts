import { effectOf } from './bill-state.ts';
import type { CreditUse, StoredBill, StoredVendorCredit } from './books.ts';
import { invalid } from './refusal.ts';
import { sumOf } from './values.ts';
import { find, type World } from './world.ts';

/** Where a credit went, in cents (BILL dossier §6); a payment that came to nothing gives it back. */
export interface AppliedCredit {
  readonly billId: string;
  readonly paymentId?: string;
  readonly amount: number;
}

export function usageOf(world: World, creditId: string): AppliedCredit[] {
  const onBills = Object.values(world.books.bills).flatMap(({ id: billId, vendorCredits }) =>
    vendorCredits.filter(({ id }) => id === creditId).map(({ amount }) => ({ billId, amount })),
  );
  const inPayments = Object.values(world.books.payments)
    .filter((payment) => effectOf(payment) !== 'none')
    .flatMap(({ id: paymentId, splits }) =>
      splits.flatMap(({ billId, vendorCredits }) =>
        vendorCredits
          .filter(({ id }) => id === creditId)
          .map(({ amount }) => ({ billId, paymentId, amount })),
      ),
    );
  return [...onBills, ...inPayments];
}

export function creditAmount(credit: StoredVendorCredit): number {
  return sumOf(credit.lines.map(({ amount }) => amount));
}

/** Throws Refusal unless every credit is the vendor's own and has as much left; what `bill` has of it counts as left. */
export function checkCredits(
  world: World,
  vendorId: string,
  uses: readonly CreditUse[],
  bill?: StoredBill,
): void {
  for (const { id } of uses) {
    const credit = find(world.books.vendorCredits, id);
    if (credit === undefined || credit.archived || credit.vendorId !== vendorId) {
      throw invalid(`vendorCredits: no credit ${id} of this vendor`);
    }
    const elsewhere = usageOf(world, id).filter(
      (use) => use.billId !== bill?.id || use.paymentId !== undefined,
    );
    const left = creditAmount(credit) - sumOf(elsewhere.map(({ amount }) => amount));
    const wanted = uses.filter((use) => use.id === id).map(({ amount }) => amount);
    if (Math.min(...wanted) <= 0 || sumOf(wanted) > left)
      throw invalid(`vendorCredits: credit ${id} has less left`);
  }
}

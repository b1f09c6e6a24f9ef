import { billState } from './bill-state.ts';
import { billById } from './bill-view.ts';
import type { CreditUse, DisbursementType, StoredPayment } from './books.ts';
import { inventedText, newId } from './ids.ts';
import { touchBills } from './payment-life.ts';
import { invalid, notAllowed } from './refusal.ts';
import { sumOf } from './values.ts';
import { checkCredits } from './vendor-credit-use.ts';
import { vendorById } from './vendors.ts';
import type { World } from './world.ts';

/** BILL pays at most so many bills of a vendor in one payment (BILL dossier §7.4). */
const MOST_BILLS = 35;

/** A payment as it is made, online or recorded; amounts in cents. */
export interface NewPayment {
  readonly vendorId: string;
  readonly splits: readonly { billId: string; cash: number; vendorCredits: readonly CreditUse[] }[];
  readonly processDate: string;
  readonly singleStatus: string | undefined;
  readonly onlinePayment: boolean;
  readonly disbursementType: DisbursementType;
  readonly fundingAccountId?: string | undefined;
  /** In US dollars; default: the payment's own amount. */
  readonly fundingAmount?: number | undefined;
  readonly exchangeRate?: string | undefined;
  readonly description?: string | undefined;
  readonly transactionNumber?: string | undefined;
  readonly createdBy: string;
  readonly recorded?: StoredPayment['recorded'];
}

/** Throws Refusal: a bill that is not there, not the vendor's, archived, denied, or paid more than is open. */
export function addPayment(world: World, payment: NewPayment): StoredPayment {
  checkPayment(world, payment);
  const { books, clock } = world;
  const { name } = vendorById(world, payment.vendorId).fields;
  const parts = payment.splits.map(({ billId, cash }) => `${billId} ${cash}`).sort();
  const id = newId(books, 'stp', name, payment.processDate, ...parts);
  const now = clock.now();
  const number = inventedText(books.seed, 'transaction', id).slice(0, 12).toUpperCase();
  const stored: StoredPayment = {
    ...payment,
    transactionNumber: payment.transactionNumber ?? `P${number}`,
    id,
    splits: payment.splits.map((split) => ({
      ...split,
      id: newId(books, 'blp', id, split.billId),
      vendorCredits: [...split.vendorCredits],
    })),
    fundingAmount: payment.fundingAmount ?? sumOf(payment.splits.map(({ cash }) => cash)),
    confirmationNumber: `C${number}`,
    voids: [],
    createdAt: now,
    updatedAt: now,
  };
  books.payments[id] = stored;
  for (const { billId } of stored.splits) {
    const { paymentIds } = billById(world, billId);
    if (!paymentIds.includes(id)) paymentIds.push(id);
  }
  touchBills(world, stored);
  return stored;
}

function checkPayment(world: World, { vendorId, splits }: NewPayment): void {
  const vendor = vendorById(world, vendorId);
  if (splits.length === 0 || splits.length > MOST_BILLS)
    throw invalid(`a payment pays 1 to ${MOST_BILLS} bills`);
  if (splits.length > 1 && vendor.fields.additionalInfo?.combinePayments === false) {
    throw notAllowed(`Payments to ${vendor.fields.name} are not combined.`);
  }
  if (new Set(splits.map(({ billId }) => billId)).size < splits.length)
    throw invalid('a bill is named twice');
  for (const split of splits) checkSplit(world, vendorId, split);
  checkCredits(
    world,
    vendorId,
    splits.flatMap(({ vendorCredits }) => vendorCredits),
  );
}

function checkSplit(world: World, vendorId: string, split: NewPayment['splits'][number]): void {
  const bill = billById(world, split.billId);
  const credit = sumOf(split.vendorCredits.map(({ amount }) => amount));
  if (bill.vendorId !== vendorId) throw invalid(`bill ${bill.id} is another vendor's`);
  if (bill.archived) throw notAllowed(`Bill ${bill.id} is archived.`);
  if (bill.approvalStatus === 'DENIED') throw notAllowed(`Bill ${bill.id} is denied.`);
  if (split.cash < 0 || split.cash + credit <= 0) throw invalid('the amount of a payment must be above zero');
  if (split.cash + credit > billState(world, bill).due) throw notAllowed(`Bill ${bill.id} has less to pay.`);
}

import type { Amount } from '../../money.ts';
import { billById } from './bill-view.ts';
import { addBill, changeBill, checkNewBill, type NewBill } from './bill-writes.ts';
import type { StoredBill, StoredClassification, StoredPayment, StoredSubscription } from './books.ts';
import { addClassification } from './classifications.ts';
import { eventTypes, tellFailedPayment } from './events.ts';
import type { OfficeBill, OfficePayment } from './office.ts';
import { touchBills } from './payment-life.ts';
import { addPayment } from './payment-writes.ts';
import { invalid } from './refusal.ts';
import { addSubscription, subscriptionById } from './subscription-writes.ts';
import { centsOf } from './values.ts';
import { addVendorCredit } from './vendor-credits.ts';
import type { World } from './world.ts';

/** The longer actions of the office: from their words to the books'. */
export function addChartOfAccount(
  world: World,
  { name, number, type = 'EXPENSE' }: { name: string; number?: string; type?: string },
): StoredClassification {
  return addClassification(world, 'chart-of-accounts', { name, account: { type, number } });
}

export function addForeignBill(world: World, bill: OfficeBill): StoredBill {
  const foreign = { ...bill, lines: linesOf(bill.lines) };
  checkNewBill(world, foreign);
  return addBill(world, foreign, clerkOf(world));
}

export function editBill(world: World, billId: string, { lines, ...change }: Partial<OfficeBill>): void {
  const bill = billById(world, billId);
  changeBill(world, bill, { ...bill, ...change, ...(lines && { lines: linesOf(lines) }) });
}

export function decideBill(world: World, billId: string, status: 'APPROVED' | 'DENIED'): void {
  const bill = billById(world, billId);
  const at = world.clock.now();
  bill.approvalStatus = status;
  bill.approvers = [...bill.approvers, { userId: clerkOf(world), status, at }];
  if (world.switches.billUpdatedTimeMovesOnPayment) bill.updatedAt = at;
}

export function addCredit(
  world: World,
  { amount, ...credit }: { vendorId: string; referenceNumber: string; creditDate: string; amount: Amount },
): string {
  return addVendorCredit(world, { ...credit, vendorCreditLineItems: [{ amount: centsOfText(amount) }] }).id;
}

export function applyVendorCredit(world: World, billId: string, id: string, amount: Amount): void {
  const bill = billById(world, billId);
  changeBill(world, bill, {
    ...bill,
    vendorCredits: [...bill.vendorCredits, { id, amount: centsOfText(amount) }],
  });
}

export function pay(world: World, payment: OfficePayment): StoredPayment {
  const { bills, vendorCredits = [], fundingAmount, awaitsApproval, ...rest } = payment;
  return addPayment(world, {
    ...rest,
    vendorId: vendorOf(world, payment),
    splits: bills.map(({ billId, amount }) => ({
      billId,
      cash: centsOfText(amount),
      vendorCredits: vendorCredits
        .filter((use) => use.billId === billId)
        .map((use) => ({ id: use.id, amount: centsOfText(use.amount) })),
    })),
    fundingAmount: fundingAmount === undefined ? undefined : centsOfText(fundingAmount),
    singleStatus: awaitsApproval ? undefined : 'SCHEDULED',
    onlinePayment: true,
    createdBy: clerkOf(world),
  });
}

export function recordOutside(
  world: World,
  { bills, processDate }: { bills: OfficePayment['bills']; processDate: string },
): StoredPayment {
  return addPayment(world, {
    vendorId: billById(world, bills[0]?.billId).vendorId,
    splits: bills.map(({ billId, amount }) => ({ billId, cash: centsOfText(amount), vendorCredits: [] })),
    processDate,
    singleStatus: 'CLEARED',
    onlinePayment: false,
    disbursementType: 'OFFLINE',
    createdBy: clerkOf(world),
  });
}

export function approvePayment(world: World, payment: StoredPayment): void {
  if (payment.singleStatus !== undefined) throw invalid(`payment ${payment.id} does not await approval`);
  payment.singleStatus = 'SCHEDULED';
  payment.updatedAt = world.clock.now();
  touchBills(world, payment);
}

export function failPayment(
  world: World,
  payment: OfficePayment,
  error: { code: string; message: string },
): void {
  tellFailedPayment(world, {
    vendorId: vendorOf(world, payment),
    bills: payment.bills.map(({ billId, amount }) => ({ billId, cents: centsOfText(amount) })),
    transactionNumber: `F${payment.processDate.replaceAll('-', '')}`,
    fundingAccountId: payment.fundingAccountId,
    createdBy: clerkOf(world),
    ...error,
  });
}

const connectorEvents = eventTypes.filter((type) => /^(vendor|bill|payment)\./.test(type));

export function subscribe(
  world: World,
  { name = 'ml-connector', notificationUrl, events = connectorEvents }: SubscriptionWish,
): StoredSubscription {
  return addSubscription(world, {
    name,
    enabled: true,
    events: events.map((type) => ({ type, version: '1' })),
    notificationUrl,
  });
}

export interface SubscriptionWish {
  readonly name?: string;
  /** HTTPS, or this machine itself. */
  readonly notificationUrl: string;
  /** Default: all of vendors, bills and payments. */
  readonly events?: readonly string[];
}

/** One subscription, or all of them. */
export function switchSubscriptions(world: World, enabled: boolean, id?: string): void {
  const subscriptions =
    id === undefined ? Object.values(world.books.subscriptions) : [subscriptionById(world, id)];
  for (const subscription of subscriptions) {
    subscription.enabled = enabled;
    subscription.updatedAt = world.clock.now();
  }
}

/** The person in BILL's web application. */
function clerkOf({ books }: World): string {
  return books.users.find(({ kind }) => kind === 'user')?.id ?? '';
}

function vendorOf(world: World, { bills }: OfficePayment): string {
  return billById(world, bills[0]?.billId).vendorId;
}

function linesOf(lines: OfficeBill['lines']): NewBill['lines'] {
  return lines.map(({ amount, chartOfAccountId, ...line }) => ({
    ...line,
    amount: centsOfText(amount),
    ...(chartOfAccountId && { classifications: { chartOfAccountId } }),
  }));
}

function centsOfText(amount: Amount): number {
  const cents = centsOf(amount);
  if (cents === undefined) throw invalid(`${amount} is no amount`);
  return cents;
}

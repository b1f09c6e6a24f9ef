import type { StoredBill, StoredPayment, StoredVoid, VoidType } from './books.ts';
import { tellPayment } from './events.ts';
import { newUuid } from './ids.ts';
import { notAllowed } from './refusal.ts';
import { find, type World } from './world.ts';

/** The life of a payment by its `singleStatus` (BILL dossier §7.3, §7.4). */
const mainLine = ['SCHEDULED', 'FUNDING_STARTED', 'PROCESSED', 'SENT', 'DELIVERED', 'CLEARED'];
const troubles = [
  'EXPIRING',
  'DISBURSEMENT_ON_HOLD',
  'DISBURSEMENT_FAILED_ACTION_NEEDED',
  'DISBURSEMENT_FAILED_VENDOR_BANK_REJECTED',
  'FUNDING_FAILED_ACTION_NEEDED',
  'FUNDING_FAILED_VOIDED',
  'FUNDS_ESCHEATED',
];
/** Only `cancel` and `voidPayment` lead here. */
const byRequest = ['CANCELED', 'VOID_PENDING', 'VOIDED'];
const AWAITING_APPROVAL = 'awaiting approval';
const ends = ['CANCELED', 'VOIDED', 'FUNDING_FAILED_VOIDED', 'FUNDS_ESCHEATED'];

/**
 * Moves a payment on: forward on the main line, out of trouble, into trouble once it is funded. A value that the
 * dossier does not list is taken too: the documentation's list may be incomplete. Throws Refusal.
 */
export function advance(world: World, payment: StoredPayment, singleStatus: string): void {
  const from = payment.singleStatus ?? AWAITING_APPROVAL;
  if (!mayFollow(from, singleStatus)) {
    throw notAllowed(`Payment ${payment.id} cannot go from ${from} to ${singleStatus}.`);
  }
  moveTo(world, payment, singleStatus);
}

function mayFollow(from: string, to: string): boolean {
  const [here, there] = [mainLine.indexOf(from), mainLine.indexOf(to)];
  if (ends.includes(from) || byRequest.includes(to) || from === 'VOID_PENDING') return false;
  if (from === AWAITING_APPROVAL) return there === 0 || !isListed(to);
  if (there >= 0) return here < there;
  return from !== 'SCHEDULED' || to === 'FUNDING_FAILED_VOIDED' || !isListed(to);
}

function isListed(singleStatus: string): boolean {
  return [mainLine, troubles, byRequest].some((values) => values.includes(singleStatus));
}

/** Only while it is SCHEDULED. */
export function cancel(world: World, payment: StoredPayment): void {
  if (payment.singleStatus !== 'SCHEDULED') {
    throw notAllowed(`Payment ${payment.id} is ${payment.singleStatus}; only SCHEDULED can be canceled.`);
  }
  moveTo(world, payment, 'CANCELED');
}

/** Asks for a void; an offline payment is void at once, an online one waits for `decideVoid`. */
export function requestVoid(world: World, payment: StoredPayment, type: VoidType, reason: string): void {
  const before = payment.singleStatus ?? '';
  if (before === 'SCHEDULED' || before === 'VOID_PENDING' || ends.includes(before)) {
    throw notAllowed(`Payment ${payment.id} is ${before} and cannot be voided.`);
  }
  const now = world.clock.now();
  payment.voids.push({
    id: newUuid(world.books, 'void', payment.id),
    requestedBy: payment.createdBy,
    type,
    status: 'TO_BE_PROCESSED',
    reason,
    createdAt: now,
    updatedAt: now,
    before,
  });
  if (payment.onlinePayment) moveTo(world, payment, 'VOID_PENDING');
  else decideVoid(world, payment, 'ACCEPTED');
}

/**
 * Accepted: VOIDED, or with a reissue back to PROCESSED under the same id, to be sent once more. Rejected: as it was.
 */
export function decideVoid(world: World, payment: StoredPayment, status: 'ACCEPTED' | 'REJECTED'): void {
  const request = pendingVoid(payment);
  request.status = status;
  request.updatedAt = world.clock.now();
  if (status === 'REJECTED') moveTo(world, payment, request.before);
  else moveTo(world, payment, request.type.startsWith('VOID_AND_REISSUE') ? 'PROCESSED' : 'VOIDED');
}

function pendingVoid(payment: StoredPayment): StoredVoid {
  const request = payment.voids.find(({ status }) => status === 'TO_BE_PROCESSED');
  if (request === undefined) throw notAllowed(`No void of payment ${payment.id} is waiting.`);
  return request;
}

function moveTo(world: World, payment: StoredPayment, singleStatus: string): void {
  payment.singleStatus = singleStatus;
  payment.updatedAt = world.clock.now();
  touchBills(world, payment);
  tellPayment(world, payment);
}

/** Whether a bill's `updatedTime` moves with its payments is a switch. */
export function touchBills(world: World, payment: StoredPayment): void {
  if (!world.switches.billUpdatedTimeMovesOnPayment) return;
  for (const { billId } of payment.splits) touchBill(world, find(world.books.bills, billId));
}

function touchBill(world: World, bill: StoredBill | undefined): void {
  if (bill) bill.updatedAt = world.clock.now();
}

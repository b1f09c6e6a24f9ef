import type { StoredBill, StoredEvent, StoredPayment, StoredSubscription, StoredVendor } from './books.ts';
import { newUuid } from './ids.ts';
import {
  billPayload,
  type FailedPayment,
  failedPaymentPayload,
  paymentPayload,
  vendorPayload,
} from './payloads.ts';
import type { World } from './world.ts';

/** What BILL tells about (BILL dossier §9.1); the families that the connector may subscribe to. */
export const eventTypes = [
  'vendor.created',
  'vendor.updated',
  'vendor.archived',
  'vendor.restored',
  'bill.created',
  'bill.updated',
  'bill.archived',
  'bill.restored',
  'payment.updated',
  'payment.failed',
  'autopay.failed',
  'bank-account.created',
  'bank-account.updated',
  'card-account.created',
  'card-account.updated',
] as const;

type Change = 'created' | 'updated' | 'archived' | 'restored';

export function tellVendor(world: World, change: Change, vendor: StoredVendor): void {
  tell(world, `vendor.${change}`, vendor.id, { vendor: vendorPayload(vendor) });
}

export function tellBill(world: World, change: Change, bill: StoredBill): void {
  tell(world, `bill.${change}`, bill.id, { bill: billPayload(world, bill) });
}

export function tellPayment(world: World, payment: StoredPayment): void {
  tell(world, 'payment.updated', payment.id, { payment: paymentPayload(world, payment) });
}

export function tellFailedPayment(world: World, failed: FailedPayment): void {
  tell(world, 'payment.failed', failed.vendorId, failedPaymentPayload(world, failed));
}

/** One event per subscription that lists the type; one that is switched off gets it in its log only (§9.4). */
function tell(world: World, type: string, entityId: string, content: object): void {
  for (const subscription of Object.values(world.books.subscriptions)) {
    if (!subscription.events.some((event) => event.type === type)) continue;
    const event = writeEvent(world, subscription, type, entityId, content);
    if (subscription.enabled) world.outbox.push(event.id);
  }
}

/** Puts an event into the log; its payload is the minified JSON that is sent and signed (§9.3, §9.5). */
export function writeEvent(
  world: World,
  subscription: StoredSubscription,
  type: string,
  entityId: string,
  content: object,
): StoredEvent {
  const { books } = world;
  const id = newUuid(books, 'event', subscription.id, type, entityId);
  const metadata = {
    eventId: id,
    subscriptionId: subscription.id,
    organizationId: books.organizationId,
    eventType: type,
    version: '1',
  };
  const event: StoredEvent = {
    id,
    type,
    subscriptionId: subscription.id,
    entityId,
    payload: JSON.stringify({ metadata, ...content }),
    createdAt: world.clock.now(),
  };
  books.events[id] = event;
  return event;
}

import { createHmac } from 'node:crypto';
import type { StoredEvent, StoredSubscription } from './books.ts';
import { find, type World } from './world.ts';

/** One HTTP POST to a subscriber (BILL dossier §9.3, §9.5). */
export interface Notification {
  readonly url: string;
  readonly headers: Record<string, string>;
  /** Minified JSON; the signature is over exactly these bytes. */
  readonly body: string;
  readonly eventId: string;
}

/** Takes a notification on its way; what became of it is told by the office's `noteDelivery`. */
export type Deliver = (notification: Notification) => void;

/** Base64 of HMAC-SHA256 with the security key as text. */
function signatureOf(body: string, securityKey: string): string {
  return createHmac('sha256', securityKey).update(body).digest('base64');
}

/** Sends what a request or an action has told; what is to be lost, held back or repeated comes from the books. */
export function sendOutbox(world: World, deliver: Deliver): void {
  const { delivery } = world.books;
  for (const id of world.outbox.splice(0)) {
    if (delivery.lose > 0) delivery.lose -= 1;
    else if (delivery.hold) delivery.held.push(id);
    else sendEvent(world, id, deliver);
  }
}

/** Sends what was held back, the last first: order is not guaranteed (§9.4). */
export function releaseHeld(world: World): void {
  const { delivery } = world.books;
  delivery.hold = false;
  world.outbox.push(...delivery.held.splice(0).reverse());
}

function sendEvent(world: World, id: string, deliver: Deliver): void {
  const event = find(world.books.events, id);
  const subscription = event && find(world.books.subscriptions, event.subscriptionId);
  if (event === undefined || subscription === undefined) return;
  const notification = notificationOf(world, event, subscription);
  deliver(notification);
  if (world.books.delivery.repeat === 0) return;
  world.books.delivery.repeat -= 1;
  deliver(notification);
}

function notificationOf(world: World, event: StoredEvent, subscription: StoredSubscription): Notification {
  return {
    url: subscription.notificationUrl,
    headers: {
      'content-type': 'application/json',
      'x-bill-sha-signature': signatureOf(event.payload, signingKey(world, subscription)),
    },
    body: event.payload,
    eventId: event.id,
  };
}

function signingKey(world: World, { securityKey, previousKey }: StoredSubscription): string {
  if (previousKey === undefined) return securityKey;
  const age = world.clock.now() - previousKey.replacedAt;
  return age < world.switches.oldKeySignsForMs ? previousKey.key : securityKey;
}

/**
 * What the receiver answered in the end (0: nothing). Success is always 200; after anything else, retries included,
 * the subscription is switched off until someone enables it (§9.4).
 */
export function noteDelivery(world: World, eventId: string, status: number): void {
  const event = find(world.books.events, eventId);
  if (event === undefined) return;
  event.statusCode = status;
  const subscription = find(world.books.subscriptions, event.subscriptionId);
  if (subscription !== undefined && status !== 200) subscription.enabled = false;
}

import type { StoredSubscription } from './books.ts';
import { eventTypes } from './events.ts';
import { newSecret, newUuid } from './ids.ts';
import { invalid, Refusal } from './refusal.ts';
import { find, type World } from './world.ts';

/** Since 2026-04-30 an organization has at most so many subscriptions (BILL dossier §9.2). */
const MOST_SUBSCRIPTIONS = 10;

export type SubscriptionFields = Pick<StoredSubscription, 'name' | 'enabled' | 'events' | 'notificationUrl'>;

export function subscriptionById(world: World, id = ''): StoredSubscription {
  const subscription = find(world.books.subscriptions, id);
  if (subscription === undefined) throw new Refusal(404, 'BDC_1120', `No subscription with id ${id}.`);
  return subscription;
}

export function addSubscription(world: World, fields: SubscriptionFields): StoredSubscription {
  checkSubscription(world, fields);
  const { books } = world;
  if (Object.keys(books.subscriptions).length >= MOST_SUBSCRIPTIONS) {
    throw invalid(`an organization has at most ${MOST_SUBSCRIPTIONS} subscriptions`);
  }
  const now = world.clock.now();
  const id = newUuid(books, 'subscription', fields.name);
  const securityKey = newSecret(books, 'security key', id);
  const subscription: StoredSubscription = { id, ...fields, securityKey, createdAt: now, updatedAt: now };
  books.subscriptions[id] = subscription;
  return subscription;
}

export function changeSubscription(
  world: World,
  subscription: StoredSubscription,
  fields: SubscriptionFields,
): StoredSubscription {
  checkSubscription(world, fields, subscription);
  return Object.assign(subscription, fields, { updatedAt: world.clock.now() });
}

export function rotateSecurityKey(world: World, subscription: StoredSubscription): string {
  const now = world.clock.now();
  subscription.previousKey = { key: subscription.securityKey, replacedAt: now };
  subscription.securityKey = newSecret(world.books, 'security key', subscription.id);
  subscription.updatedAt = now;
  return subscription.securityKey;
}

function checkSubscription(world: World, fields: SubscriptionFields, changed?: StoredSubscription): void {
  const known = (type: string) => eventTypes.some((each) => each === type);
  const unknown = fields.events.find(({ type, version }) => !known(type) || version !== '1');
  if (unknown) throw invalid(`events: there is no ${unknown.type} of version ${unknown.version}`);
  if (!isNotificationUrl(fields.notificationUrl)) throw invalid('notificationUrl: must be an HTTPS address');
  const same = Object.values(world.books.subscriptions).some(
    (other) => other !== changed && footprint(other) === footprint(fields),
  );
  if (same) throw invalid('a subscription with the same events and notificationUrl exists');
}

/** HTTPS; plain HTTP to this machine itself, since the simulator runs beside its receiver. */
function isNotificationUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return protocol === 'https:' || (protocol === 'http:' && loopback);
}

function footprint({ events, notificationUrl }: SubscriptionFields): string {
  return JSON.stringify([notificationUrl, events.map(({ type }) => type).sort()]);
}

import * as z from 'zod';
import { type Answer, ok } from './answer.ts';
import { readBody, text } from './bodies.ts';
import type { StoredEvent, StoredSubscription } from './books.ts';
import { eventTypes, writeEvent } from './events.ts';
import { answerList, type ListSpec } from './lists.ts';
import { invalid, listParameter, Refusal } from './refusal.ts';
import {
  addSubscription,
  changeSubscription,
  rotateSecurityKey,
  subscriptionById,
} from './subscription-writes.ts';
import { billTime, timeOf } from './values.ts';
import type { Call, Handler, World } from './world.ts';

/** Webhook subscriptions and their event log (BILL dossier §9.1, §9.2); success is always 200. */
const DAY = 24 * 3_600_000;
const KEPT_DAYS = 180;
const UUID_4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

const status = z.object({ enabled: z.boolean() });
const subscriptionBody = z.object({
  name: text(),
  status,
  events: z.array(z.object({ type: text(), version: text() })).min(1),
  notificationUrl: text(),
});
const subscriptionChange = subscriptionBody.omit({ events: true }).partial();
const testBody = z.looseObject({ eventType: text().optional(), version: text().optional() });

const subscriptionList: ListSpec<StoredSubscription> = {
  filters: {},
  sorts: {},
  present: (world, subscription) => presentSubscription(world, subscription),
  forwardOnly: true,
};

const eventList: ListSpec<StoredEvent> = {
  filters: {},
  sorts: {},
  present: (_world, event) => presentEvent(event),
  forwardOnly: true,
};

export const eventCatalog: Handler = () => ok(eventTypes.map((type) => ({ type, versions: ['1'] })));

export const listSubscriptions: Handler = (world, call) =>
  answerList(world, call, Object.values(world.books.subscriptions), subscriptionList);

export const getSubscription: Handler = (world, { params }) =>
  ok(presentSubscription(world, subscriptionById(world, params.subscriptionId)));

/** The only answer that shows the security key. */
export const createSubscription: Handler = (world, call) =>
  idempotent(world, call, () => {
    const { status: state, ...fields } = readBody(subscriptionBody, call.json());
    const subscription = addSubscription(world, { ...fields, enabled: state.enabled });
    return { ...presentSubscription(world, subscription), securityKey: subscription.securityKey };
  });

/** Name, status and URL. */
export const patchSubscription: Handler = (world, call) => {
  const subscription = subscriptionById(world, call.params.subscriptionId);
  const change = readBody(subscriptionChange, call.json());
  const changed = changeSubscription(world, subscription, {
    name: change.name ?? subscription.name,
    enabled: change.status?.enabled ?? subscription.enabled,
    events: subscription.events,
    notificationUrl: change.notificationUrl ?? subscription.notificationUrl,
  });
  return ok(presentSubscription(world, changed));
};

export const putSubscription: Handler = (world, call) => {
  const subscription = subscriptionById(world, call.params.subscriptionId);
  const { status: state, ...fields } = readBody(subscriptionBody, call.json());
  const changed = changeSubscription(world, subscription, { ...fields, enabled: state.enabled });
  return ok(presentSubscription(world, changed));
};

export const deleteSubscription: Handler = (world, { params }) => {
  const subscription = subscriptionById(world, params.subscriptionId);
  delete world.books.subscriptions[subscription.id];
  return ok(presentSubscription(world, subscription));
};

export const rotateKey: Handler = (world, call) =>
  idempotent(world, call, () => ({
    securityKey: rotateSecurityKey(world, subscriptionById(world, call.params.subscriptionId)),
  }));

/** Sends a sample at once, whatever the subscription's state. */
export const testSubscription: Handler = (world, call) => {
  const subscription = subscriptionById(world, call.params.subscriptionId);
  const { eventType, version: _, ...sample } = readBody(testBody, call.json());
  const type = eventType ?? subscription.events[0]?.type ?? '';
  if (!eventTypes.some((each) => each === type)) throw invalid(`eventType: there is no ${type}`);
  const [family = ''] = type.split('.');
  const content = Object.keys(sample).length > 0 ? sample : { [family]: { id: `test-${family}-id` } };
  const event = writeEvent(world, subscription, type, 'test', content);
  world.outbox.push(event.id);
  return ok(presentEvent(event));
};

export const listEvents: Handler = (world, call) => {
  const { id } = subscriptionById(world, call.params.subscriptionId);
  const entityId = call.query.get('entityId');
  const from = timeParameter(call, 'createdTimeFrom') ?? 0;
  const to = timeParameter(call, 'createdTimeTo') ?? Number.POSITIVE_INFINITY;
  const oldest = world.clock.now() - KEPT_DAYS * DAY;
  const rows = Object.values(world.books.events).filter(
    (event) =>
      event.subscriptionId === id &&
      (entityId === null || event.entityId === entityId) &&
      event.createdAt >= Math.max(from, oldest) &&
      event.createdAt <= to,
  );
  return answerList(world, call, rows, eventList);
};

export const resendEvent: Handler = (world, { params }) => {
  const event = world.books.events[params.eventId ?? ''];
  if (event?.subscriptionId !== subscriptionById(world, params.subscriptionId).id) {
    throw new Refusal(404, 'BDC_1120', `No event with id ${params.eventId}.`);
  }
  world.outbox.push(event.id);
  return ok(presentEvent(event));
};

/** The same `X-Idempotent-Key` gives the same answer for 24 hours (§3.6). */
function idempotent(world: World, call: Call, act: () => unknown): Answer {
  const key = call.headers['x-idempotent-key'];
  if (!key) throw new Refusal(400, 'BDC_1108', 'Missing parameter: X-Idempotent-Key');
  if (!UUID_4.test(key)) throw new Refusal(401, 'BDC_1143', 'X-Idempotent-Key is no UUID of version 4.');
  const { idempotentAnswers } = world.books;
  const name = `${call.operation} ${call.params.subscriptionId ?? ''} ${key}`;
  const now = world.clock.now();
  const known = idempotentAnswers[name];
  if (known !== undefined && now - known.at < DAY) return ok(known.answer);
  const answer = act();
  idempotentAnswers[name] = { at: now, answer };
  return ok(answer);
}

function timeParameter({ query }: Call, name: string): number | undefined {
  const value = query.get(name);
  if (value === null) return undefined;
  const time = timeOf(value);
  if (time === undefined) throw listParameter(`${name} is no date-time.`);
  return time;
}

function presentSubscription({ books }: World, subscription: StoredSubscription): object {
  return {
    id: subscription.id,
    name: subscription.name,
    organizationId: books.organizationId,
    status: { enabled: subscription.enabled },
    events: subscription.events,
    notificationUrl: subscription.notificationUrl,
    createdTime: billTime(subscription.createdAt),
    updatedTime: billTime(subscription.updatedAt),
  };
}

/** `payload` is text of JSON. */
function presentEvent({ id, type, subscriptionId, payload, createdAt, statusCode }: StoredEvent): object {
  return { id, type, version: '1', subscriptionId, payload, createdTime: billTime(createdAt), statusCode };
}

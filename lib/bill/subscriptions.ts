import * as z from 'zod';
import type { Subscription } from '../rules/bill-documents.ts';
import type { BillCalls } from './bill.ts';
import { readAll } from './lists.ts';
import type { BillRequest } from './request.ts';
import type { Rest } from './rest.ts';

const fields = z.object({
  id: z.string(),
  name: z.string().default(''),
  status: z.object({ enabled: z.boolean() }),
  events: z.array(z.object({ type: z.string() })).default([]),
  notificationUrl: z.string(),
});

const toSubscription = ({ status, events, ...rest }: z.infer<typeof fields>): Subscription => ({
  id: rest.id,
  name: rest.name,
  notificationUrl: rest.notificationUrl,
  enabled: status.enabled,
  events: events.map(({ type }) => type),
});

/** BILL dossier §9.2. */
const subscriptionShape = fields.transform(toSubscription);

const securityKeyShape = z.object({ securityKey: z.string().min(1) });

/** BILL shows the key once, here. */
const newSubscriptionShape = fields
  .extend(securityKeyShape.shape)
  .transform(({ securityKey, ...subscription }) => ({ ...toSubscription(subscription), securityKey }));

/** All events have version 1 (§9.1). */
const version = '1';

export function subscriptionCalls(
  rest: Rest,
): Pick<
  BillCalls,
  | 'subscriptions'
  | 'createSubscription'
  | 'changeSubscription'
  | 'setSubscriptionEvents'
  | 'testSubscription'
  | 'rotateSecurityKey'
> {
  const one = (id: string, method: BillRequest['method'], what = ''): BillRequest => ({
    method,
    api: 'events',
    path: `/v3/subscriptions/${encodeURIComponent(id)}${what}`,
    about: `webhook subscription ${id}`,
  });
  return {
    subscriptions: () =>
      readAll(rest, {
        path: '/v3/subscriptions',
        api: 'events',
        about: 'webhook subscriptions',
        row: subscriptionShape,
      }),
    createSubscription: (wanted, idempotentKey) =>
      rest.call(
        {
          method: 'POST',
          api: 'events',
          path: '/v3/subscriptions',
          about: `webhook subscription "${wanted.name}"`,
          idempotentKey,
          body: wholeBody(wanted, wanted.events),
        },
        newSubscriptionShape,
      ),
    changeSubscription: (id, { enabled, notificationUrl }) =>
      rest.call(
        {
          ...one(id, 'PATCH'),
          body: { ...(enabled !== undefined && { status: { enabled } }), notificationUrl },
        },
        subscriptionShape,
      ),
    setSubscriptionEvents: (subscription, events) =>
      rest.call({ ...one(subscription.id, 'PUT'), body: wholeBody(subscription, events) }, subscriptionShape),
    testSubscription: async (id) => {
      const body = { eventType: 'payment.updated', version };
      await rest.call({ ...one(id, 'POST', '/test'), body, makesNothing: true }, z.unknown());
    },
    rotateSecurityKey: (id, idempotentKey) =>
      rest.call({ ...one(id, 'POST', '/security_key'), idempotentKey }, securityKeyShape),
  };
}

function wholeBody(
  { name, notificationUrl }: Pick<Subscription, 'name' | 'notificationUrl'>,
  events: readonly string[],
): object {
  return {
    name,
    status: { enabled: true },
    events: events.map((type) => ({ type, version })),
    notificationUrl,
  };
}

import type { BillCalls } from '../bill/bill.ts';
import { DocumentError } from '../errors.ts';
import { tell } from '../ledger/timeline.ts';
import type { Subscription } from '../rules/bill-documents.ts';
import { clearConnection, raiseOnConnection } from './connection-exceptions.ts';
import type { Connector } from './doors.ts';

const name = 'bill-webhook';

/** The events that the connector wants to be told of. */
export const wantedEvents = [
  'payment.updated',
  'payment.failed',
  'vendor.created',
  'vendor.updated',
  'vendor.archived',
  'vendor.restored',
] as const;

/**
 * BILL switches a subscription off after repeated failure (BILL dossier §9.4): it is switched on again, and where
 * there is none the connection gets an open exception; payments are then found by the poll alone.
 */
export async function watchSubscription(connector: Connector, calls: BillCalls): Promise<void> {
  const subscription = (await calls.subscriptions()).find(carriesPayments);
  if (subscription === undefined) return raise(connector);
  if (!subscription.enabled) {
    await calls.changeSubscription(subscription.id, { enabled: true });
    connector.observe.count('SubscriptionOff');
    connector.observe.log('error', 'subscription-off', { document: `subscription ${subscription.id}` });
    await tell(
      connector,
      { kind: 'connection', id: name },
      `BILL had switched subscription ${subscription.id} off; it is on again.`,
    );
  }
  await clearConnection(connector, name, 'The subscription is there again.');
}

function carriesPayments({ events }: Subscription): boolean {
  return events.includes('payment.updated');
}

async function raise(connector: Connector): Promise<void> {
  connector.observe.count('SubscriptionOff');
  const error = new DocumentError({
    code: 'SUBSCRIPTION_MISSING',
    message: 'BILL has no webhook subscription for payment.updated: payments are found by the poll alone.',
    nextStep: 'Run "ml-connector webhook create --url URL" with the webhook URL of the stack.',
  });
  await raiseOnConnection(connector, name, error);
}

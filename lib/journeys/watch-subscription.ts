import type { BillCalls } from '../bill/bill.ts';
import { DocumentError } from '../errors.ts';
import { connectionRecords } from '../ledger/connection.ts';
import { readRecord, updateRecord, without } from '../ledger/record.ts';
import { tell } from '../ledger/timeline.ts';
import type { Subscription } from '../rules/bill-documents.ts';
import type { Connector } from './doors.ts';
import { exceptionOf } from './raise.ts';

const name = 'bill-webhook';

/** The events that the connector wants to be told of. */
export const wantedEvents = ['payment.updated', 'payment.failed'] as const;

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
  await clear(connector);
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
  await updateRecord(connector, connectionRecords, name, (current) =>
    current?.exception?.code === error.code
      ? undefined
      : { name, exception: exceptionOf(connector, error, current?.exception) },
  );
}

async function clear(connector: Connector): Promise<void> {
  const record = await readRecord(connector.table, connectionRecords, name);
  if (record?.exception === undefined) return;
  await updateRecord(connector, connectionRecords, name, (current) =>
    current === undefined ? undefined : without(current, 'exception'),
  );
  await tell(connector, { kind: 'connection', id: name }, 'The subscription is there again.');
}

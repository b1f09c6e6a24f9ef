import type { BillCalls } from '../../bill/bill.ts';
import { DocumentError } from '../../errors.ts';
import { connectionRecords } from '../../ledger/connection.ts';
import { readRecord } from '../../ledger/record.ts';
import { tell } from '../../ledger/timeline.ts';
import type { Subscription } from '../../rules/bill-documents.ts';
import { eventsLacking } from '../../rules/payments/wanted-events.ts';
import type { Connector } from '../doors.ts';
import { clearConnection, raiseOnConnection } from '../exceptions/connection-exceptions.ts';

const name = 'bill-webhook';

/**
 * BILL switches a subscription off after repeated failure (BILL dossier §9.4): it is switched on again. One that was
 * made for fewer events than are wanted now gets the others. Where there is none, or BILL does not take the change,
 * the connection gets an open exception; what is not told is then found by the polls alone.
 */
export async function watchSubscription(connector: Connector, calls: BillCalls): Promise<void> {
  const subscription = (await calls.subscriptions()).find(carriesPayments);
  if (subscription === undefined) return raise(connector, missing());
  if (!subscription.enabled) await switchOn(connector, subscription, calls);
  if (!(await complete(connector, subscription, calls))) return;
  await clearConnection(connector, name, 'The subscription is as it should be.');
}

function carriesPayments({ events }: Subscription): boolean {
  return events.includes('payment.updated');
}

async function switchOn(connector: Connector, { id }: Subscription, calls: BillCalls): Promise<void> {
  await calls.changeSubscription(id, { enabled: true });
  connector.observe.count('SubscriptionOff');
  connector.observe.log('error', 'subscription-off', { document: `subscription ${id}` });
  await told(connector, `BILL had switched subscription ${id} off; it is on again.`);
}

/** True when it carries all that is wanted. What BILL has refused once is left to a person. */
async function complete(
  connector: Connector,
  subscription: Subscription,
  calls: BillCalls,
): Promise<boolean> {
  const lacking = eventsLacking(subscription);
  if (lacking.length === 0) return true;
  const known = await readRecord(connector.table, connectionRecords, name);
  if (known?.exception?.code === 'SUBSCRIPTION_INCOMPLETE') return false;
  try {
    await calls.setSubscriptionEvents(subscription, [...subscription.events, ...lacking]);
    await told(connector, `Subscription ${subscription.id} reports ${lacking.join(', ')} too from now on.`);
    return true;
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    await raise(connector, incomplete(subscription, lacking, error));
    return false;
  }
}

async function told(connector: Connector, text: string): Promise<void> {
  await tell(connector, { kind: 'connection', id: name }, text);
}

async function raise(connector: Connector, error: DocumentError): Promise<void> {
  connector.observe.count('SubscriptionOff');
  await raiseOnConnection(connector, name, error);
}

function missing(): DocumentError {
  return new DocumentError({
    code: 'SUBSCRIPTION_MISSING',
    message: 'BILL has no webhook subscription for payment.updated: payments are found by the poll alone.',
    nextStep: 'Run "ml-connector webhook create --url URL" with the webhook URL of the stack.',
  });
}

function incomplete({ id }: Subscription, lacking: readonly string[], cause: DocumentError): DocumentError {
  return new DocumentError({
    code: 'SUBSCRIPTION_INCOMPLETE',
    message: `BILL's subscription ${id} does not report ${lacking.join(', ')}, and BILL refused to add them: ${cause.message} Such changes are found by the poll alone.`,
    nextStep: `Add the events to subscription ${id} in BILL, or delete it there and run "ml-connector webhook create".`,
    cause,
  });
}

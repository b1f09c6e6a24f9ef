import type { BillGateway } from '../../bill/bill.ts';
import type { Secrets } from '../../config/secrets.ts';
import type { Random } from '../../random.ts';
import { wantedEvents } from '../../rules/payments/wanted-events.ts';
import { isThisMachine } from './this-machine.ts';

export interface PointWebhookOptions {
  readonly bill: BillGateway;
  readonly secrets: Secrets;
  readonly random: Random;
  /** The address that BILL reaches this process by, where the operator gave one. */
  readonly webhookUrl: string | undefined;
  /** This process's own address of the webhook. */
  readonly ownUrl: string;
  /** Told the security key of a subscription that had to be made; BILL shows it only once. */
  readonly onSecurityKey: (key: string) => void;
}

/**
 * Points BILL's subscription here: to `webhookUrl`, or, where BILL is a simulator on this machine, to our own
 * address. Anywhere else the subscription belongs to somebody else and stays as it is. One is made only for a
 * `webhookUrl`. Throws what the gate throws.
 */
export async function pointWebhook(options: PointWebhookOptions): Promise<void> {
  const { bill, secrets, random, webhookUrl, onSecurityKey } = options;
  const url = webhookUrl ?? (isThisMachine((await secrets.bill()).baseUrl) ? options.ownUrl : undefined);
  if (url === undefined) return;
  await bill.withLease('set-up', async (calls) => {
    const subscription = (await calls.subscriptions()).find((each) =>
      each.events.includes('payment.updated'),
    );
    if (subscription === undefined && webhookUrl !== undefined) {
      const wanted = { name: 'ml-connector', events: wantedEvents, notificationUrl: url };
      onSecurityKey((await calls.createSubscription(wanted, random.uuid())).securityKey);
    } else if (subscription !== undefined && subscription.notificationUrl !== url) {
      await calls.changeSubscription(subscription.id, { notificationUrl: url });
    }
  });
}

import type { Command } from 'commander';
import { systemClock } from '../../clock.ts';
import { ConfigurationError } from '../../errors.ts';
import { systemRandom } from '../../random.ts';
import { type SecretStore, storeSecurityKey } from '../setup/secret-store.ts';
import { type SetUp, withSetUp } from '../setup/set-up.ts';
import {
  chooseSubscription,
  createSubscription,
  listSubscriptions,
  rotateKey,
  testSubscription,
} from '../setup/webhook.ts';
import { httpsUrl } from './options.ts';
import { columns, print } from './print.ts';
import { addSetUpOptions, type SetUpFlags } from './set-up-options.ts';

const doors = { clock: systemClock, random: systemRandom };

type KeyFlags = SetUpFlags & { store?: true };

/** `webhook`: BILL's subscription that tells the connector of payments. */
export function addWebhook(program: Command): void {
  const webhook = program
    .command('webhook')
    .description("BILL's webhook subscription: create, list, test, rotate its key");
  addCreate(webhook);
  addRotate(webhook);

  addSetUpOptions(webhook.command('list'))
    .description('list the subscriptions of the BILL organization')
    .action(async (flags: SetUpFlags) => {
      const all = await atBill(flags, listSubscriptions);
      const rows = all.map(({ id, enabled, notificationUrl, events }) => [
        id,
        enabled ? 'on' : 'OFF',
        notificationUrl,
        events.join(' '),
      ]);
      print(flags.json, all, rows.length === 0 ? 'BILL has no webhook subscription.\n' : columns(rows));
    });

  addSetUpOptions(webhook.command('test [id]'))
    .description('have BILL send a sample event to the subscription')
    .action(async (id: string | undefined, flags: SetUpFlags) => {
      const subscription = await atBill(flags, async (setUp) => {
        const chosen = await chooseSubscription(setUp, id);
        await testSubscription(setUp, chosen.id);
        return chosen;
      });
      const text = `BILL sends a sample event to ${subscription.notificationUrl}. The connector's log tells whether it came and was signed right.\n`;
      print(flags.json, subscription, text);
    });
}

function addCreate(webhook: Command): void {
  addSetUpOptions(webhook.command('create'))
    .description('make the subscription with the events that the connector wants')
    .option('--url <url>', 'where BILL sends events; default: the address of the stack', httpsUrl)
    .option('--name <name>', 'what the subscription is called in BILL', 'ml-connector')
    .option('--store', 'write the security key into the secrets')
    .action(async (flags: KeyFlags & { url?: string; name: string }) => {
      await atBill(flags, async (setUp) => {
        const url = flags.url ?? setUp.webhookUrl ?? missingUrl();
        const created = await createSubscription(setUp, doors, { url, name: flags.name });
        const { securityKey, ...subscription } = created;
        const done = `BILL tells ${url} of ${subscription.events.join(' and ')} (subscription ${subscription.id}).\n`;
        await handOver(setUp.store, securityKey, subscription, done, flags);
      });
    });
}

function addRotate(webhook: Command): void {
  addSetUpOptions(webhook.command('rotate [id]'))
    .description(
      'have BILL sign with a new key; the one before stays valid until it is removed from the secrets',
    )
    .option('--store', 'write both keys into the secrets')
    .action(async (id: string | undefined, flags: KeyFlags) => {
      await atBill(flags, async (setUp) => {
        const subscription = await chooseSubscription(setUp, id);
        const securityKey = await rotateKey(setUp, doors, subscription.id);
        const done = `BILL signs events of subscription ${subscription.id} with a new key.\n`;
        await handOver(setUp.store, securityKey, subscription, done, flags);
      });
    });
}

function atBill<T>(flags: SetUpFlags, work: (setUp: SetUp) => Promise<T>): Promise<T> {
  return withSetUp(flags, undefined, work);
}

/** BILL shows a key once: it goes into the secrets where that was asked for and succeeds, else to whoever runs this. */
async function handOver(
  store: SecretStore,
  securityKey: string,
  subscription: object,
  done: string,
  { store: isToBeStored, json }: KeyFlags,
): Promise<void> {
  if (isToBeStored !== true) {
    const how = `Write this key into ${store.place} as "webhookSecurityKey"; move the one that is there to "webhookSecurityKeyPrevious":\n${securityKey}\n`;
    return print(json, { ...subscription, securityKey }, done + how);
  }
  try {
    await storeSecurityKey(store, securityKey);
  } catch (error) {
    print(
      json,
      { ...subscription, securityKey },
      `${done}Its key could not be stored; keep it:\n${securityKey}\n`,
    );
    throw error;
  }
  print(json, { ...subscription, storedIn: store.place }, `${done}Its key is in ${store.place}.\n`);
}

function missingUrl(): never {
  throw new ConfigurationError({
    code: 'URL_MISSING',
    message: 'BILL needs the address to send events to.',
    nextStep: 'Give --url: the WebhookUrl of the stack, or the address of a tunnel to this machine.',
  });
}

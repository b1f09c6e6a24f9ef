import type { Clock } from '../../clock.ts';
import { ConfigurationError, WorldError } from '../../errors.ts';
import type { Random } from '../../random.ts';
import type { Subscription } from '../../rules/bill-documents.ts';
import { wantedEvents } from '../../rules/payments/wanted-events.ts';
import type { SetUp } from './set-up.ts';

type Bill = Pick<SetUp, 'bill'>;

interface Doors {
  readonly clock: Clock;
  readonly random: Random;
}

const tries = 4;
const pauseMs = 1_000;

export function listSubscriptions({ bill }: Bill): Promise<Subscription[]> {
  return bill.withLease('set-up', (calls) => calls.subscriptions());
}

/**
 * Makes the subscription with the events that the connector wants. The answer with its key may be lost on the way:
 * the repeat carries the same idempotent key, so BILL makes no second one (BILL dossier §3.6).
 * Throws ConfigurationError `SUBSCRIPTION_EXISTS`.
 */
export async function createSubscription(
  setUp: Bill,
  { clock, random }: Doors,
  { url, name }: { url: string; name: string },
): Promise<Subscription & { securityKey: string }> {
  const existing = (await listSubscriptions(setUp)).find(
    ({ notificationUrl, events }) =>
      notificationUrl === url && wantedEvents.some((event) => events.includes(event)),
  );
  if (existing !== undefined) throw exists(existing);
  const key = random.uuid();
  const wanted = { name, events: wantedEvents, notificationUrl: url };
  return repeatedly(clock, () =>
    setUp.bill.withLease('set-up', (calls) => calls.createSubscription(wanted, key)),
  );
}

/** Has BILL sign with a new key from now on; gives back the key, which BILL shows once. */
export async function rotateKey(setUp: Bill, { clock, random }: Doors, id: string): Promise<string> {
  const key = random.uuid();
  const rotate = () => setUp.bill.withLease('set-up', (calls) => calls.rotateSecurityKey(id, key));
  return (await repeatedly(clock, rotate)).securityKey;
}

/** Has BILL send a sample event to the subscription's URL. */
export function testSubscription({ bill }: Bill, id: string): Promise<void> {
  return bill.withLease('set-up', (calls) => calls.testSubscription(id));
}

/**
 * The named subscription, else the only one that reports payments.
 * Throws ConfigurationError `SUBSCRIPTION_MISSING`, `SUBSCRIPTION_NOT_CLEAR`.
 */
export async function chooseSubscription(setUp: Bill, id: string | undefined): Promise<Subscription> {
  const all = await listSubscriptions(setUp);
  const ours = all.filter((each) =>
    id === undefined ? each.events.includes(wantedEvents[0]) : each.id === id,
  );
  const [only, ...others] = ours;
  if (only !== undefined && others.length === 0) return only;
  const names = (ours.length > 0 ? ours : all)
    .map((each) => `${each.id} (${each.notificationUrl})`)
    .join(', ');
  throw new ConfigurationError({
    code: only === undefined ? 'SUBSCRIPTION_MISSING' : 'SUBSCRIPTION_NOT_CLEAR',
    message:
      only === undefined
        ? `BILL has no ${id === undefined ? `subscription for ${wantedEvents[0]}` : `subscription ${id}`}.`
        : 'BILL has several subscriptions that report payments.',
    nextStep: names === '' ? 'Make one with "ml-connector webhook create".' : `Name one of these: ${names}.`,
  });
}

/** Once an answer was lost, the call is repeated while BILL is out of reach, for a while. */
async function repeatedly<T>(clock: Clock, call: () => Promise<T>): Promise<T> {
  let isLost = false;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof WorldError) || attempt === tries) throw error;
      isLost ||= error.mayHaveHappened;
      if (!isLost) throw error;
      await clock.sleep(error.retryAfterMs ?? pauseMs);
    }
  }
}

function exists({ id, enabled, notificationUrl }: Subscription): ConfigurationError {
  return new ConfigurationError({
    code: 'SUBSCRIPTION_EXISTS',
    message: `BILL has the subscription ${id} to ${notificationUrl} already${enabled ? '' : ', switched off'}.`,
    nextStep: `Use it as it is. If its security key was not kept, get a new one with "ml-connector webhook rotate ${id} --store".`,
  });
}

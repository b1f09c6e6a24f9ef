import * as z from 'zod';
import { ConnectorError } from '../errors.ts';
import type { Probe } from '../probe.ts';
import { eventsLacking } from '../rules/payments/wanted-events.ts';
import type { BillGateway } from './bill.ts';
import { chartOfAccountCalls } from './chart-of-accounts.ts';
import type { Rest } from './rest.ts';
import { subscriptionCalls } from './subscriptions.ts';

/** What a check saw; with a fix where that is not enough. */
type Seen = Pick<Probe, 'found' | 'fix'>;

interface Check {
  readonly what: string;
  look(rest: Rest): Promise<Seen>;
}

const login: Check = { what: 'BILL login', look: seeSession };

/** In the order in which a person would mend them. */
const checks: readonly Check[] = [
  { what: 'BILL vendors', look: (rest) => seeList(rest, 'vendors') },
  { what: 'BILL bills', look: (rest) => seeList(rest, 'bills') },
  { what: 'BILL payments', look: (rest) => seeList(rest, 'payments') },
  { what: 'BILL chart of accounts', look: seeChartOfAccounts },
  { what: 'BILL webhook subscription', look: seeSubscription },
];

/** What an organization must report, or payments come back late (BILL dossier §9.1). */
const neededEvent = 'payment.updated';

/** Tries everything that the connector needs of BILL, login first: without it the rest cannot be told. */
export async function probeBill(
  withRest: <T>(work: (rest: Rest) => Promise<T>) => Promise<T>,
): ReturnType<BillGateway['probe']> {
  const probes = [await probe(login, withRest)];
  for (const check of checks) probes.push(probes[0]?.ok ? await probe(check, withRest) : untried(check));
  return probes;
}

async function probe(
  { what, look }: Check,
  withRest: (work: (rest: Rest) => Promise<Seen>) => Promise<Seen>,
): Promise<Probe> {
  try {
    const seen = await withRest(look);
    return { what, ok: seen.fix === undefined, ...seen };
  } catch (error) {
    if (error instanceof ConnectorError)
      return { what, ok: false, found: error.message, fix: error.nextStep };
    return {
      what,
      ok: false,
      found: String(error),
      fix: 'Nobody expected this: report it with these words.',
    };
  }
}

function untried({ what }: Check): Probe {
  return { what, ok: false, found: 'not tried without a login', fix: 'Mend the login first.' };
}

/** BILL dossier §1.3. */
async function seeSession(rest: Rest): Promise<Seen> {
  const shape = z.object({ organizationId: z.string() });
  const request = { method: 'GET', path: '/v3/login/session', about: 'the session' } as const;
  const { organizationId } = await rest.call(request, shape);
  return { found: `logged in to organization ${organizationId}` };
}

async function seeList(rest: Rest, name: string): Promise<Seen> {
  const request = { method: 'GET', path: `/v3/${name}`, query: { max: '1' }, about: name } as const;
  await rest.call(request, z.object({ results: z.array(z.unknown()) }));
  return { found: 'may be read' };
}

async function seeChartOfAccounts(rest: Rest): Promise<Seen> {
  const accounts = await chartOfAccountCalls(rest).chartOfAccounts();
  const active = accounts.filter(({ archived }) => !archived);
  const numbered = active.filter(({ number }) => number !== undefined && number !== '');
  const found = `${active.length} active accounts, ${numbered.length} with a number`;
  if (active.length > 0) return { found };
  return { found, fix: 'Enter or import the accounts in BILL: bill lines are assigned to them.' };
}

async function seeSubscription(rest: Rest): Promise<Seen> {
  const all = await subscriptionCalls(rest).subscriptions();
  const ours = all.filter(({ events }) => events.includes(neededEvent));
  const [enabled] = ours.filter((each) => each.enabled);
  if (enabled !== undefined) {
    const lacking = eventsLacking(enabled);
    const later = lacking.length === 0 ? '' : `; the next poll of payments adds ${lacking.join(', ')}`;
    return { found: `"${enabled.name}" reports ${neededEvent} to ${enabled.notificationUrl}${later}` };
  }
  const [off] = ours;
  if (off !== undefined) {
    return {
      found: `"${off.name}" to ${off.notificationUrl} is switched off`,
      fix: 'BILL switches it off when deliveries keep failing: see that the URL is the one of this connector and answers; the next poll of payments switches it on again.',
    };
  }
  return {
    found: `none reports ${neededEvent}`,
    fix: `Create a subscription for ${neededEvent} with the webhook URL of this connector, and write its security key into the BILL secret as webhookSecurityKey.`,
  };
}

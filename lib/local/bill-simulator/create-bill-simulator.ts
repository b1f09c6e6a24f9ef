import type { Clock } from '../../clock.ts';
import type { BillSecret } from '../../config/secrets.ts';
import type { Http } from '../../http/http.ts';
import type { Random } from '../../random.ts';
import { createAnswering } from './answering.ts';
import { type BillBooks, type BillStatistics, openBooks } from './books.ts';
import { canonical } from './canonical.ts';
import { createOffice } from './create-office.ts';
import { inventedText } from './ids.ts';
import { type Deliver, sendOutbox } from './notifications.ts';
import type { BillOfficeActions } from './office.ts';
import { type SubscriptionWish, subscribe } from './office-work.ts';
import { type BillSwitches, usualSwitches } from './switches.ts';
import type { World } from './world.ts';

export type { Notification } from './notifications.ts';

export interface BillSimulatorOptions {
  readonly clock: Clock;
  /** Used once, for the seed of new books. */
  readonly random: Random;
  readonly switches?: Partial<BillSwitches>;
  /** Goes on with these; they are copied. */
  readonly books?: BillBooks;
  /** After every request that changes something, and after every action. */
  readonly onChange?: (books: BillBooks) => void;
  /** Before the list of payments is answered: the world may move on. */
  readonly beforePaymentPoll?: () => void;
  readonly deliver?: Deliver;
  /** Awaited inside every answer, while the call counts as in flight. */
  readonly latency?: () => Promise<void>;
  /** A webhook subscription that exists from the start of new books. */
  readonly subscription?: SubscriptionWish;
}

/** BILL v3 for one organization, as strict as the BILL dossier: for the local run, and for tests in one process. */
export interface BillSimulator {
  /** Answers one request. Never throws for what a client does; deterministic, without timers. */
  readonly handle: Http;
  readonly books: BillBooks;
  /** May be turned at any time. */
  readonly switches: BillSwitches;
  readonly office: BillOfficeActions;
  /** The secret that fits, with the sync token's name and value, or with a user's. */
  secret(origin: string, credentials?: 'sync-token' | 'user'): BillSecret;
  /** The books by business keys, without ids and times. */
  canonical(): unknown;
  statistics(): BillStatistics;
}

export function createBillSimulator(options: BillSimulatorOptions): BillSimulator {
  const { clock, random, onChange = () => {}, deliver = () => {}, beforePaymentPoll = () => {} } = options;
  const books = options.books ? structuredClone(options.books) : openBooks(random.uuid());
  const switches = { ...usualSwitches, ...options.switches };
  const world: World = { books, switches, clock, outbox: [], beforePaymentPoll };
  const settle = () => {
    onChange(books);
    sendOutbox(world, deliver);
  };
  if (options.subscription && !options.books) subscribe(world, options.subscription);
  return {
    handle: createAnswering(world, settle, options.latency),
    books,
    switches,
    office: createOffice(world, settle),
    secret: (origin, credentials = 'sync-token') => secretOf(books, origin, credentials),
    canonical: () => canonical(world),
    statistics: () => structuredClone(books.statistics),
  };
}

/** Without any subscription the webhook key is one that signs nothing. */
function secretOf(books: BillBooks, origin: string, credentials: 'sync-token' | 'user'): BillSecret {
  const user = books.users.find(({ kind }) => kind === credentials);
  const [subscription] = Object.values(books.subscriptions);
  return {
    baseUrl: `${origin}/connect`,
    eventsBaseUrl: `${origin}/connect-events`,
    devKey: books.developerKeys[0] ?? '',
    organizationId: books.organizationId,
    username: user?.username ?? '',
    password: user?.password ?? '',
    webhookSecurityKey: subscription?.securityKey ?? inventedText(books.seed, 'no subscription'),
  };
}

import type { SQSEvent } from 'aws-lambda';
import { createHandler as createWriteBill } from '../../functions/write-bill.ts';
import { createHandler as createWriteSap } from '../../functions/write-sap.ts';
import type { Clock } from '../../lib/clock.ts';
import { type ConnectorConfig, connectorConfigSchema } from '../../lib/config/connector-config.ts';
import type { BillSecret, SapSecret, Secrets } from '../../lib/config/secrets.ts';
import { WorldError } from '../../lib/errors.ts';
import type { Http } from '../../lib/http/http.ts';
import { createUseCases } from '../../lib/journeys/create-use-cases.ts';
import type { EventAnswer, UseCases } from '../../lib/journeys/use-cases.ts';
import { createMemoryTable, type MemoryTable, type TableSnapshot } from '../../lib/ledger/memory-table.ts';
import {
  type BillSimulator,
  createBillSimulator,
  type Notification,
} from '../../lib/local/bill-simulator/create-bill-simulator.ts';
import type { BillSwitches } from '../../lib/local/bill-simulator/switches.ts';
import { createSapSimulator, type SapSimulator } from '../../lib/local/sap-simulator/create-sap-simulator.ts';
import type { SapSwitches } from '../../lib/local/sap-simulator/switches.ts';
import type { Observe } from '../../lib/observe/observe.ts';
import { seededRandom } from '../../lib/random.ts';
import { createMemoryQueues, type MemoryQueues, type QueuesSnapshot } from '../../lib/work/memory-queues.ts';
import type { QueueName } from '../../lib/work/queue.ts';
import { BATCH_SIZE, queueNames, VISIBILITY_SECONDS } from '../../lib/work/queue-definition.ts';
import { Crash, Doorkeeper, type Fate, noFate } from './faults.ts';

/** Polls that run seldom; a test names those that it needs. */
export type SlowPoll = 'watchInvoices' | 'watchPayments';

interface SettleOptions {
  readonly rounds?: number;
  readonly slowPolls?: readonly SlowPoll[];
}

const usualPolls = ['findInvoices', 'recheckInvoices', 'findPayments', 'followUp'] as const;
const vendorPolls = ['findSuppliers', 'compareSuppliers', 'findVendors'] as const;
export type Poll = (typeof usualPolls | typeof vendorPolls)[number];

export interface WorldOptions {
  readonly seed?: number;
  readonly sap?: Partial<SapSwitches>;
  readonly bill?: Partial<BillSwitches>;
  readonly config?: Record<string, unknown>;
  readonly fate?: Fate;
  /** Quiet rounds, half a minute each, after which nothing more is expected; default 2. */
  readonly patience?: number;
  /** Goes on where another world stood. */
  readonly from?: Snapshot;
  /** Polls vendors and suppliers too. */
  readonly vendors?: boolean;
  /** The polls of each round; default: invoices and payments, with `vendors` those too. */
  readonly polls?: readonly Poll[];
  /** Wraps the doors to both sides, for faults other than crashes. */
  readonly http?: (door: Http, side: 'sap' | 'bill') => Http;
}

/** A world at rest. */
export interface Snapshot {
  readonly now: number;
  readonly sap: SapSimulator['books'];
  readonly bill: BillSimulator['books'];
  readonly table: TableSnapshot;
  readonly queues: QueuesSnapshot;
  readonly notifications: readonly Undelivered[];
}

/** What BILL notified and nobody took yet. */
interface Undelivered {
  readonly notification: Notification;
  readonly tries: number;
}

const sapUrl = 'https://my000000-api.s4hana.example';
const billUrl = 'https://gateway.example';

/** When every simulated world begins, in milliseconds. */
export const beginning = Date.parse('2026-11-24T05:00:00.000Z');

/** Time that passes only when somebody waits. */
export class VirtualClock implements Clock {
  #now: number;
  constructor(now = beginning) {
    this.#now = now;
  }
  now = () => this.#now;
  sleep = async (milliseconds: number) => this.pass(milliseconds);
  pass(milliseconds: number): void {
    this.#now += milliseconds;
  }
}

/**
 * Both sides, the ledger, the queues and the connector in one process with a virtual clock. The connector's process
 * may die at any call and is started anew with nothing but what is in the ledger and the queues.
 */
export class World {
  readonly clock: VirtualClock;
  readonly sap: SapSimulator;
  readonly bill: BillSimulator;
  readonly table: MemoryTable;
  readonly queues: MemoryQueues;
  readonly config: ConnectorConfig;
  readonly points: string[] = [];
  /** Every line that the connector logged. */
  readonly logged: string[] = [];
  crashes = 0;
  /** What must never leave the two secrets. */
  readonly secretValues: readonly string[];
  readonly #options: WorldOptions;
  readonly #notifications: Undelivered[];
  readonly #numbers = { next: 0 };
  readonly #secrets: Secrets;
  #process: Process | undefined;
  #started = 0;
  /** How long the failed polls of a round were told to wait, in milliseconds. */
  #wait = 0;

  constructor(options: WorldOptions = {}) {
    this.#options = options;
    const { seed = 1, from } = options;
    this.clock = new VirtualClock(from?.now);
    this.table = createMemoryTable(from?.table);
    this.queues = createMemoryQueues(this.clock);
    if (from !== undefined) this.queues.restore(from.queues);
    this.#notifications = [...(from?.notifications ?? [])];
    this.sap = createSapSimulator({
      clock: this.clock,
      random: seededRandom(seed),
      switches: options.sap ?? {},
      ...(from === undefined ? {} : { books: structuredClone(from.sap) }),
    });
    this.bill = createBillSimulator({
      clock: this.clock,
      random: seededRandom(seed + 1),
      switches: options.bill ?? {},
      ...(from === undefined ? {} : { books: from.bill }),
      subscription: {
        notificationUrl: 'https://hooks.example/bill',
        events: ['payment.updated', 'payment.failed'],
      },
      deliver: (notification) => this.#notifications.push({ notification, tries: 0 }),
    });
    this.config = connectorConfigSchema.parse({ ...baseConfig, ...options.config });
    const secrets = { sap: this.sap.secret(sapUrl), bill: this.bill.secret(billUrl) };
    this.secretValues = secretsIn(secrets);
    this.#secrets = { sap: async () => secrets.sap, bill: async () => secrets.bill };
  }

  snapshot(): Snapshot {
    return {
      now: this.clock.now(),
      sap: structuredClone(this.sap.books),
      bill: structuredClone(this.bill.books),
      table: this.table.snapshot(),
      queues: this.queues.snapshot(),
      notifications: [...this.#notifications],
    };
  }

  /** Loses what BILL was about to tell. */
  loseNotifications(): void {
    this.#notifications.length = 0;
  }

  /** Tells everything twice, the newest first. */
  muddleNotifications(): void {
    const twice = [...this.#notifications, ...this.#notifications].reverse();
    this.#notifications.splice(0, this.#notifications.length, ...twice);
  }

  /** Polls, delivers and works until nothing is left to do; throws when that takes too many rounds. */
  async settleDown({ rounds = 200, slowPolls = [] }: SettleOptions = {}): Promise<void> {
    let quiet = 0;
    for (let round = 0; round < rounds; round += 1) {
      const seen = await this.#round(slowPolls);
      if (seen === 'busy') quiet = 0;
      if (seen === 'quiet') quiet += 1;
      if (quiet === (this.#options.patience ?? 2)) return;
      this.clock.pass(Math.max(30_000, this.#wait));
      this.#wait = 0;
    }
    throw new Error(`The world did not settle down within ${rounds} rounds.`);
  }

  /** Half a minute of work, whatever comes of it. */
  async oneRound(): Promise<void> {
    await this.#round();
    this.clock.pass(30_000);
  }

  /** One use case in the living process. */
  run<T>(task: (cases: UseCases) => Promise<T>): Promise<T | undefined> {
    return this.#alive(({ cases }) => task(cases));
  }

  /** BILL's notification, as the webhook's function gets it. */
  receive(rawBody: Uint8Array, signature: string | undefined): Promise<EventAnswer | undefined> {
    return this.#alive(({ cases }) => cases.receiveEvent(rawBody, signature));
  }

  /** `failed`: a poll did not get through, so nothing is known. */
  async #round(slowPolls: readonly SlowPoll[] = []): Promise<'busy' | 'quiet' | 'failed'> {
    const before = this.crashes;
    await this.#deliver();
    const reports: (number | undefined)[] = [];
    for (const name of [...this.#polls(), ...slowPolls])
      reports.push(await this.#task((cases) => cases[name]()));
    for (const queue of queueNames) await this.#work(queue);
    const next = this.queues.nextVisibleAt();
    if (next !== undefined && next > this.clock.now()) this.clock.pass(next - this.clock.now());
    const found = reports.some((report) => (report ?? 0) > 0);
    if (found || !this.queues.isEmpty() || (await this.openIntents()) > 0) return 'busy';
    return reports.includes(undefined) || this.crashes > before ? 'failed' : 'quiet';
  }

  #polls(): readonly Poll[] {
    const { polls, vendors } = this.#options;
    return polls ?? (vendors === true ? [...usualPolls, ...vendorPolls] : usualPolls);
  }

  async openIntents(): Promise<number> {
    return (await this.table.queryIndex('worklist', 'open-intent')).items.length;
  }

  /** A poll that fails is not repeated before the next round. */
  async #task(task: (cases: UseCases) => Promise<{ found: number }>): Promise<number | undefined> {
    return (await this.#alive(({ cases }) => task(cases)))?.found;
  }

  async #deliver(): Promise<void> {
    for (const { notification, tries } of this.#notifications.splice(0)) {
      const signature = notification.headers['x-bill-sha-signature'];
      const answer = await this.#alive(({ cases }) =>
        cases.receiveEvent(Buffer.from(notification.body), signature),
      );
      if (answer?.status !== 200 && tries < 4) this.#notifications.push({ notification, tries: tries + 1 });
    }
  }

  async #work(queue: QueueName): Promise<void> {
    for (let batch = 0; batch < 50; batch += 1) {
      const more = await this.#alive(({ keeper, write }) => this.#batch(queue, keeper, write[queue]));
      if (more !== true) return;
    }
  }

  async #batch(queue: QueueName, keeper: Doorkeeper, handler: QueueHandler): Promise<boolean> {
    const records = await this.queues.receive(queue, {
      max: BATCH_SIZE,
      visibilitySeconds: VISIBILITY_SECONDS,
    });
    if (records.length === 0) return false;
    const event = {
      Records: records.map((record) => ({ ...record, eventSource: 'aws:sqs', eventSourceARN: queue })),
    };
    const answer = await handler(event as SQSEvent);
    const failed = new Set(answer.batchItemFailures.map((each) => each.itemIdentifier));
    for (const record of records) {
      if (failed.has(record.messageId)) continue;
      await keeper.pass('queue.delete', () => this.queues.delete(queue, record.receiptHandle));
    }
    return true;
  }

  /** Runs one thing in the living process; a crash or a failure of the world ends it, nothing else may. */
  async #alive<T>(run: (process: Process) => Promise<T>): Promise<T | undefined> {
    this.#process ??= this.#start();
    const { keeper } = this.#process;
    try {
      return await run(this.#process);
    } catch (error) {
      if (error instanceof WorldError) this.#wait = Math.max(this.#wait, error.retryAfterMs ?? 0);
      else if (!(error instanceof Crash) && !keeper.dead) throw error;
      return undefined;
    } finally {
      this.points.push(...keeper.points.splice(0));
      if (keeper.dead) this.#bury();
    }
  }

  #observe(): Observe {
    return {
      log: (level, event, fields) => this.logged.push(JSON.stringify({ level, event, ...fields })),
      count: () => undefined,
    };
  }

  #bury(): void {
    this.crashes += 1;
    this.#process = undefined;
  }

  #start(): Process {
    this.#started += 1;
    const { seed = 1, fate = noFate, http = (door: Http) => door } = this.#options;
    const keeper = new Doorkeeper(fate, this.#numbers);
    const doors = {
      config: this.config,
      secrets: keeper.guard('secrets', this.#secrets, ['sap', 'bill']),
      table: keeper.guard('table', this.table, ['get', 'put', 'delete', 'query', 'queryIndex']),
      queues: keeper.guard('queue', this.queues, ['send', 'sendToDeadLetters', 'hide']),
      sapHttp: keeper.http('sap', http(this.sap.handle, 'sap')),
      billHttp: keeper.http('bill', http(this.bill.handle, 'bill')),
      clock: this.clock,
      random: seededRandom(seed * 1000 + this.#started),
      observe: this.#observe(),
      holder: `process-${this.#started}`,
    };
    const cases = createUseCases(doors);
    const runtime = { ...doors, useCases: cases };
    const write = {
      'bill-work': createWriteBill(async () => runtime),
      'sap-work': createWriteSap(async () => runtime),
    };
    return { keeper, cases, write: write as unknown as Record<QueueName, QueueHandler> };
  }
}

function secretsIn({ sap, bill }: { sap: SapSecret; bill: BillSecret }): string[] {
  const ofSap = sap.auth.type === 'oauth2' ? sap.auth.clientSecret : sap.auth.password;
  return [ofSap, bill.devKey, bill.password, bill.webhookSecurityKey];
}

type QueueHandler = (event: SQSEvent) => Promise<{ batchItemFailures: { itemIdentifier: string }[] }>;

interface Process {
  readonly keeper: Doorkeeper;
  readonly cases: UseCases;
  readonly write: Record<QueueName, QueueHandler>;
}

const baseConfig = {
  connection: 'simulated',
  goLiveDate: '2026-10-01',
  companyCodes: [
    {
      companyCode: '1710',
      clearingAccounts: [{ fundingAccount: '*', glAccount: '11001080' }],
      clearing: { mode: 'off' },
    },
    {
      companyCode: '1010',
      clearingAccounts: [{ fundingAccount: '*', glAccount: '11001080' }],
      setHandOverBlock: true,
    },
  ],
  handOverBlock: 'B',
  bill: { visibilityLagSeconds: 120 },
  sap: { visibilityLagSeconds: 300 },
  payments: { paidInSap: 'record-payment', paidOutsideBill: 'exception' },
};

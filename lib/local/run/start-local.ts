import type { FastifyInstance } from 'fastify';
import { type Clock, systemClock } from '../../clock.ts';
import type { ConnectorConfig } from '../../config/connector-config.ts';
import { createConnector, type Doors } from '../../journeys/doors.ts';
import type { Observe } from '../../observe/observe.ts';
import { type Random, systemRandom } from '../../random.ts';
import { queueNames } from '../../work/queue-definition.ts';
import { createSqsReceiver } from '../../work/sqs-receiver.ts';
import { type EmbeddedAws, startEmbeddedAws } from '../embedded/embedded-aws.ts';
import { consume } from './consume.ts';
import { type GivenSecrets, openSecrets, secretTexts } from './given-secrets.ts';
import { freeWhatTheDeadHold, localDoors } from './local-doors.ts';
import { createLocalFunctions, type LocalFunctions } from './local-functions.ts';
import { type LocalServer, startLocalServer, webhookPath } from './local-server.ts';
import { pointWebhook } from './point-webhook.ts';
import { createPolls, type LastPoll, type PollName } from './polls.ts';
import { repeat } from './repeat.ts';
import { type LocalStatus, type Rest, readRest, readStatus, type StatusSources } from './status.ts';
import { oneAtATime, tieOutWhenDue } from './tie-out-when-due.ts';

export interface LocalOptions {
  readonly config: ConnectorConfig;
  readonly secrets: GivenSecrets;
  readonly observe: Observe;
  /** Keeps ledger and queues; in memory without it. */
  readonly stateDir?: string | undefined;
  /** 0: any free port. */
  readonly port: number;
  /** The address that BILL reaches this process by, through a tunnel. */
  readonly webhookUrl?: string | undefined;
  /** Takes one JSON line for each request to SAP and BILL. */
  readonly wire?: ((line: string) => void) | undefined;
  /** Further routes of the server, such as the page's. */
  readonly routes?: ((server: FastifyInstance, deps: RouteDeps) => void | Promise<void>) | undefined;
  /** Told the security key of a webhook subscription that had to be made. */
  readonly onSecurityKey?: (key: string) => void;
  readonly clock?: Clock;
  readonly random?: Random;
}

/** What further routes may use. */
export interface RouteDeps {
  readonly doors: Doors;
  readonly status: () => Promise<LocalStatus>;
  /** The daily tie-out, now; throws what it threw. */
  readonly tieOut: () => Promise<unknown>;
}

/** The connector, running on this machine. */
export interface LocalConnector {
  /** `http://127.0.0.1:8787`. */
  readonly url: string;
  readonly doors: Doors;
  status(): Promise<LocalStatus>;
  /** What is still to be done; cheaper than `status`. */
  rest(): Promise<Rest>;
  /** Messages done since the start. */
  messagesDone(): number;
  poll(name: PollName): Promise<LastPoll>;
  /** The daily tie-out, now. */
  tieOut(): Promise<unknown>;
  /** Polls on these cadences from now on, the first time at once. */
  startPolling(everyMs: Readonly<Record<PollName, number>>): void;
  /** Finishes what is in flight, then stops. */
  stop(): Promise<void>;
}

/**
 * Starts the connector as it runs in the cloud, with embedded queues and table: the same handlers, SDK clients and
 * messages. Polls wait for `startPolling` or `poll`.
 * Throws ConfigurationError `STATE_IN_USE`, `PORT_TAKEN`, and what unusable secrets throw.
 */
export async function startLocal(options: LocalOptions): Promise<LocalConnector> {
  const { clock = systemClock, random = systemRandom, stateDir, observe } = options;
  const aws = await startEmbeddedAws({
    secrets: secretTexts(options.secrets),
    ...(stateDir === undefined ? {} : { stateDir }),
  });
  try {
    const secrets = openSecrets(options.secrets, aws, clock);
    await Promise.all([secrets.sap(), secrets.bill()]);
    const isAlone = process.env.AWS_ENDPOINT_URL_DYNAMODB === undefined;
    const doors = localDoors({ ...options, aws, secrets, clock, random, isAlone });
    if (isAlone) await freeWhatTheDeadHold(doors);
    return await run({ options, aws, doors, functions: createLocalFunctions(doors), observe });
  } catch (error) {
    await aws.close();
    throw error;
  }
}

interface Parts {
  readonly options: LocalOptions;
  readonly aws: EmbeddedAws;
  readonly doors: Doors;
  readonly functions: LocalFunctions;
  readonly observe: Observe;
}

async function run({ options, aws, doors, functions, observe }: Parts): Promise<LocalConnector> {
  const { table, clock } = doors;
  const stopping = new AbortController();
  const polls = createPolls(clock, functions.poll);
  const work = { now: 0, done: 0 };
  const sources: StatusSources = {
    table,
    clock,
    polls,
    queueDepth: aws.queues.queueDepth,
    messagesInWork: () => work.now,
    webhookUrl: () => `${server.url}${webhookPath}`,
  };
  const status = () => readStatus(sources);
  const tieOut = oneAtATime(functions.tieOut);
  const server: LocalServer = await startLocalServer({
    port: options.port,
    receiveEvent: functions.receiveEvent,
    status,
    routes: (fastify) => options.routes?.(fastify, { doors, status, tieOut }),
  });
  await pointOrWarn({ options, doors, url: `${server.url}${webhookPath}` });

  const receiver = createSqsReceiver(aws.queues);
  const running = queueNames.map((queue) =>
    consume(
      {
        queue,
        receiver,
        invoke: (records) => functions.work(queue, records),
        onFailure: (error) => observe.log('error', 'message-failed', { queue, reason: String(error) }),
        onWork: ({ inWork, done }) => {
          work.now += inWork;
          work.done += done;
        },
      },
      stopping.signal,
    ),
  );
  return {
    url: server.url,
    doors,
    status,
    rest: () => readRest(sources),
    messagesDone: () => work.done,
    poll: polls.run,
    tieOut,
    startPolling: (everyMs) => {
      const whenDue = tieOutWhenDue({
        clock,
        tieOut,
        progress: () => work.done + polls.found(),
        rest: () => readRest(sources),
        hasLooked: polls.haveAllRun,
      });
      running.push(repeat({ everyMs: everyMs['find-payments'], signal: stopping.signal }, clock, whenDue));
      for (const [name, ms] of Object.entries(everyMs) as [PollName, number][]) {
        running.push(repeat({ everyMs: ms, signal: stopping.signal }, clock, () => polls.run(name)));
      }
    },
    stop: async () => {
      stopping.abort();
      await Promise.all(running);
      await server.close();
      await aws.close();
    },
  };
}

/** Without notifications the polls find everything, so an outage of BILL does not keep the connector from starting. */
async function pointOrWarn({
  options,
  doors,
  url,
}: {
  options: LocalOptions;
  doors: Doors;
  url: string;
}): Promise<void> {
  try {
    await pointWebhook({
      bill: createConnector(doors).bill,
      secrets: doors.secrets,
      random: doors.random,
      webhookUrl: options.webhookUrl,
      ownUrl: url,
      onSecurityKey: options.onSecurityKey ?? (() => undefined),
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    doors.observe.log('warn', 'subscription-off', { reason });
  }
}

import { type GateState, readGateState } from '../../bill/gate-state.ts';
import type { Clock } from '../../clock.ts';
import type { Table } from '../../ledger/table.ts';
import type { QueueName } from '../../work/queue.ts';
import { queueNames } from '../../work/queue-definition.ts';
import type { EmbeddedQueues } from '../embedded/embedded-queues.ts';
import { allInvoices, allPayments, worklistLength } from './ledger-lists.ts';
import type { LastPoll, PollName, Polls } from './polls.ts';

/** The answer of `GET /api/status`. */
export interface LocalStatus {
  /** Both queues are empty, no intent is open, no message is in work, and the last polls found nothing new. */
  readonly idle: boolean;
  /** Messages of each queue, in flight ones included, and its dead letters. */
  readonly queues: Readonly<Record<QueueName, { messages: number; deadLetters: number }>>;
  readonly messagesInWork: number;
  readonly openIntents: number;
  readonly exceptions: number;
  readonly documents: {
    readonly invoices: Readonly<Record<string, number>>;
    readonly payments: Readonly<Record<string, number>>;
  };
  readonly gate: GateState;
  readonly polls: Readonly<Partial<Record<PollName, LastPoll>>>;
  /** Where BILL's notifications are taken. */
  readonly webhookUrl: string;
}

export interface StatusSources {
  readonly table: Table;
  readonly clock: Clock;
  readonly queueDepth: EmbeddedQueues['queueDepth'];
  readonly polls: Polls;
  readonly messagesInWork: () => number;
  readonly webhookUrl: () => string;
}

export async function readStatus(sources: StatusSources): Promise<LocalStatus> {
  const { table, clock, polls } = sources;
  const rest = await readRest(sources);
  const [invoices, payments] = [await allInvoices(table), await allPayments(table)];
  return {
    idle: isAtRest(rest) && polls.foundNothing(),
    ...rest,
    exceptions: await worklistLength(table, 'exception'),
    documents: { invoices: countByState(invoices), payments: countByState(payments) },
    gate: await readGateState(table, clock),
    polls: polls.last,
    webhookUrl: sources.webhookUrl(),
  };
}

/** What is still to be done. */
export type Rest = Pick<LocalStatus, 'queues' | 'messagesInWork' | 'openIntents'>;

/** In this order: a message leaves the queue only after its intent is closed, so nothing slips through. */
export async function readRest({ table, queueDepth, messagesInWork }: StatusSources): Promise<Rest> {
  const depths = await Promise.all(queueNames.map(async (name) => [name, await queueDepth(name)] as const));
  return {
    queues: Object.fromEntries(depths) as Rest['queues'],
    messagesInWork: messagesInWork(),
    openIntents: await worklistLength(table, 'open-intent'),
  };
}

export function isAtRest({ queues, messagesInWork, openIntents }: Rest): boolean {
  return messagesInWork === 0 && openIntents === 0 && queueNames.every((name) => queues[name].messages === 0);
}

function countByState(records: readonly { readonly state: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { state } of records.toSorted((one, other) => (one.state < other.state ? -1 : 1))) {
    counts[state] = (counts[state] ?? 0) + 1;
  }
  return counts;
}

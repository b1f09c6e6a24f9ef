import type { Clock } from '../clock.ts';
import { MAX_RECEIVE_COUNT } from './back-off.ts';
import { checkMessage } from './check-message.ts';
import type { OutgoingMessage, QueueName, Queues } from './queue.ts';
import { queueNames } from './queue-definition.ts';
import type { QueueRecord, Receiver } from './receiver.ts';

/** Amazon SQS, "Exactly-once processing": a deduplication id is remembered for five minutes, deleted or not. */
const DEDUPLICATION_MS = 5 * 60 * 1000;

interface Held extends OutgoingMessage {
  readonly messageId: string;
  readonly receiveCount: number;
  /** In flight until this moment, in milliseconds; 0 when it was not received yet. */
  readonly hiddenUntil: number;
}

type Seen = ReadonlyMap<string, number>;

interface QueueState {
  readonly messages: readonly Held[];
  /** Deduplication id -> the moment it was sent. */
  readonly seen: Seen;
  readonly deadLetters: readonly OutgoingMessage[];
  readonly seenDead: Seen;
  readonly sent: number;
}

/** Both queues at one moment; taking one and going back to it cost no copy of a message. */
export type QueuesSnapshot = Readonly<Record<QueueName, QueueState>>;

export interface MemoryQueues extends Queues, Receiver {
  deadLetters(queue: QueueName): readonly OutgoingMessage[];
  /** The moment, in milliseconds, from which a message can be received; undefined when the queues are empty. */
  nextVisibleAt(): number | undefined;
  /** True when neither queue holds a message, visible or in flight; dead letters do not count. */
  isEmpty(): boolean;
  snapshot(): QueuesSnapshot;
  restore(snapshot: QueuesSnapshot): void;
}

const emptyQueue: QueueState = {
  messages: [],
  seen: new Map(),
  deadLetters: [],
  seenDead: new Map(),
  sent: 0,
};

/**
 * The in-memory twin of the two FIFO queues, receiving side included; it passes the same contract tests as SQS.
 * As in SQS, and other than in some emulators, one receive hands out up to ten messages of one group, and a group
 * is blocked while any of its messages is in flight. State is never changed but replaced: snapshots are cheap.
 */
export function createMemoryQueues(clock: Clock): MemoryQueues {
  let state: QueuesSnapshot = { 'bill-work': emptyQueue, 'sap-work': emptyQueue };
  const change = (queue: QueueName, next: Partial<QueueState>) => {
    state = { ...state, [queue]: { ...state[queue], ...next } };
  };
  const all = () => queueNames.flatMap((queue) => [...groupsOf(state[queue].messages).values()]);

  return {
    send: async (queue, messages) => {
      messages.forEach(checkMessage);
      for (const message of messages) change(queue, withMessage(state[queue], queue, message, clock.now()));
    },
    sendToDeadLetters: async (queue, message) => {
      checkMessage(message);
      change(queue, withDeadLetter(state[queue], message, clock.now()));
    },
    hide: async (queue, receiptHandle, seconds) => {
      const held = inFlight(state[queue], receiptHandle, clock.now());
      if (held === undefined)
        throw new Error('MessageNotInflight: the message is not available for a visibility change.');
      const hidden = { ...held, hiddenUntil: clock.now() + seconds * 1000 };
      change(queue, { messages: state[queue].messages.map((one) => (one === held ? hidden : one)) });
    },
    receive: async (queue, { max, visibilitySeconds }) => {
      const now = clock.now();
      const { ready, spent } = receivable(state[queue].messages, max, now);
      const received = new Map(
        ready.map((held) => [held, receivedAgain(held, now + visibilitySeconds * 1000)]),
      );
      change(queue, {
        messages: state[queue].messages
          .filter((held) => !spent.includes(held))
          .map((held) => received.get(held) ?? held),
        deadLetters: [...state[queue].deadLetters, ...spent.map(messageOf)],
      });
      return [...received.values()].map(recordOf);
    },
    delete: async (queue, receiptHandle) => {
      const held = inFlight(state[queue], receiptHandle, clock.now());
      change(queue, { messages: state[queue].messages.filter((one) => one !== held) });
    },
    deadLetters: (queue) => state[queue].deadLetters,
    nextVisibleAt: () => {
      const moments = all().map((group) =>
        Math.max(clock.now(), ...group.map(({ hiddenUntil }) => hiddenUntil)),
      );
      return moments.length === 0 ? undefined : Math.min(...moments);
    },
    isEmpty: () => all().length === 0,
    snapshot: () => state,
    restore: (snapshot) => {
      state = snapshot;
    },
  };
}

function withMessage(
  state: QueueState,
  queue: QueueName,
  message: OutgoingMessage,
  now: number,
): Partial<QueueState> {
  const seen = remembered(state.seen, now);
  if (seen.has(message.deduplicationId)) return { seen };
  seen.set(message.deduplicationId, now);
  const sent = state.sent + 1;
  const held = { ...messageOf(message), messageId: `${queue}-${sent}`, receiveCount: 0, hiddenUntil: 0 };
  return { seen, sent, messages: [...state.messages, held] };
}

function withDeadLetter(state: QueueState, message: OutgoingMessage, now: number): Partial<QueueState> {
  const seenDead = remembered(state.seenDead, now);
  if (seenDead.has(message.deduplicationId)) return { seenDead };
  seenDead.set(message.deduplicationId, now);
  return { seenDead, deadLetters: [...state.deadLetters, messageOf(message)] };
}

function remembered(seen: Seen, now: number): Map<string, number> {
  return new Map([...seen].filter(([, sentAt]) => now - sentAt < DEDUPLICATION_MS));
}

/** The next messages of the groups that have none in flight, group by group; those received too often apart. */
function receivable(messages: readonly Held[], max: number, now: number): { ready: Held[]; spent: Held[] } {
  const open = [...groupsOf(messages).values()].filter((group) =>
    group.every(({ hiddenUntil }) => hiddenUntil <= now),
  );
  const [ready, spent]: [Held[], Held[]] = [[], []];
  for (const held of open.flat()) {
    if (ready.length === max) break;
    (held.receiveCount < MAX_RECEIVE_COUNT ? ready : spent).push(held);
  }
  return { ready, spent };
}

function groupsOf(messages: readonly Held[]): Map<string, Held[]> {
  return Map.groupBy(messages, ({ group }) => group);
}

function inFlight({ messages }: QueueState, receiptHandle: string, now: number): Held | undefined {
  return messages.find((held) => receiptHandleOf(held) === receiptHandle && held.hiddenUntil > now);
}

function receivedAgain(held: Held, hiddenUntil: number): Held {
  return { ...held, receiveCount: held.receiveCount + 1, hiddenUntil };
}

/** Every receive gives a handle of its own; the older ones no longer count. */
function receiptHandleOf({ messageId, receiveCount }: Held): string {
  return `${messageId}#${receiveCount}`;
}

function messageOf({ group, deduplicationId, body }: OutgoingMessage): OutgoingMessage {
  return { group, deduplicationId, body };
}

function recordOf(held: Held): QueueRecord {
  return {
    messageId: held.messageId,
    receiptHandle: receiptHandleOf(held),
    body: held.body,
    attributes: {
      ApproximateReceiveCount: `${held.receiveCount}`,
      MessageGroupId: held.group,
      MessageDeduplicationId: held.deduplicationId,
    },
  };
}

import type { Clock } from '../../clock.ts';
import type { Answer } from './answer.ts';
import type { BillBooks, StoredUser } from './books.ts';
import type { BillSwitches } from './switches.ts';

/** BILL as one organization sees it: the books, the time, the switches, and what is about to be told to webhooks. */
export interface World {
  readonly books: BillBooks;
  readonly switches: BillSwitches;
  readonly clock: Clock;
  /** Ids of events that go out when the request or action is done. */
  readonly outbox: string[];
  /** Called before the list of payments is answered. */
  readonly beforePaymentPoll: () => void;
}

/** One request, after its address is understood. */
export interface Call {
  /** `GET /v3/bills/:billId`. */
  readonly operation: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The JSON body; throws Refusal when it is none. */
  readonly json: () => unknown;
  /** The body as it came. */
  readonly bytes: () => Uint8Array;
}

/** A call of a signed-in user. */
export interface SignedInCall extends Call {
  readonly user: StoredUser;
  readonly sessionId: string;
}

export type Handler = (world: World, call: SignedInCall) => Answer;

/** The object with this id; safe for ids such as `constructor`. */
export function find<T>(records: Record<string, T>, id: string): T | undefined {
  return Object.hasOwn(records, id) ? records[id] : undefined;
}

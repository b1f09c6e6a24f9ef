import { isoTime } from '../clock.ts';
import { ConfigurationError, DocumentError, WorldError } from '../errors.ts';
import type { Intent } from '../ledger/intent.ts';
import { type RecordType, updateRecord, without } from '../ledger/record.ts';
import { fingerprint } from '../rules/reference-code.ts';
import { CONSUMER_TIMEOUT_SECONDS } from '../work/queue-definition.ts';
import type { Connector } from './doors.ts';

/** No process works longer on a message than the consumers' time-out; a little more for clocks that differ. */
const workLimitMs = (CONSUMER_TIMEOUT_SECONDS + 15) * 1000;

/** The other side's clock may be a little behind ours. */
const clockSkewMs = 5 * 60_000;

/** Holder of an intent whose call has ended without a usable answer. */
const nobody = '';

interface WithIntent {
  readonly intent?: Intent;
}

/** One write to SAP or BILL that must happen at most once (I1, docs/invariants.md). */
export interface Write<R extends WithIntent, T> {
  readonly type: RecordType<R>;
  readonly id: string;
  /** Same words for the same write, whoever builds it: the settling reads them back from the intent. */
  readonly action: string;
  /** What is sent; kept on the intent for the look-up. */
  readonly sent: unknown;
  /** How long the target may hide what it has already done, in milliseconds. */
  readonly lagMs: number;
  /** Throws where the record says that somebody else was faster; asked in the very step that opens the intent. */
  mayBegin?(current: R): void;
  /** Everything in the target that this write may have made. */
  find(intent: Intent): Promise<T[]>;
  /** The one call. */
  act(): Promise<T>;
  /** Written before the intent is closed, e.g. other numbers of the document; must be repeatable. */
  remember?(result: T): Promise<void>;
  /** The record with the result on it. */
  record(current: R, result: T): R;
}

/** When, by the other side's clock, the write of an intent can have made something at the earliest: milliseconds. */
export function earliestOf({ startedAt }: Intent): number {
  return Date.parse(startedAt) - clockSkewMs;
}

/** Intent, act, record. Throws what `act` throws; the intent stays open only when the call may have taken effect. */
export async function writeOnce<R extends WithIntent, T>(
  connector: Connector,
  write: Write<R, T>,
): Promise<T> {
  await openIntent(connector, write);
  let result: T;
  try {
    result = await write.act();
  } catch (error) {
    if (nothingHappened(error)) await closeIntent(connector, write);
    else await letGo(connector, write);
    throw error;
  }
  await recordResult(connector, write, result);
  return result;
}

/**
 * Settles an open intent: found once -> recorded and given back; not found -> after the target's lag the intent
 * is closed and the normal path goes on; found twice -> DocumentError `FOUND_TWICE`.
 * Throws WorldError while somebody else may still be acting, or the lag is not over.
 */
export async function settle<R extends WithIntent, T>(
  connector: Connector,
  write: Write<R, T>,
  intent: Intent,
): Promise<T | undefined> {
  const { clock } = connector;
  if (mayStillAct(connector, intent)) {
    throw waitUntil(connector, Date.parse(intent.attemptedAt) + workLimitMs, 'ANOTHER_WORKER', write);
  }
  const found = await write.find(intent);
  const [only] = found;
  if (found.length > 1) throw foundTwice(write, found.length);
  if (only !== undefined) {
    await recordResult(connector, write, only);
    return only;
  }
  const visibleAt = Date.parse(intent.attemptedAt) + write.lagMs;
  if (clock.now() < visibleAt) throw waitUntil(connector, visibleAt, 'NOT_VISIBLE_YET', write);
  await closeIntent(connector, write);
  return undefined;
}

function mayStillAct({ clock, worker, holder, soleWorker }: Connector, intent: Intent): boolean {
  if (intent.holder === worker || intent.holder === nobody) return false;
  if (soleWorker === true && !intent.holder.startsWith(`${holder}/`)) return false;
  return clock.now() < Date.parse(intent.attemptedAt) + workLimitMs;
}

async function openIntent<R extends WithIntent, T>(connector: Connector, write: Write<R, T>): Promise<void> {
  const now = isoTime(connector.clock.now());
  const intent: Intent = {
    action: write.action,
    fingerprint: fingerprint(write.sent),
    startedAt: now,
    attemptedAt: now,
    attempt: 1,
    holder: connector.worker,
    sent: write.sent,
  };
  await updateRecord(connector, write.type, write.id, (current) => {
    if (current === undefined)
      throw new Error(`There is no record ${write.id} to note "${write.action}" on.`);
    if (current.intent !== undefined)
      throw waitUntil(connector, connector.clock.now() + 5_000, 'ANOTHER_WORKER', write);
    write.mayBegin?.(current);
    return { ...current, intent };
  });
}

async function recordResult<R extends WithIntent, T>(
  connector: Connector,
  write: Write<R, T>,
  result: T,
): Promise<void> {
  await write.remember?.(result);
  await updateRecord(connector, write.type, write.id, (current) =>
    current === undefined ? undefined : without(write.record(current, result), 'intent'),
  );
}

async function closeIntent<R extends WithIntent, T>(connector: Connector, write: Write<R, T>): Promise<void> {
  await updateRecord(connector, write.type, write.id, (current) =>
    current === undefined ? undefined : without(current, 'intent'),
  );
}

/** The call is over, its outcome unknown: the next one need not wait for this worker before it settles. */
async function letGo<R extends WithIntent, T>(connector: Connector, write: Write<R, T>): Promise<void> {
  await updateRecord(connector, write.type, write.id, (current) =>
    current?.intent === undefined ? undefined : { ...current, intent: { ...current.intent, holder: nobody } },
  );
}

function nothingHappened(error: unknown): boolean {
  if (error instanceof WorldError) return !error.mayHaveHappened;
  return error instanceof DocumentError || error instanceof ConfigurationError;
}

function waitUntil(
  { clock }: Connector,
  time: number,
  code: 'ANOTHER_WORKER' | 'NOT_VISIBLE_YET',
  { id, action }: { id: string; action: string },
): WorldError {
  const why =
    code === 'ANOTHER_WORKER'
      ? 'another worker may still be at it'
      : 'the last try got no answer and the other side may not show its effect yet';
  return new WorldError({
    code,
    message: `"${action}" for ${id} waits: ${why}.`,
    nextStep: 'Nothing: it is looked up again by itself.',
    retryAfterMs: Math.max(1_000, time - clock.now()),
  });
}

function foundTwice({ id, action }: { id: string; action: string }, count: number): DocumentError {
  return new DocumentError({
    code: 'FOUND_TWICE',
    message: `"${action}" for ${id} was looked up after a lost answer and ${count} results were found; one is expected.`,
    nextStep: 'Compare them in the target system, remove the ones that are wrong there, then retry.',
  });
}

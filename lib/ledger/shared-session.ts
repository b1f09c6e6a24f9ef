import { type Clock, isoTime } from '../clock.ts';
import { type RecordType, readRecord, updateRecord, without } from './record.ts';
import type { Table } from './table.ts';

/**
 * The one BILL session of all functions. The ledger holds it sealed (I8): the key comes from the secret, which the
 * ledger does not know.
 *
 *   no session ──▶ renewal taken (one caller, the login is noted) ──▶ stored, serial + 1
 *                        └─ the caller dies: after `until` the next one takes the renewal
 */
export interface SharedSession {
  /** One more with every session stored: who was refused with serial n needs a greater one. */
  readonly serial: number;
  /** Of the credentials that opened the session. */
  readonly fingerprint?: string;
  /** The encrypted session id. */
  readonly sealed?: string;
  readonly renewal?: Renewal;
  /** ISO times of the logins of the last hour, failed ones too. */
  readonly logins: readonly string[];
  /** All logins ever. */
  readonly loginCount: number;
  /** BILL refused these credentials: nobody tries them again for a while, or BILL locks the user. */
  readonly refusal?: Refusal;
}

export interface Renewal {
  readonly token: string;
  readonly holder: string;
  /** ISO time; from then on anybody may take the renewal. */
  readonly until: string;
}

export interface Refusal {
  readonly fingerprint: string;
  /** BILL's code. */
  readonly code: string;
  /** ISO time. */
  readonly at: string;
}

interface Ledger {
  readonly table: Table;
  readonly clock: Clock;
}

const hourMs = 3_600_000;

const sessions: RecordType<SharedSession> = {
  key: () => ({ pk: 'BILL-SESSION', sk: 'SESSION' }),
  listing: () => ({}),
};

const none: SharedSession = { serial: 0, logins: [], loginCount: 0 };

export async function readSession(table: Table): Promise<SharedSession> {
  return (await readRecord(table, sessions, '')) ?? none;
}

/** Somebody is logging in at `now` (milliseconds). */
export function isRenewing(session: SharedSession, now: number): boolean {
  return session.renewal !== undefined && session.renewal.until > isoTime(now);
}

/** The logins within the hour before `now`. */
export function recentLogins(session: SharedSession, now: number): readonly string[] {
  return session.logins.filter((login) => login > isoTime(now - hourMs));
}

/**
 * Takes the right to log in and notes the login. False when nothing may be done: somebody is at it, a newer
 * session than `serial` is there by now, or the hour's logins are spent.
 */
export async function takeRenewal(
  ledger: Ledger,
  { renewal, serial, mostLogins }: { renewal: Renewal; serial: number; mostLogins: number },
): Promise<boolean> {
  const after = await updateRecord(ledger, sessions, '', (current = none) => {
    const now = ledger.clock.now();
    const logins = recentLogins(current, now);
    if (isRenewing(current, now) || current.serial > serial || logins.length >= mostLogins) return undefined;
    return { ...current, renewal, logins: [...logins, isoTime(now)], loginCount: current.loginCount + 1 };
  });
  return after?.renewal?.token === renewal.token;
}

/** Stores the new session and ends the renewal; undefined when the renewal is no longer ours. */
export async function storeSession(
  ledger: Ledger,
  token: string,
  { fingerprint, sealed }: { fingerprint: string; sealed: string },
): Promise<SharedSession | undefined> {
  let stored: SharedSession | undefined;
  await updateRecord(ledger, sessions, '', (current) => {
    stored = undefined;
    if (current?.renewal?.token !== token) return undefined;
    const { serial, logins, loginCount } = current;
    stored = { serial: serial + 1, fingerprint, sealed, logins, loginCount };
    return stored;
  });
  return stored;
}

/** Ends the renewal without a session; with the refusal where BILL refused the credentials. */
export async function giveUpRenewal(ledger: Ledger, token: string, refusal?: Refusal): Promise<void> {
  await updateRecord(ledger, sessions, '', (current) =>
    current?.renewal?.token === token
      ? { ...without(current, 'renewal'), ...(refusal && { refusal }) }
      : undefined,
  );
}

/** Ends any renewal; for a start where whoever began it is known to be dead. */
export async function endAnyRenewal(ledger: Ledger): Promise<void> {
  await updateRecord(ledger, sessions, '', (current) =>
    current?.renewal === undefined ? undefined : without(current, 'renewal'),
  );
}

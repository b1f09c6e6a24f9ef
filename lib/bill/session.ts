import { isoTime } from '../clock.ts';
import type { BillSecret, Secrets } from '../config/secrets.ts';
import { WorldError } from '../errors.ts';
import {
  giveUpRenewal,
  isRenewing,
  readSession,
  recentLogins,
  type SharedSession,
  storeSession,
  takeRenewal,
} from '../ledger/shared-session.ts';
import { credentialsRefused } from './errors.ts';
import type { Gate } from './gate.ts';
import type { GateDoors } from './gate-doors.ts';
import type { Lease } from './lease.ts';
import { type LoginResult, logIn } from './login.ts';
import { type Seal, sealOf } from './session-seal.ts';

/** An open session with the secret that opened it. */
interface Session {
  readonly id: string;
  readonly serial: number;
  readonly secret: BillSecret;
}

export interface Sessions {
  /**
   * The session that all functions share, opened by one of them when there is none, or when BILL refused the one
   * with the serial `ended`. Throws CredentialsError `BILL_CREDENTIALS_REFUSED`, WorldError `BILL_LOGINS_SPENT` or
   * `BILL_LOGIN_BUSY`, and what the gate and the secrets throw.
   */
  open(lease: Lease, ended?: number): Promise<Session>;
}

/** Our own limit; BILL's is 200 an hour for everybody with the developer key (BILL dossier §1.3). */
export const mostLoginsPerHour = 6;
const hourMs = 3_600_000;
/** Longer than a login can take: while it lasts nobody else logs in. */
const renewalMs = 90_000;
/** How long a caller waits for another one's login. */
const longestWaitMs = 10_000;
/** How long refused credentials are left alone while the secret stays the same. */
const refusalMs = hourMs;

interface SessionDoors extends GateDoors {
  readonly secrets: Secrets;
}

export function createSessions(doors: SessionDoors, gate: Gate): Sessions {
  const { secrets, table, clock } = doors;
  /** Spares the ledger a read for each lease. */
  let known: { session: Session; fingerprint: string } | undefined;

  const remember = (session: Session, { fingerprint }: Seal) => {
    known = { session, fingerprint };
    return session;
  };

  async function open(lease: Lease, ended: number): Promise<Session> {
    let secret = await secrets.bill();
    let seal = sealOf(secret);
    if (known?.fingerprint === seal.fingerprint && known.session.serial > ended) return known.session;
    const deadline = clock.now() + longestWaitMs;
    for (let isFresh = false; ; ) {
      const record = await readSession(table);
      const shared = sessionIn(record, secret, seal, ended);
      if (shared !== undefined) return remember(shared, seal);
      if (!isFresh) {
        // Before a login, and before giving up on refused credentials: the secret may have changed since.
        secret = await secrets.bill(true);
        seal = sealOf(secret);
        isFresh = true;
      } else if (mayLogIn(doors, record, seal)) {
        const session = await renew(lease, record, secret, seal);
        if (session !== undefined) return remember(session, seal);
      } else await waitForOther(doors, deadline);
    }
  }

  /** Undefined when somebody else was faster to begin. */
  async function renew(
    lease: Lease,
    record: SharedSession,
    secret: BillSecret,
    seal: Seal,
  ): Promise<Session | undefined> {
    const token = doors.random.uuid();
    const renewal = { token, holder: doors.holder, until: isoTime(clock.now() + renewalMs) };
    const { serial } = record;
    if (!(await takeRenewal(doors, { renewal, serial, mostLogins: mostLoginsPerHour }))) return undefined;
    const result = await logInOrGiveUp(doors, { lease, gate }, secret, token);
    if (result.is === 'refused') throw await refused(doors, token, seal, result.code);
    doors.observe.log('info', 'session-renewed', { serial: serial + 1 });
    const { fingerprint } = seal;
    const stored = await storeSession(doors, token, { fingerprint, sealed: seal.seal(result.id) });
    // Where the renewal was lost the session is good all the same; it keeps the old serial, so the shared one wins.
    return { id: result.id, serial: stored?.serial ?? serial, secret };
  }

  return { open: (lease, ended = 0) => open(lease, ended) };
}

function sessionIn(
  record: SharedSession,
  secret: BillSecret,
  seal: Seal,
  ended: number,
): Session | undefined {
  const { serial, fingerprint, sealed } = record;
  if (sealed === undefined || fingerprint !== seal.fingerprint || serial <= ended) return undefined;
  const id = seal.open(sealed);
  return id === undefined ? undefined : { id, serial, secret };
}

/** False while somebody else logs in. Throws where nobody may. */
function mayLogIn({ clock, observe }: GateDoors, record: SharedSession, { fingerprint }: Seal): boolean {
  const now = clock.now();
  const { refusal } = record;
  if (refusal?.fingerprint === fingerprint && refusal.at > isoTime(now - refusalMs)) {
    observe.count('CredentialsRefused');
    throw credentialsRefused(refusal.code);
  }
  if (isRenewing(record, now)) return false;
  const [oldest, ...others] = recentLogins(record, now);
  if (oldest !== undefined && others.length + 1 >= mostLoginsPerHour) throw loginsSpent(oldest, now);
  return true;
}

async function logInOrGiveUp(
  doors: GateDoors,
  way: { lease: Lease; gate: Gate },
  secret: BillSecret,
  token: string,
): Promise<LoginResult> {
  doors.observe.count('BillLogins');
  try {
    return await logIn(way, secret);
  } catch (error) {
    await giveUpRenewal(doors, token);
    throw error;
  }
}

async function refused(doors: GateDoors, token: string, { fingerprint }: Seal, code: string): Promise<Error> {
  doors.observe.count('CredentialsRefused');
  doors.observe.log('error', 'credentials-refused', { system: 'bill', code });
  await giveUpRenewal(doors, token, { fingerprint, code, at: isoTime(doors.clock.now()) });
  return credentialsRefused(code);
}

async function waitForOther({ clock, random }: GateDoors, deadline: number): Promise<void> {
  const wait = Math.round(200 + 200 * random.next());
  if (clock.now() + wait > deadline) {
    throw new WorldError({
      code: 'BILL_LOGIN_BUSY',
      message: 'Another worker has been logging in to BILL for a while; its session is not there yet.',
      nextStep: 'Nothing: it goes on by itself.',
    });
  }
  await clock.sleep(wait);
}

function loginsSpent(oldest: string, now: number): WorldError {
  return new WorldError({
    code: 'BILL_LOGINS_SPENT',
    message: `The connector has logged in to BILL ${mostLoginsPerHour} times within an hour; it logs in no more for now.`,
    nextStep:
      'Find out who ends its sessions: another program with the same user, or a change of the BILL secret back and forth.',
    retryAfterMs: Math.max(1, Date.parse(oldest) + hourMs - now),
  });
}

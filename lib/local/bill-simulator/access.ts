import * as z from 'zod';
import { type Answer, ok } from './answer.ts';
import { readBody, text } from './bodies.ts';
import type { StoredSession, StoredUser } from './books.ts';
import { newSecret } from './ids.ts';
import { countLogin } from './limits.ts';
import { noRight, Refusal } from './refusal.ts';
import { type Call, find, type SignedInCall, type World } from './world.ts';

const MINUTE = 60_000;

/** Sessions die when no call was made for so long; every call renews them (BILL dossier §1.3, §1.4). */
const idleMs = { user: 35 * MINUTE, 'sync-token': 48 * 60 * MINUTE };

const loginBody = z.object({ username: text(), password: text(), organizationId: text(), devKey: text() });

/** `POST /v3/login`. */
export function login(world: World, call: Call): Answer {
  const body = readBody(loginBody, call.json());
  requireDeveloperKey(world, body.devKey);
  if (body.organizationId !== world.books.organizationId) {
    throw new Refusal(400, 'BDC_1123', 'The organization id is not valid.');
  }
  countLogin(world, body.devKey);
  const user = world.books.users.find(({ username }) => username === body.username);
  if (user === undefined || user.password !== body.password) {
    throw new Refusal(400, 'BDC_1101', 'Wrong user name or password.');
  }
  forgetDeadSessions(world);
  const sessionId = newSecret(world.books, 'session', user.username);
  world.books.sessions[sessionId] = {
    userId: user.id,
    developerKey: body.devKey,
    lastUsedAt: world.clock.now(),
  };
  world.books.statistics.logins += 1;
  return ok({ sessionId, organizationId: world.books.organizationId, userId: user.id, trusted: false });
}

/** `GET /v3/login/session`. */
export function sessionDetails(world: World, { user }: SignedInCall): Answer {
  const { organizationId } = world.books;
  return ok({ organizationId, userId: user.id, mfaStatus: 'DISABLED', mfaBypass: false });
}

/** `POST /v3/logout`. */
export function logout(world: World, { sessionId }: SignedInCall): Answer {
  delete world.books.sessions[sessionId];
  return { status: 200, text: '', type: 'application/json' };
}

/** Throws Refusal when the developer key is missing or unknown. */
export function requireDeveloperKey(world: World, developerKey: string | undefined): string {
  if (!developerKey) throw new Refusal(400, 'BDC_1108', 'Missing parameter: devKey');
  if (!world.books.developerKeys.includes(developerKey)) {
    throw new Refusal(400, 'BDC_1102', 'The developer key is not valid.');
  }
  return developerKey;
}

/** The user behind the session of this call, which lives on from now; throws Refusal. */
export function signedIn(world: World, call: Call, developerKey: string): SignedInCall {
  const sessionId = call.headers.sessionid;
  if (!sessionId) throw new Refusal(400, 'BDC_1108', 'Missing parameter: sessionId');
  const session = find(world.books.sessions, sessionId);
  const user = session && liveUser(world, session);
  if (session === undefined || user === undefined || session.developerKey !== developerKey) {
    throw new Refusal(401, 'BDC_1109', 'Session is invalid. Please log in.');
  }
  session.lastUsedAt = world.clock.now();
  if (world.switches.withoutRights.includes(call.operation)) throw noRight(call.operation);
  return { ...call, user, sessionId };
}

function liveUser(world: World, session: StoredSession): StoredUser | undefined {
  const user = world.books.users.find(({ id }) => id === session.userId);
  if (user === undefined) return undefined;
  return world.clock.now() - session.lastUsedAt < idleMs[user.kind] ? user : undefined;
}

function forgetDeadSessions(world: World): void {
  for (const [id, session] of Object.entries(world.books.sessions)) {
    if (liveUser(world, session) === undefined) delete world.books.sessions[id];
  }
}

import type { HttpRequest } from '../../http/http.ts';
import type { Session } from './books.ts';
import { codes, Refusal } from './refusal.ts';
import type { Tenant } from './tenant/tenant.ts';

/** CSRF protection of OData writes: token and cookies of one session belong together (SAP dossier §2). */
const sessionCookie = 'SAP_SESSIONID_SIM_100';
const xsrfCookie = 'sap-XSRF_SIM_100';
const contextCookie = 'sap-usercontext';

type Headers = Record<string, string | string[]>;

export function wantsToken(request: HttpRequest): boolean {
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  return isRead && /^fetch$/i.test(request.headers['x-csrf-token'] ?? '');
}

/** The headers that hand out a token; the one of the session whose cookies came along, else a new one. */
export function tokenHeaders(tenant: Tenant, request: HttpRequest): Headers {
  const known = liveSession(tenant, request);
  if (known) return { 'x-csrf-token': known.csrfToken };
  const session = openSession(tenant);
  const cookies = Object.entries(session.cookies).map(
    ([name, value]) => `${name}=${value}; path=/; secure; HttpOnly`,
  );
  return { 'x-csrf-token': session.csrfToken, 'set-cookie': cookies };
}

/** Refuses a write with 403 and `x-csrf-token: Required` unless token and all cookies of a live session come. */
export function checkToken(tenant: Tenant, request: HttpRequest): void {
  const session = liveSession(tenant, request);
  if (session && session.csrfToken === request.headers['x-csrf-token']) return;
  throw new Refusal(403, codes.csrf, 'CSRF token validation failed', { 'x-csrf-token': 'Required' });
}

function openSession({ books, clock, random, switches }: Tenant): Session {
  const { sessions } = books.access;
  for (const [id, { lastUsed }] of Object.entries(sessions)) {
    if (clock.now() - lastUsed > switches.sessionIdleMs) delete sessions[id];
  }
  const id = encodeURIComponent(`${random.uuid()}==`);
  const session: Session = {
    csrfToken: `${random.uuid().replaceAll('-', '')}==`,
    cookies: {
      [contextCookie]: 'sap-client=100',
      [sessionCookie]: id,
      [xsrfCookie]: random.uuid().replaceAll('-', ''),
    },
    lastUsed: clock.now(),
  };
  sessions[id] = session;
  return session;
}

function liveSession({ books, clock, switches }: Tenant, request: HttpRequest): Session | undefined {
  const given = readCookies(request.headers.cookie ?? '');
  const session = books.access.sessions[given[sessionCookie] ?? ''];
  if (!session || clock.now() - session.lastUsed > switches.sessionIdleMs) return undefined;
  if (!Object.entries(session.cookies).every(([name, value]) => given[name] === value)) return undefined;
  session.lastUsed = clock.now();
  return session;
}

function readCookies(header: string): Record<string, string> {
  const pairs = header.split(';').map((part) => /^\s*([^=]+)=(.*?)\s*$/.exec(part));
  return Object.fromEntries(pairs.flatMap((pair) => (pair ? [[pair[1] ?? '', pair[2] ?? '']] : [])));
}

import * as z from 'zod';
import type { Clock } from '../clock.ts';
import type { SapSecret, Secrets } from '../config/secrets.ts';
import { CredentialsError } from '../errors.ts';
import type { Http } from '../http/http.ts';
import type { Observe } from '../observe/observe.ts';
import { type Attempt, answerOf, outageOf, problemText } from './failures.ts';

/** What a request needs to be let in. */
export interface Pass {
  readonly baseUrl: string;
  /** Value of the `authorization` header. */
  readonly authorization: string;
}

/**
 * Signs in to SAP by the strategy of the secret: OAuth 2.0 client credentials or Basic (SAP dossier §1.3).
 * Repeated wrong passwords lock a communication user and with it every arrangement it serves, so refused
 * credentials are not shown again for ten minutes, unless the secret has changed.
 */
export interface Auth {
  /** The pass in use; a token is shared by all and renewed by one caller shortly before it expires. */
  pass(): Promise<Pass>;
  /** After a 401: a pass worth one repeat. Throws CredentialsError where there is none. */
  renewed(refused: Pass): Promise<Pass>;
  /** After the repeat was refused too: remembers it and gives back the error to throw. */
  refuse(refused: Pass): CredentialsError;
}

interface Held {
  readonly secret: SapSecret;
  readonly pass: Pass;
  readonly renewAt: number;
}

export interface AuthDoors {
  readonly secrets: Secrets;
  readonly http: Http;
  readonly clock: Clock;
  readonly observe: Observe;
}

const refusalLastsMs = 10 * 60_000;

export function createAuth(doors: AuthDoors): Auth {
  const { secrets, clock } = doors;
  let held: Held | undefined;
  let renewal: Promise<Pass> | undefined;
  let refusal: { secret: SapSecret; until: number } | undefined;

  async function pass(): Promise<Pass> {
    const secret = await secrets.sap(refusal !== undefined);
    refuseKnownBad(secret);
    if (held !== undefined && sameSecret(held.secret, secret) && clock.now() < held.renewAt) return held.pass;
    return renew(secret);
  }

  async function renewed(refused: Pass): Promise<Pass> {
    if (held !== undefined && held.pass !== refused) return pass();
    const secret = await secrets.sap(true);
    refuseKnownBad(secret);
    const nothingNew = secret.auth.type === 'basic' && held !== undefined && sameSecret(held.secret, secret);
    if (nothingNew) throw refuse(refused);
    if (held?.pass === refused) held = undefined;
    return held === undefined ? renew(secret) : held.pass;
  }

  function renew(secret: SapSecret): Promise<Pass> {
    renewal ??= signIn(secret).finally(() => {
      renewal = undefined;
    });
    return renewal;
  }

  /** The cached secret may be older than the user's password: a refused token request is worth one fresh look. */
  async function signIn(secret: SapSecret): Promise<Pass> {
    try {
      held = await authorize(doors, secret);
    } catch (error) {
      if (!(error instanceof CredentialsError)) throw error;
      const fresh = await secrets.sap(true);
      if (sameSecret(fresh, secret)) throw remember(secret, error);
      held = await authorize(doors, fresh).catch((again: unknown) => {
        throw again instanceof CredentialsError ? remember(fresh, again) : again;
      });
    }
    refusal = undefined;
    return held.pass;
  }

  function refuseKnownBad(secret: SapSecret): void {
    if (refusal === undefined || !sameSecret(refusal.secret, secret)) return;
    const retryAfterMs = refusal.until - clock.now();
    if (retryAfterMs > 0)
      throw credentialsRefused('the same credentials were refused a short while ago', retryAfterMs);
  }

  function refuse(refused: Pass): CredentialsError {
    const error = credentialsRefused('SAP answered 401');
    return held?.pass === refused ? remember(held.secret, error) : error;
  }

  function remember(secret: SapSecret, error: CredentialsError): CredentialsError {
    refusal = { secret, until: clock.now() + refusalLastsMs };
    held = undefined;
    doors.observe.log('error', 'credentials-refused', { system: 'sap', code: error.code });
    doors.observe.count('CredentialsRefused');
    return error;
  }

  return { pass, renewed, refuse };
}

function sameSecret(left: SapSecret, right: SapSecret): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

function authorize(doors: AuthDoors, secret: SapSecret): Promise<Held> {
  const { auth } = secret;
  return auth.type === 'basic'
    ? Promise.resolve(basic(secret, auth))
    : clientCredentials(doors, secret, auth);
}

type BasicAuth = Extract<SapSecret['auth'], { type: 'basic' }>;
type OAuth = Extract<SapSecret['auth'], { type: 'oauth2' }>;

function basic(secret: SapSecret, { username, password }: BasicAuth): Held {
  const pass = { baseUrl: secret.baseUrl, authorization: basicHeader(username, password) };
  return { secret, pass, renewAt: Number.POSITIVE_INFINITY };
}

function basicHeader(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
}

/** RFC 6749 §5.1; SAP sends `expires_in` as a number, some gateways as text. */
const tokenAnswer = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().optional(),
});

const assumedLifeSeconds = 600;

/** RFC 6749 §4.4: client id and secret by HTTP Basic; the secret is the communication user's password. */
async function clientCredentials(
  { http, clock, observe }: AuthDoors,
  secret: SapSecret,
  auth: OAuth,
): Promise<Held> {
  const attempt: Attempt = { what: 'SAP token', write: false };
  const response = await answerOf(attempt, () =>
    http({
      method: 'POST',
      url: auth.tokenUrl,
      headers: {
        authorization: basicHeader(auth.clientId, auth.clientSecret),
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'application/json',
      },
      body: 'grant_type=client_credentials',
    }),
  );
  const outage = outageOf(attempt, response, clock.now());
  if (outage !== undefined) throw outage;
  const token = response.status === 200 ? tokenAnswer.safeParse(jsonOrNothing(response.body)) : undefined;
  if (!token?.success)
    throw credentialsRefused(`the token URL answered ${response.status} ${problemText(response)}`.trim());
  observe.log('info', 'session-renewed', { system: 'sap' });
  const lifeMs = (token.data.expires_in ?? assumedLifeSeconds) * 1000;
  const pass = { baseUrl: secret.baseUrl, authorization: `Bearer ${token.data.access_token}` };
  return { secret, pass, renewAt: clock.now() + lifeMs - Math.min(60_000, lifeMs / 10) };
}

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function credentialsRefused(why: string, retryAfterMs = refusalLastsMs): CredentialsError {
  return new CredentialsError({
    code: 'SAP_CREDENTIALS_REFUSED',
    message: `SAP refused the credentials of the SAP secret (${why}).`,
    nextStep:
      'Check user (or client id) and password in the SAP secret against the communication user in ' +
      '"Maintain Communication Users", and unlock it there; a new secret is picked up within ten minutes.',
    retryAfterMs,
  });
}

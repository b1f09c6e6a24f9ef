import type { SapSecret } from '../../config/secrets.ts';
import type { HttpRequest, HttpResponse } from '../../http/http.ts';
import type { Tenant } from './tenant/tenant.ts';

/** The communication user and its two ways in: OAuth 2.0 client credentials and Basic (SAP dossier §1.3). */
const communicationUser = { name: 'BILLCONN', secret: 'Simulated-Secret-1710-of-BILLCONN' } as const;

export const tokenPath = '/sap/bc/sec/oauth2/token';

export function secretOf(tenant: Tenant, baseUrl: string): SapSecret {
  const { name, secret } = communicationUser;
  return tenant.switches.authentication === 'basic'
    ? { baseUrl, auth: { type: 'basic', username: name, password: secret } }
    : {
        baseUrl,
        auth: { type: 'oauth2', tokenUrl: `${baseUrl}${tokenPath}`, clientId: name, clientSecret: secret },
      };
}

/** Answers the token endpoint: form POST, client id and secret by Basic, errors as RFC 6749 says. */
export function answerToken(tenant: Tenant, request: HttpRequest): HttpResponse {
  if (request.method !== 'POST') return tokenError(405, 'invalid_request', 'The token endpoint takes POST');
  if (!(request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')) {
    return tokenError(400, 'invalid_request', 'The request is no form');
  }
  const grant = new URLSearchParams(request.body ?? '').get('grant_type');
  if (grant === null) return tokenError(400, 'invalid_request', 'grant_type is missing');
  if (grant !== 'client_credentials')
    return tokenError(400, 'unsupported_grant_type', `${grant} is not supported`);
  if (tenant.switches.authentication !== 'oauth2' || !basicMatches(tenant, request)) {
    return tokenError(401, 'invalid_client', 'Client authentication failed');
  }
  return newToken(tenant);
}

function newToken({ books, clock, random, switches }: Tenant): HttpResponse {
  const { tokens } = books.access;
  for (const [token, expiry] of Object.entries(tokens)) {
    if (expiry <= clock.now()) delete tokens[token];
  }
  const token = `${random.uuid()}${random.uuid()}`.replaceAll('-', '');
  tokens[token] = clock.now() + switches.tokenLifetimeSeconds * 1000;
  const body = { access_token: token, token_type: 'Bearer', expires_in: switches.tokenLifetimeSeconds };
  return { status: 200, headers: jsonType, body: JSON.stringify(body) };
}

/** True when the request carries valid credentials of the kind that the communication arrangement allows. */
export function isAuthorized(tenant: Tenant, request: HttpRequest): boolean {
  if (tenant.switches.authentication === 'basic') return basicMatches(tenant, request);
  const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
  const expiry = token === undefined ? undefined : tenant.books.access.tokens[token];
  return expiry !== undefined && expiry > tenant.clock.now() && !isLocked(tenant);
}

/** Wrong secrets are counted; after too many the user is locked, and with it all its arrangements. */
function basicMatches(tenant: Tenant, request: HttpRequest): boolean {
  const encoded = /^Basic (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (encoded === undefined || isLocked(tenant)) return false;
  const { name, secret } = communicationUser;
  const isRight = Buffer.from(encoded, 'base64').toString('utf8') === `${name}:${secret}`;
  tenant.books.access.wrongSecrets = isRight ? 0 : tenant.books.access.wrongSecrets + 1;
  return isRight;
}

function isLocked({ books, switches }: Tenant): boolean {
  return books.access.wrongSecrets >= switches.lockAfterWrongSecrets;
}

const jsonType = { 'content-type': 'application/json;charset=utf-8', 'cache-control': 'no-store' };

function tokenError(status: number, error: string, description: string): HttpResponse {
  const challenge =
    status === 401 ? { 'www-authenticate': 'Basic realm="SAP NetWeaver Application Server"' } : {};
  const body = JSON.stringify({ error, error_description: description });
  return { status, headers: { ...jsonType, ...challenge }, body };
}

/** Before authentication the answer is a page, not JSON (dossier §3.1). */
export function logonFailed(tenant: Tenant): HttpResponse {
  const scheme = tenant.switches.authentication === 'basic' ? 'Basic' : 'Bearer';
  return {
    status: 401,
    headers: {
      'content-type': 'text/html;charset=utf-8',
      'www-authenticate': `${scheme} realm="SAP NetWeaver Application Server"`,
    },
    body: '<html><head><title>Logon failed</title></head><body><h1>401 Unauthorized</h1></body></html>',
  };
}

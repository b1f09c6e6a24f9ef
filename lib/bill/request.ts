import type { BillSecret } from '../config/secrets.ts';
import type { HttpRequest } from '../http/http.ts';
import { writeJson } from './json.ts';

/** One call of BILL's API, before session and host are known. */
export interface BillRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  /** `/v3/…`. */
  readonly path: string;
  /** The webhook admin API has a host part of its own (BILL dossier §1.1). */
  readonly api?: 'events';
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** A file in place of a JSON body (§5.7). */
  readonly file?: Uint8Array;
  /** UUID v4; only two webhook operations know it (§3.6). */
  readonly idempotentKey?: string;
  /** A POST that makes nothing: the login, a test notification. */
  readonly makesNothing?: true;
  /** The document, for messages: `bill 00n…`. */
  readonly about: string;
}

/** The request on the wire (headers: BILL dossier §1.2). */
export function httpRequest(
  request: BillRequest,
  { baseUrl, eventsBaseUrl, devKey }: BillSecret,
  sessionId: string,
): HttpRequest {
  const { method, path, api, query = {}, body, file, idempotentKey } = request;
  const search = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const url = `${api === 'events' ? eventsBaseUrl : baseUrl}${path}`;
  return {
    method,
    url: search.length === 0 ? url : `${url}?${search.join('&')}`,
    headers: {
      accept: 'application/json',
      devkey: devKey,
      sessionid: sessionId,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(file !== undefined && { 'content-type': 'application/octet-stream' }),
      ...(idempotentKey !== undefined && { 'x-idempotent-key': idempotentKey }),
    },
    ...(body !== undefined && { body: writeJson(body) }),
    ...(file !== undefined && { bytes: file }),
  };
}

/** Whether a call whose answer is lost may have changed something in BILL. */
export function changesBill({ method, makesNothing }: BillRequest): boolean {
  return method !== 'GET' && makesNothing !== true;
}

/** The login carries the developer key in its body and no header of its own (BILL dossier §1.3). */
export function loginRequest({
  baseUrl,
  devKey,
  organizationId,
  username,
  password,
}: BillSecret): HttpRequest {
  return {
    method: 'POST',
    url: `${baseUrl}/v3/login`,
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: writeJson({ username, password, organizationId, devKey }),
  };
}

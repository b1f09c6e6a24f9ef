import { type Http, HttpFailure, type HttpRequest, type HttpResponse } from '../http/http.ts';
import { type AuthDoors, createAuth, type Pass } from './auth.ts';
import { type Attempt, answerOf, notAuthorized, notFound, outageOf, redirected } from './failures.ts';
import { headerOf } from './headers.ts';
import type { SapService } from './services.ts';

/** One request to one service, host and authorization not yet set. */
interface SapRequest {
  readonly service: SapService;
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** Path and query, encoded. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The answer is a file of at most so many bytes; 404 where there is none is an answer too. */
  readonly fileUpTo?: number;
}

/**
 * The way into SAP for all services: signs in, sends once, and turns everything that is the world's failure or a
 * person's to mend into an error. What comes back is a 2xx, a 4xx that judges the request itself, or a 403 that
 * asks for a CSRF token.
 */
export interface Connection {
  /** Throws WorldError (`mayHaveHappened` for writes that may have arrived) and CredentialsError. */
  send(request: SapRequest): Promise<HttpResponse>;
}

/** A kept-alive connection may be closed in the moment it is used: a read is worth one more try. */
const brokenConnection = new Set(['ECONNRESET', 'EPIPE', 'ERR_READING_RESPONSE_STREAM']);

export function createConnection(doors: AuthDoors): Connection {
  const auth = createAuth(doors);

  async function send(request: SapRequest): Promise<HttpResponse> {
    const pass = await auth.pass();
    const first = await sendWith(pass, request);
    if (first.status !== 401) return judge(request, first);
    const renewed = await auth.renewed(pass);
    const second = await sendWith(renewed, request);
    if (second.status === 401) throw auth.refuse(renewed);
    return judge(request, second);
  }

  function sendWith(
    pass: Pass,
    { method, path, headers, body, service, fileUpTo }: SapRequest,
  ): Promise<HttpResponse> {
    const whole: HttpRequest = {
      method,
      url: `${pass.baseUrl}${path}`,
      headers: { 'accept-language': 'en', ...headers, authorization: pass.authorization },
      ...(body === undefined ? {} : { body }),
      ...(fileUpTo === undefined ? {} : { mostBytes: fileUpTo }),
    };
    return answerOf({ what: service.what, write: method !== 'GET' }, () =>
      method === 'GET' ? readTwice(doors.http, whole) : doors.http(whole),
    );
  }

  function judge(request: SapRequest, response: HttpResponse): HttpResponse {
    const { service } = request;
    const attempt: Attempt = { what: service.what, write: request.method !== 'GET' };
    const outage = outageOf(attempt, response, doors.clock.now());
    if (outage !== undefined) throw outage;
    if (response.status === 403 && !needsCsrfToken(response))
      throw reported(notAuthorized(service, response));
    if (response.status === 404 && request.fileUpTo === undefined) throw reported(notFound(service));
    if (response.status >= 300 && response.status < 400) throw reported(redirected(service, response.status));
    return response;
  }

  function reported<E extends { readonly code: string }>(error: E): E {
    doors.observe.log('error', 'credentials-refused', { system: 'sap', code: error.code });
    doors.observe.count('CredentialsRefused');
    return error;
  }

  return { send };
}

async function readTwice(http: Http, request: HttpRequest): Promise<HttpResponse> {
  try {
    return await http(request);
  } catch (error) {
    if (error instanceof HttpFailure && brokenConnection.has(error.code)) return http(request);
    throw error;
  }
}

/** SAP dossier §2: 403 with `x-csrf-token: Required` is about the token, any other 403 about rights. */
export function needsCsrfToken(response: HttpResponse): boolean {
  return response.status === 403 && /^required$/i.test(headerOf(response, 'x-csrf-token') ?? '');
}

import { type Clock, isoTime, systemClock } from '../clock.ts';
import type { Http, HttpRequest, HttpResponse } from './http.ts';

/** One line of a recording; secrets stand as `***`. */
interface WireEntry {
  readonly system: 'sap' | 'bill';
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: Record<string, string>;
  readonly requestBody: string | null;
  readonly status: number | null;
  readonly responseBody: string | null;
  readonly startedAt: string;
  readonly endedAt: string;
}

const hidden = '***';
const secretHeaders = new Set(['authorization', 'cookie', 'devkey', 'sessionid']);

/** Names whose values are secrets or bank details in a JSON body or a form of either side. */
const secretNames = [
  'password',
  'username',
  'devKey',
  'sessionId',
  'rememberMeId',
  'securityKey',
  'access_token',
  'refresh_token',
  'id_token',
  'client_secret',
  'routingNumber',
  'iban',
].join('|');
const secretInJson = new RegExp(`("(?:${secretNames})"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*"`, 'gi');
const secretInForm = new RegExp(`((?:^|&)(?:${secretNames})=)[^&]*`, 'gi');
/** A bank account, as a whole: its number has the name of an innocent field elsewhere. */
const bankAccountInJson = /("(?:bankAccount|paymentAccount|card)"\s*:\s*)\{[^{}]*\}/gi;

/**
 * Records every request that goes through `http`, one JSON line each (with its line feed), also those without an
 * answer (`status` null). Tokens, sessions, logins and bank details are redacted, of files only the size is kept; other
 * bodies are kept whole.
 */
export function wiretap(
  http: Http,
  system: 'sap' | 'bill',
  write: (line: string) => void,
  clock: Clock = systemClock,
): Http {
  return async (request) => {
    const startedAt = isoTime(clock.now());
    const record = (response: HttpResponse | undefined) =>
      write(`${JSON.stringify(entryOf(system, request, response, startedAt, isoTime(clock.now())))}\n`);
    try {
      const response = await http(request);
      record(response);
      return response;
    } catch (error) {
      record(undefined);
      throw error;
    }
  };
}

function entryOf(
  system: 'sap' | 'bill',
  request: HttpRequest,
  response: HttpResponse | undefined,
  startedAt: string,
  endedAt: string,
): WireEntry {
  return {
    system,
    method: request.method,
    url: request.url,
    requestHeaders: redactHeaders(request.headers),
    requestBody: bodyOf(request),
    status: response?.status ?? null,
    responseBody: response === undefined ? null : bodyOf(response),
    startedAt,
    endedAt,
  };
}

function redactHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, isSecret(name, value) ? hidden : value]),
  );
}

/** `x-csrf-token: Fetch` asks for a token; any other value is one. */
function isSecret(name: string, value: string): boolean {
  return secretHeaders.has(name) || (name === 'x-csrf-token' && !/^fetch$/i.test(value));
}

function bodyOf({ body, bytes }: { body?: string; bytes?: Uint8Array }): string | null {
  if (bytes !== undefined) return `(${bytes.length} bytes)`;
  return body === undefined ? null : redactBody(body);
}

function redactBody(body: string): string {
  return body
    .replace(bankAccountInJson, `$1"${hidden}"`)
    .replace(secretInJson, `$1"${hidden}"`)
    .replace(secretInForm, `$1${hidden}`);
}

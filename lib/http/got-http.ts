import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import got, { RequestError, TimeoutError } from 'got';
import { ConfigurationError } from '../errors.ts';
import { answerTooLarge, type Http, HttpFailure, type HttpRequest, type HttpResponse } from './http.ts';

/** Milliseconds each phase of one request may take; `request` is all of them together. */
export interface Timeouts {
  readonly lookup: number;
  readonly connect: number;
  readonly secureConnect: number;
  readonly send: number;
  readonly response: number;
  readonly request: number;
}

const defaultTimeouts: Timeouts = {
  lookup: 5_000,
  connect: 5_000,
  secureConnect: 5_000,
  send: 10_000,
  response: 30_000,
  request: 60_000,
};

/** A full page of supplier invoices with all items stays far below this. */
const defaultMaximumBytes = 20 * 1024 * 1024;

/** Phases and codes in which the request cannot have reached the other side. */
const phasesBeforeArrival = new Set(['lookup', 'connect', 'secureConnect']);
const codesBeforeArrival = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED']);

/**
 * The real HTTP door: one attempt over kept-alive connections, no retry, no redirect, a time limit on every phase
 * and a size limit on the answer. Every status is an answer. Throws HttpFailure when none came, and
 * ConfigurationError `HTTP_NOT_ENCRYPTED` for plain http to another machine.
 */
export function gotHttp(options: { timeouts?: Partial<Timeouts>; maximumBytes?: number } = {}): Http {
  const timeout = { ...defaultTimeouts, ...options.timeouts };
  const client = got.extend({
    retry: { limit: 0 },
    followRedirect: false,
    throwHttpErrors: false,
    timeout,
    agent: { http: new HttpAgent({ keepAlive: true }), https: new HttpsAgent({ keepAlive: true }) },
    headers: { 'user-agent': 'ml-connector' },
  });

  return async (request) => {
    refusePlainHttp(request.url);
    const maximumBytes = request.mostBytes ?? options.maximumBytes ?? defaultMaximumBytes;
    const limit = new AbortController();
    try {
      const { method, url, headers, body = request.bytes } = request;
      const answer = client(url, {
        method,
        headers: { ...headers },
        ...(body === undefined ? {} : { body }),
        // A file may take as long to send as the whole request may last.
        ...(request.bytes === undefined ? {} : { timeout: { ...timeout, send: timeout.request } }),
        responseType: 'buffer',
        signal: limit.signal,
      });
      answer.on('downloadProgress', ({ transferred }) => {
        if (transferred > maximumBytes) limit.abort();
      });
      const response = await answer;
      if (response.body.length > maximumBytes) throw tooLarge(request, maximumBytes);
      return {
        status: response.statusCode,
        headers: plainHeaders(response.headers),
        ...bodyOf(request, response),
      };
    } catch (error) {
      if (limit.signal.aborted) throw tooLarge(request, maximumBytes);
      throw failureOf(request, error);
    }
  };
}

function refusePlainHttp(url: string): void {
  const { protocol, hostname } = new URL(url);
  if (protocol === 'https:' || isLoopback(hostname)) return;
  throw new ConfigurationError({
    code: 'HTTP_NOT_ENCRYPTED',
    message: `${protocol}//${hostname} is not encrypted; plain http is used for this machine only.`,
    nextStep: 'Write the address with https in the secret.',
  });
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** Bytes only where they were asked for and came: what a failure says is text. */
function bodyOf(
  { mostBytes }: HttpRequest,
  { statusCode, body }: { readonly statusCode: number; readonly body: Uint8Array },
): Pick<HttpResponse, 'body' | 'bytes'> {
  const isWanted = mostBytes !== undefined && statusCode >= 200 && statusCode < 300;
  return isWanted ? { body: '', bytes: body } : { body: new TextDecoder().decode(body) };
}

function plainHeaders(headers: HttpResponse['headers']): HttpResponse['headers'] {
  return Object.fromEntries(Object.entries(headers));
}

function tooLarge({ method, url }: HttpRequest, maximumBytes: number): HttpFailure {
  const megabytes = Math.round(maximumBytes / 1024 / 1024);
  return new HttpFailure(
    answerTooLarge,
    true,
    `${method} ${hostOf(url)}: the answer is larger than ${megabytes} MB.`,
  );
}

/** The host alone goes into messages: paths and queries may name documents, headers hold secrets. */
function failureOf({ method, url }: HttpRequest, error: unknown): unknown {
  if (!(error instanceof RequestError)) return error;
  if (error instanceof TimeoutError) {
    const arrived = !phasesBeforeArrival.has(error.event);
    return new HttpFailure('ETIMEDOUT', arrived, `${method} ${hostOf(url)}: timed out (${error.event}).`);
  }
  const arrived = !codesBeforeArrival.has(error.code);
  return new HttpFailure(error.code, arrived, `${method} ${hostOf(url)}: no answer (${error.code}).`);
}

function hostOf(url: string): string {
  return new URL(url).host;
}

import type { Clock } from '../../../lib/clock.ts';
import type { SapSecret, Secrets } from '../../../lib/config/secrets.ts';
import type { Http, HttpRequest, HttpResponse } from '../../../lib/http/http.ts';
import type { Observe } from '../../../lib/observe/observe.ts';

/** Doors for tests of the SAP side: a clock that is set by hand, an Http that a function answers, and their records. */
export const host = 'https://my000001-api.example.test';

export const basicSecret: SapSecret = {
  baseUrl: host,
  auth: { type: 'basic', username: 'BILLCONN', password: 'open-sesame' },
};

export const oauthSecret: SapSecret = {
  baseUrl: host,
  auth: {
    type: 'oauth2',
    tokenUrl: `${host}/sap/bc/sec/oauth2/token`,
    clientId: 'connector',
    clientSecret: 'open-sesame',
  },
};

export function clockAt(iso: string): Clock & { advance(milliseconds: number): void } {
  let now = Date.parse(iso);
  return {
    now: () => now,
    sleep: async (milliseconds) => {
      now += milliseconds;
    },
    advance: (milliseconds) => {
      now += milliseconds;
    },
  };
}

/** `cached` is what the cache holds, `fresh` what lies behind it. */
export function secretsOf(cached: SapSecret, fresh: SapSecret = cached): Secrets & { asked: boolean[] } {
  const asked: boolean[] = [];
  return {
    asked,
    sap: async (isFresh = false) => {
      asked.push(isFresh);
      return isFresh ? fresh : cached;
    },
    bill: () => Promise.reject(new Error('no part of these tests')),
  };
}

export function recordingObserve(): Observe & {
  logged: [string, Record<string, unknown>][];
  counted: string[];
} {
  const logged: [string, Record<string, unknown>][] = [];
  const counted: string[] = [];
  return {
    logged,
    counted,
    log: (_level, event, fields) => logged.push([event, fields]),
    count: (metric) => counted.push(metric),
  };
}

export interface RecordedHttp {
  readonly http: Http;
  readonly requests: HttpRequest[];
}

export function answering(
  answer: (request: HttpRequest, count: number) => HttpResponse | Promise<HttpResponse>,
): RecordedHttp {
  const requests: HttpRequest[] = [];
  return {
    requests,
    http: async (request) => {
      requests.push(request);
      return answer(request, requests.length);
    },
  };
}

export function json(body: unknown, status = 200, headers: HttpResponse['headers'] = {}): HttpResponse {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

export function html(status: number, title: string, headers: HttpResponse['headers'] = {}): HttpResponse {
  const body = `<!DOCTYPE html><html><head><title>${title}</title></head><body>Please wait</body></html>`;
  return { status, headers: { 'content-type': 'text/html', ...headers }, body };
}

/** Path and decoded query of a recorded request. */
export function asked(request: HttpRequest | undefined): { path: string; query: Record<string, string> } {
  const url = new URL(request?.url ?? 'about:blank');
  return { path: url.pathname, query: Object.fromEntries(url.searchParams) };
}

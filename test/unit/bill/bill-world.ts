import { createBill } from '../../../lib/bill/create-bill.ts';
import type { Clock } from '../../../lib/clock.ts';
import type { BillSecret, Secrets } from '../../../lib/config/secrets.ts';
import type { Http, HttpRequest, HttpResponse } from '../../../lib/http/http.ts';
import { createMemoryTable } from '../../../lib/ledger/memory-table.ts';
import type { Table } from '../../../lib/ledger/table.ts';
import type { Observe } from '../../../lib/observe/observe.ts';
import { seededRandom } from '../../../lib/random.ts';
import { virtualTime } from './virtual-time.ts';

export const secret: BillSecret = {
  baseUrl: 'https://bill.example/connect',
  eventsBaseUrl: 'https://bill.example/connect-events',
  devKey: 'example-developer-key',
  organizationId: '008EXAMPLEORGANIZATI',
  username: 'connector@example.com',
  password: 'example-password',
  webhookSecurityKey: 'example-security-key',
};

/** Secrets that a test may change: `stale` is what a cache still holds. */
export function secretsOf(current: { secret: BillSecret; stale?: BillSecret }): Secrets {
  return {
    bill: async (fresh = false) => (fresh ? current.secret : (current.stale ?? current.secret)),
    sap: async () => {
      throw new Error('BILL needs no secret of SAP.');
    },
  };
}

export interface Told {
  readonly counts: Record<string, number>;
  readonly events: string[];
}

export function observed(): Observe & Told {
  const counts: Record<string, number> = {};
  const events: string[] = [];
  return {
    counts,
    events,
    log: (_level, event) => {
      events.push(event);
    },
    count: (metric, value = 1) => {
      counts[metric] = (counts[metric] ?? 0) + value;
    },
  };
}

export function answer(status: number, body: unknown): HttpResponse {
  return { status, headers: {}, body: typeof body === 'string' ? body : JSON.stringify(body) };
}

export function refusal(status: number, code: string, message = 'Refused.'): HttpResponse {
  return answer(status, [{ code, message, severity: 'ERROR', category: 'REQUEST', params: {} }]);
}

export const isLogin = ({ url }: HttpRequest) => url.endsWith('/v3/login');

/** Answers logins with `session-1`, `session-2`, …; everything else is the test's. */
export function withLogins(others: Http): { http: Http; requests: HttpRequest[]; logins: () => number } {
  const requests: HttpRequest[] = [];
  let count = 0;
  const http: Http = async (request) => {
    requests.push(request);
    if (!isLogin(request)) return others(request);
    count += 1;
    return answer(200, {
      sessionId: `session-${count}`,
      organizationId: '008',
      userId: '006',
      trusted: false,
    });
  };
  return { http, requests, logins: () => count };
}

/** A gateway with doors of its own in a time of its own; parts may be given. */
export function billWorld(
  http: Http,
  parts: { table?: Table; clock?: Clock; secrets?: Secrets; callsPerHour?: number; seed?: number } = {},
) {
  const clock = virtualTime();
  const observe = observed();
  const doors = {
    table: parts.table ?? createMemoryTable(),
    clock: parts.clock ?? clock,
    secrets: parts.secrets ?? secretsOf({ secret }),
    random: seededRandom(parts.seed ?? 1),
    observe,
    http,
    callsPerHour: parts.callsPerHour ?? 18_000,
    holder: `holder-${parts.seed ?? 1}`,
  };
  return { ...doors, time: clock, observe, bill: createBill(doors) };
}

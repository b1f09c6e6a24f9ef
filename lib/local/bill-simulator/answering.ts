import type { Http, HttpRequest, HttpResponse } from '../../http/http.ts';
import { login, requireDeveloperKey, signedIn } from './access.ts';
import { type Answer, ok } from './answer.ts';
import { countCall, createTraffic, tooManyInFlight } from './limits.ts';
import { htmlPage, Refusal, refusalAnswer } from './refusal.ts';
import { type Match, matchRoute } from './routes.ts';
import type { Call, World } from './world.ts';

const LOGIN = 'POST /v3/login';
const HEALTH = 'GET /v3/health';

/** A request, taken apart as far as it can be without judging it. */
interface Asked {
  readonly call: Call;
  readonly match: Match | undefined;
  readonly developerKey: string | undefined;
}

/** From HTTP request to answer: limits, session, rights, then the operation itself (BILL dossier §1, §2). */
export function createAnswering(world: World, settle: () => void, latency?: () => Promise<void>): Http {
  const traffic = createTraffic(world);
  return async (request) => {
    const asked = readRequest(request);
    const visit = traffic.enter(asked.developerKey ?? '');
    try {
      await latency?.();
      return responseOf(answer(world, asked, visit.tooMany, settle));
    } finally {
      visit.leave();
    }
  };
}

function answer(world: World, asked: Asked, tooMany: boolean, settle: () => void): Answer {
  countIn(world, asked.call.operation);
  if (world.switches.outage) return htmlPage(503);
  try {
    const answered = carryOut(world, asked, tooMany);
    if (!asked.call.operation.startsWith('GET ')) settle();
    return answered;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    world.outbox.length = 0;
    countRefusal(world, error);
    return refusalAnswer(error, world.switches, world.clock.now());
  }
}

function carryOut(world: World, { call, match, developerKey }: Asked, tooMany: boolean): Answer {
  if (call.operation === HEALTH) return ok({ appId: 'bill-simulator', appEnv: 'local' });
  if (match === undefined && call.operation !== LOGIN) {
    throw new Refusal(404, 'BDC_1121', `There is no ${call.operation}.`);
  }
  const key = requireDeveloperKey(world, developerKey);
  if (tooMany) throw tooManyInFlight(world);
  countCall(world, key);
  return match === undefined ? login(world, call) : match.handler(world, signedIn(world, call, key));
}

function readRequest(request: HttpRequest): Asked {
  const url = new URL(request.url);
  const [, base = '', path = ''] = /^\/([^/]*)(\/.*)?$/.exec(url.pathname) ?? [];
  const match = matchRoute(base, request.method, path);
  const call: Call = {
    operation: match?.operation ?? `${request.method} ${path}`,
    params: match?.params ?? {},
    query: url.searchParams,
    headers: request.headers,
    json: () => readJson(request),
    bytes: () => request.bytes ?? Buffer.from(request.body ?? ''),
  };
  const isLogin = call.operation === LOGIN && base === 'connect';
  return { call, match, developerKey: isLogin ? keyInBody(request.body) : request.headers.devkey };
}

function readJson({ headers, body }: HttpRequest): unknown {
  if (!headers['content-type']?.startsWith('application/json')) {
    throw new Refusal(400, 'BDC_1122', 'The content-type must be application/json.');
  }
  try {
    return JSON.parse(body ?? '');
  } catch {
    throw new Refusal(400, 'BDC_1122', 'The body is no JSON.');
  }
}

/** A login carries its developer key in the body; one that cannot be read has none. */
function keyInBody(body = ''): string | undefined {
  return /"devKey"\s*:\s*"([^"]*)"/.exec(body)?.[1];
}

function countIn({ books: { statistics } }: World, operation: string): void {
  statistics.calls += 1;
  statistics.perOperation[operation] = (statistics.perOperation[operation] ?? 0) + 1;
}

function countRefusal({ books: { statistics } }: World, { code }: Refusal): void {
  statistics.refused += 1;
  statistics.refusedByCode[code] = (statistics.refusedByCode[code] ?? 0) + 1;
}

function responseOf({ status, body, text, type = 'application/json' }: Answer): HttpResponse {
  return {
    status,
    headers: { 'content-type': type },
    body: text ?? JSON.stringify(body),
  };
}

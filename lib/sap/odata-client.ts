import * as z from 'zod';
import type { Clock } from '../clock.ts';
import type { HttpResponse } from '../http/http.ts';
import type { Observe } from '../observe/observe.ts';
import { type Connection, needsCsrfToken } from './connection.ts';
import { type Csrf, createCsrf } from './csrf.ts';
import { notAuthorized, UnexpectedAnswer, unreadable } from './failures.ts';
import { readContent } from './odata-content.ts';
import { ODataError, readODataError } from './odata-errors.ts';
import { type Literal, type Query, queryString } from './odata-query.ts';
import { warningsOf } from './sap-messages.ts';
import type { ODataService } from './services.ts';

/** What a write gave back: the entity as SAP stored it, and the warnings that came along. */
interface Written {
  readonly entity: unknown;
  readonly warnings: readonly string[];
}

/** OData V2 and V4 alike. Beside the errors of the connection: ODataError where SAP refuses the request itself. */
export interface ODataClient {
  /** All rows of the query over all pages that the server makes of it; warnings are logged. */
  list<T>(service: ODataService, entitySet: string, query: Query, row: z.ZodType<T>): Promise<T[]>;
  /** The rows that a function import answers to GET. */
  call<T>(
    service: ODataService,
    name: string,
    parameters: Readonly<Record<string, Literal>>,
    row: z.ZodType<T>,
  ): Promise<T[]>;
  /** The media resource of an entity: `gone` where SAP has it no more, `too-large` beyond so many bytes. */
  content(
    service: ODataService,
    entity: string,
    mostBytes: number,
  ): Promise<Uint8Array | 'gone' | 'too-large'>;
  /** The service's own `$metadata`, an EDMX document. */
  metadata(service: ODataService): Promise<string>;
  /** Creates one entity, with CSRF token and cookies; sent once more only where SAP refused the token itself. */
  post(service: ODataService, entitySet: string, entity: object): Promise<Written>;
  /** Changes some properties of one entity, on condition that it still has this ETag where SAP gave one. */
  patch(service: ODataService, entity: string, change: object, etag: string | undefined): Promise<void>;
  readonly csrf: Csrf;
}

interface Write {
  readonly service: ODataService;
  readonly method: 'POST' | 'PATCH';
  readonly path: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Doors {
  readonly clock: Clock;
  readonly observe: Observe;
}

/** More pages than any query of ours has: a server that never ends its list is stopped here. */
const mostPages = 1_000;

export function createODataClient(connection: Connection, { clock, observe }: Doors): ODataClient {
  const csrf = createCsrf(connection, clock);

  async function get(
    service: ODataService,
    path: string,
    accept = 'application/json',
  ): Promise<HttpResponse> {
    const response = await connection.send({ service, method: 'GET', path, headers: { accept } });
    refuse(service, path, response);
    const warnings = warningsOf(response);
    if (warnings.length > 0) observe.log('warn', 'sap-warning', { document: service.name, warnings });
    return response;
  }

  async function rowsFrom(service: ODataService, start: string): Promise<unknown[]> {
    const found: unknown[] = [];
    let path: string | undefined = start;
    for (let page = 0; path !== undefined; page += 1) {
      if (page === mostPages)
        throw new UnexpectedAnswer(`${service.name} sent ${mostPages} pages and no end.`);
      const { rows, next } = pageOf(service, await get(service, path));
      for (const row of rows) found.push(await completed(service, row));
      path = next === undefined ? undefined : pathOf(service, next);
    }
    return found;
  }

  /** A server may cut expanded rows too: their `__next` is followed, or a line of an invoice would be lost. */
  async function completed(service: ODataService, value: unknown): Promise<unknown> {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return Promise.all(value.map((each) => completed(service, each)));
    const entries = Object.entries(value).map(
      async ([name, each]) => [name, await completed(service, each)] as const,
    );
    const whole: Record<string, unknown> = Object.fromEntries(await Promise.all(entries));
    if (typeof whole.__next !== 'string' || !Array.isArray(whole.results)) return whole;
    return { results: [...whole.results, ...(await rowsFrom(service, pathOf(service, whole.__next)))] };
  }

  async function send({ service, method, path, body, headers }: Write): Promise<HttpResponse> {
    const pass = await csrf.take(service);
    const response = await connection.send({
      service,
      method,
      path,
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        'x-csrf-token': pass.token,
        cookie: pass.cookie,
        ...headers,
      },
      body,
    });
    if (needsCsrfToken(response)) csrf.drop(pass);
    return response;
  }

  /** Once more where SAP refused the token itself: nothing has happened then. */
  async function write(wanted: Write): Promise<HttpResponse> {
    const first = await send(wanted);
    const response = needsCsrfToken(first) ? await send(wanted) : first;
    if (needsCsrfToken(response)) throw notAuthorized(wanted.service, response);
    refuse(wanted.service, wanted.path, response);
    return response;
  }

  return {
    csrf,
    async list(service, entitySet, query, row) {
      const found = await rowsFrom(service, `${service.path}/${entitySet}?${queryString(query)}`);
      return found.map((each) => parseRow(entitySet, row, each));
    },
    async call(service, name, parameters, row) {
      const query = Object.entries(parameters).map(
        ([key, { odata }]) => `${key}=${encodeURIComponent(odata)}`,
      );
      const found = await rowsFrom(service, `${service.path}/${name}?${query.join('&')}`);
      return found.map((each) => parseRow(name, row, each));
    },
    content: (service, entity, mostBytes) => readContent(connection, service, entity, mostBytes),
    async metadata(service) {
      return (await get(service, `${service.path}/$metadata`, 'application/xml')).body;
    },
    async post(service, entitySet, entity) {
      const path = `${service.path}/${entitySet}`;
      const response = await write({ service, method: 'POST', path, body: JSON.stringify(entity) });
      return { entity: entityOf(service, response), warnings: warningsOf(response) };
    },
    async patch(service, entity, change, etag) {
      const headers = etag === undefined ? {} : { 'if-match': etag };
      const path = `${service.path}/${entity}`;
      await write({ service, method: 'PATCH', path, body: JSON.stringify(change), headers });
    },
  };
}

function refuse(service: ODataService, path: string, response: HttpResponse): void {
  if (response.status < 400) return;
  const what = `${service.name} ${path.slice(service.path.length + 1).split('?')[0]}`;
  throw new ODataError(what, response.status, readODataError(response.body));
}

/** V2: `d.results` or `d`, `d.__next`; V4: `value`, `@odata.nextLink` (SAP dossier §§3.1, 3.2). */
const v2Page = z
  .object({
    d: z.union([
      z.object({ results: z.array(z.unknown()), __next: z.string().optional() }),
      z.array(z.unknown()).transform((results) => ({ results, __next: undefined })),
    ]),
  })
  .transform(({ d }) => ({ rows: d.results, next: d.__next }));
const v4Page = z
  .object({ value: z.array(z.unknown()), '@odata.nextLink': z.string().optional() })
  .transform((page) => ({ rows: page.value, next: page['@odata.nextLink'] }));

function pageOf(
  service: ODataService,
  response: HttpResponse,
): { rows: unknown[]; next?: string | undefined } {
  const parsed = (service.version === 'v2' ? v2Page : v4Page).safeParse(jsonOf(service, response, false));
  if (!parsed.success)
    throw new UnexpectedAnswer(`${service.name} answered a list in a form that OData does not know.`);
  return parsed.data;
}

function entityOf(service: ODataService, response: HttpResponse): unknown {
  if (response.body.trim() === '') return undefined;
  const json = jsonOf(service, response, true);
  return z.object({ d: z.unknown() }).safeParse(json).data?.d ?? json;
}

function jsonOf(service: ODataService, response: HttpResponse, write: boolean): unknown {
  try {
    return JSON.parse(response.body);
  } catch {
    throw unreadable({ what: service.what, write }, response);
  }
}

/** Only path and query of a server's link are used: credentials go to the host of the secret and to no other. */
function pathOf(service: ODataService, link: string): string {
  const root = `https://sap.invalid${service.path}/`;
  const { pathname, search } = new URL(link, root);
  const start = pathname.indexOf(service.path);
  if (start < 0)
    throw new UnexpectedAnswer(`${service.name} continues its list at another service (${pathname}).`);
  return `${pathname.slice(start)}${search}`;
}

/** Throws UnexpectedAnswer that names the places where the row is otherwise than documented, without their values. */
export function parseRow<T>(entitySet: string, schema: z.ZodType<T>, row: unknown): T {
  const parsed = schema.safeParse(row);
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.slice(0, 5).map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new UnexpectedAnswer(`${entitySet} has another shape than SAP documents: ${places.join('; ')}`);
}

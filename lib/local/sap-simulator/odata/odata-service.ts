import type { HttpRequest, HttpResponse } from '../../../http/http.ts';
import { badRequest, codes, Refusal } from '../refusal.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { atomFeed } from './atom.ts';
import type { EntityType, Row } from './entity-type.ts';
import { checkChangeable, checkEtag, etagOf, readEntity } from './entity-writes.ts';
import { readFunctionArguments } from './function-import.ts';
import { metadataDocument } from './metadata-document.ts';
import { inOrder, type QueryOptions, readOptions, readQuery } from './query-options.ts';
import { matches, relatedRows } from './related-rows.ts';
import { notFound, type Resource, readResource, type Types } from './resource-path.ts';
import type { ODataService, ReadingFunction } from './service-definition.ts';
import { type ShapeContext, shapeV2, shapeV4 } from './shapes.ts';

interface Call {
  readonly service: ODataService;
  readonly tenant: Tenant;
  readonly request: HttpRequest;
  readonly query: ReadonlyMap<string, string>;
  readonly types: Types;
  readonly serviceUrl: string;
}

type Entities = Extract<Resource, { kind: 'entities' }>;

/** Answers one authorized request to a service; throws Refusal. */
export function answerOData(
  service: ODataService,
  tenant: Tenant,
  request: HttpRequest,
  url: URL,
): HttpResponse {
  const types = new Map(service.entities(tenant.switches).map((type) => [type.set, type]));
  const path = url.pathname.slice(service.path.length);
  const resource = readResource(path, types, Object.keys(service.functions), service.version);
  const query = readQuery(url.search.slice(1));
  const call = { service, tenant, request, query, types, serviceUrl: `${url.origin}${service.path}` };
  if (resource.kind === 'function') return callFunction(call, resource.name);
  if (resource.kind === 'entities' && service.writes && !resource.navigation) {
    if (request.method === 'POST' && !resource.key) return createEntity(call, resource);
    if (request.method === 'PATCH' && resource.key) return changeEntity(call, resource);
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    throw new Refusal(405, codes.method, `Method '${request.method}' not allowed for this resource`);
  }
  if (resource.kind === 'metadata') return xml(metadataDocument(service, types));
  if (resource.kind === 'service-document') return serviceDocument(call);
  return readEntities(call, resource);
}

function serviceDocument({ service, types, serviceUrl }: Call): HttpResponse {
  const sets = [...types.keys()];
  if (service.version === 'V2') return json({ d: { EntitySets: sets } });
  const value = sets.map((name) => ({ name, kind: 'EntitySet', url: name }));
  return json({ '@odata.context': `${serviceUrl}/$metadata`, value });
}

function callFunction(call: Call, name: string): HttpResponse {
  const { service, tenant, request, query } = call;
  const definition = service.functions[name];
  if (!definition) throw notFound(name);
  if ('rows' in definition) return readFunction(call, name, definition);
  if (request.method !== 'POST') {
    throw new Refusal(
      405,
      codes.method,
      `Method '${request.method}' not allowed for function import '${name}'`,
    );
  }
  const result = definition.run(tenant, readFunctionArguments(definition, query));
  return json({ d: { [name]: { __metadata: { type: `${service.namespace}.${name}` }, ...result } } });
}

/** Entities that a function import answers; system query options go on working on them. */
function readFunction(call: Call, name: string, definition: ReadingFunction): HttpResponse {
  const { service, tenant, request, query, types } = call;
  const type = types.get(definition.set);
  if (!type) throw notFound(name);
  if (request.method !== 'GET' && request.method !== 'HEAD')
    throw new Refusal(
      405,
      codes.method,
      `Method '${request.method}' not allowed for function import '${name}'`,
    );
  const values = readFunctionArguments(definition, query);
  const system = new Map([...query].filter(([option]) => option.startsWith('$')));
  const options = readOptions(system, type, types, service.version);
  return collection(call, definition.rows(tenant, values), type, options, shapeContext(call));
}

/** A deep insert; 201 with the entity itself, its navigations deferred. */
function createEntity(call: Call, { type }: Entities): HttpResponse {
  const create = call.service.writes?.[type.set]?.create;
  if (!create) throw notWritable(call.request.method, type);
  const row = create(call.tenant, readEntity(bodyOf(call), type, call.types));
  return { ...json({ d: shapeV2(row, type, undefined, {}, shapeContext(call)) }), status: 201 };
}

/** PATCH of some properties, on condition of the ETag; 204 without a body. */
function changeEntity(call: Call, { type, key }: Entities): HttpResponse {
  const writes = call.service.writes?.[type.set];
  const row = call.service.rows(call.tenant, type.set).find(matches(key ?? {}));
  if (!writes?.change) throw notWritable(call.request.method, type);
  if (!row) throw notFound(`${type.set}Type`);
  checkEtag(row, call.request.headers['if-match']);
  const { values } = readEntity(bodyOf(call), type, call.types);
  checkChangeable(values, writes);
  writes.change(call.tenant, row, values);
  return { status: 204, headers: { etag: etagOf(row) }, body: '' };
}

function bodyOf({ request }: Call): unknown {
  try {
    return JSON.parse(request.body ?? '');
  } catch {
    throw badRequest('The request body is no JSON');
  }
}

function notWritable(method: string, type: EntityType): Refusal {
  return new Refusal(405, codes.method, `Method '${method}' not allowed for ${type.set}`);
}

function shapeContext(call: Call): ShapeContext {
  const { service, tenant, types } = call;
  return {
    types,
    related: relatedRows((set) => service.rows(tenant, set)),
    serviceUrl: call.serviceUrl,
    namespace: service.namespace,
    switches: tenant.switches,
    decimalsAsText: (call.request.headers.accept ?? '').includes('IEEE754Compatible=true'),
    withEtag: new Set(Object.keys(service.writes ?? {})),
  };
}

function readEntities(call: Call, resource: Entities): HttpResponse {
  const { service, tenant, types } = call;
  const media = service.media?.[resource.type.set];
  if (!resource.key && media) throw notAddressable(resource.type);
  if (!resource.key) service.beforeList?.(resource.type.set);
  const rowsOf = (set: string) => service.rows(tenant, set);
  const related = relatedRows(rowsOf);
  const { rows, type, isSingle } = startRows(resource, types, rowsOf, related);
  if (resource.isValue) return mediaOf(call, rows[0], type);
  const options = readOptions(call.query, type, types, service.version);
  const context: ShapeContext = { ...shapeContext(call), related };
  if (isSingle) return single(call, rows[0], type, options, context);
  const found = options.filter ? rows.filter(options.filter) : rows;
  if (resource.isCount)
    return { status: 200, headers: { 'content-type': 'text/plain' }, body: `${found.length}` };
  return collection(call, found, type, options, context);
}

function mediaOf({ service, tenant }: Call, row: Row | undefined, type: EntityType): HttpResponse {
  const media = service.media?.[type.set];
  if (!media || !row) throw notFound('$value');
  const { bytes, type: contentType } = media(tenant, row);
  return { status: 200, headers: { 'content-type': contentType }, body: '', bytes };
}

function notAddressable({ set }: EntityType): Refusal {
  return new Refusal(501, codes.method, `Method '${set.toUpperCase()}_GET_ENTITYSET' is not implemented`);
}

/** The rows that the path names, before any option. */
function startRows(
  { type, key, navigation }: Entities,
  types: Types,
  rowsOf: (set: string) => readonly Row[],
  related: ReturnType<typeof relatedRows>,
): { rows: readonly Row[]; type: EntityType; isSingle: boolean } {
  if (!key) return { rows: rowsOf(type.set), type, isSingle: false };
  const row = rowsOf(type.set).find(matches(key));
  if (!row) throw notFound(`${type.set}Type`);
  const target = navigation && types.get(navigation.target);
  if (!navigation || !target) return { rows: [row], type, isSingle: true };
  return { rows: related(row, navigation), type: target, isSingle: !navigation.many };
}

function single(
  call: Call,
  row: Row | undefined,
  type: EntityType,
  options: QueryOptions,
  context: ShapeContext,
): HttpResponse {
  if (!row) throw notFound(`${type.set}Type`);
  if (!wantsJson(call)) return xml(atomFeed([row], type, call.serviceUrl));
  const { select, expand } = options;
  if (call.service.version === 'V2') return json({ d: shapeV2(row, type, select, expand, context) });
  const entity = shapeV4(row, type, select, expand, context);
  return json({ '@odata.context': `${call.serviceUrl}/$metadata#${type.set}/$entity`, ...entity });
}

function collection(
  call: Call,
  found: readonly Row[],
  type: EntityType,
  options: QueryOptions,
  context: ShapeContext,
): HttpResponse {
  const { page, next } = cutPage(found, options, call.tenant.switches.serverPageSize);
  if (!wantsJson(call)) return xml(atomFeed(page, type, call.serviceUrl));
  const { select, expand, count } = options;
  const nextUrl = next === undefined ? undefined : nextLink(call, next);
  if (call.service.version === 'V4') {
    return json({
      '@odata.context': `${call.serviceUrl}/$metadata#${type.set}`,
      ...(count && { '@odata.count': found.length }),
      value: page.map((row) => shapeV4(row, type, select, expand, context)),
      ...(nextUrl !== undefined && { '@odata.nextLink': nextUrl }),
    });
  }
  const results = page.map((row) => shapeV2(row, type, select, expand, context));
  const more = {
    ...(count && { __count: `${found.length}` }),
    ...(nextUrl !== undefined && { __next: nextUrl }),
  };
  return json({ d: { results, ...more } }, sapMessage(call, type));
}

/** `$top` and `$skip` cut the client's window, server paging cuts the page from it. */
function cutPage(found: readonly Row[], options: QueryOptions, pageSize: number) {
  const ordered = options.orderBy.length > 0 ? [...found].sort(inOrder(options)) : found;
  const end = options.top === undefined ? undefined : options.skip + options.top;
  const window = ordered.slice(options.skip, end);
  const size = pageSize > 0 ? pageSize : window.length;
  const page = window.slice(options.skipToken, options.skipToken + size);
  const done = options.skipToken + page.length;
  return { page, next: done < window.length ? done : undefined };
}

function nextLink({ request, query }: Call, skipToken: number): string {
  const options = new Map([...query, ['$skiptoken', `${skipToken}`]]);
  const text = [...options].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  return `${request.url.split('?')[0]}?${text}`;
}

/** V4 is JSON unless refused; V2 is Atom unless JSON is asked for (dossier §3.1). */
function wantsJson({ service, request, query }: Call): boolean {
  const format = query.get('$format');
  if (format !== undefined) {
    if (format !== 'json' && format !== 'xml') throw badRequest(`Invalid value '${format}' of $format`);
    return format === 'json';
  }
  return service.version === 'V4' || acceptsJson(request);
}

export function acceptsJson(request: HttpRequest): boolean {
  return (request.headers.accept ?? '').includes('application/json');
}

/** A message beside a success, in a header, where it is easily missed (dossier §3.1). */
function sapMessage({ tenant }: Call, type: EntityType): Record<string, string> {
  const severity = tenant.switches.sapMessage;
  if (severity === 'none' || type.set !== 'A_SupplierInvoice') return {};
  const message = {
    code: 'M8/000',
    message: 'Read by a communication user',
    severity,
    target: '',
    details: [],
  };
  return { 'sap-message': JSON.stringify(message) };
}

function json(body: unknown, headers: Record<string, string> = {}): HttpResponse {
  const type = { 'content-type': 'application/json;charset=utf-8' };
  return { status: 200, headers: { ...type, ...headers }, body: JSON.stringify(body) };
}

function xml(body: string): HttpResponse {
  return { status: 200, headers: { 'content-type': 'application/xml;charset=utf-8' }, body };
}

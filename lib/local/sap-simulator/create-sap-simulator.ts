import type { Clock } from '../../clock.ts';
import type { SapSecret } from '../../config/secrets.ts';
import type { Http, HttpRequest, HttpResponse } from '../../http/http.ts';
import type { Random } from '../../random.ts';
import { answerToken, isAuthorized, logonFailed, secretOf, tokenPath } from './access.ts';
import { emptyBooks, type SapBooks } from './books.ts';
import { checkToken, tokenHeaders, wantsToken } from './csrf.ts';
import { odataError, page, unavailable } from './error-answers.ts';
import { answerOData } from './odata/odata-service.ts';
import type { ODataService } from './odata/service-definition.ts';
import { codes, Refusal } from './refusal.ts';
import { odataServices } from './services.ts';
import {
  type AsynchronousService,
  answerAsynchronous,
  asynchronousServices,
} from './soap/asynchronous-services.ts';
import { answerJournalEntries, journalEntryPath, journalEntryService } from './soap/journal-entry-service.ts';
import { defaultSwitches, type SapSwitches } from './switches.ts';
import { type SapTenantActions, tenantActions } from './tenant/actions.ts';
import { canonicalBooks } from './tenant/canonical.ts';
import { workOffMessages } from './tenant/messages.ts';
import type { Tenant } from './tenant/tenant.ts';

export interface SapSimulatorOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly switches?: Partial<SapSwitches>;
  /** Saved books to go on with. */
  readonly books?: SapBooks;
  /** Called after every request and action that changed the books. */
  readonly onChange?: (books: SapBooks) => void;
  /** Called before a list of A_SupplierInvoice is answered: here a scenario moves its world on. */
  readonly beforeInvoicePoll?: () => void;
}

/**
 * A public-edition tenant as the connector sees it, as strict as the SAP dossier knows it to be. Deterministic: all
 * that happens is a request or an action of `tenant`; nothing happens by itself.
 */
export interface SapSimulator {
  /** Answers one request in memory. */
  readonly handle: Http;
  readonly books: SapBooks;
  /** May be changed at any time. */
  readonly switches: SapSwitches;
  /** The secret that fits this tenant at this address. */
  secret(baseUrl: string): SapSecret;
  /** What people do inside SAP. */
  readonly tenant: SapTenantActions;
  /** The books by business keys, without surrogate numbers and times: two equal runs leave equal ones. */
  canonical(): unknown;
}

interface Running {
  readonly tenant: Tenant;
  readonly services: readonly ODataService[];
}

export function createSapSimulator(options: SapSimulatorOptions): SapSimulator {
  const books = options.books ?? emptyBooks();
  const switches = { ...defaultSwitches, ...options.switches };
  const tenant: Tenant = { books, switches, clock: options.clock, random: options.random };
  const running = { tenant, services: odataServices(() => options.beforeInvoicePoll?.()) };
  const changed = () => options.onChange?.(books);
  return {
    handle: async (request) => {
      const before = mark(books);
      workOffMessages(tenant);
      const answer = answerRequest(running, request);
      if (mark(books) !== before || isWrite(request)) changed();
      return request.method === 'HEAD' ? { ...answer, body: '' } : answer;
    },
    books,
    switches,
    secret: (baseUrl) => secretOf(tenant, baseUrl),
    tenant: tenantActions(tenant, changed),
    canonical: () => canonicalBooks(books),
  };
}

function isWrite({ method }: HttpRequest): boolean {
  return method !== 'GET' && method !== 'HEAD';
}

/** What a read may change: sessions, the count of wrong secrets, and messages that have become due. */
function mark({ access, waitingMessages }: SapBooks): string {
  return `${Object.keys(access.sessions).join()} ${access.wrongSecrets} ${waitingMessages.length}`;
}

function answerRequest({ tenant, services }: Running, request: HttpRequest): HttpResponse {
  const { books, switches } = tenant;
  const url = new URL(request.url);
  const service = services.find(({ path }) => url.pathname === path || url.pathname.startsWith(`${path}/`));
  const name = service?.name ?? pathName(url.pathname);
  books.requests[name] = (books.requests[name] ?? 0) + 1;
  if (switches.outage) return unavailable(switches, 503);
  if (isThrottled(tenant)) return unavailable(switches, 429);
  if (request.url.length - url.origin.length > switches.longestTarget) return page(414, 'URI Too Long');
  if (url.pathname === tokenPath) return answerToken(tenant, request);
  if (!isAuthorized(tenant, request)) return logonFailed(tenant);
  if (url.pathname === journalEntryPath) return answerSoap(tenant, request);
  const asynchronous = asynchronousServices.find(({ path }) => path === url.pathname);
  if (asynchronous) return answerMessage(tenant, request, asynchronous);
  if (!url.pathname.startsWith('/sap/opu/odata')) return page(404, 'Not found');
  return answerService(tenant, service, request, url);
}

function pathName(path: string): string {
  if (path === tokenPath) return 'token';
  if (path === journalEntryPath) return journalEntryService;
  return asynchronousServices.find((each) => each.path === path)?.name ?? 'unknown';
}

function isThrottled({ books, switches }: Tenant): boolean {
  const total = Object.values(books.requests).reduce((sum, count) => sum + count, 0);
  return switches.throttleEvery > 0 && total % switches.throttleEvery === 0;
}

function answerSoap(tenant: Tenant, request: HttpRequest): HttpResponse {
  if (tenant.switches.missingArrangements.includes(journalEntryService)) return page(403, 'Forbidden');
  return answerJournalEntries(tenant, request);
}

function answerMessage(tenant: Tenant, request: HttpRequest, service: AsynchronousService): HttpResponse {
  if (tenant.switches.missingArrangements.includes(service.name)) return page(403, 'Forbidden');
  return answerAsynchronous(tenant, request, service);
}

/** Unknown names answer 403 with /IWFND/MED/170, as a real tenant did; so do missing arrangements (dossier §11). */
function answerService(
  tenant: Tenant,
  service: ODataService | undefined,
  request: HttpRequest,
  url: URL,
): HttpResponse {
  const version = url.pathname.startsWith('/sap/opu/odata4/') ? 'V4' : 'V2';
  const named = service ?? { name: url.pathname.split('/')[5] ?? '', version };
  const headers = wantsToken(request) ? tokenHeaders(tenant, request) : {};
  try {
    if (!service) throw noService(named.name);
    if (tenant.switches.missingArrangements.includes(service.name)) throw noAuthority(service.name);
    if (request.method === 'HEAD' && tenant.switches.refusesHead)
      throw new Refusal(405, codes.method, 'HEAD is refused');
    if (isWrite(request)) checkToken(tenant, request);
    return withHeaders(answerOData(service, tenant, request, url), headers);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return withHeaders(odataError(error, request, named, tenant), headers);
  }
}

/** A token comes with refusals too (dossier §2). */
function withHeaders(answer: HttpResponse, headers: Record<string, string | string[]>): HttpResponse {
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

function noService(name: string): Refusal {
  return new Refusal(
    403,
    codes.noService,
    `No service found for namespace '', name '${name}', version '0001'`,
  );
}

function noAuthority(name: string): Refusal {
  return new Refusal(403, codes.noAuthority, `No authorization to access service '${name}'`);
}

import type { HttpRequest } from '../../../lib/http/http.ts';
import {
  createSapSimulator,
  type SapSimulatorOptions,
} from '../../../lib/local/sap-simulator/create-sap-simulator.ts';
import type { NewInvoice } from '../../../lib/local/sap-simulator/tenant/new-invoice.ts';
import { seededRandom } from '../../../lib/random.ts';
import { manualClock } from '../../support/manual-clock.ts';

export const origin = 'https://my000001-api.s4hana.example';
const morning = Date.parse('2026-11-24T05:00:00.000Z');
export const invoicesPath = '/sap/opu/odata/sap/API_SUPPLIERINVOICE_PROCESS_SRV';
export const itemsPath = '/sap/opu/odata/sap/API_OPLACCTGDOCITEMCUBE_SRV';
export const partnersPath = '/sap/opu/odata/sap/API_BUSINESS_PARTNER';
export const ordersPath = '/sap/opu/odata4/sap/api_purchaseorder_2/srvd_a2x/sap/purchaseorder/0001';
export const tokenPath = '/sap/bc/sec/oauth2/token';
export const postingPath = '/sap/bc/srt/scs_ext/sap/journalentrycreaterequestconfi';
const postingAction =
  'http://sap.com/xi/SAPSCORE/SFIN/JournalEntryCreateRequestConfirmation_In/JournalEntryCreateRequestConfirmation_InRequest';

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  readonly bytes?: Uint8Array;
  /** The body, read as JSON. */
  readonly json: unknown;
}

export type Played = Awaited<ReturnType<typeof play>>;

/** A tenant on a clock that stands still, one supplier in it, and someone signed in who talks to it by hand. */
export async function play(options: Partial<SapSimulatorOptions> = {}) {
  const clock = manualClock(morning);
  const sap = createSapSimulator({ clock, random: seededRandom(7), ...options });
  const supplier = sap.tenant.addSupplier({
    name: 'Happy Music Supplies',
    companies: [{ companyCode: '1710' }],
  });
  const headers: Record<string, string> = { accept: 'application/json' };

  const send = async (
    method: HttpRequest['method'],
    target: string,
    more: Record<string, string> = {},
    body?: string,
  ): Promise<Reply> => {
    const request = { method, url: `${origin}${target}`, headers: { ...headers, ...more } };
    const answer = await sap.handle(body === undefined ? request : { ...request, body });
    return { ...answer, json: readJson(answer.body) };
  };
  const get = (target: string, more: Record<string, string> = {}) => send('GET', target, more);

  const signIn = async () => {
    const { auth } = sap.secret(origin);
    if (auth.type === 'basic') {
      headers.authorization = basic(auth.username, auth.password);
      return;
    }
    const reply = await send('POST', tokenPath, tokenHeaders(auth.clientId, auth.clientSecret), tokenForm);
    headers.authorization = `Bearer ${String(at(reply.json, 'access_token'))}`;
  };
  await signIn();

  /** Rows of a collection; options as they are written before encoding. */
  const list = async (path: string, query: Record<string, string> = {}) => {
    const reply = await get(`${path}?${encoded(query)}`);
    const rows = at(reply.json, 'd.results') ?? at(reply.json, 'value');
    return { ...reply, rows: isRows(rows) ? rows : [] };
  };

  const postInvoice = (invoice: Partial<NewInvoice> = {}) =>
    sap.tenant.postInvoice({ ...simpleInvoice(supplier), ...invoice });

  const post = (xml: string, more: Record<string, string> = {}) =>
    send(
      'POST',
      postingPath,
      { 'content-type': 'text/xml; charset=utf-8', soapaction: postingAction, ...more },
      xml,
    );

  return {
    origin,
    sap,
    people: sap.tenant,
    clock,
    supplier,
    headers,
    send,
    get,
    list,
    post,
    postInvoice,
    signIn,
  };
}

export const tokenForm = 'grant_type=client_credentials';

export function tokenHeaders(clientId: string, clientSecret: string): Record<string, string> {
  return {
    authorization: basic(clientId, clientSecret),
    'content-type': 'application/x-www-form-urlencoded',
  };
}

export function basic(name: string, password: string): string {
  return `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
}

export function encoded(query: Record<string, string>): string {
  return Object.entries(query)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
}

export function simpleInvoice(supplier: string): NewInvoice {
  return {
    companyCode: '1710',
    supplier,
    reference: 'INV-4711',
    documentDate: '2026-11-20',
    postingDate: '2026-11-21',
    lines: [{ kind: 'gl-account', glAccount: '61008000', costCenter: '17101301', amount: '1000.00' }],
    taxes: [{ taxCode: 'I1', amount: '200.50', base: '1000.00' }],
  };
}

function isRows(value: unknown): value is Record<string, unknown>[] {
  return Array.isArray(value);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The value at a path such as `d.results.0.SupplierInvoice`; undefined where it does not lead anywhere. */
export function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, name) => {
    if (typeof inner !== 'object' || inner === null) return undefined;
    return Object.entries(inner).find(([key]) => key === name)?.[1];
  }, value);
}

import type { HttpRequest } from '../../../lib/http/http.ts';
import {
  type BillSimulatorOptions,
  createBillSimulator,
} from '../../../lib/local/bill-simulator/create-bill-simulator.ts';
import { seededRandom } from '../../../lib/random.ts';
import { manualClock } from '../../support/manual-clock.ts';

export const ORIGIN = 'http://bill.example';
const MORNING = Date.parse('2026-11-24T05:00:00.000Z');

export interface Reply {
  readonly status: number;
  readonly text: string;
  /** The body, read as JSON. */
  readonly json: unknown;
}

export type Played = ReturnType<typeof play>;

/** A simulator on a clock that stands still, and someone who talks to it by hand. */
export function play(options: Partial<BillSimulatorOptions> = {}) {
  const clock = manualClock(MORNING);
  const bill = createBillSimulator({ clock, random: seededRandom(7), ...options });
  const secret = bill.secret(ORIGIN);
  const headers: Record<string, string> = { devkey: secret.devKey };

  const send = async (
    method: HttpRequest['method'],
    path: string,
    body?: unknown,
    more: Record<string, string> = {},
  ): Promise<Reply> => {
    const base = /^\/v3\/(subscriptions|events)/.test(path) ? secret.eventsBaseUrl : secret.baseUrl;
    const sent = { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }), ...more };
    const response = await bill.handle({
      method,
      url: `${base}${path}`,
      headers: Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== '')),
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: response.status, text: response.body, json: readJson(response.body) };
  };

  const sendFile = async (
    path: string,
    bytes: Uint8Array,
    more: Record<string, string> = {},
  ): Promise<Reply> => {
    const sent = { ...headers, 'content-type': 'application/octet-stream', ...more };
    const response = await bill.handle({
      method: 'POST',
      url: `${secret.baseUrl}${path}`,
      headers: sent,
      bytes,
    });
    return { status: response.status, text: response.body, json: readJson(response.body) };
  };

  const login = async (as: 'sync-token' | 'user' = 'sync-token'): Promise<Reply> => {
    const { username, password, organizationId, devKey } = bill.secret(ORIGIN, as);
    const reply = await send(
      'POST',
      '/v3/login',
      { username, password, organizationId, devKey },
      { devkey: '' },
    );
    headers.sessionid = String(at(reply.json, 'sessionId'));
    return reply;
  };
  return { bill, office: bill.office, clock, secret, headers, send, sendFile, login };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Logged in, with one vendor and one account. */
export async function playWithVendor(options: Partial<BillSimulatorOptions> = {}) {
  const played = play(options);
  await played.login();
  const vendorId = played.office.addVendor({ name: 'Happy Music Supplies', billCurrency: 'USD' });
  const accountId = played.office.addChartOfAccount({ name: 'Office supplies', number: '61008000' });
  const fundingAccountId = played.office.addFundingAccount({
    bankName: 'Example Bank',
    nameOnAccount: 'Acme',
  });
  return { ...played, vendorId, accountId, fundingAccountId };
}

export const newVendor = {
  name: 'Happy Music Supplies',
  accountType: 'BUSINESS',
  email: 'info@happymusic.example',
  address: { line1: '123 Main Street', city: 'San Jose', zipOrPostalCode: '95002', country: 'US' },
  billCurrency: 'USD',
};

export function newBill(vendorId: string, more: object = {}) {
  return {
    vendorId,
    dueDate: '2026-12-31',
    invoice: { invoiceNumber: '202501', invoiceDate: '2026-11-23' },
    billLineItems: [
      { amount: 149, description: 'USB audio interface' },
      { amount: 79.99, description: 'Drum foot pedal' },
    ],
    ...more,
  };
}

/** What stands at a path such as `results.0.id`. */
export function at(json: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) => (value !== null && typeof value === 'object' ? Reflect.get(value, key) : undefined),
      json,
    );
}

/** Status and code of a refusal in its usual form. */
export function refusal({ status, json }: Reply): [number, string] {
  return [status, String(at(json, '0.code'))];
}

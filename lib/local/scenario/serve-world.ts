import type { BillSecret, SapSecret } from '../../config/secrets.ts';
import { ConfigurationError } from '../../errors.ts';
import type { HttpRequest, HttpResponse } from '../../http/http.ts';
import { createHttpDelivery } from '../bill-simulator/http-delivery.ts';
import { serveBillSimulator } from '../bill-simulator/serve.ts';
import { serveSapSimulator } from '../sap-simulator/serve.ts';
import { openWorld, secretsOf, type World, type WorldOptions } from './world.ts';
import { worldSummary } from './world-summary.ts';

interface ServeOptions extends Omit<WorldOptions, 'deliver'> {
  readonly sapPort: number;
  readonly billPort: number;
}

export interface ServedWorld {
  readonly world: World;
  /** Origins, `http://127.0.0.1:8001`. */
  readonly urls: { readonly sap: string; readonly bill: string };
  readonly secrets: { readonly sap: SapSecret; readonly bill: BillSecret };
  close(): Promise<void>;
}

/** The firm's SAP and BILL as servers of this machine; port 0 takes a free one. Throws ConfigurationError `PORT_TAKEN`. */
export async function serveWorld(options: ServeOptions): Promise<ServedWorld> {
  const opened = new AsyncDisposableStack();
  try {
    return await serveOn(opened, options);
  } catch (error) {
    await opened.disposeAsync();
    throw error;
  }
}

async function serveOn(opened: AsyncDisposableStack, options: ServeOptions): Promise<ServedWorld> {
  opened.defer(() => options.file.close());
  const delivery = createHttpDelivery(options.clock, (eventId, status) =>
    world.bill.office.noteDelivery(eventId, status),
  );
  const world: World = openWorld({ ...options, deliver: delivery.deliver });
  const { sap, bill, ports } = world;
  const sapServer = await serve('sap', options.sapPort, ports.sap, (port) =>
    serveSapSimulator({ ...sap, handle: withInsight(sap.handle, sap.canonical, world) }, port),
  );
  opened.defer(() => sapServer.close());
  const billServer = await serve('bill', options.billPort, ports.bill, (port) =>
    serveBillSimulator({ handle: withInsight(bill.handle, bill.canonical, world) }, port),
  );
  opened.defer(() => billServer.close());
  opened.defer(() => delivery.close());
  const urls = { sap: sapServer.url, bill: billServer.url };
  Object.assign(ports, { sap: portOf(urls.sap), bill: portOf(urls.bill) });
  world.save();
  return { world, urls, secrets: secretsOf(world, urls), close: () => opened.disposeAsync() };
}

/** Beside the system's own paths: its books by business keys, to compare two runs, and how far the story is. */
function withInsight(
  handle: (request: HttpRequest) => Promise<HttpResponse>,
  canonical: () => unknown,
  world: World,
): (request: HttpRequest) => Promise<HttpResponse> {
  return (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === '/simulator/canonical') return json(canonical());
    if (pathname === '/simulator/summary') return json(worldSummary(world));
    return handle(request);
  };
}

async function json(content: unknown): Promise<HttpResponse> {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(content) };
}

/** Any port is the one of last time, if it is free. */
async function serve<Server>(
  system: 'sap' | 'bill',
  wanted: number,
  last: number,
  listen: (port: number) => Promise<Server>,
): Promise<Server> {
  try {
    return await listen(wanted === 0 ? last : wanted);
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE')) throw cause;
    if (wanted === 0) return listen(0);
    throw new ConfigurationError({
      code: 'PORT_TAKEN',
      message: `Port ${wanted} cannot be used: another process listens on it.`,
      nextStep: `Name another one with --${system}-port.`,
      cause,
    });
  }
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}

import type { BillSecret, SapSecret } from '../../config/secrets.ts';
import { ConfigurationError } from '../../errors.ts';
import type { HttpRequest, HttpResponse } from '../../http/http.ts';
import { createHttpDelivery } from '../bill-simulator/http-delivery.ts';
import { serveBillSimulator } from '../bill-simulator/serve.ts';
import { serveSapSimulator } from '../sap-simulator/serve.ts';
import { openWorld, secretsOf, type World, type WorldOptions } from './world.ts';
import { worldSummary } from './world-summary.ts';

export interface ServedWorld {
  readonly world: World;
  /** Origins, `http://127.0.0.1:8001`. */
  readonly urls: { readonly sap: string; readonly bill: string };
  readonly secrets: { readonly sap: SapSecret; readonly bill: BillSecret };
  close(): Promise<void>;
}

/** The firm's SAP and BILL as servers of this machine; port 0 takes a free one. Throws ConfigurationError `PORT_TAKEN`. */
export async function serveWorld(
  options: Omit<WorldOptions, 'deliver'> & { readonly sapPort: number; readonly billPort: number },
): Promise<ServedWorld> {
  const delivery = createHttpDelivery(options.clock, (eventId, status) =>
    world.bill.office.noteDelivery(eventId, status),
  );
  const world: World = openWorld({ ...options, deliver: delivery.deliver });
  const { sap, bill } = world;
  const sapServer = await orTaken('sap', options.sapPort, () =>
    serveSapSimulator({ ...sap, handle: withInsight(sap.handle, sap.canonical, world) }, options.sapPort),
  );
  const billServer = await orTaken('bill', options.billPort, () =>
    serveBillSimulator({ handle: withInsight(bill.handle, bill.canonical, world) }, options.billPort),
  ).catch(async (error) => {
    await sapServer.close();
    throw error;
  });
  const urls = { sap: sapServer.url, bill: billServer.url };
  return {
    world,
    urls,
    secrets: secretsOf(world, urls),
    close: async () => {
      delivery.close();
      await Promise.all([sapServer.close(), billServer.close()]);
    },
  };
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

async function orTaken<T>(system: 'sap' | 'bill', port: number, listen: () => Promise<T>): Promise<T> {
  try {
    return await listen();
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE')) throw cause;
    throw new ConfigurationError({
      code: 'PORT_TAKEN',
      message: `Port ${port} cannot be used: another process listens on it.`,
      nextStep: `Name another one with --${system}-port.`,
      cause,
    });
  }
}

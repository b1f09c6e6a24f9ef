import Fastify, { type FastifyInstance } from 'fastify';
import { ConfigurationError } from '../../errors.ts';

/** A body as large as API Gateway would take is refused by the function, not by the server. */
const largestBodyBytes = 10 * 1024 * 1024;

/** What BILL's notification looks like when it arrives: the raw bytes and the headers, names in lower case. */
export interface RawRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface LocalServerOptions {
  /** 0: any free one. */
  readonly port: number;
  readonly receiveEvent: (request: RawRequest) => Promise<{ statusCode: number; body?: string }>;
  readonly status: () => Promise<unknown>;
  /** Further routes, such as the page's. */
  readonly routes?: ((server: FastifyInstance) => void | Promise<void>) | undefined;
}

export interface LocalServer {
  readonly url: string;
  close(): Promise<void>;
}

export const webhookPath = '/webhooks/bill';

/**
 * The HTTP server of the local run, on the loopback interface: the webhook, the status, and further routes.
 * Throws ConfigurationError `PORT_TAKEN`.
 */
export async function startLocalServer(options: LocalServerOptions): Promise<LocalServer> {
  const server = Fastify({ logger: false, bodyLimit: largestBodyBytes, forceCloseConnections: true });
  server.addHook('onRequest', async (request, reply) => {
    if (request.url.startsWith(webhookPath) || isLocal(request.hostname)) return;
    await reply.code(403).send({ error: 'This server answers requests to localhost only.' });
  });
  await server.register(async (scope) => webhookRoute(scope, options.receiveEvent));
  server.get('/api/status', options.status);
  await options.routes?.(server);
  const url = await listen(server, options.port);
  return { url, close: () => server.close() };
}

/** The signature is over the raw bytes, so nothing may parse them first. */
function webhookRoute(scope: FastifyInstance, receiveEvent: LocalServerOptions['receiveEvent']): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  scope.post(webhookPath, async (request, reply) => {
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, [value ?? ''].flat().join(',')]),
    );
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const answer = await receiveEvent({ path: webhookPath, headers, body });
    return reply
      .code(answer.statusCode)
      .type('application/json')
      .send(answer.body ?? '');
  });
}

/** A page of another site must not reach this server through a name that it points here. */
function isLocal(hostname: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]', '::1'].includes(hostname.replace(/:\d+$/, ''));
}

async function listen(server: FastifyInstance, port: number): Promise<string> {
  try {
    return await server.listen({ host: '127.0.0.1', port });
  } catch (cause) {
    await server.close();
    if (!isNodeError(cause) || !['EADDRINUSE', 'EACCES'].includes(cause.code ?? '')) throw cause;
    throw new ConfigurationError({
      code: 'PORT_TAKEN',
      message: `Port ${port} cannot be used: ${cause.code === 'EACCES' ? 'it needs special rights' : 'another process listens on it'}.`,
      nextStep: 'Name another one with --port.',
      cause,
    });
  }
}

function isNodeError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error;
}

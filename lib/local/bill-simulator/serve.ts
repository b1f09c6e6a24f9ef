import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import type { HttpRequest } from '../../http/http.ts';
import type { BillSimulator } from './create-bill-simulator.ts';

/** More than BILL takes, so that it is the simulator who refuses. */
const mostBodyBytes = 16 * 1024 * 1024;
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** BILL's API on a port of this machine; 0 takes a free one. `url` is the origin for `secret`. */
export async function serveBillSimulator(
  simulator: Pick<BillSimulator, 'handle'>,
  port: number,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = Fastify({ bodyLimit: mostBodyBytes, forceCloseConnections: true });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  server.route({
    method: [...methods],
    url: '/*',
    handler: async (request, reply) => answer(simulator, request, reply),
  });
  const url = await server.listen({ host: '127.0.0.1', port });
  return { url, close: () => server.close() };
}

async function answer(
  { handle }: Pick<BillSimulator, 'handle'>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { status, headers, body } = await handle({
    method: methods.find((method) => method === request.method) ?? 'GET',
    url: `http://${request.host}${request.url}`,
    headers: plainHeaders(request),
    ...bodyOf(request),
  });
  return reply.code(status).headers(headers).send(body);
}

/** A file stays bytes, everything else is text. */
function bodyOf({ body, headers }: FastifyRequest): Pick<HttpRequest, 'body' | 'bytes'> {
  if (!Buffer.isBuffer(body)) return {};
  const isFile = headers['content-type']?.startsWith('application/octet-stream') === true;
  return isFile ? { bytes: body } : { body: body.toString() };
}

function plainHeaders({ headers }: FastifyRequest): HttpRequest['headers'] {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value ?? '')]));
}

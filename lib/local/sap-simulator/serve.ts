import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import type { HttpRequest } from '../../http/http.ts';
import type { SapSimulator } from './create-sap-simulator.ts';

export interface ServedSapSimulator {
  /** `http://127.0.0.1:8001`, without a slash at its end. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the simulated tenant on loopback; port 0 takes a free one. */
export async function serveSapSimulator(simulator: SapSimulator, port: number): Promise<ServedSapSimulator> {
  const server = fastify({ bodyLimit: 16 * 1024 * 1024, forceCloseConnections: true });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  server.all('/*', async (request, reply) => {
    const answer = await simulator.handle(toHttpRequest(request));
    return writeAnswer(reply, answer);
  });
  const url = await server.listen({ host: '127.0.0.1', port });
  return { url, close: () => server.close() };
}

function toHttpRequest({ raw, method, body, headers }: FastifyRequest): HttpRequest {
  const flat = Object.entries(headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : (value ?? ''),
  ]);
  return {
    method: method as HttpRequest['method'],
    url: `http://${headers.host}${raw.url}`,
    headers: Object.fromEntries(flat),
    ...(typeof body === 'string' && { body }),
  };
}

function writeAnswer(reply: FastifyReply, answer: Awaited<ReturnType<SapSimulator['handle']>>): FastifyReply {
  for (const [name, value] of Object.entries(answer.headers)) {
    if (value !== undefined) reply.header(name, value);
  }
  return reply.code(answer.status).send(answer.bytes === undefined ? answer.body : Buffer.from(answer.bytes));
}

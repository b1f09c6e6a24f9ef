import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createSocketServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../lib/errors.ts';
import { gotHttp } from '../../../lib/http/got-http.ts';
import { HttpFailure } from '../../../lib/http/http.ts';

const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    if ('closeAllConnections' in server && typeof server.closeAllConnections === 'function')
      server.closeAllConnections();
    server.close();
  }
});

async function listening(server: Server): Promise<string> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const serve = (listener: RequestListener) => listening(createServer(listener));

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += chunk;
  return body;
}

const get = (url: string) => ({ method: 'GET', url, headers: {} }) as const;

async function failure(call: Promise<unknown>): Promise<HttpFailure> {
  const error: unknown = await call.catch((each: unknown) => each);
  expect(error).toBeInstanceOf(HttpFailure);
  return error as HttpFailure;
}

describe('gotHttp', () => {
  it('sends what it is given and brings back status, headers and body as they are', async () => {
    const url = await serve(async (request, response) => {
      const seen = {
        method: request.method,
        url: request.url,
        header: request.headers['x-csrf-token'],
        body: await bodyOf(request),
      };
      response
        .writeHead(418, { 'Set-Cookie': ['a=1; path=/', 'b=2'], 'SAP-Message': 'x' })
        .end(JSON.stringify(seen));
    });
    const answer = await gotHttp()({
      method: 'POST',
      url: `${url}/sap/A(X='1')?$filter=Name%20eq%20'O''Neil%20%26%20Sons'&$top=1`,
      headers: { 'x-csrf-token': 't', 'content-type': 'application/json' },
      body: '{"amount":1200.50}',
    });
    expect(answer).toMatchObject({
      status: 418,
      headers: { 'set-cookie': ['a=1; path=/', 'b=2'], 'sap-message': 'x' },
    });
    const seen = JSON.parse(answer.body);
    expect(seen).toMatchObject({ method: 'POST', header: 't', body: '{"amount":1200.50}' });
    expect(new URL(`http://x${seen.url}`).searchParams.get('$filter')).toBe("Name eq 'O''Neil & Sons'");
  });

  it('neither follows a redirect nor repeats a failure', async () => {
    let calls = 0;
    const url = await serve((_request, response) => {
      calls += 1;
      response.writeHead(calls === 1 ? 302 : 503, { location: '/other' }).end();
    });
    const http = gotHttp();
    expect((await http(get(url))).status).toBe(302);
    expect((await http(get(url))).status).toBe(503);
    expect(calls).toBe(2);
  });

  it('keeps its connection', async () => {
    const ports = new Set<number | undefined>();
    const url = await serve((request, response) => {
      ports.add(request.socket.remotePort);
      response.end('ok');
    });
    const http = gotHttp();
    for (let count = 0; count < 3; count += 1) await http(get(url));
    expect(ports.size).toBe(1);
  });

  it('gives up on a silent server; the request may have arrived', async () => {
    const url = await serve(() => undefined);
    const error = await failure(
      gotHttp({ timeouts: { response: 50 } })({ ...get(url), headers: { authorization: 'Basic c2VjcmV0' } }),
    );
    expect(error).toMatchObject({ code: 'ETIMEDOUT', mayHaveArrived: true });
    expect(error.message).not.toContain('c2VjcmV0');
  });

  it('gives up on an answer that never ends', async () => {
    const url = await serve((_request, response) => {
      response.write('…');
    });
    expect(await failure(gotHttp({ timeouts: { request: 80 } })(get(url)))).toMatchObject({
      code: 'ETIMEDOUT',
      mayHaveArrived: true,
    });
  });

  it('tells a broken connection from one that was never made', async () => {
    const broken = await serve((request) => {
      request.socket.destroy();
    });
    expect(await failure(gotHttp()({ ...get(broken), method: 'POST', body: 'x' }))).toMatchObject({
      code: 'ECONNRESET',
      mayHaveArrived: true,
    });
    const server = createSocketServer();
    const nobody = await listening(server);
    server.close();
    await once(server, 'close');
    expect(await failure(gotHttp()(get(`${nobody}/path?key=secret`)))).toMatchObject({
      code: 'ECONNREFUSED',
      mayHaveArrived: false,
    });
  });

  it('knows that nothing arrives before the handshake is done', async () => {
    const mute = await listening(createSocketServer());
    const call = gotHttp({ timeouts: { secureConnect: 50 } })({
      ...get(mute.replace('http:', 'https:')),
      method: 'POST',
      body: 'x',
    });
    expect(await failure(call)).toMatchObject({ code: 'ETIMEDOUT', mayHaveArrived: false });
  });

  it('stops reading an answer that is too large', async () => {
    const url = await serve((_request, response) => {
      const chunk = 'x'.repeat(64 * 1024);
      const more = () => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', more);
      more();
    });
    expect(await failure(gotHttp({ maximumBytes: 256 * 1024 })(get(url)))).toMatchObject({
      code: 'ANSWER_TOO_LARGE',
      mayHaveArrived: true,
    });
  });

  it('carries bytes both ways as they are', async () => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => index % 256);
    const url = await serve(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      response
        .writeHead(200, { 'x-length': request.headers['content-length'] ?? '' })
        .end(Buffer.concat(chunks));
    });
    const headers = { 'content-type': 'application/octet-stream' };
    const answer = await gotHttp()({ method: 'POST', url, headers, bytes, mostBytes: 70_000 });
    expect(answer).toMatchObject({ status: 200, body: '', headers: { 'x-length': '70000' } });
    expect(Buffer.from(answer.bytes ?? []).equals(bytes)).toBe(true);
    expect(
      await failure(gotHttp()({ method: 'POST', url, headers, bytes, mostBytes: 69_999 })),
    ).toMatchObject({
      code: 'ANSWER_TOO_LARGE',
    });
  });

  it('gives text where bytes were wanted and a failure came', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(404).end('{"error":{}}');
    });
    const answer = await gotHttp()({ ...get(url), mostBytes: 100 });
    expect(answer).toMatchObject({ status: 404, body: '{"error":{}}' });
    expect(answer).not.toHaveProperty('bytes');
  });

  it('notices an answer that was cut', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half');
      response.socket?.end();
    });
    expect(await failure(gotHttp()(get(url)))).toMatchObject({ mayHaveArrived: true });
  });

  it.each([
    'http://sap.example.test/',
    'http://10.0.0.1/',
    'http://localhost.example.test/',
    'ftp://localhost.example.test/',
  ])('sends nothing unencrypted to another machine: %s', async (url) => {
    await expect(gotHttp()(get(url))).rejects.toBeInstanceOf(ConfigurationError);
  });
});

import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LocalServer, type RawRequest, startLocalServer } from '../../../lib/local/run/local-server.ts';

const received: RawRequest[] = [];
let server: LocalServer;

beforeAll(async () => {
  server = await startLocalServer({
    port: 0,
    receiveEvent: async (event) => {
      received.push(event);
      return { statusCode: 401, body: '{"code":"NOT_SIGNED"}' };
    },
    status: async () => ({ idle: true }),
    routes: (fastify) => {
      fastify.post('/page', async ({ body }) => ({ body }));
    },
  });
});

afterAll(() => server.close());

async function send(path: string, headers: Record<string, string>, body?: Buffer) {
  const call = request(`${server.url}${path}`, { method: body === undefined ? 'GET' : 'POST', headers });
  call.end(body);
  const [answer] = (await once(call, 'response')) as [IncomingMessage];
  return { status: answer.statusCode, body: Buffer.concat(await answer.toArray()).toString() };
}

test.for(['application/json', 'text/plain', 'application/octet-stream'])(
  'a notification of type %s is handed over with its raw bytes, whatever they are',
  async (type) => {
    const body = Buffer.from([0x7b, 0x22, 0xff, 0x00, 0x0a, 0x20, 0x7d]);
    const headers = { 'content-type': type, 'X-Bill-SHA-Signature': 'c2ln' };
    expect(await send('/webhooks/bill', headers, body)).toEqual({
      status: 401,
      body: '{"code":"NOT_SIGNED"}',
    });
    const event = received.at(-1);
    expect(event?.body.equals(body)).toBe(true);
    expect(event?.headers).toMatchObject({ 'x-bill-sha-signature': 'c2ln', 'content-type': type });
  },
);

test('a notification may come through a tunnel, everything else only to this machine by its own names', async () => {
  const foreign = { host: 'evil.example' };
  expect((await send('/api/status', foreign)).status).toBe(403);
  expect(
    (await send('/page', { ...foreign, 'content-type': 'application/json' }, Buffer.from('{}'))).status,
  ).toBe(403);
  expect((await send('/webhooks/bill', foreign, Buffer.from('{}'))).status).toBe(401);
  expect(await send('/api/status', { host: 'localhost:1' })).toEqual({ status: 200, body: '{"idle":true}' });
});

test('further routes read JSON as usual', async () => {
  const sent = await send('/page', { 'content-type': 'application/json' }, Buffer.from('{"a":1}'));
  expect(sent).toEqual({ status: 200, body: '{"body":{"a":1}}' });
});

test('a port that is taken is told with what to do', async () => {
  const port = Number(new URL(server.url).port);
  const again = startLocalServer({
    port,
    receiveEvent: async () => ({ statusCode: 200 }),
    status: async () => ({}),
  });
  await expect(again).rejects.toMatchObject({
    code: 'PORT_TAKEN',
    nextStep: expect.stringContaining('--port'),
  });
});

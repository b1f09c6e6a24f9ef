import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createHandler } from '../../../functions/receive-bill-event.ts';
import type { EventAnswer } from '../../../lib/journeys/use-cases.ts';
import { recordingRuntime } from './recording.ts';

/** The handler, and what reaches the use case. */
function receiver(answer: EventAnswer) {
  const received: { body: Uint8Array; signature: string | undefined }[] = [];
  const { runtime } = recordingRuntime({
    receiveEvent: async (body, signature) => {
      received.push({ body, signature });
      return answer;
    },
  });
  return { handler: createHandler(() => runtime), received };
}

test('hands on the raw bytes, whatever they are, when API Gateway encoded them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), async (bytes) => {
      const { handler, received } = receiver({ status: 200, code: 'TAKEN' });
      await handler({ headers: {}, body: Buffer.from(bytes).toString('base64'), isBase64Encoded: true });
      expect(Buffer.from(received[0]?.body ?? []).equals(bytes)).toBe(true);
    }),
  );
});

test('hands on text byte by byte as it came, with the signature', async () => {
  const { handler, received } = receiver({ status: 200, code: 'TAKEN' });
  const body = '{"vendor":"Müller & Söhne — 漢字"}\n';
  await handler({ headers: { 'x-bill-sha-signature': 'abc=' }, body, isBase64Encoded: false });
  expect(received).toEqual([{ body: Buffer.from(body, 'utf8'), signature: 'abc=' }]);
});

test('a request without a body or a signature reaches the judgement too', async () => {
  const { handler, received } = receiver({ status: 401, code: 'NOT_SIGNED' });
  await handler({ headers: {}, isBase64Encoded: false });
  expect(received).toEqual([{ body: Buffer.alloc(0), signature: undefined }]);
});

test.each([
  { status: 200, code: 'TAKEN' },
  { status: 401, code: 'WRONG_SIGNATURE' },
  { status: 413, code: 'TOO_LARGE' },
  { status: 503, code: 'QUEUE_UNAVAILABLE' },
] as const)('answers $status $code as JSON', async (answer) => {
  const { handler } = receiver(answer);
  expect(await handler({ headers: {}, body: '{}', isBase64Encoded: false })).toEqual({
    statusCode: answer.status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code: answer.code }),
  });
});

import { expect, test } from 'vitest';
import { DocumentError, WorldError } from '../../../lib/errors.ts';
import type { HttpResponse } from '../../../lib/http/http.ts';
import { answer, billWorld, refusal, withLogins } from './bill-world.ts';

const file = Buffer.from([0x25, 0x50, 0x44, 0x46, 0x2d, 0x00, 0xff, 0xfe]);

function against(...answers: HttpResponse[]) {
  const { http, requests } = withLogins(async () => {
    const next = answers.shift();
    if (next === undefined) throw new Error('One request more than the test expects.');
    return next;
  });
  const { bill } = billWorld(http);
  return { bill, requests: () => requests.slice(1) };
}

test('a document is uploaded as bare bytes, its name in the query (BILL dossier §5.7)', async () => {
  const { bill, requests } = against(answer(200, { id: '0duEXAMPLE', name: null }));
  const document = await bill.withLease('send-attachment', (calls) =>
    calls.uploadDocument('00nEXAMPLE', 'Rechnung & Anlage – ß.pdf', file),
  );
  expect(document).toEqual({ id: '0duEXAMPLE' });
  const [request] = requests();
  expect(request).toMatchObject({
    method: 'POST',
    url: `https://bill.example/connect/v3/documents/bills/00nEXAMPLE?name=${encodeURIComponent('Rechnung & Anlage – ß.pdf')}`,
    headers: {
      'content-type': 'application/octet-stream',
      accept: 'application/json',
      sessionid: 'session-1',
    },
    bytes: file,
  });
  expect(request).not.toHaveProperty('body');
});

test('the documents of a bill are read over all pages; uploads may show their id alone', async () => {
  const whole = {
    id: '00hEXAMPLE',
    name: 'invoice.pdf',
    createdTime: '2026-11-24T05:00:00.000+00:00',
    downloadLink: 'https://files.example/00hEXAMPLE',
  };
  const { bill, requests } = against(
    answer(200, { results: [whole], nextPage: 'second' }),
    answer(200, { results: [{ id: '0duEXAMPLE' }] }),
  );
  const documents = await bill.withLease('send-attachment', (calls) => calls.documentsOfBill('00nEXAMPLE'));
  expect(documents).toEqual([
    { id: '00hEXAMPLE', name: 'invoice.pdf', createdTime: '2026-11-24T05:00:00.000+00:00' },
    { id: '0duEXAMPLE' },
  ]);
  expect(requests().map(({ url }) => url)).toEqual([
    'https://bill.example/connect/v3/documents/bills/00nEXAMPLE?max=100',
    'https://bill.example/connect/v3/documents/bills/00nEXAMPLE?max=100&page=second',
  ]);
});

test.each([
  ['a refusal with a code', refusal(400, 'BDC_1143'), DocumentError],
  ['a gateway that gave up', answer(502, '<html>'), WorldError],
  ['a success in another shape', answer(200, {}), WorldError],
])('an upload: %s', async (_, given, kind) => {
  const { bill } = against(given);
  const error = await bill
    .withLease('send-attachment', (calls) => calls.uploadDocument('00nEXAMPLE', 'invoice.pdf', file))
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(kind);
  if (error instanceof WorldError) expect(error.mayHaveHappened).toBe(true);
});

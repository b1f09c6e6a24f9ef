import { describe, expect, it } from 'vitest';
import { HttpFailure, type HttpRequest, type HttpResponse } from '../../../lib/http/http.ts';
import { wiretap } from '../../../lib/http/wiretap.ts';
import { clockAt } from '../sap/doors.ts';

const request: HttpRequest = {
  method: 'POST',
  url: 'https://sap.example.test/a?x=1',
  headers: { accept: 'application/json' },
};

async function record(changes: Partial<HttpRequest>, answer: Partial<HttpResponse> = {}) {
  const lines: string[] = [];
  const clock = clockAt('2026-11-24T05:00:00Z');
  const http = wiretap(
    async () => {
      clock.advance(250);
      return { status: 200, headers: {}, body: '', ...answer };
    },
    'bill',
    (line) => lines.push(line),
    clock,
  );
  await http({ ...request, ...changes });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^[^\n]+\n$/);
  return JSON.parse(lines[0] ?? '');
}

describe('a recording', () => {
  it('is one line with everything that was sent and came back', async () => {
    const body = '{"AmountInTransactionCurrency":1200.50,"text":"two\\nlines"}';
    expect(await record({ body }, { status: 201, body: '{"d":{"Supplier":"17300001"}}' })).toEqual({
      system: 'bill',
      method: 'POST',
      url: 'https://sap.example.test/a?x=1',
      requestHeaders: { accept: 'application/json' },
      requestBody: body,
      status: 201,
      responseBody: '{"d":{"Supplier":"17300001"}}',
      startedAt: '2026-11-24T05:00:00.000Z',
      endedAt: '2026-11-24T05:00:00.250Z',
    });
  });

  it('keeps of files their size alone', async () => {
    const bytes = Buffer.from('%PDF-1.7 of nobody’s business');
    const { requestBody, responseBody } = await record({ bytes }, { bytes: bytes.subarray(0, 5) });
    expect([requestBody, responseBody]).toEqual([`(${bytes.length} bytes)`, '(5 bytes)']);
  });

  it('hides tokens, sessions, cookies and keys, but not the request for a token', async () => {
    const headers = {
      authorization: 'Bearer t0ken',
      cookie: 'SAP_SESSIONID=s3cret',
      devkey: 'd3vkey',
      sessionid: 's3ssion',
      'x-csrf-token': 't0ken',
    };
    const { requestHeaders } = await record({ headers });
    expect(new Set(Object.values(requestHeaders))).toEqual(new Set(['***']));
    expect((await record({ headers: { 'x-csrf-token': 'Fetch' } })).requestHeaders).toEqual({
      'x-csrf-token': 'Fetch',
    });
  });

  it.each([
    [
      '{"username":"ap@firm.example","password":"p4ss\\"w0rd","organizationId":"008","devKey":"d3v"}',
      '{"username":"***","password":"***","organizationId":"008","devKey":"***"}',
    ],
    [
      'grant_type=client_credentials&client_id=c&client_secret=p4ss',
      'grant_type=client_credentials&client_id=c&client_secret=***',
    ],
    ['{"sessionId": "s3ssion","organizationId":"008"}', '{"sessionId": "***","organizationId":"008"}'],
    ['{"access_token":"t0ken","expires_in":3600}', '{"access_token":"***","expires_in":3600}'],
    ['{"id":"1","securityKey":"k3y"}', '{"id":"1","securityKey":"***"}'],
    [
      '{"bankAccount":{"nameOnAccount":"A","accountNumber":"111222333","routingNumber":"074000010"},"accountNumber":"our number"}',
      '{"bankAccount":"***","accountNumber":"our number"}',
    ],
    [
      '<JournalEntry><DocumentReferenceID>BP7K</DocumentReferenceID></JournalEntry>',
      '<JournalEntry><DocumentReferenceID>BP7K</DocumentReferenceID></JournalEntry>',
    ],
  ])('of %s hides the secrets alone', async (body, expected) => {
    const entry = await record({ body }, { body });
    expect(entry.requestBody).toBe(expected);
    expect(entry.responseBody).toBe(expected);
  });

  it('is written when no answer came, too', async () => {
    const lines: string[] = [];
    const failure = new HttpFailure('ETIMEDOUT', true, 'timed out');
    const http = wiretap(
      () => Promise.reject(failure),
      'sap',
      (line) => lines.push(line),
      clockAt('2026-11-24T05:00:00Z'),
    );
    await expect(http(request)).rejects.toBe(failure);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      system: 'sap',
      status: null,
      responseBody: null,
      requestBody: null,
    });
  });
});

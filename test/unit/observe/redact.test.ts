import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redact } from '../../../lib/observe/redact.ts';

const logged = (fields: unknown) => JSON.stringify(fields, redact);

describe('what looks like a secret is hidden', () => {
  test.each([
    'clientSecret',
    'password',
    'devKey',
    'sessionId',
    'authorization',
    'x-csrf-token',
    'set-cookie',
    'webhookSecurityKeyPrevious',
    'x-bill-sha-signature',
    'iban',
    'bankAccountNumber',
  ])('by the name %s, whatever its value and however deep', (name) => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ minLength: 8 }), fc.integer(), fc.object()), (value) => {
        expect(JSON.parse(logged({ outer: [{ [name]: value }] }))).toEqual({ outer: [{ [name]: '***' }] });
      }),
    );
  });

  test.each([
    ['Bearer abcdef1234567890', '***'],
    ['sent Basic dXNlcjpwYXNzd29yZA== to SAP', 'sent *** to SAP'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc', '***'],
    ['grant_type=x&client_secret=hunter2&scope=y', 'grant_type=x&***&scope=y'],
    ['{"devKey":"01ABCDEF","x":1}', '{"***","x":1}'],
  ])('by its form: %s', (text, expected) => {
    expect(redact('note', text)).toBe(expected);
  });
});

test('documents, amounts and codes stay readable', () => {
  const fields = {
    document: '1710/5100000001/2026',
    code: 'BILL_UNAVAILABLE',
    amount: '1200.50',
    glAccount: '61008000',
    seconds: 15,
    ok: true,
    nothing: null,
  };
  expect(JSON.parse(logged(fields))).toEqual(fields);
});

import { describe, expect, test } from 'vitest';
import { readSecret, secretKinds } from '../../../lib/config/read-secret.ts';
import { emptySecrets } from '../../../lib/infra/credentials.ts';

describe('a secret is empty', () => {
  test.each([undefined, '', ' ', '{}', 'null', emptySecrets.sap])('as SAP secret %s', (text) => {
    expect(() => readSecret(secretKinds.sap, 'sap', text)).toThrow(
      expect.objectContaining({ code: 'SECRET_EMPTY' }),
    );
  });

  test('as the stack creates that of BILL', () => {
    const read = () => readSecret(secretKinds.bill, 'bill', emptySecrets.bill);
    expect(read).toThrow(
      expect.objectContaining({ code: 'SECRET_EMPTY', nextStep: expect.stringContaining('devKey') }),
    );
  });
});

test('a secret that is filled in halfway is told field by field', () => {
  const text = emptySecrets.sap.replace('"clientId":""', '"clientId":"me"');
  const read = () => readSecret(secretKinds.sap, 'sap', text);
  expect(read).toThrow(
    expect.objectContaining({ code: 'SECRET_INVALID', message: expect.stringContaining('auth.tokenUrl') }),
  );
});

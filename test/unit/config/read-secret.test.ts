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

describe('an address in a secret', () => {
  const faultOf = (baseUrl: string) => {
    const secret = { baseUrl, auth: { type: 'basic', username: 'me', password: 'hidden' } };
    try {
      readSecret(secretKinds.sap, 'sap', JSON.stringify(secret));
    } catch (error) {
      return (error as Error).message;
    }
    return 'accepted';
  };

  test.each([
    'https://me:hidden@sap.example.com',
    'https://sap.example.com?sap-client=100',
    'https://sap.example.com/#Shell-home',
  ])('is a host and nothing that would be shown or sent with every path: %s', (url) => {
    expect(faultOf(url)).toContain('baseUrl: write the address without a user');
    expect(faultOf(url)).not.toContain('hidden');
  });

  test('is whole', () => {
    expect(faultOf('sap.example.com')).toContain('write the whole address, beginning with https://');
    expect(faultOf('https://sap.example.com/')).toBe('accepted');
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EventShapeError, parseEvent } from '../../../lib/bill/webhook-event.ts';
import { signTestEvent, verifySignature } from '../../../lib/bill/webhook-signature.ts';

const bytes = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
const keyText = fc.string({ minLength: 1, maxLength: 64 });

describe('the signature', () => {
  test('is HMAC-SHA256 of the raw bytes with the key as text, in base64', () => {
    // Computed with: printf '%s' '{"example":true}' | openssl dgst -sha256 -hmac example-key -binary | base64
    expect(signTestEvent('{"example":true}', 'example-key')).toBe(
      'awY5ZTE+M+Fmp2YSw2F9U1NVEBQg7FD2drxwk87s0SQ=',
    );
  });

  test('fits its body and one of the keys, and nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), keyText, keyText, fc.nat(), (body, key, other, at) => {
        fc.pre(key !== other);
        const signature = signTestEvent(body, key);
        expect(verifySignature(body, signature, [key])).toBe(true);
        expect(verifySignature(body, signature, [other, key])).toBe(true);
        expect(verifySignature(body, signature, [other])).toBe(false);
        const changed = Uint8Array.from([...body, 0]);
        if (body.length > 0) changed[at % body.length] = ((changed[at % body.length] ?? 0) + 1) % 256;
        expect(verifySignature(changed, signature, [key])).toBe(false);
      }),
    );
  });

  test.each([undefined, '', 'AAAA', 'not base64 at all: äöü'])('%s never fits', (signature) => {
    expect(verifySignature(bytes({}), signature, ['example-key'])).toBe(false);
  });

  test('no key, or an empty one, verifies nothing', () => {
    expect(verifySignature(bytes({}), signTestEvent('{}', ''), [])).toBe(false);
    expect(verifySignature(bytes({}), signTestEvent('{}', ''), [''])).toBe(false);
  });

  test('other spellings of the same base64 are refused', () => {
    const signature = signTestEvent('{}', 'example-key');
    expect(verifySignature(bytes('{}'), `${signature}=`, ['example-key'])).toBe(false);
    expect(verifySignature(bytes('{}'), signature.replace(/=+$/, ''), ['example-key'])).toBe(false);
  });
});

describe('the event', () => {
  const metadata = (eventType: string) => ({
    eventId: 'event-1',
    subscriptionId: 'subscription-1',
    organizationId: '008EXAMPLE',
    eventType,
    version: '1',
  });

  test('payment.updated', () => {
    const payment = {
      id: 'stpEXAMPLE',
      billIds: ['00nEXAMPLE1', '00nEXAMPLE2'],
      transactionNumber: 'P26112401',
      status: 'CLEARED',
      createdBy: '006EXAMPLE',
      createdTime: '2026-11-20T05:00:00.000+00:00',
      updatedTime: '2026-11-24T05:00:00.000+00:00',
      processDate: '2026-11-21',
      funding: {
        amount: 100.0,
        currency: 'USD',
        fundingAccount: {
          id: 'bacEXAMPLE',
          type: 'BANK_ACCOUNT',
          name: 'Example Bank',
          accountNumber: '***',
        },
      },
      disbursement: { amount: 100.0, currency: 'USD', arrivesByDate: '2026-11-24' },
      vendor: { id: '009EXAMPLE', name: 'Example Ltd' },
      billingType: 'BDC',
    };
    expect(parseEvent(bytes({ metadata: metadata('payment.updated'), payment }))).toEqual({
      eventId: 'event-1',
      eventType: 'payment.updated',
      organizationId: '008EXAMPLE',
      objectId: 'stpEXAMPLE',
      vendorId: '009EXAMPLE',
      updatedTime: '2026-11-24T05:00:00.000+00:00',
    });
  });

  test('payment.failed has no payment id', () => {
    const body = {
      metadata: metadata('payment.failed'),
      payment: {
        bills: [{ id: '00nEXAMPLE', amount: 100.0 }],
        transactionNumber: 'P1',
        vendor: { id: '009EXAMPLE', name: 'Example Ltd' },
      },
      errors: [
        {
          code: 'BDC_1152',
          message: 'Process date is not valid.',
          timestamp: '2026-11-24T05:00:00.000+00:00',
        },
      ],
    };
    expect(parseEvent(bytes(body))).toEqual({
      eventId: 'event-1',
      eventType: 'payment.failed',
      organizationId: '008EXAMPLE',
      vendorId: '009EXAMPLE',
      failedPayment: {
        transactionNumber: 'P1',
        billIds: ['00nEXAMPLE'],
        errors: [{ code: 'BDC_1152', message: 'Process date is not valid.' }],
      },
    });
  });

  test.each(['bill.created', 'bill.updated', 'bill.archived', 'bill.restored'])('%s', (eventType) => {
    const bill = {
      id: '00nEXAMPLE',
      vendorId: '009EXAMPLE',
      amount: 100.0,
      invoice: { invoiceNumber: 'RE-1', invoiceDate: '2026-11-24T00:00:00.000+00:00' },
      updatedTime: '2026-11-24T05:00:00.000+00:00',
    };
    expect(parseEvent(bytes({ metadata: metadata(eventType), bill }))).toMatchObject({
      eventType,
      objectId: '00nEXAMPLE',
      vendorId: '009EXAMPLE',
    });
  });

  test('a vendor event is about its vendor', () => {
    const vendor = { id: '009EXAMPLE', name: 'Example Ltd', updatedTime: '2026-11-24T05:00:00.000+00:00' };
    expect(parseEvent(bytes({ metadata: metadata('vendor.updated'), vendor }))).toMatchObject({
      objectId: '009EXAMPLE',
      vendorId: '009EXAMPLE',
    });
  });

  test('an object under a name with a hyphen, and an event of a kind nobody knows', () => {
    const account = { id: 'bacEXAMPLE' };
    expect(
      parseEvent(bytes({ metadata: metadata('bank-account.created'), 'bank-account': account })).objectId,
    ).toBe('bacEXAMPLE');
    expect(parseEvent(bytes({ metadata: metadata('spend.transaction.updated'), other: 1 }))).toEqual({
      eventId: 'event-1',
      eventType: 'spend.transaction.updated',
      organizationId: '008EXAMPLE',
    });
  });

  test.each([
    ['NOT_JSON', ''],
    ['NOT_JSON', '{"metadata":'],
    ['OTHER_SHAPE', '[]'],
    ['OTHER_SHAPE', 'null'],
    ['OTHER_SHAPE', { payment: { id: 'stpEXAMPLE' } }],
    ['OTHER_SHAPE', { metadata: { eventType: 'payment.updated' } }],
    ['OTHER_SHAPE', { metadata: { eventId: '', eventType: 'payment.updated' } }],
    [
      'OTHER_SHAPE',
      { metadata: { eventId: 'event-1', eventType: 'payment.updated' }, payment: 'stpEXAMPLE' },
    ],
  ])('%s: %j', (code, body) => {
    expect(() => parseEvent(bytes(body))).toThrow(expect.objectContaining({ code }));
  });

  test('bytes that are no UTF-8 are no JSON', () => {
    expect(() => parseEvent(Uint8Array.from([0x22, 0xff, 0x22]))).toThrow(EventShapeError);
  });

  test('whatever comes is read or refused, nothing else', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), fc.json().map(bytes)), (body) => {
        try {
          expect(parseEvent(body).eventId).not.toBe('');
        } catch (error) {
          expect(error).toBeInstanceOf(EventShapeError);
        }
      }),
    );
  });
});

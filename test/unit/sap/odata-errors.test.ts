import { describe, expect, it } from 'vitest';
import { problemText, retryAfterMs } from '../../../lib/sap/failures.ts';
import { readODataError } from '../../../lib/sap/odata-errors.ts';
import { html, json } from './doors.ts';

const v2Envelope = {
  error: {
    code: '/IWBEP/CM_MGW_RT/020',
    message: { lang: 'en', value: 'An exception was raised' },
    innererror: {
      application: { component_id: 'FI', service_id: 'API_BUSINESS_PARTNER' },
      transactionid: '0123456789ABCDEF',
      errordetails: [
        { code: 'R11/124', message: 'Postal code 1234 has the wrong length', severity: 'error', target: '' },
        { code: '/IWBEP/CX_MGW_BUSI_EXCEPTION', message: 'An exception was raised', severity: 'error' },
      ],
    },
  },
};

const v4Envelope = {
  error: {
    code: 'ME/083',
    message: 'Enter Plant',
    target: 'PurchaseOrderItem',
    details: [{ code: 'ME/062', message: 'Account assignment mandatory', target: '' }],
    '@SAP__core.innererror': {},
  },
};

describe('error envelopes', () => {
  it('reads V2 down to errordetails, each text once', () => {
    expect(readODataError(JSON.stringify(v2Envelope))).toEqual({
      code: '/IWBEP/CM_MGW_RT/020',
      texts: ['An exception was raised', 'Postal code 1234 has the wrong length'],
      detailCodes: ['R11/124', '/IWBEP/CX_MGW_BUSI_EXCEPTION'],
    });
  });

  it('reads V4 with its details', () => {
    expect(readODataError(JSON.stringify(v4Envelope))).toEqual({
      code: 'ME/083',
      texts: ['Enter Plant', 'Account assignment mandatory'],
      detailCodes: ['ME/062'],
    });
  });

  it('reads V2 in XML, which comes where no JSON was asked for', () => {
    const xml =
      '<?xml version="1.0" encoding="utf-8"?><error xmlns="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata">' +
      '<code>/IWBEP/CM_MGW_RT/020</code><message xml:lang="en">Not found</message></error>';
    const expected = { code: '/IWBEP/CM_MGW_RT/020', texts: ['Not found'], detailCodes: [] };
    expect(readODataError(xml)).toEqual(expected);
    expect(readODataError('<error><code>X/1</code></error>')).toBeUndefined();
  });

  it.each(['', '<html></html>', '{}', '{"error":"invalid_client"}', 'null', '[]'])(
    'is silent about %j',
    (body) => {
      expect(readODataError(body)).toBeUndefined();
    },
  );

  it('keeps what is readable of a damaged envelope', () => {
    expect(
      readODataError('{"error":{"code":7,"message":{"value":"Locked"},"innererror":{"errordetails":"x"}}}'),
    ).toEqual({
      code: '',
      texts: ['Locked'],
      detailCodes: [],
    });
  });
});

describe('the words of a failure', () => {
  it('come from an OData error, a SOAP fault, a page title or an OAuth error', () => {
    expect(problemText(json(v2Envelope, 400))).toContain('Postal code 1234 has the wrong length');
    expect(
      problemText({
        status: 500,
        headers: {},
        body: '<e:Fault><faultstring xml:lang="en">No  posting</faultstring></e:Fault>',
      }),
    ).toBe('No posting');
    expect(problemText(html(503, 'System maintenance'))).toBe('System maintenance');
    expect(problemText(json({ error: 'invalid_client' }, 401))).toBe('invalid_client');
    expect(problemText({ status: 500, headers: {}, body: '' })).toBe('');
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-11-24T05:00:00Z');
  it.each([
    ['120', 120_000],
    ['Tue, 24 Nov 2026 05:01:00 GMT', 60_000],
    ['Tue, 24 Nov 2026 04:00:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
  ])('%j is %s ms', (value, expected) => {
    expect(retryAfterMs(json({}, 503, { 'retry-after': value }), now)).toBe(expected);
  });
});

import { describe, expect, test } from 'vitest';
import { UnexpectedAnswer } from '../../../lib/bill/errors.ts';
import { readBody } from '../../../lib/bill/faults.ts';
import { judge, type Verdict } from '../../../lib/bill/judge.ts';
import type { BillRequest } from '../../../lib/bill/request.ts';
import { ConfigurationError, CredentialsError, DocumentError, WorldError } from '../../../lib/errors.ts';
import { answer } from './bill-world.ts';

const read: BillRequest = { method: 'GET', path: '/v3/bills/00n1', about: 'bill 00n1' };
const create: BillRequest = { method: 'POST', path: '/v3/bills', body: {}, about: 'the bill RE-1' };

/** As BILL documents it (BILL dossier §2.2). */
const fault = (code: string, more: object = {}) => ({
  timestamp: '2026-11-24T05:00:00.000+00:00',
  code,
  severity: 'ERROR',
  category: 'REQUEST',
  message: 'What BILL says.',
  params: {},
  ...more,
});

const html = '<html><body>Bad gateway</body></html>';
const errorOf = (verdict: Verdict) => ('error' in verdict ? verdict.error : undefined);

describe('the envelope in all its forms', () => {
  test.each([
    ['an array', [fault('BDC_1143')]],
    ['an object', fault('BDC_1143')],
    ['more fields than we know', [fault('BDC_1143', { detail: 'd', help: 'h', added: { later: true } })]],
    ['fewer fields', [{ code: 'BDC_1143' }]],
  ])('%s', (_form, body) => {
    expect(readBody(JSON.stringify(body)).faults.map(({ code }) => code)).toEqual(['BDC_1143']);
  });

  test('placeholders are filled in from the parameters', () => {
    const params = [{ name: 'paramName0', value: 'invoiceNumber', additional: {} }];
    const [read] = readBody(
      JSON.stringify([fault('BDC_1143', { message: `\${paramName0} is too long.`, params })]),
    ).faults;
    expect(read?.message).toBe('invoiceNumber is too long.');
  });

  test.each([
    ['nothing', '', 'empty'],
    ['a page', html, 'other'],
    ['data', '{"id":"00n1"}', 'json'],
    ['a list of data', '[{"id":"0du1","code":"x"}]', 'json'],
    ['text', '"down"', 'json'],
  ])('%s is no envelope', (_what, text, form) => {
    expect(readBody(text)).toMatchObject({ form, faults: [] });
  });
});

describe('what concerns everybody', () => {
  test.each([200, 400, 422, 429, 500])(
    'quota by its code, with HTTP %i, and the create has not happened',
    (status) => {
      expect(judge(create, answer(status, [fault('BDC_1322')]))).toMatchObject({
        closes: 'too-many-at-once',
        error: { code: 'BDC_1322', mayHaveHappened: false },
      });
      expect(judge(create, answer(status, fault('BDC_1144')))).toMatchObject({
        closes: 'hour-spent',
        error: { code: 'BDC_1144', mayHaveHappened: false },
      });
    },
  );

  test.each([
    [401, [fault('BDC_1109')]],
    [400, fault('BDC_1109')],
    [401, ''],
    [401, html],
  ])('the session has ended: HTTP %i', (status, body) => {
    expect(judge(create, answer(status, body))).toEqual({ is: 'session-ended' });
  });

  test('a 401 about the developer key is no end of a session', () => {
    expect(judge(read, answer(401, [fault('BDC_1102')]))).toMatchObject({
      error: { code: 'BILL_CREDENTIALS_REFUSED' },
    });
  });
});

describe('success', () => {
  test('is data', () => {
    expect(judge(read, answer(200, { id: '00n1' }))).toEqual({ is: 'answer', json: { id: '00n1' } });
    expect(judge(create, answer(201, { id: '00n1' }))).toEqual({ is: 'answer', json: { id: '00n1' } });
    expect(judge(read, answer(200, ''))).toMatchObject({ is: 'answer' });
  });

  test('warnings and information do no harm with a success', () => {
    const body = [fault('BDC_1143', { severity: 'WARNING' }), fault('BDC_1143', { severity: 'INFORMATION' })];
    expect(judge(create, answer(200, body)).is).toBe('answer');
    expect(judge(create, answer(422, body)).is).toBe('failure');
  });

  test('an error with a success: refused for a read, in doubt for a write', () => {
    expect(errorOf(judge(read, answer(200, [fault('BDC_1143')])))).toBeInstanceOf(DocumentError);
    expect(judge(create, answer(200, [fault('BDC_1143')]))).toMatchObject({
      error: { code: 'BILL_UNUSABLE_ANSWER', mayHaveHappened: true },
    });
  });

  test('a page with a success is in doubt for a write', () => {
    expect(judge(create, answer(200, html))).toMatchObject({ error: { mayHaveHappened: true } });
    expect(judge(read, answer(200, html))).toMatchObject({ error: { mayHaveHappened: false } });
  });
});

describe('outages', () => {
  test.each([
    [500, [fault('BDC_1001')]],
    [503, html],
    [502, ''],
    [500, [fault('BDC_1171')]],
    [400, [fault('BDC_1001')]],
    [408, ''],
    [429, html],
  ])('HTTP %i closes the gate; a write may have happened', (status, body) => {
    expect(judge(create, answer(status, body))).toMatchObject({
      closes: 'outage',
      error: { code: 'BILL_UNAVAILABLE', mayHaveHappened: true },
    });
    expect(judge(read, answer(status, body))).toMatchObject({
      closes: 'outage',
      error: { mayHaveHappened: false },
    });
  });
});

describe('not found', () => {
  test.each([
    [404, [fault('BDC_1120')]],
    [422, fault('BDC_1120')],
    [404, [fault('BDC_1114')]],
    [404, ''],
    [404, {}],
  ])('HTTP %i on a read', (status, body) => {
    expect(judge(read, answer(status, body)).is).toBe('not-found');
  });

  test('is a refusal for a write', () => {
    expect(
      errorOf(judge({ ...create, path: '/v3/bills/00n1/archive' }, answer(404, [fault('BDC_1120')]))),
    ).toBeInstanceOf(DocumentError);
  });

  test('a 404 about the path, the caller, or from a gateway says nothing about the object', () => {
    expect(errorOf(judge(read, answer(404, [fault('BDC_1121')])))).toBeInstanceOf(ConfigurationError);
    expect(errorOf(judge(read, answer(404, [fault('BDC_1145')])))).toBeInstanceOf(CredentialsError);
    expect(judge(read, answer(404, html))).toMatchObject({
      is: 'failure',
      error: { code: 'BILL_UNUSABLE_ANSWER' },
    });
  });
});

describe('refusals', () => {
  test.each(['BDC_1143', 'BDC_1171', 'BDC_1151', 'BDC_1999'])('%s is the document’s own', (code) => {
    const error = errorOf(judge(create, answer(422, [fault(code)])));
    expect(error).toBeInstanceOf(DocumentError);
    expect(error).toMatchObject({
      code,
      message: `BILL refused the bill RE-1 (${code}): What BILL says.`,
      billValues: { answer: 'What BILL says.' },
    });
  });

  test.each(['BDC_1145', 'BDC_1361'])('%s is a matter of rights', (code) => {
    const error = errorOf(judge(create, answer(403, [fault(code)])));
    expect(error).toBeInstanceOf(CredentialsError);
    expect(error).toMatchObject({ code, mayHaveHappened: false });
  });

  test.each(['BDC_1002', 'BDC_1122', 'BDC_1124', 'BDC_1131'])('%s is our own', (code) => {
    expect(errorOf(judge(create, answer(400, [fault(code)])))).toBeInstanceOf(UnexpectedAnswer);
  });

  test('an error outweighs a warning beside it', () => {
    const body = [fault('BDC_1114', { severity: 'WARNING' }), fault('BDC_1171')];
    expect(judge(create, answer(422, body))).toMatchObject({ code: 'BDC_1171' });
  });

  test.each([302, 400, 403, 413])(
    'HTTP %i without a code is nobody’s word: it waits, in doubt for a write',
    (status) => {
      const error = errorOf(judge(create, answer(status, html)));
      expect(error).toBeInstanceOf(WorldError);
      expect(error).toMatchObject({ code: 'BILL_UNUSABLE_ANSWER', mayHaveHappened: true });
      expect(judge(create, answer(status, html))).not.toHaveProperty('closes');
    },
  );
});

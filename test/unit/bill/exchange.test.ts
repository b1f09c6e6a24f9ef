import { expect, test } from 'vitest';
import { exchange } from '../../../lib/bill/exchange.ts';
import type { Lease } from '../../../lib/bill/lease.ts';
import { HttpFailure } from '../../../lib/http/http.ts';

test('no answer is told in one sentence, with what to check', async () => {
  const message = 'GET bill.example.com: no answer (ENOTFOUND).';
  const send: Lease['send'] = () => Promise.reject(new HttpFailure('ENOTFOUND', false, message));
  const way = { lease: { send, leave: async () => undefined }, gate: gateThatCloses() };
  const request = { method: 'GET', path: '/v3/bills', about: 'the bills' } as const;
  const wire = { method: 'GET', url: 'https://bill.example.com/v3/bills', headers: {} } as const;
  expect(await exchange(way, request, wire)).toMatchObject({
    closes: 'outage',
    error: {
      message: 'BILL gave no answer for the bills: GET bill.example.com: no answer (ENOTFOUND).',
      nextStep: expect.stringContaining('check baseUrl in the BILL secret'),
    },
  });
});

function gateThatCloses() {
  return {
    close: async () => undefined,
    withLease: () => Promise.reject(new Error('The lease is held already.')),
  };
}

import { expect, test } from 'vitest';
import { createHandler as createPollBill } from '../../../functions/poll-bill.ts';
import { createHandler as createPollSap } from '../../../functions/poll-sap.ts';
import { ConfigurationError, WorldError } from '../../../lib/errors.ts';
import { contextWith, recordingRuntime } from './recording.ts';

const plenty = contextWith(60_000);

test('poll-sap runs the task that its schedule names', async () => {
  const { runtime, told } = recordingRuntime({
    findInvoices: async () => ({ found: 2, queued: 1 }),
    recheckInvoices: async () => ({ found: 7, queued: 0 }),
    watchInvoices: async () => ({ found: 3, queued: 3 }),
  });
  const handler = createPollSap(() => runtime);
  expect(await handler({ task: 'find-invoices' }, plenty)).toEqual({ found: 2, queued: 1 });
  expect(await handler({ task: 'recheck-invoices' }, plenty)).toEqual({ found: 7, queued: 0 });
  expect(await handler({ task: 'watch-invoices' }, plenty)).toEqual({ found: 3, queued: 3 });
  expect(told).toHaveLength(6);
});

test('poll-sap refuses an event that names no task, and says so in the log', async () => {
  const { runtime, told } = recordingRuntime({});
  await expect(createPollSap(() => runtime)({ task: 'delete-invoices' }, plenty)).rejects.toThrow(
    'find-invoices',
  );
  expect(told).toEqual(['begin request-1', 'error function-failed', 'end']);
});

test('poll-bill runs the task that its schedule names', async () => {
  const { runtime } = recordingRuntime({
    findPayments: async () => ({ found: 1, queued: 1 }),
    watchPayments: async () => ({ found: 2, queued: 2 }),
  });
  const handler = createPollBill(async () => runtime);
  expect(await handler({ task: 'find-payments' })).toEqual({ found: 1, queued: 1 });
  expect(await handler({ task: 'watch-payments' })).toEqual({ found: 2, queued: 2 });
});

test('an outage is no error of the function: the next poll goes on', async () => {
  const outage = new WorldError({ code: 'BILL_UNAVAILABLE', message: 'BILL is down.', nextStep: 'Nothing.' });
  const { runtime, told } = recordingRuntime({ findPayments: () => Promise.reject(outage) });
  expect(await createPollBill(() => runtime)({ task: 'find-payments' }, plenty)).toEqual({
    waitsFor: 'BILL_UNAVAILABLE',
  });
  expect(told).toEqual(['begin request-1', 'end']);
});

test('an empty secret fails the function with its code and its next step in the log', async () => {
  const empty = new ConfigurationError({
    code: 'SECRET_EMPTY',
    message: 'The secret x is empty.',
    nextStep: 'Fill it in.',
  });
  const { runtime, told, lines } = recordingRuntime({ findInvoices: () => Promise.reject(empty) });
  await expect(createPollSap(() => runtime)({ task: 'find-invoices' }, plenty)).rejects.toBe(empty);
  expect(told).toEqual(['begin request-1', 'error function-failed', 'end']);
  expect(lines).toEqual([
    { code: 'SECRET_EMPTY', reason: 'The secret x is empty.', nextStep: 'Fill it in.' },
  ]);
});

test('a poll that never ends is given up while there is time to say so', async () => {
  const { runtime, lines } = recordingRuntime({ findPayments: () => new Promise(() => undefined) });
  const oneSecondLeft = contextWith(1_001);
  await expect(createPollBill(() => runtime)({ task: 'find-payments' }, oneSecondLeft)).rejects.toMatchObject(
    {
      code: 'FUNCTION_OUT_OF_TIME',
    },
  );
  expect(lines).toMatchObject([{ code: 'FUNCTION_OUT_OF_TIME' }]);
});

import { expect, test } from 'vitest';
import { ConfigurationError, CredentialsError, WorldError } from '../../../../lib/errors.ts';
import { createPolls, pollNames } from '../../../../lib/local/run/polls.ts';

const clock = { now: () => Date.parse('2026-11-24T05:00:00Z'), sleep: async () => undefined };
const nothing = { found: 0, queued: 0 };

test('nothing is new only when every kind of poll has run and the last one of each found nothing', async () => {
  let report = { found: 1, queued: 1 };
  const polls = createPolls(clock, async () => report);
  expect(polls.foundNothing()).toBe(false);
  for (const name of pollNames) await polls.run(name);
  expect(polls.foundNothing()).toBe(false);
  report = nothing;
  for (const name of pollNames) {
    expect(polls.foundNothing()).toBe(false);
    await polls.run(name);
  }
  expect(polls.foundNothing()).toBe(true);
  expect(polls.last['find-payments']).toEqual({ at: '2026-11-24T05:00:00.000Z', ...nothing });
});

const told = { code: 'CODE', message: 'What happened.', nextStep: 'What to do.' };

test.for<[error: Error, needsPerson: boolean]>([
  [new WorldError(told), false],
  [new CredentialsError(told), true],
  [new ConfigurationError(told), true],
  [new TypeError('What happened.'), true],
])('a failed poll found nothing that counts: %s', async ([error, needsPerson]) => {
  const polls = createPolls(clock, async () => Promise.reject(error));
  const { failure, found } = await polls.run('find-invoices');
  expect([found, failure]).toEqual([0, expect.objectContaining({ message: 'What happened.', needsPerson })]);
  expect(polls.foundNothing()).toBe(false);
});

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { powertoolsObserve } from '../../../lib/observe/powertools.ts';
import { contextWith } from '../../component/functions/recording.ts';

/** With these switches Powertools writes to the console that a test can listen to. */
beforeEach(() => {
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

function listen(method: 'log' | 'info' | 'error') {
  const lines: Record<string, unknown>[] = [];
  vi.spyOn(console, method).mockImplementation((line: string) => lines.push(JSON.parse(line)));
  return lines;
}

test('a log line names the event, the connection, the invocation and the document, and hides secrets', () => {
  const lines = listen('info');
  const observe = powertoolsObserve('example-us');
  observe.begin(contextWith(1_000));
  observe.log('info', 'invoice-found', { document: '1710/5100000001/2026', password: 'hunter2' });
  expect(lines).toMatchObject([
    {
      level: 'INFO',
      message: 'invoice-found',
      service: 'example-us',
      function_request_id: 'request-1',
      document: '1710/5100000001/2026',
      password: '***',
    },
  ]);
});

test('an error keeps its name and its place', () => {
  const lines = listen('error');
  powertoolsObserve('example-us').log('error', 'function-failed', { error: new RangeError('too far') });
  expect(lines).toMatchObject([{ level: 'ERROR', error: { name: 'RangeError', message: 'too far' } }]);
});

test('counts are summed up and published once an invocation, as the alarms look for them', () => {
  const lines = listen('log');
  const observe = powertoolsObserve('example-us');
  observe.count('BillCalls');
  observe.count('BillCalls', 2);
  observe.count('BillLogins');
  observe.end();
  observe.end();
  expect(lines).toMatchObject([
    {
      service: 'example-us',
      BillCalls: 3,
      BillLogins: 1,
      _aws: { CloudWatchMetrics: [{ Namespace: 'ml-connector', Dimensions: [['service']] }] },
    },
  ]);
});

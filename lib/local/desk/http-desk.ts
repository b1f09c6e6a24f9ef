import { ConfigurationError } from '../../errors.ts';
import type { Desk, DocumentStory, NamedTieOut, Task } from './desk.ts';

/** The desk of a connector that runs on this machine, through the API of its page. */
export function createHttpDesk(url: string): Desk {
  const call = <T>(path: string, body?: Readonly<Record<string, string>>) => ask<T>(url, path, body);
  return {
    tasks: () => call<Task[]>('/api/exceptions'),
    task: (id) => call<Task>(`/api/exceptions/${encodeURIComponent(id)}`),
    retry: (id, by) => call<void>('/api/exceptions/retry', { id, by }),
    resolve: (id, keep, by, why) => call<void>('/api/exceptions/resolve', { id, keep, by, why }),
    skip: (id, by, why) => call<void>('/api/exceptions/skip', { id, by, why }),
    trace: (number) => call<DocumentStory[]>(`/api/trace/${encodeURIComponent(number)}`),
    tieOut: (date) => call<NamedTieOut>(date === undefined ? '/api/tie-out' : `/api/tie-out?date=${date}`),
  };
}

/** Throws ConfigurationError: what the connector refuses, or `CONNECTOR_NOT_RUNNING`. */
async function ask<T>(url: string, path: string, body?: Readonly<Record<string, string>>): Promise<T> {
  const request =
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(new URL(path, url), request).catch((cause: unknown) => {
    throw notRunning(url, cause);
  });
  if (response.status === 204) return undefined as T;
  const answer: unknown = await response.json().catch((cause: unknown) => {
    throw notRunning(url, cause);
  });
  if (response.ok) return answer as T;
  throw isRefusal(answer) ? new ConfigurationError(answer.error) : notRunning(url, undefined);
}

function isRefusal(
  answer: unknown,
): answer is { error: { code: string; message: string; nextStep: string } } {
  return (
    typeof answer === 'object' && answer !== null && 'error' in answer && typeof answer.error === 'object'
  );
}

function notRunning(url: string, cause: unknown): ConfigurationError {
  return new ConfigurationError({
    code: 'CONNECTOR_NOT_RUNNING',
    message: `No connector answers at ${url}.`,
    nextStep:
      'Start it ("npm start", or "ml-connector local"), or give its address with --url, or the name of a deployed stack with --stack.',
    cause,
  });
}

import type { DocumentStory, Keep, NamedTieOut, Task } from '../../desk/desk.ts';
import type { DocumentList, ErrorAnswer, Overview } from '../api.ts';

/** Which documents are listed. */
export interface Filter {
  readonly kind?: string;
  readonly stage?: string;
  readonly search: string;
}

/** The connector refused, or met a failure, and says what to do. */
export class Refused extends Error {
  readonly nextStep: string;

  constructor({ message, nextStep }: ErrorAnswer['error']) {
    super(message);
    this.nextStep = nextStep;
  }
}

export const server = {
  overview: () => get<Overview>('/api/overview'),
  tasks: () => get<Task[]>('/api/exceptions'),
  documents: ({ search, ...filter }: Filter) =>
    get<DocumentList>(`/api/documents?${new URLSearchParams({ ...filter, search })}`),
  story: (id: string) => get<DocumentStory>(`/api/documents/${encodeURIComponent(id)}`),
  tieOut: (day = '') => get<NamedTieOut>(`/api/tie-out${day === '' ? '' : `?date=${day}`}`),
  tieOutNow: () => post('/api/tie-out', {}),
  retry: (id: string, by: string) => post('/api/exceptions/retry', { id, by }),
  resolve: (id: string, keep: Keep, by: string, why: string) =>
    post('/api/exceptions/resolve', { id, keep, by, why }),
  skip: (id: string, by: string, why: string) => post('/api/exceptions/skip', { id, by, why }),
};

async function get<T>(path: string): Promise<T> {
  const response = await fetch(path, { headers: { accept: 'application/json' } });
  if (!response.ok) throw await refused(response);
  return (await response.json()) as T;
}

async function post(path: string, body: Readonly<Record<string, string>>): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw await refused(response);
}

async function refused(response: Response): Promise<Refused> {
  return new Refused(((await response.json()) as ErrorAnswer).error);
}

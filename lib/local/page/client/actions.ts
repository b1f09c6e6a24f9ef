import type { Keep, Task } from '../../desk/desk.ts';
import { knownName, rememberName } from './decision.ts';
import { Refused, server } from './server.ts';
import type { Actions, Decision, State, Trial } from './state.ts';

type Update = (change: Partial<State>) => void;

export function createActions(current: () => State, update: Update, refresh: () => Promise<void>): Actions {
  const open = async (id: string) => {
    update({ open: { id } });
    const shown = await server.story(id).then(
      (story) => ({ id: story.id, story }),
      (error: unknown) => ({ id, refusal: textOf(error) }),
    );
    if (current().open?.id === id) update({ open: shown });
  };
  const take = async ({ kind, task }: Decision, by: string, why: string, keep: Keep = 'leave') => {
    try {
      if (kind === 'retry') await server.retry(task.id, by);
      else if (kind === 'resolve') await server.resolve(task.id, keep, by, why);
      else await server.skip(task.id, by, why);
    } catch (error) {
      update({ decision: { kind, task, refusal: textOf(error) } });
      return;
    }
    rememberName(by);
    update({ decision: undefined, ...noted(current(), kind, task) });
    await refresh();
  };

  const showTieOut = async (day: string) => {
    const tieOut = day === '' ? {} : { day };
    update({ tieOut });
    const shown = await server.tieOut(day).then(
      (found) => ({ ...tieOut, shown: found }),
      (error: unknown) => ({ ...tieOut, refusal: textOf(error) }),
    );
    if (current().tieOut === tieOut) update({ tieOut: shown });
  };
  const tieOutNow = async () => {
    update({ said: 'Comparing SAP and BILL …' });
    try {
      await server.tieOutNow();
      await showTieOut('');
      update({ said: 'Compared.' });
    } catch (error) {
      update({ said: textOf(error) });
    }
  };

  const openFromAddress = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    if (/^[A-Za-z0-9/]+$/.test(id) && id !== 'main') void open(id);
    else update({ open: undefined });
  };

  return {
    openFromAddress,
    show: (view) => update({ view }),
    filter: (filter) => {
      update({ filter, view: 'documents' });
      server.documents(filter).then(
        (list) => current().filter === filter && update({ list }),
        (error: unknown) => update({ said: textOf(error) }),
      );
    },
    showTieOut: (day) => void showTieOut(day),
    tieOutNow: () => void tieOutNow(),
    open: (id) => {
      location.hash = encodeURIComponent(id);
    },
    close: () => {
      if (location.hash.length > 1) history.pushState(null, '', location.pathname);
      update({ open: undefined });
    },
    retry: (task) => {
      const decision: Decision = { kind: 'retry', task };
      if (knownName() === '') update({ decision });
      else void take(decision, knownName(), '');
    },
    skip: (task) => update({ decision: { kind: 'skip', task } }),
    resolve: (task) => update({ decision: { kind: 'resolve', task } }),
    decide: (by, why, keep) => {
      const { decision } = current();
      if (decision !== undefined) void take(decision, by, why, keep);
    },
    dropDecision: () => update({ decision: undefined }),
  };
}

function noted({ tried, overview }: State, kind: Decision['kind'], task: Task): Partial<State> {
  const name = task.document?.party || task.id;
  if (kind === 'skip') return { said: `Skipped: ${name}.` };
  const trial: Trial = { at: overview?.now ?? '', outcome: 'awaited' };
  const what = kind === 'resolve' ? 'Decided' : 'Trying again';
  return { said: `${what}: ${name}.`, tried: new Map([...tried, [task.id, trial]]) };
}

function textOf(error: unknown): string {
  return error instanceof Refused ? `${error.message} ${error.nextStep}` : 'The connector does not answer.';
}

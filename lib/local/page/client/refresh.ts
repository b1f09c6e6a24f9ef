import type { Overview } from '../api.ts';
import { outcomes } from './outcomes.ts';
import { Refused, server } from './server.ts';
import type { State } from './state.ts';

const everyMs = 1_500;

/**
 * Asks the connector again and again while somebody can see the page; documents only when something has changed.
 * Gives back a function that asks at once.
 */
export function keepFresh(
  current: () => State,
  update: (change: Partial<State>) => void,
): () => Promise<void> {
  let timer: number | undefined;
  let revision = '';

  const look = async (): Promise<Partial<State>> => {
    const overview = await server.overview();
    if (overview.revision === revision) return { overview };
    const { filter, open } = current();
    const [tasks, list] = await Promise.all([server.tasks(), server.documents(filter)]);
    const tieOut = await lastTieOut(overview, current);
    const story = open === undefined ? undefined : await server.story(open.id);
    revision = overview.revision;
    const change = { overview, tasks, ...tieOut, ...(filter === current().filter && { list }) };
    return open !== undefined && story !== undefined && open.id === current().open?.id
      ? { ...change, open: { id: open.id, story } }
      : change;
  };

  const refresh = async (): Promise<void> => {
    window.clearTimeout(timer);
    try {
      update({ ...(await look()), isAway: false });
      if (current().tried.size > 0) update(await outcomes(current()));
    } catch (error) {
      // The connector is stopped or busy: said on the page, and asked again.
      update(error instanceof Refused ? { said: error.message } : { isAway: true });
    }
    window.clearTimeout(timer);
    if (document.visibilityState === 'visible') timer = window.setTimeout(refresh, everyMs);
  };

  document.addEventListener('visibilitychange', () => void refresh());
  void refresh();
  return refresh;
}

/** Nothing while somebody looks at the tie-out of a certain day: that one stays. */
async function lastTieOut({ tieOut }: Overview, current: () => State): Promise<Partial<State>> {
  if (current().tieOut.day !== undefined) return {};
  if (tieOut === undefined) return { tieOut: { refusal: noTieOutYet } };
  const shown = await server.tieOut();
  return current().tieOut.day === undefined ? { tieOut: { shown } } : {};
}

const noTieOutYet =
  'There is no tie-out yet: it runs as soon as the connector has come to rest, and once a day.';

import type { DocumentStory } from '../../desk/desk.ts';
import { server } from './server.ts';
import type { State, Trial } from './state.ts';

/** What became of the documents that were tried again: cleared ones leave the list, all of it is said. */
export async function outcomes({ tried }: State): Promise<Partial<State>> {
  const awaited = [...tried].filter(([, { outcome }]) => outcome === 'awaited');
  const after = new Map<string, Trial>(tried);
  const said: string[] = [];
  for (const [id, trial] of awaited) {
    const story = await server.story(id);
    if (!isOver(story)) continue;
    const name = `${story.party}, ${id}`;
    if (story.exception === undefined) after.delete(id);
    else after.set(id, { ...trial, outcome: 'still-open' });
    said.push(story.exception === undefined ? `Cleared: ${name}.` : `Still needs a person: ${name}.`);
  }
  return said.length === 0 ? {} : { tried: after, said: said.join(' ') };
}

/** The connector has told something since a person asked. */
function isOver({ events }: DocumentStory): boolean {
  return events.length > 1 && events.at(-1)?.by === 'connector';
}

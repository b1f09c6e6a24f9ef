import type { DocumentStory, Keep, NamedTieOut, Task } from '../../desk/desk.ts';
import type { DocumentList, Overview } from '../api.ts';
import type { Filter } from './server.ts';

/** A decision that somebody is about to take. */
export interface Decision {
  readonly kind: 'retry' | 'skip' | 'resolve';
  readonly task: Task;
  readonly refusal?: string;
}

/** A document that somebody looks at; without its story while that is on its way. */
export interface OpenDocument {
  readonly id: string;
  readonly story?: DocumentStory;
  readonly refusal?: string;
}

/** A retry that was asked for, and whether the document still needs a person after it. */
export interface Trial {
  /** ISO time. */
  readonly at: string;
  readonly outcome: 'awaited' | 'still-open';
}

/** What the middle of the page lists. */
export type View = 'tasks' | 'documents' | 'tie-out';

/** The tie-out that is looked at: of a day that somebody chose, else the last one. */
interface ShownTieOut {
  readonly day?: string;
  readonly shown?: NamedTieOut;
  /** Why there is none. */
  readonly refusal?: string;
}

/** All that the page shows. */
export interface State {
  readonly overview?: Overview;
  readonly view: View;
  readonly tasks: readonly Task[];
  readonly list: DocumentList;
  readonly filter: Filter;
  readonly tieOut: ShownTieOut;
  /** The document that is open. */
  readonly open?: OpenDocument | undefined;
  readonly decision?: Decision | undefined;
  /** Documents that were tried again from here, by id. */
  readonly tried: ReadonlyMap<string, Trial>;
  /** What was last said, for everybody and for screen readers. */
  readonly said: string;
  /** The connector does not answer. */
  readonly isAway: boolean;
}

export const beginning: State = {
  view: 'tasks',
  tasks: [],
  list: { total: 0, documents: [] },
  filter: { search: '' },
  tieOut: {},
  tried: new Map(),
  said: '',
  isAway: false,
};

/** What a person can do on the page. */
export interface Actions {
  readonly show: (view: View) => void;
  /** Lists the documents of the filter. */
  readonly filter: (filter: Filter) => void;
  /** Shows the tie-out of a day; without one the last. */
  readonly showTieOut: (day: string) => void;
  /** Compares both systems anew and shows what comes of it. */
  readonly tieOutNow: () => void;
  /** Opens the document that the page's address names; closes what is open where it names none. */
  readonly openFromAddress: () => void;
  readonly open: (id: string) => void;
  readonly close: () => void;
  readonly retry: (task: Task) => void;
  readonly skip: (task: Task) => void;
  readonly resolve: (task: Task) => void;
  readonly decide: (by: string, why: string, keep?: Keep) => void;
  readonly dropDecision: () => void;
}

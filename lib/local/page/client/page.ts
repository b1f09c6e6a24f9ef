import { html, nothing, render, type TemplateResult } from 'lit-html';
import type { Overview } from '../api.ts';
import { createActions } from './actions.ts';
import { decisionDialog } from './decision.ts';
import { documentList } from './documents.ts';
import { gauges } from './gauges.ts';
import { lanes } from './lanes.ts';
import { keepFresh } from './refresh.ts';
import { beginning, type State, type View } from './state.ts';
import { storyDialog } from './story.ts';
import { taskList } from './tasks.ts';
import { tieOutView } from './tie-out.ts';
import { counted } from './words.ts';

let state: State = beginning;

function update(change: Partial<State>): void {
  state = { ...state, ...change };
  show();
}

const current = () => state;
const refresh = keepFresh(current, update);
const actions = createActions(current, update, refresh);

function show(): void {
  const place = document.getElementById('page');
  if (place === null) return;
  render(page(), place);
  document.title = state.tasks.length === 0 ? 'ml-connector' : `(${state.tasks.length}) ml-connector`;
  showDialog('story', state.open !== undefined);
  showDialog('decision', state.decision !== undefined);
}

function showDialog(id: string, wanted: boolean): void {
  const dialog = document.getElementById(id);
  if (!(dialog instanceof HTMLDialogElement) || dialog.open === wanted) return;
  if (wanted) dialog.showModal();
  else dialog.close();
}

function page(): TemplateResult {
  const { overview } = state;
  return html`
    <a class="skip-link" href="#main">To the documents</a>
    ${head()}
    ${
      overview === undefined
        ? html`<p class="loading">Looking at the ledger …</p>`
        : html`${lanes(overview, state.filter, actions)}
            <div class="columns">
              <main id="main" tabindex="-1">
                ${views(overview)}
                ${listed()}
              </main>
              ${gauges(overview)}
            </div>`
    }
    ${storyDialog(state, actions)} ${decisionDialog(state.decision, actions)}
    <p class="said" role="status" aria-live="polite">${state.said}</p>
  `;
}

function listed(): TemplateResult {
  if (state.view === 'tasks') return taskList(state, actions);
  return state.view === 'documents' ? documentList(state, actions) : tieOutView(state, actions);
}

function views({ tasks, invoices, payments, tieOut }: Overview): TemplateResult {
  const documents = [...invoices, ...payments].reduce((sum, { count }) => sum + count, 0);
  const button = (view: View, name: string, count?: number) => html`<button
    type="button"
    data-view=${view}
    aria-current=${state.view === view}
    @click=${() => actions.show(view)}
  >
    ${name}
    ${count === undefined ? nothing : html`<span class="number" ?data-some=${view !== 'documents' && count > 0}>${count}</span>`}
  </button>`;
  return html`<nav class="views" aria-label="What is listed">
    ${button('tasks', 'Needs a person', tasks)} ${button('documents', 'All documents', documents)}
    ${button('tie-out', 'Tie-out', tieOut?.differences || undefined)}
  </nav>`;
}

function head(): TemplateResult {
  const search = (event: SubmitEvent) => {
    event.preventDefault();
    const fields = new FormData(event.target as HTMLFormElement);
    actions.filter({ search: String(fields.get('search') ?? '').trim() });
  };
  return html`<header class="head">
    <img src="/icon.svg" alt="" width="32" height="32" />
    <div class="brand">
      <h1>ml-connector</h1>
      <p>${state.overview?.connection ?? nothing}</p>
    </div>
    <p class="standing-now" data-state=${standing().state}>${standing().text}</p>
    <form role="search" @submit=${search}>
      <label class="unseen" for="search">Find a document by any of its numbers</label>
      <input
        id="search"
        name="search"
        type="search"
        maxlength="200"
        placeholder="Any number, or a supplier"
        .value=${state.filter.search}
        @search=${(event: Event) => actions.filter({ search: (event.target as HTMLInputElement).value.trim() })}
      />
      <button type="submit">Find</button>
    </form>
  </header>`;
}

function standing(): { state: string; text: string } {
  const { isAway, overview, tasks } = state;
  if (isAway) return { state: 'away', text: 'The connector does not answer; asking again' };
  if (overview === undefined) return { state: 'idle', text: '' };
  if (!overview.idle) return { state: 'moving', text: 'At work' };
  if (tasks.length > 0)
    return { state: 'idle', text: `At rest, ${counted(tasks.length, 'document')} for you` };
  return { state: 'idle', text: 'At rest, all done' };
}

window.addEventListener('hashchange', actions.openFromAddress);
actions.openFromAddress();

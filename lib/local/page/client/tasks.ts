import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { SideValue, Task } from '../../desk/desk.ts';
import { kindNames } from '../../desk/kind-names.ts';
import { sideValues } from '../../desk/plain-words.ts';
import type { Actions, State, Trial } from './state.ts';
import { ago, moment, moneyOf, valueText } from './words.ts';

/** The clerk's list: every document that needs a person. */
export function taskList({ tasks, tried, overview }: State, actions: Actions): TemplateResult {
  const now = overview?.now ?? '';
  return html`<section class="tasks" aria-label="Needs a person">
    ${
      tasks.length === 0
        ? html`<p class="empty">Nothing. Every document is done or on its way.</p>`
        : html`<ul>
            ${repeat(
              tasks,
              ({ kind, id }) => `${kind} ${id}`,
              (task) => html`<li>${card(task, tried.get(task.id), now, actions)}</li>`,
            )}
          </ul>`
    }
  </section>`;
}

function card(task: Task, trial: Trial | undefined, now: string, actions: Actions): TemplateResult {
  const { document, what, nextStep, raisedAt, id, kind } = task;
  return html`<article class="task" aria-label=${`${document?.party ?? task.title}, ${id}`}>
    <header>
      <h3>${heading(task, actions)}</h3>
      ${document === undefined ? nothing : html`<span class="amount">${moneyOf(document)}</span>`}
    </header>
    <p class="numbers">
      ${kind === 'connection' ? 'The connection itself' : html`${kindNames[kind]} <span>${id}</span>`}
      ${document?.reference === undefined ? nothing : html`· reference <span>${document.reference}</span>`}
      · <time datetime=${raisedAt} title=${raisedAt}>${ago(raisedAt, now)}</time>
    </p>
    <p class="what">${what}</p>
    ${bothSides(sideValues(task.sapValues), sideValues(task.billValues))}
    <p class="next"><b>Next step</b> ${nextStep}</p>
    ${kind === 'connection' ? nothing : buttons(task, trial, now, actions)}
  </article>`;
}

function heading({ document, title, id }: Task, actions: Actions): TemplateResult | string {
  if (document === undefined) return title;
  return html`<button type="button" class="link" @click=${() => actions.open(id)}>${document.party || id}</button>`;
}

function buttons(task: Task, trial: Trial | undefined, now: string, actions: Actions): TemplateResult {
  const name = task.document?.party ?? task.id;
  return html`<footer>
    <button type="button" class="primary" aria-label=${`Retry: ${name}, ${task.id}`} @click=${() => actions.retry(task)}>
      Retry
    </button>
    ${
      task.choices === undefined
        ? nothing
        : html`<button type="button" aria-label=${`Decide: ${name}, ${task.id}`} @click=${() => actions.resolve(task)}>Decide …</button>`
    }
    <button type="button" aria-label=${`Skip: ${name}, ${task.id}`} @click=${() => actions.skip(task)}>Skip …</button>
    ${trial === undefined ? nothing : html`<span class="tried">${trialText(trial, now)}</span>`}
    <code class="code">${task.code}</code>
  </footer>`;
}

function trialText({ at, outcome }: Trial, now: string): string {
  const when = `Tried again at ${moment(at, now)}`;
  return outcome === 'awaited' ? `${when} …` : `${when}: it still needs you.`;
}

/** The values of both sides, beside each other. */
export function bothSides(sap: readonly SideValue[], bill: readonly SideValue[]): TemplateResult {
  return html`<div class="sides">${side('SAP', sap)} ${side('BILL', bill)}</div>`;
}

function side(system: 'SAP' | 'BILL', values: readonly SideValue[]): TemplateResult {
  return html`<section class="side" data-system=${system} aria-label=${system}>
    <h4>${system}</h4>
    ${
      values.length === 0
        ? html`<p class="none">nothing yet</p>`
        : html`<dl>
            ${values.map(({ label, value }) => html`<div><dt>${label}</dt><dd>${valueText(value)}</dd></div>`)}
          </dl>`
    }
  </section>`;
}

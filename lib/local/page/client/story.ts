import { html, nothing, type TemplateResult } from 'lit-html';
import type { DocumentStory } from '../../desk/desk.ts';
import { kindNames } from '../../desk/kind-names.ts';
import { stageNames } from '../../desk/stage-names.ts';
import type { Actions, OpenDocument, State } from './state.ts';
import { bothSides } from './tasks.ts';
import { moment, moneyOf } from './words.ts';

/** One document: its numbers on both sides and everything that happened to it. */
export function storyDialog({ open, overview, tasks }: State, actions: Actions): TemplateResult {
  return html`<dialog id="story" class="story" aria-labelledby="story-title" @close=${actions.close}>
    ${open === undefined ? nothing : content(open, overview?.now ?? '', tasks, actions)}
  </dialog>`;
}

function content(
  { id, story, refusal }: OpenDocument,
  now: string,
  tasks: State['tasks'],
  actions: Actions,
): TemplateResult {
  return html`<header>
      <div>
        <p class="numbers">${story === undefined ? nothing : kindNames[story.kind]} <span>${id}</span></p>
        <h2 id="story-title">${story?.party || id}</h2>
      </div>
      <button type="button" class="close" aria-label="Close" @click=${actions.close}>×</button>
    </header>
    ${refusal === undefined ? nothing : html`<p class="refusal" role="alert">${refusal}</p>`}
    ${story === undefined ? nothing : whole(story, now, tasks, actions)}`;
}

function whole(story: DocumentStory, now: string, tasks: State['tasks'], actions: Actions): TemplateResult {
  const { stage, reason, exception, skipped, sap, bill, related, events } = story;
  return html`<p class="standing">
      <span class="stage" data-stage=${stage}>${stageNames[stage]}</span>
      <span class="amount">${moneyOf(story)}</span>
      <span class="reason">${reason}</span>
    </p>
    ${exception === undefined ? nothing : html`<p class="next"><b>Next step</b> ${exception.nextStep}</p>`}
    ${skipped === undefined ? nothing : html`<p class="next"><b>Skipped</b> by ${skipped.by} at ${moment(skipped.at, now)}: ${skipped.why}</p>`}
    ${decisions(story, tasks, actions)} ${bothSides(sap, bill)}
    ${
      related.length === 0
        ? nothing
        : html`<section class="related" aria-label=${story.kind === 'invoice' ? 'Payments' : 'Invoices'}>
            <h3>${story.kind === 'invoice' ? 'Paid by' : 'Pays'}</h3>
            <ul>
              ${related.map(
                (each) => html`<li>
                  <button type="button" class="link" @click=${() => actions.open(each.id)}>${each.id}</button>
                  <span class="amount">${moneyOf(each)}</span>
                  <span class="stage" data-stage=${each.stage}>${stageNames[each.stage]}</span>
                </li>`,
              )}
            </ul>
          </section>`
    }
    <section class="timeline" aria-label="Timeline">
      <h3>Timeline</h3>
      <ol>
        ${events.map(
          ({ at, by, text }) => html`<li ?data-person=${by !== 'connector'}>
            <time datetime=${at} title=${at}>${moment(at, now)}</time>
            <p>${text}${by === 'connector' ? nothing : html` <b>${by}</b>`}</p>
          </li>`,
        )}
      </ol>
    </section>`;
}

/** An open exception can be cleared here too; a skipped document can be taken up again. */
function decisions(
  story: DocumentStory,
  tasks: State['tasks'],
  actions: Actions,
): TemplateResult | typeof nothing {
  const { kind, id, exception, skipped } = story;
  const open = tasks.find((task) => task.kind === kind && task.id === id);
  if (open !== undefined) {
    return html`<p class="decisions">
      <button type="button" class="primary" @click=${() => actions.retry(open)}>Retry</button>
      <button type="button" @click=${() => actions.skip(open)}>Skip …</button>
    </p>`;
  }
  if (skipped === undefined || exception !== undefined) return nothing;
  const { why: what, at: raisedAt } = skipped;
  const again = {
    kind,
    id,
    title: id,
    document: story,
    code: '',
    what,
    nextStep: '',
    raisedAt,
    sapValues: {},
    billValues: {},
  };
  return html`<p class="decisions">
    <button type="button" @click=${() => actions.retry(again)}>Retry after all</button>
  </p>`;
}

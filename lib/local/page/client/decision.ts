import { html, nothing, type TemplateResult } from 'lit-html';
import { choiceButtons, difference, keepOf } from './choice.ts';
import type { Actions, Decision } from './state.ts';

const nameKey = 'ml-connector.name';

/** The name that this browser's user gave last. */
export function knownName(): string {
  return localStorage.getItem(nameKey) ?? '';
}

export function rememberName(name: string): void {
  localStorage.setItem(nameKey, name);
}

/** Asks who decides, and for a skip or a choice why; both are kept with the document. */
export function decisionDialog(decision: Decision | undefined, actions: Actions): TemplateResult {
  return html`<dialog id="decision" class="decision" aria-labelledby="decision-title" @close=${actions.dropDecision}>
    ${decision === undefined ? nothing : form(decision, actions)}
  </dialog>`;
}

interface Words {
  readonly title: string;
  readonly says: string;
  readonly asksWhy: boolean;
}

const words: Record<Decision['kind'], Words> = {
  retry: {
    title: 'Retry',
    says: 'The document goes its normal way again, with what SAP and BILL say now.',
    asksWhy: false,
  },
  skip: {
    title: 'Skip',
    says: 'The connector does nothing more with this document, until somebody retries it.',
    asksWhy: true,
  },
  resolve: {
    title: 'Decide',
    says: 'SAP and BILL do not agree. Decide whose values hold from now on.',
    asksWhy: true,
  },
};

function form(decision: Decision, actions: Actions): TemplateResult {
  const { kind, task, refusal } = decision;
  const { title, says, asksWhy } = words[kind];
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const fields = new FormData(event.target as HTMLFormElement);
    actions.decide(String(fields.get('by') ?? ''), String(fields.get('why') ?? ''), keepOf(event));
  };
  return html`<form @submit=${submit}>
    <h2 id="decision-title">${title}: ${task.document?.party || task.id}</h2>
    <p class="numbers"><span>${task.id}</span></p>
    <p>${says}</p>
    ${kind === 'resolve' ? difference(decision) : nothing}
    <label>
      Your name
      <input name="by" required maxlength="100" autocomplete="name" .value=${knownName()} ?autofocus=${knownName() === ''} />
    </label>
    ${
      asksWhy
        ? html`<label>
            Why
            <textarea name="why" required maxlength="500" rows="3" ?autofocus=${knownName() !== ''}></textarea>
          </label>`
        : nothing
    }
    <p class="hint">Name${asksWhy ? ' and reason are' : ' is'} kept on the document's timeline.</p>
    ${refusal === undefined ? nothing : html`<p class="refusal" role="alert">${refusal}</p>`}
    <footer>
      ${kind === 'resolve' ? choiceButtons(decision) : oneButton(kind)}
      <button type="button" @click=${actions.dropDecision}>Cancel</button>
    </footer>
  </form>`;
}

function oneButton(kind: 'retry' | 'skip'): TemplateResult {
  return html`<button type="submit" class="primary">${kind === 'skip' ? 'Skip this document' : 'Retry'}</button>`;
}

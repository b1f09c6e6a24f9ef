import { html, nothing, type TemplateResult } from 'lit-html';
import type { Actions, Decision } from './state.ts';

const nameKey = 'ml-connector.name';

/** The name that this browser's user gave last. */
export function knownName(): string {
  return localStorage.getItem(nameKey) ?? '';
}

export function rememberName(name: string): void {
  localStorage.setItem(nameKey, name);
}

/** Asks who decides, and for a skip why; both are kept with the document. */
export function decisionDialog(decision: Decision | undefined, actions: Actions): TemplateResult {
  return html`<dialog id="decision" class="decision" aria-labelledby="decision-title" @close=${actions.dropDecision}>
    ${decision === undefined ? nothing : form(decision, actions)}
  </dialog>`;
}

function form({ kind, task, refusal }: Decision, actions: Actions): TemplateResult {
  const isSkip = kind === 'skip';
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const fields = new FormData(event.target as HTMLFormElement);
    actions.decide(String(fields.get('by') ?? ''), String(fields.get('why') ?? ''));
  };
  return html`<form @submit=${submit}>
    <h2 id="decision-title">${isSkip ? 'Skip' : 'Retry'}: ${task.document?.party || task.id}</h2>
    <p class="numbers"><span>${task.id}</span></p>
    <p>
      ${
        isSkip
          ? 'The connector does nothing more with this document, until somebody retries it.'
          : 'The document goes its normal way again, with what SAP and BILL say now.'
      }
    </p>
    <label>
      Your name
      <input name="by" required maxlength="100" autocomplete="name" .value=${knownName()} ?autofocus=${knownName() === ''} />
    </label>
    ${
      isSkip
        ? html`<label>
            Why
            <textarea name="why" required maxlength="500" rows="3" ?autofocus=${knownName() !== ''}></textarea>
          </label>`
        : nothing
    }
    <p class="hint">Name${isSkip ? ' and reason are' : ' is'} kept on the document's timeline.</p>
    ${refusal === undefined ? nothing : html`<p class="refusal" role="alert">${refusal}</p>`}
    <footer>
      <button type="submit" class="primary">${isSkip ? 'Skip this document' : 'Retry'}</button>
      <button type="button" @click=${actions.dropDecision}>Cancel</button>
    </footer>
  </form>`;
}

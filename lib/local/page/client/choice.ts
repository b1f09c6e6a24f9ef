import { html, nothing, type TemplateResult } from 'lit-html';
import type { Keep } from '../../desk/desk.ts';
import { sideValues } from '../../desk/plain-words.ts';
import type { Decision } from './state.ts';
import { bothSides } from './tasks.ts';

const names: Record<Keep, string> = { sap: 'Keep SAP’s', bill: 'Keep BILL’s', leave: 'Leave it' };

/** What SAP and BILL say, beside each other, above the three choices. */
export function difference({ task }: Decision): TemplateResult {
  const refusals = (task.choices ?? []).filter(({ refusal }) => refusal !== undefined);
  return html`<p>${task.what}</p>
    ${bothSides(sideValues(task.sapValues), sideValues(task.billValues))}
    ${
      refusals.length === 0
        ? nothing
        : html`<ul class="refusals">
            ${refusals.map(({ keep, refusal }) => html`<li>“${names[keep]}” is not possible: ${refusal}.</li>`)}
          </ul>`
    }`;
}

/** One button for each choice; it sends the form with its name. */
export function choiceButtons({ task }: Decision): TemplateResult {
  return html`${(task.choices ?? []).map(
    ({ keep, refusal }) =>
      html`<button type="submit" name="keep" value=${keep} ?disabled=${refusal !== undefined}>${names[keep]}</button>`,
  )}`;
}

/** The choice that the form was sent with. */
export function keepOf({ submitter }: SubmitEvent): Keep | undefined {
  const value = submitter instanceof HTMLButtonElement ? submitter.value : '';
  return value === 'sap' || value === 'bill' || value === 'leave' ? value : undefined;
}

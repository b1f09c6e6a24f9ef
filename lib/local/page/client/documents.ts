import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { DocumentRow } from '../../desk/desk.ts';
import { stageNames } from '../../desk/stage-names.ts';
import type { Actions, State } from './state.ts';
import { counted, day, moneyOf } from './words.ts';

/** Search by any number, and the documents it finds or the lane's choice. */
export function documentList({ list, filter }: State, actions: Actions): TemplateResult {
  return html`<section class="documents" aria-labelledby="documents-title">
    <header ?hidden=${isAll(filter)}>
      <h2 id="documents-title">${titleOf(filter)}</h2>
      <span class="number">${list.total}</span>
      ${isAll(filter) ? nothing : html`<button type="button" class="quiet" @click=${() => actions.filter({ search: '' })}>Show all</button>`}
    </header>
    ${list.documents.length === 0 ? html`<p class="empty">${nothingText(filter)}</p>` : table(list.documents, actions)}
    ${
      list.total > list.documents.length
        ? html`<p class="empty">The newest ${list.documents.length} of ${counted(list.total, 'document')}; search for others.</p>`
        : nothing
    }
  </section>`;
}

function isAll({ kind, stage, search }: State['filter']): boolean {
  return kind === undefined && stage === undefined && search === '';
}

function titleOf({ kind, stage, search }: State['filter']): string {
  if (search !== '') return `Documents with “${search}”`;
  const what = kind === 'invoice' ? 'Supplier invoices' : kind === 'payment' ? 'Payments' : 'Documents';
  const name = stageNames[stage as keyof typeof stageNames];
  return name === undefined ? what : `${what}: ${name}`;
}

function nothingText({ search }: State['filter']): string {
  return search === ''
    ? 'No documents yet.'
    : 'No document has such a number. Try the SAP invoice or journal entry, the supplier’s reference, or a BILL id.';
}

function table(documents: readonly DocumentRow[], actions: Actions): TemplateResult {
  return html`<table>
    <thead>
      <tr>
        <th scope="col">Document</th>
        <th scope="col">Supplier or vendor</th>
        <th scope="col" class="right">Amount</th>
        <th scope="col">Date</th>
        <th scope="col">Stage</th>
      </tr>
    </thead>
    <tbody>
      ${repeat(
        documents,
        ({ kind, id }) => `${kind} ${id}`,
        (each) => row(each, actions),
      )}
    </tbody>
  </table>`;
}

function row(document: DocumentRow, actions: Actions): TemplateResult {
  const { id, kind, party, reference, stage, reason, date } = document;
  return html`<tr>
    <th scope="row">
      <button type="button" class="link" @click=${() => actions.open(id)}>${id}</button>
      <small>${kind === 'invoice' ? (reference ?? 'no reference') : 'payment'}</small>
    </th>
    <td>${party}</td>
    <td class="right amount">${moneyOf(document)}</td>
    <td class="date">${day(date)}</td>
    <td><span class="stage" data-stage=${stage} title=${reason}>${stageNames[stage]}</span></td>
  </tr>`;
}

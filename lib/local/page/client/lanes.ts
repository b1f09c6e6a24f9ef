import { html, type TemplateResult } from 'lit-html';
import type { DocumentKind } from '../../desk/desk.ts';
import { stageNames } from '../../desk/stage-names.ts';
import type { Overview, StageCount } from '../api.ts';
import type { Filter } from './server.ts';
import type { Actions } from './state.ts';
import { money, roundMoney } from './words.ts';

type Stage = keyof typeof stageNames;

const everything: Filter = { search: '' };

interface Lane {
  readonly kind: DocumentKind;
  readonly title: string;
  readonly found: string;
  /** Along the way, in this order; everything else stands beside it. */
  readonly way: readonly Stage[];
  readonly counts: readonly StageCount<Stage>[];
  readonly waiting: number;
}

/** Both journeys between the two systems: one goes there, the other comes back. */
export function lanes(overview: Overview, filter: Filter, actions: Actions): TemplateResult {
  const { invoices, payments, queues } = overview;
  const there: Lane = {
    kind: 'invoice',
    title: 'Supplier invoices become bills',
    found: 'Found in SAP',
    way: ['queued', 'handed-over', 'paid'],
    counts: invoices,
    waiting: queues['bill-work'].messages,
  };
  const back: Lane = {
    kind: 'payment',
    title: 'Payments become journal entries',
    found: 'Found in BILL',
    way: ['queued', 'in-transit', 'posted'],
    counts: payments,
    waiting: queues['sap-work'].messages,
  };
  return html`<section class="lanes" aria-label="Both journeys">
    <div class="system" data-system="SAP" aria-hidden="true">SAP</div>
    ${lane(there, filter, actions)} ${lane(back, filter, actions)}
    <div class="system" data-system="BILL" aria-hidden="true">BILL</div>
  </section>`;
}

function lane(of: Lane, filter: Filter, actions: Actions): TemplateResult {
  const { kind, title, found, way, counts, waiting } = of;
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const beside = counts.filter(({ stage, count }) => !way.includes(stage) && count > 0);
  return html`<article class="lane" data-kind=${kind} ?data-moving=${waiting > 0}>
    <h2>${title} <small>${kind === 'invoice' ? 'SAP → BILL' : 'BILL → SAP'}</small></h2>
    <ol class="way">
      <li>${station(of, { name: found, count: total, amounts: [] }, filter, actions)}</li>
      ${way.map((stage) => {
        const { count = 0, amounts = [] } = counts.find((each) => each.stage === stage) ?? {};
        return html`<li>${station(of, { stage, name: stageNames[stage], count, amounts }, filter, actions)}</li>`;
      })}
      <li class="out" aria-hidden="true"></li>
    </ol>
    <ul class="beside" aria-label="Beside the way">
      ${beside.map(({ stage, count }) => html`<li>${chip(kind, stage, count, filter, actions)}</li>`)}
    </ul>
  </article>`;
}

interface Station {
  /** Absent: all of the lane. */
  readonly stage?: Stage;
  readonly name: string;
  readonly count: number;
  readonly amounts: StageCount<Stage>['amounts'];
}

/** One stage of the way; a click lists its documents. */
function station({ kind }: Lane, at: Station, filter: Filter, actions: Actions): TemplateResult {
  const { stage, name, count, amounts } = at;
  const isOn = filter.kind === kind && filter.stage === stage;
  return html`<button
    type="button"
    class="station"
    data-stage=${stage ?? 'found'}
    ?data-empty=${count === 0}
    aria-pressed=${isOn}
    @click=${() => actions.filter(isOn ? everything : { kind, search: '', ...(stage !== undefined && { stage }) })}
  >
    <span class="count">${count}</span>
    <span class="name">${name}</span>
    <span class="amounts">
      ${amounts.map(
        ({ amount, currency }) =>
          html`<span title=${money(amount, currency)}>${roundMoney(amount, currency)}</span>`,
      )}
    </span>
  </button>`;
}

function chip(
  kind: DocumentKind,
  stage: Stage,
  count: number,
  filter: Filter,
  actions: Actions,
): TemplateResult {
  const isOn = filter.kind === kind && filter.stage === stage;
  return html`<button
    type="button"
    class="chip"
    data-stage=${stage}
    aria-pressed=${isOn}
    @click=${() => (stage === 'exception' ? actions.show('tasks') : actions.filter(isOn ? everything : { kind, stage, search: '' }))}
  >
    ${stageNames[stage]} <b>${count}</b>
  </button>`;
}

import { html, nothing, type TemplateResult } from 'lit-html';
import type { DocumentKind } from '../../desk/desk.ts';
import { stageNames } from '../../desk/stage-names.ts';
import type { Overview, StageCount } from '../api.ts';
import type { Filter } from './server.ts';
import type { Actions } from './state.ts';
import { money, roundMoney } from './words.ts';

type Stage = keyof typeof stageNames;

interface Lane {
  readonly kind: DocumentKind;
  readonly title: string;
  readonly from: 'SAP' | 'BILL';
  readonly to: 'SAP' | 'BILL';
  readonly found: string;
  /** Along the way, in this order; everything else stands beside it. */
  readonly way: readonly Stage[];
  readonly counts: readonly StageCount<Stage>[];
  readonly waiting: number;
}

/** Both journeys, from system to system. */
export function lanes(overview: Overview, filter: Filter, actions: Actions): TemplateResult {
  const { invoices, payments, queues } = overview;
  const all: Lane[] = [
    {
      kind: 'invoice',
      title: 'Supplier invoices become bills',
      from: 'SAP',
      to: 'BILL',
      found: 'Found in SAP',
      way: ['queued', 'handed-over', 'paid'],
      counts: invoices,
      waiting: queues['bill-work'].messages,
    },
    {
      kind: 'payment',
      title: 'Payments become journal entries',
      from: 'BILL',
      to: 'SAP',
      found: 'Found in BILL',
      way: ['queued', 'in-transit', 'posted'],
      counts: payments,
      waiting: queues['sap-work'].messages,
    },
  ];
  return html`<section class="lanes" aria-label="Both journeys">${all.map((each) => lane(each, filter, actions))}</section>`;
}

function lane(of: Lane, filter: Filter, actions: Actions): TemplateResult {
  const { kind, title, from, to, found, way, counts, waiting } = of;
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const beside = counts.filter(({ stage, count }) => !way.includes(stage) && count > 0);
  return html`<article class="lane" data-kind=${kind} ?data-moving=${waiting > 0}>
    <h2>${title}</h2>
    <ol class="way">
      <li class="system" data-system=${from}>${from}</li>
      <li>${station(of, undefined, found, total, [], filter, actions)}</li>
      ${way.map((stage) => {
        const { count = 0, amounts = [] } = counts.find((each) => each.stage === stage) ?? {};
        return html`<li>${station(of, stage, stageNames[stage], count, amounts, filter, actions)}</li>`;
      })}
      <li class="system" data-system=${to}>${to}</li>
    </ol>
    <ul class="beside" aria-label="Beside the way">
      ${beside.map(({ stage, count }) => {
        const isOn = filter.kind === kind && filter.stage === stage;
        return html`<li>
          <button
            type="button"
            class="chip"
            data-stage=${stage}
            aria-pressed=${isOn}
            @click=${() => actions.filter(isOn ? { search: '' } : { kind, stage, search: '' })}
          >
            ${stageNames[stage]} <b>${count}</b>
          </button>
        </li>`;
      })}
    </ul>
  </article>`;
}

/** One stage of the way; a click lists its documents. */
function station(
  { kind }: Lane,
  stage: Stage | undefined,
  name: string,
  count: number,
  amounts: StageCount<Stage>['amounts'],
  filter: Filter,
  actions: Actions,
): TemplateResult {
  const isOn = filter.kind === kind && filter.stage === stage;
  const wanted = { kind, search: '', ...(stage !== undefined && { stage }) };
  return html`<button
    type="button"
    class="station"
    data-stage=${stage ?? 'found'}
    ?data-empty=${count === 0}
    aria-pressed=${isOn}
    @click=${() => actions.filter(isOn ? { search: '' } : wanted)}
  >
    <span class="count">${count}</span>
    <span class="name">${name}</span>
    <span class="amounts">
      ${
        amounts.length === 0
          ? nothing
          : amounts.map(
              ({ amount, currency }) =>
                html`<span title=${money(amount, currency)}>${roundMoney(amount, currency)}</span>`,
            )
      }
    </span>
  </button>`;
}

import { html, nothing, type TemplateResult } from 'lit-html';
import type { PollName } from '../../run/polls.ts';
import type { Overview } from '../api.ts';
import { ago, counted, moment, purpose } from './words.ts';

/** What the connector uses of BILL, when it last looked, and what waits. */
export function gauges(overview: Overview): TemplateResult {
  return html`<aside class="gauges" aria-label="How the connector works">
    ${billUse(overview)} ${polls(overview)} ${queues(overview)}
  </aside>`;
}

function billUse({ bill, now }: Overview): TemplateResult {
  const { reservedThisHour, callsPerHour, places, leasesInUse, closed, logins, calls, mostInFlight } = bill;
  return html`<section class="gauge">
    <h2>Calls to BILL</h2>
    ${closed === undefined ? nothing : html`<p class="warning">Closed until ${moment(closed.until, now)} (${closed.reason})</p>`}
    <label class="budget">
      <span>This hour <b>${reservedThisHour.toLocaleString('en')}</b> of ${callsPerHour.toLocaleString('en')}</span>
      <meter min="0" max=${callsPerHour} high=${callsPerHour * 0.8} .value=${reservedThisHour}></meter>
    </label>
    <p class="places">
      <span>In use <b>${leasesInUse.length}</b> of ${places} places</span>
      <span class="dots" aria-hidden="true">
        ${Array.from({ length: places }, (_, index) => html`<i ?data-used=${index < leasesInUse.length}></i>`)}
      </span>
    </p>
    <dl class="figures">
      <div><dt>Calls</dt><dd>${calls.toLocaleString('en')}</dd></div>
      <div><dt>Most at once</dt><dd>${mostInFlight}</dd></div>
      <div><dt>Logins</dt><dd>${logins}</dd></div>
    </dl>
    <dl class="purposes">
      ${Object.entries(bill.callsByPurpose)
        .toSorted(([, one], [, other]) => other - one)
        .map(([name, count]) => html`<div><dt>${purpose(name)}</dt><dd>${count}</dd></div>`)}
    </dl>
  </section>`;
}

const pollNames: Readonly<Record<PollName, string>> = {
  'find-invoices': 'Invoices in SAP',
  'recheck-invoices': 'Kept-back invoices',
  'watch-invoices': 'Paid in SAP',
  'follow-up': 'Clearings and blocks',
  'find-payments': 'Payments in BILL',
  'watch-payments': 'Paid in BILL otherwise',
  'find-suppliers': 'Suppliers in SAP',
  'compare-suppliers': 'Suppliers, all compared',
  'find-vendors': 'Vendors in BILL',
  'read-reference-data': 'Reference data',
};

function polls({ polls: last, now }: Overview): TemplateResult {
  return html`<section class="gauge">
    <h2>Last looks</h2>
    <ul class="polls">
      ${(Object.keys(pollNames) as PollName[]).map((name) => {
        const poll = last[name];
        const when = poll === undefined ? 'not yet' : ago(poll.at, now);
        const found = poll === undefined || poll.found === 0 ? '' : `${poll.found} new`;
        return html`<li ?data-failed=${poll?.failure !== undefined}>
          <span>${pollNames[name]}</span> <span>${when}</span>
          <small>${poll?.failure === undefined ? found : `${poll.failure.message} ${poll.failure.nextStep}`}</small>
        </li>`;
      })}
    </ul>
  </section>`;
}

function queues({ queues: depth, messagesInWork }: Overview): TemplateResult {
  const row = (name: string, { messages, deadLetters }: Overview['queues']['bill-work']) => html`<li
    ?data-failed=${deadLetters > 0}
  >
    <span>${name}</span> <span>${messages}</span>
    <small>${deadLetters === 0 ? '' : `${counted(deadLetters, 'dead letter')}: see the log`}</small>
  </li>`;
  return html`<section class="gauge">
    <h2>Waiting</h2>
    <ul class="polls">
      ${row('Invoices for BILL', depth['bill-work'])} ${row('Payments for SAP', depth['sap-work'])}
      <li><span>In work now</span> <span>${messagesInWork}</span></li>
    </ul>
  </section>`;
}

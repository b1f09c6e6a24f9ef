import { html, nothing, type TemplateResult } from 'lit-html';
import type { NamedLine, NamedTieOut } from '../../desk/desk.ts';
import { tieOutColumns, tieOutSum } from '../../desk/tie-out-columns.ts';
import type { Actions, State } from './state.ts';
import { counted, moment, money } from './words.ts';

type Total = NamedTieOut['totals'][number];
type Document = NamedLine['documents'][number];

/** What SAP and BILL still have to pay, per company code, currency and vendor, and what explains where they differ. */
export function tieOutView({ tieOut, overview }: State, actions: Actions): TemplateResult {
  const { shown, refusal } = tieOut;
  return html`<section class="tie-out" aria-labelledby="tie-out-title">
    ${head(tieOut, overview?.now ?? '', actions)}
    ${refusal === undefined ? nothing : html`<p class="empty">${refusal}</p>`}
    ${
      shown === undefined
        ? nothing
        : shown.totals.length === 0
          ? html`<p class="empty">Nothing is open in either system.</p>`
          : html`${shown.totals.map((total) => place(total, linesOf(shown, total), actions))}
              <p class="hint">${tieOutSum}</p>`
    }
  </section>`;
}

function head({ day, shown }: State['tieOut'], now: string, actions: Actions): TemplateResult {
  const date = day ?? shown?.date ?? '';
  return html`<header>
    <h2 id="tie-out-title">Tie-out${date === '' ? nothing : ` of ${date}`}</h2>
    ${
      shown === undefined
        ? nothing
        : html`<span class="as-of">as of <time datetime=${shown.ranAt} title=${shown.ranAt}>${moment(shown.ranAt, now)}</time></span>`
    }
    <label>
      Day
      <input
        type="date"
        .value=${date}
        @change=${(event: Event) => actions.showTieOut((event.target as HTMLInputElement).value)}
      />
    </label>
    <button type="button" class="quiet" @click=${actions.tieOutNow}>Compare now</button>
    ${
      shown === undefined
        ? nothing
        : html`<a class="quiet" href=${`/api/tie-out.csv?date=${shown.date}`} download>Download CSV</a>`
    }
  </header>`;
}

/** Those that differ first, then those with something to explain. */
function linesOf({ lines }: NamedTieOut, { companyCode, currency }: Total): NamedLine[] {
  const rank = (line: NamedLine) => (differs(line) ? 0 : Number(line.documents.length === 0) + 1);
  return lines
    .filter((line) => line.companyCode === companyCode && line.currency === currency)
    .toSorted((one, other) => rank(one) - rank(other) || one.vendor.localeCompare(other.vendor));
}

/** One company code and currency. */
function place(total: Total, lines: readonly NamedLine[], actions: Actions): TemplateResult {
  const { companyCode, currency } = total;
  const id = `tie-out-${companyCode}-${currency}`;
  const differing = lines.filter(differs).length;
  return html`<section class="place" aria-labelledby=${id}>
    <h3 id=${id}>Company code ${companyCode}, ${currency}</h3>
    <p class="verdict" ?data-differs=${differing > 0}>
      ${differing === 0 ? 'SAP and BILL agree to the cent.' : `${counted(differing, 'vendor')} with a difference.`}
    </p>
    <table>
      <thead>
        <tr>
          <th scope="col">Vendor</th>
          ${tieOutColumns.map(({ name }) => html`<th scope="col" class="right">${name}</th>`)}
        </tr>
      </thead>
      ${lines.map((line) => vendor(line, actions))}
      <tfoot>
        <tr>
          <th scope="row">${counted(lines.length, 'vendor')}</th>
          ${amounts(total)}
        </tr>
      </tfoot>
    </table>
  </section>`;
}

function vendor(line: NamedLine, actions: Actions): TemplateResult {
  const { vendor: name, vendorId, documents } = line;
  return html`<tbody>
    <tr>
      <th scope="row">${name} ${name === vendorId ? nothing : html`<small>${vendorId}</small>`}</th>
      ${amounts(line)}
    </tr>
    ${
      documents.length === 0
        ? nothing
        : html`<tr class="why">
            <td colspan=${tieOutColumns.length + 1}>
              <ul aria-label=${`Documents of ${name}`}>
                ${documents.map((each) => document(each, actions))}
              </ul>
            </td>
          </tr>`
    }
  </tbody>`;
}

function amounts(of: NamedLine | Total): TemplateResult[] {
  return tieOutColumns.map(
    ({ amount, name }) => html`<td
      class="right"
      data-name=${name}
      data-amount=${amount}
      ?data-zero=${isZero(of[amount])}
    >
      ${money(of[amount])}
    </td>`,
  );
}

/** A document behind a difference, with both sides' amounts. */
function document({ document: id, sap, bill, why }: Document, actions: Actions): TemplateResult {
  return html`<li>
    <button type="button" class="link" @click=${() => actions.open(id)}>${id}</button>
    <span>SAP <b>${money(sap)}</b></span>
    <span>BILL <b>${money(bill)}</b></span>
    <span class="reason">${why}</span>
  </li>`;
}

function differs({ difference, documents }: NamedLine): boolean {
  return !isZero(difference) || documents.some(({ unexplained }) => unexplained);
}

function isZero(amount: string): boolean {
  return /^-?0(\.0+)?$/.test(amount);
}

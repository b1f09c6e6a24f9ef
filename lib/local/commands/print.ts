import type { DocumentStory, SideValue, Task } from '../desk/desk.ts';
import { kindNames } from '../desk/kind-names.ts';
import { sideValues } from '../desk/plain-words.ts';
import { stageNames } from '../desk/stage-names.ts';

/** What a command has to say: JSON for programs, else text for people. */
export function print(asJson: boolean | undefined, value: unknown, text: string): void {
  process.stdout.write(asJson === true ? `${JSON.stringify(value, null, 2)}\n` : text);
}

/** One line for each exception. */
export function taskLines(tasks: readonly Task[]): string {
  if (tasks.length === 0) return 'Nothing needs a person.\n';
  const rows = tasks.map(({ id, code, document, title }) => [
    id,
    code,
    amountOf(document),
    document?.party ?? title,
  ]);
  return `${columns(rows)}\n"ml-connector exceptions show ID" tells what is wrong and the next step.\n`;
}

export function taskText(task: Task): string {
  const { id, code, what, nextStep, raisedAt, document, title } = task;
  return [
    `${id}  ${document?.party ?? title}  ${amountOf(document)}`.trimEnd(),
    `${code}, since ${raisedAt}`,
    '',
    what,
    '',
    ...sidesText(sideValues(task.sapValues), sideValues(task.billValues)),
    `Next step: ${nextStep}`,
    ...choicesText(task),
    '',
  ].join('\n');
}

/** What "exceptions resolve" can do, where the sides differ. */
function choicesText({ id, choices = [] }: Task): string[] {
  return choices.map(({ keep, refusal }) =>
    refusal === undefined
      ? `  ml-connector exceptions resolve ${id} --keep ${keep} --by NAME --why TEXT`
      : `  --keep ${keep} is not possible: ${refusal}`,
  );
}

/** A document's whole story. */
export function storyText(story: DocumentStory): string {
  const { kind, id, party, stage, reason, sap, bill, exception, skipped, related, events } = story;
  return [
    `${kindNames[kind]} ${id}  ${party}  ${amountOf(story)}`.trimEnd(),
    `${stageNames[stage]}: ${reason}`,
    ...(exception === undefined ? [] : [`Next step: ${exception.nextStep}`]),
    ...(skipped === undefined ? [] : [`Skipped by ${skipped.by}: ${skipped.why}`]),
    '',
    ...sidesText(sap, bill),
    ...related.map((each) => `${kind === 'invoice' ? 'Paid by' : 'Pays'} ${each.id}  ${amountOf(each)}`),
    ...(related.length === 0 ? [] : ['']),
    ...events.map(({ at, by, text }) => `${at}  ${text}${by === 'connector' ? '' : ` (${by})`}`),
    '',
  ].join('\n');
}

function sidesText(sap: readonly SideValue[], bill: readonly SideValue[]): string[] {
  return [...sideText('SAP', sap), ...sideText('BILL', bill)];
}

function sideText(side: string, values: readonly SideValue[]): string[] {
  if (values.length === 0) return [];
  const lines = columns(values.map(({ label, value }) => ['', label, value])).trimEnd();
  return [side, lines, ''];
}

function amountOf(document: { readonly amount: string; readonly currency?: string } | undefined): string {
  return document === undefined ? '' : `${document.amount} ${document.currency ?? ''}`.trim();
}

/** Each column as wide as its longest text; the last one as it comes. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}

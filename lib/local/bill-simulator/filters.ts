import { listParameter, Refusal } from './refusal.ts';
import type { BillSwitches } from './switches.ts';
import { centsOf, isDate, timeOf } from './values.ts';
import type { World } from './world.ts';

export type Operator = 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte' | 'in' | 'nin' | 'sw';
export type Comparable = string | number | boolean;

export const everyOperator: readonly Operator[] = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'in', 'nin', 'sw'];
export const ordered: readonly Operator[] = ['gt', 'gte', 'lt', 'lte'];

/** A field that a list may be filtered by (BILL dossier §3.2). */
export interface FilterField<Row> {
  readonly operators: readonly Operator[];
  readonly kind: 'text' | 'time' | 'date' | 'flag' | 'money';
  readonly of: (row: Row, world: World) => Comparable | undefined;
  readonly ignoresCase?: (switches: BillSwitches) => boolean;
  /** Taken without any effect. */
  readonly hasNoEffect?: (switches: BillSwitches) => boolean;
}

export type FilterFields<Row> = Readonly<Record<string, FilterField<Row>>>;
export type Condition<Row> = (row: Row) => boolean;

/**
 * `field:op:value,field:op:value` as conditions; throws Refusal: `BDC_1129` for the syntax or a value, `BDC_1130`
 * for a field, `BDC_1131` for an operator.
 */
export function readFilters<Row>(text: string, fields: FilterFields<Row>, world: World): Condition<Row>[] {
  return splitOutsideQuotes(text).map((condition) => readCondition(condition, fields, world));
}

function splitOutsideQuotes(text: string): string[] {
  return text.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/);
}

function readCondition<Row>(text: string, fields: FilterFields<Row>, world: World): Condition<Row> {
  const match = /^([A-Za-z][\w.]*):([a-z]+):(.+)$/s.exec(text);
  if (match === null) throw listParameter(`"${text}" is no filter field:op:value.`);
  const [, name = '', operator = '', value = ''] = match;
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (field === undefined) throw new Refusal(400, 'BDC_1130', `${name} is no filter field.`);
  if (!isOperator(operator) || !field.operators.includes(operator)) {
    throw new Refusal(400, 'BDC_1131', `${operator} is no filter operator for ${name}.`);
  }
  const wanted = readValues(name, field, operator, value);
  if (field.hasNoEffect?.(world.switches)) return () => true;
  const fold = field.ignoresCase?.(world.switches) ?? false;
  return (row) =>
    holds(
      operator,
      folded(field.of(row, world), fold),
      wanted.map((each) => folded(each, fold)),
    );
}

function isOperator(text: string): text is Operator {
  return everyOperator.some((operator) => operator === text);
}

/** Lists, prefixes, times and everything with a colon must be in quotes. */
function readValues<Row>(
  name: string,
  field: FilterField<Row>,
  operator: Operator,
  text: string,
): Comparable[] {
  const quoted = /^"[^"]*"$/.test(text);
  const bare = quoted ? text.slice(1, -1) : text;
  const several = operator === 'in' || operator === 'nin';
  if (bare.includes('"')) throw listParameter(`The value of ${name} has a stray quotation mark.`);
  if (!quoted && (several || operator === 'sw' || bare.includes(':'))) {
    throw listParameter(`The value of ${name} must be in quotation marks.`);
  }
  return (several ? bare.split(',') : [bare]).map((value) => {
    const read = readValue(field.kind, value);
    if (read === undefined) throw listParameter(`"${value}" is no value for ${name}.`);
    return read;
  });
}

function readValue(kind: FilterField<never>['kind'], text: string): Comparable | undefined {
  if (kind === 'time') return timeOf(text);
  if (kind === 'money') return centsOf(text);
  if (kind === 'date') return isDate(text) ? text : undefined;
  if (kind === 'flag') return text === 'true' ? true : text === 'false' ? false : undefined;
  return text;
}

function holds(
  operator: Operator,
  value: Comparable | undefined,
  wanted: readonly (Comparable | undefined)[],
): boolean {
  const first = wanted[0];
  if (operator === 'ne' || operator === 'nin') return !wanted.includes(value);
  if (value === undefined || first === undefined) return false;
  if (operator === 'eq' || operator === 'in') return wanted.includes(value);
  if (operator === 'sw') return String(value).startsWith(String(first));
  const difference = compare(value, first);
  if (operator === 'gt') return difference > 0;
  if (operator === 'gte') return difference >= 0;
  return operator === 'lt' ? difference < 0 : difference <= 0;
}

function folded(value: Comparable | undefined, fold: boolean): Comparable | undefined {
  return fold && typeof value === 'string' ? value.toLowerCase() : value;
}

export function compare(left: Comparable, right: Comparable): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

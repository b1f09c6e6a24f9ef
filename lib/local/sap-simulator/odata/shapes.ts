import type { SapSwitches } from '../switches.ts';
import { type EntityType, type Property, type Row, type Value, valueIn } from './entity-type.ts';
import { etagOf } from './entity-writes.ts';
import type { ExpandTree } from './query-options.ts';
import type { Related } from './related-rows.ts';
import type { Types } from './resource-path.ts';

/** What the rows of one answer need to become JSON. */
export interface ShapeContext {
  readonly types: Types;
  readonly related: Related;
  /** Absolute address of the service, without a slash at its end. */
  readonly serviceUrl: string;
  readonly namespace: string;
  readonly switches: SapSwitches;
  /** OData V4: decimals as text (`IEEE754Compatible=true`). */
  readonly decimalsAsText: boolean;
  /** Entity sets that may be written: their entities carry an ETag. */
  readonly withEtag: ReadonlySet<string>;
}

type Shaped = Record<string, unknown>;

/** One entity as OData V2 JSON: `__metadata`, `/Date(…)/`, decimals as text, `__deferred` (dossier §3.1). */
export function shapeV2(
  row: Row,
  type: EntityType,
  select: readonly string[] | undefined,
  expand: ExpandTree,
  context: ShapeContext,
): Shaped {
  const uri = `${context.serviceUrl}/${type.set}(${keyText(row, type)})`;
  const etag = context.withEtag.has(type.set) ? { etag: etagOf(row) } : {};
  const metadata = { id: uri, uri, type: `${context.namespace}.${type.set}Type`, ...etag };
  const result: Shaped = { __metadata: metadata };
  for (const property of type.properties.values()) {
    if (isSelected(property.name, select)) result[property.name] = wireV2(property, row, context.switches);
  }
  for (const [name, navigation] of Object.entries(type.navigations)) {
    if (!isSelected(name, select)) continue;
    const target = context.types.get(navigation.target);
    const further = expand[name];
    if (!target || !further) {
      result[name] = { __deferred: { uri: `${uri}/${name}` } };
      continue;
    }
    const inner = selectBelow(name, select);
    const rows = context
      .related(row, navigation)
      .map((each) => shapeV2(each, target, inner, further, context));
    result[name] = navigation.many ? { results: rows } : (rows[0] ?? null);
  }
  return result;
}

/** One entity as OData V4 JSON (dossier §3.2). */
export function shapeV4(
  row: Row,
  type: EntityType,
  select: readonly string[] | undefined,
  expand: ExpandTree,
  context: ShapeContext,
): Shaped {
  const result: Shaped = {};
  for (const property of type.properties.values()) {
    if (isSelected(property.name, select)) result[property.name] = wireV4(property, row, context);
  }
  if (!select) result.SAP__Messages = [];
  for (const [name, further] of Object.entries(expand)) {
    const navigation = type.navigations[name];
    const target = context.types.get(navigation?.target ?? '');
    if (!navigation || !target) continue;
    const rows = context
      .related(row, navigation)
      .map((each) => shapeV4(each, target, undefined, further, context));
    result[name] = navigation.many ? rows : (rows[0] ?? null);
  }
  return result;
}

/** `SupplierInvoice='5105600101',FiscalYear='2026'`. */
export function keyText(row: Row, type: EntityType): string {
  const parts = type.key.map((name) => `${name}='${encodeURIComponent(String(row[name] ?? ''))}'`);
  return type.key.length === 1 ? (parts[0] ?? '').replace(/^\w+=/, '') : parts.join(',');
}

function isSelected(name: string, select: readonly string[] | undefined): boolean {
  if (!select || select.includes('*')) return true;
  return select.some((path) => path === name || path.startsWith(`${name}/`));
}

/** What is selected inside a navigation; undefined: all of it. */
function selectBelow(name: string, select: readonly string[] | undefined): readonly string[] | undefined {
  if (!select || select.includes(name) || select.includes('*')) return undefined;
  return select.filter((path) => path.startsWith(`${name}/`)).map((path) => path.slice(name.length + 1));
}

function wireV2(property: Property, row: Row, switches: SapSwitches): Value {
  const value = valueIn(row, property);
  if (typeof value !== 'string') return value;
  if (property.kind === 'date') return `/Date(${Date.parse(`${value}T00:00:00Z`)})/`;
  if (property.kind === 'moment') return `/Date(${Date.parse(value)}+0000)/`;
  return property.kind === 'decimal' ? decimalText(property, value, switches) : value;
}

function wireV4(property: Property, row: Row, { decimalsAsText, switches }: ShapeContext): Value | number {
  const value = valueIn(row, property);
  if (property.kind !== 'decimal' || typeof value !== 'string') return value;
  return decimalsAsText ? decimalText(property, value, switches) : Number(value);
}

function decimalText(property: Property, value: string, switches: SapSwitches): string {
  if (switches.amountDecimals === 'currency' || !property.scale) return value;
  const [whole = '0', fraction = ''] = value.split('.');
  return `${whole}.${fraction.padEnd(property.scale, '0')}`;
}

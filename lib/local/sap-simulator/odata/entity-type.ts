/** Entity types, written as one line of text per few properties and read once. */
export type Value = string | boolean | null;

/** One row of a table: absent properties hold the empty value of their type. */
export type Row = Record<string, Value>;

export type Kind = 'text' | 'decimal' | 'date' | 'moment' | 'time' | 'boolean' | 'guid';

export interface Property {
  readonly name: string;
  readonly kind: Kind;
  readonly maxLength?: number;
  readonly precision?: number;
  readonly scale?: number;
  /** Number text: empty is `0000`, not `` (dossier §3.1). */
  readonly isNumeric: boolean;
  /** False: `$filter` and `$orderby` on it are refused (dossier §0.3). */
  readonly isFilterable: boolean;
}

export interface Navigation {
  readonly target: string;
  readonly many: boolean;
  /** Properties that join; they have the same names on both sides. */
  readonly on: readonly string[];
  readonly where?: Row;
}

export interface EntityType {
  /** Name of the entity set, and of its table. */
  readonly set: string;
  readonly key: readonly string[];
  readonly properties: ReadonlyMap<string, Property>;
  readonly navigations: Readonly<Record<string, Navigation>>;
}

const kinds: Record<string, Kind> = {
  date: 'date',
  moment: 'moment',
  time: 'time',
  bool: 'boolean',
  guid: 'guid',
};

/**
 * `Name:10` text of at most 10 characters, `Name:n4` number text, `Name:14.3` decimal with its precision and scale,
 * `Name:date|moment|time|bool|guid`; a `-` behind it: not filterable, not sortable.
 */
function property(text: string): Property {
  const [, name = '', form = '', minus] = /^(\w+):([\w.]+)(-?)$/.exec(text) ?? [];
  const base = { name, isFilterable: minus !== '-', isNumeric: form.startsWith('n') };
  const decimal = /^(\d+)\.(\d+)$/.exec(form);
  if (decimal) return { ...base, kind: 'decimal', precision: Number(decimal[1]), scale: Number(decimal[2]) };
  const length = /^n?(\d+)$/.exec(form);
  if (length) return { ...base, kind: 'text', maxLength: Number(length[1]) };
  const kind = kinds[form];
  if (!kind) throw new Error(`"${text}" is no property.`);
  return { ...base, kind };
}

export function entityType(
  set: string,
  key: string,
  properties: string,
  navigations: Readonly<Record<string, Navigation>> = {},
): EntityType {
  const list = properties.trim().split(/\s+/).map(property);
  return {
    set,
    key: key.split(' '),
    properties: new Map(list.map((each) => [each.name, each])),
    navigations,
  };
}

/** The same type without some properties (a tenant's release that lacks them). */
export function withoutProperties(type: EntityType, names: readonly string[]): EntityType {
  const kept = [...type.properties].filter(([name]) => !names.includes(name));
  return { ...type, properties: new Map(kept) };
}

function emptyValue(property: Property): Value {
  if (property.kind === 'text' && property.isNumeric) return '0'.repeat(property.maxLength ?? 0);
  if (property.kind === 'text') return '';
  if (property.kind === 'decimal') return '0';
  return property.kind === 'boolean' ? false : null;
}

export function valueIn(row: Row, property: Property): Value {
  return row[property.name] ?? emptyValue(property);
}

/** A property's text, `` when empty. */
export function textOf(row: Row, name: string): string {
  const value = row[name];
  return typeof value === 'string' ? value : '';
}

export const many = (target: string, on: string, where?: Row): Navigation =>
  navigation(target, on, true, where);
export const one = (target: string, on: string): Navigation => navigation(target, on, false);

function navigation(target: string, on: string, isMany: boolean, where?: Row): Navigation {
  return { target, many: isMany, on: on.split(' '), ...(where && { where }) };
}

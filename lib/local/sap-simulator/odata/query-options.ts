import { badRequest } from '../refusal.ts';
import { type EntityType, type Property, valueIn } from './entity-type.ts';
import { type Predicate, parseFilter } from './filter.ts';
import { comparable, compareValues, type Version } from './literals.ts';
import type { Types } from './resource-path.ts';

/** Navigations to expand, and in each of them those to expand further. */
export interface ExpandTree {
  readonly [navigation: string]: ExpandTree;
}

export interface QueryOptions {
  readonly filter: Predicate | undefined;
  readonly orderBy: readonly { readonly property: Property; readonly isDescending: boolean }[];
  readonly top: number | undefined;
  readonly skip: number;
  /** Rows already handed out by server paging. */
  readonly skipToken: number;
  readonly count: boolean;
  /** Paths; undefined: everything. */
  readonly select: readonly string[] | undefined;
  readonly expand: ExpandTree;
}

const optionNames: Record<Version, readonly string[]> = {
  V2: ['$filter', '$orderby', '$top', '$skip', '$skiptoken', '$select', '$expand', '$inlinecount', '$format'],
  V4: ['$filter', '$orderby', '$top', '$skip', '$skiptoken', '$select', '$expand', '$count', '$format'],
};

/** The query as decoded pairs; refuses repeated options and bad encoding. */
export function readQuery(query: string): Map<string, string> {
  const result = new Map<string, string>();
  for (const part of query.split('&').filter((each) => each !== '')) {
    const [name = '', ...value] = part.split('=').map(decode);
    if (result.has(name)) throw badRequest(`Option ${name} is given twice`);
    result.set(name, value.join('='));
  }
  return result;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw badRequest('Malformed URI');
  }
}

export function readOptions(
  query: ReadonlyMap<string, string>,
  type: EntityType,
  types: Types,
  version: Version,
): QueryOptions {
  for (const name of query.keys()) {
    if (name.startsWith('$') && !optionNames[version].includes(name)) {
      throw badRequest(`Invalid system query option '${name}'`);
    }
  }
  const filter = query.get('$filter');
  const select = list(query.get('$select'));
  const expand = expandTree(list(query.get('$expand')) ?? [], type, types);
  for (const path of select ?? []) checkSelected(path, type, types, expand);
  return {
    filter: filter === undefined ? undefined : parseFilter(filter, type, version),
    orderBy: (list(query.get('$orderby')) ?? []).map((each) => readOrder(each, type)),
    top: number(query, '$top'),
    skip: number(query, '$skip') ?? 0,
    skipToken: number(query, '$skiptoken') ?? 0,
    count: query.get('$inlinecount') === 'allpages' || query.get('$count') === 'true',
    select,
    expand,
  };
}

function list(text: string | undefined): string[] | undefined {
  return text?.split(',').map((each) => each.trim());
}

function number(query: ReadonlyMap<string, string>, name: string): number | undefined {
  const text = query.get(name);
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw badRequest(`Invalid value '${text}' of ${name}`);
  return Number(text);
}

function readOrder(text: string, type: EntityType) {
  const [, name = '', direction] = /^(\w+)(?: +(asc|desc))?$/.exec(text) ?? [];
  const property = type.properties.get(name);
  if (!property) throw badRequest(`Property ${text} not found in type ${type.set}Type`);
  if (!property.isFilterable) throw badRequest(`Property ${name} is not sortable`);
  return { property, isDescending: direction === 'desc' };
}

function expandTree(paths: readonly string[], type: EntityType, types: Types): ExpandTree {
  const groups = new Map<string, string[]>();
  for (const path of paths) {
    const [first = '', ...rest] = path.split('/');
    groups.set(first, [...(groups.get(first) ?? []), ...(rest.length > 0 ? [rest.join('/')] : [])]);
  }
  const entries = [...groups].map(([name, rest]) => {
    const target = types.get(type.navigations[name]?.target ?? '');
    if (!target) throw badRequest(`Navigation property '${name}' not found in type ${type.set}Type`);
    return [name, expandTree(rest, target, types)] as const;
  });
  return Object.fromEntries(entries);
}

function checkSelected(path: string, type: EntityType, types: Types, expand: ExpandTree): void {
  const [first = '', ...rest] = path.split('/');
  if (rest.length === 0) {
    const isKnown = first === '*' || type.properties.has(first) || first in type.navigations;
    if (!isKnown) throw badRequest(`Property ${first} not found in type ${type.set}Type`);
    return;
  }
  const target = types.get(type.navigations[first]?.target ?? '');
  const further = expand[first];
  if (!target || !further) throw badRequest(`Select path '${path}' is not expanded`);
  checkSelected(rest.join('/'), target, types, further);
}

/** A comparison of rows by `$orderby`. */
export function inOrder({ orderBy }: QueryOptions) {
  return (left: Parameters<typeof valueIn>[0], right: Parameters<typeof valueIn>[0]): number => {
    for (const { property, isDescending } of orderBy) {
      const order = compareValues(
        comparable(property, valueIn(left, property)),
        comparable(property, valueIn(right, property)),
      );
      if (order !== 0) return isDescending ? -order : order;
    }
    return 0;
  };
}

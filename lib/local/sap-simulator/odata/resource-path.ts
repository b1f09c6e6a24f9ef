import { badRequest, codes, Refusal } from '../refusal.ts';
import type { EntityType, Navigation, Row } from './entity-type.ts';
import { comparableLiteral, readLiteral, type Version } from './literals.ts';

/** What the path behind the service names. */
export type Resource =
  | { readonly kind: 'service-document' }
  | { readonly kind: 'metadata' }
  | { readonly kind: 'function'; readonly name: string }
  | {
      readonly kind: 'entities';
      readonly type: EntityType;
      readonly key: Row | undefined;
      /** Followed from the entity of `key`. */
      readonly navigation: Navigation | undefined;
      readonly isCount: boolean;
      /** The content of a file. */
      readonly isValue: boolean;
    };

export type Types = ReadonlyMap<string, EntityType>;

/** Reads a path such as `A_Supplier('17300001')/to_SupplierCompany`; refuses what the service does not have. */
export function readResource(
  path: string,
  types: Types,
  functions: readonly string[],
  version: Version,
): Resource {
  const [first = '', ...rest] = path
    .split('/')
    .filter((segment) => segment !== '')
    .map(decode);
  if (first === '') return { kind: 'service-document' };
  if (first === '$metadata') return { kind: 'metadata' };
  if (functions.includes(first)) return { kind: 'function', name: first };
  const [, set = '', keyText] = /^(\w+)(?:\((.*)\))?$/.exec(first) ?? [];
  const type = types.get(set);
  if (!type) throw notFound(first);
  const key = keyText === undefined ? undefined : readKey(keyText, type, version);
  return { kind: 'entities', type, key, ...readRest(rest, type, key !== undefined) };
}

function readRest(rest: readonly string[], type: EntityType, hasKey: boolean) {
  const isCount = rest.at(-1) === '$count';
  const isValue = rest.at(-1) === '$value';
  const [name, ...more] = isCount || isValue ? rest.slice(0, -1) : rest;
  if (name === undefined && (hasKey || !isValue)) return { navigation: undefined, isCount, isValue };
  if (name === undefined || isValue) throw notFound('$value');
  const navigation = type.navigations[name];
  if (!navigation || !hasKey || more.length > 0) throw notFound(name);
  return { navigation, isCount, isValue };
}

function readKey(text: string, type: EntityType, version: Version): Row {
  const key: Row = {};
  let rest = text;
  while (rest !== '') {
    const [whole = '', name = type.key[0] ?? ''] = /^,?(?:(\w+)=)?/.exec(rest) ?? [];
    const literal = readLiteral(rest.slice(whole.length), version);
    const property = type.properties.get(name);
    if (!literal || !property || !type.key.includes(name)) throw badRequest('Invalid key predicate');
    comparableLiteral(property, literal);
    key[name] = literal.value;
    rest = rest.slice(whole.length + literal.length);
  }
  if (Object.keys(key).length !== type.key.length) {
    throw badRequest(`The number of keys does not match: ${type.set} has ${type.key.join(', ')}`);
  }
  return key;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw badRequest('Malformed URI');
  }
}

export function notFound(segment: string): Refusal {
  return new Refusal(404, codes.notFound, `Resource not found for segment '${segment}'`);
}

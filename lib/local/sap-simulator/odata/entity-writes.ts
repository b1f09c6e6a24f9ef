import { createHash } from 'node:crypto';
import { badRequest, codes, Refusal } from '../refusal.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { EntityType, Row, Value } from './entity-type.ts';
import type { Types } from './resource-path.ts';

/** What may be written into one entity set. */
export interface EntityWrites {
  /** A deep insert: its rows were checked against the metadata. */
  create?(tenant: Tenant, entity: DeepRow): Row;
  /** Properties that PATCH may change; others are refused. */
  readonly changeable?: readonly string[];
  change?(tenant: Tenant, row: Row, change: Row): void;
}

/** A row with the rows of its navigations. */
export interface DeepRow {
  readonly values: Row;
  readonly children: Readonly<Record<string, readonly DeepRow[]>>;
}

/** The ETag of a row: another one after every change of it (OData 2.0, "Concurrency control and ETags"). */
export function etagOf(row: Row): string {
  const digest = createHash('sha1').update(JSON.stringify(row)).digest('hex');
  return `W/"${digest.slice(0, 26).toUpperCase()}"`;
}

/** Without If-Match 428, with that of an older state 412. */
export function checkEtag(row: Row, given: string | undefined): void {
  if (given === undefined)
    throw new Refusal(428, '/IWFND/CM_MGW/428', 'Header If-Match is required for this resource');
  if (given !== '*' && given !== etagOf(row))
    throw new Refusal(412, '/IWFND/CM_MGW/412', 'Precondition failed: the resource was changed');
}

/** Reads a body against the metadata, navigations included; anything unknown is refused (SAP dossier §3.1). */
export function readEntity(body: unknown, type: EntityType, types: Types): DeepRow {
  const values: Record<string, Value> = {};
  const children: Record<string, readonly DeepRow[]> = {};
  for (const [name, value] of Object.entries(objectOf(body))) {
    const navigation = type.navigations[name];
    const target = navigation && types.get(navigation.target);
    if (navigation && target)
      children[name] = rowsOf(value, navigation.many).map((row) => readEntity(row, target, types));
    else values[name] = propertyValue(type, name, value);
  }
  return { values, children };
}

function objectOf(body: unknown): object {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body;
  throw badRequest('An entity was expected');
}

/** Plain arrays and `{ results: […] }` are both taken (SAP dossier §6). */
function rowsOf(value: unknown, isMany: boolean): readonly unknown[] {
  if (!isMany) return [value];
  if (Array.isArray(value)) return value;
  const { results } = objectOf(value) as { results?: unknown };
  if (Array.isArray(results)) return results;
  throw badRequest('A collection was expected');
}

function propertyValue(type: EntityType, name: string, value: unknown): Value {
  const property = type.properties.get(name);
  if (!property) throw badRequest(`Property '${name}' is invalid for type ${type.set}Type`);
  if (property.kind === 'boolean' ? typeof value !== 'boolean' : typeof value !== 'string')
    throw badRequest(`The value of property '${name}' has the wrong type`);
  if (typeof value === 'string' && property.maxLength !== undefined && value.length > property.maxLength)
    throw badRequest(`Property '${name}' has at most ${property.maxLength} characters`);
  return value as string | boolean;
}

/** Throws for properties that PATCH may not change. */
export function checkChangeable(change: Row, { changeable = [] }: EntityWrites): void {
  const other = Object.keys(change).find((name) => !changeable.includes(name));
  if (other !== undefined) throw new Refusal(400, codes.business, `Property '${other}' cannot be changed`);
}

import { badRequest } from '../refusal.ts';
import type { Kind, Property, Value } from './entity-type.ts';

/** Literals of `$filter` and of keys, OData V2 and V4 (SAP dossier §3). */
export type Version = 'V2' | 'V4';

export interface Literal {
  readonly kind: Kind | 'null';
  /** Without quotes and prefix. */
  readonly value: string;
  /** Characters that it takes. */
  readonly length: number;
}

type Comparable = string | number | bigint | boolean | null;

const decimalScale = 6;
const dateTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,7})?)?$/;
const dateTimeOffset = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,12})?)?(Z|[+-]\d{2}:\d{2})$/;
const duration = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?$/;
const guid = /^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}/;
const prefixKinds: Record<string, Kind> = {
  datetime: 'date',
  datetimeoffset: 'moment',
  time: 'time',
  guid: 'guid',
};

/** The literal at the start of `text`; undefined where there is none. */
export function readLiteral(text: string, version: Version): Literal | undefined {
  const quoted = /^'((?:[^']|'')*)'/.exec(text);
  if (quoted) return literal('text', (quoted[1] ?? '').replaceAll("''", "'"), quoted[0]);
  const word = /^(true|false|null)(?![\w/(])/.exec(text)?.[1];
  if (word) return literal(word === 'null' ? 'null' : 'boolean', word, word);
  return (version === 'V2' ? readPrefixed(text) : readBare(text)) ?? readNumber(text, version);
}

function readPrefixed(text: string): Literal | undefined {
  const [whole = '', prefix = '', value = ''] =
    /^(datetimeoffset|datetime|time|guid)'([^']*)'/.exec(text) ?? [];
  const kind = prefixKinds[prefix];
  return kind && literal(kind, value, whole);
}

function readBare(text: string): Literal | undefined {
  const unique = guid.exec(text)?.[0];
  if (unique) return literal('guid', unique, unique);
  const moment = /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})?/.exec(text)?.[0];
  if (moment) return literal('moment', moment, moment);
  const date = /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0];
  return date ? literal('date', `${date}T00:00:00`, date) : undefined;
}

function readNumber(text: string, version: Version): Literal | undefined {
  const pattern = version === 'V2' ? /^(-?\d+(?:\.\d+)?)[mMlLdDfF]?(?![\w.])/ : /^(-?\d+(?:\.\d+)?)(?![\w.])/;
  const [whole, value] = pattern.exec(text) ?? [];
  return whole === undefined || value === undefined ? undefined : literal('decimal', value, whole);
}

function literal(kind: Kind | 'null', value: string, whole: string): Literal {
  return { kind, value, length: whole.length };
}

/** What the literal compares as, beside `comparable`; refuses another type, a bad form and a too long value. */
export function comparableLiteral(property: Property, read: Literal): Comparable {
  if (read.kind === 'null') return property.kind === 'text' ? '' : null;
  const isRightKind = read.kind === property.kind && hasGoodForm(read);
  if (!isRightKind)
    throw badRequest(`Invalid parametertype used at function 'eq' (Property: ${property.name})`);
  if (property.maxLength !== undefined && read.value.length > property.maxLength) {
    throw badRequest(
      `Malformed URI literal syntax: ${property.name} has at most ${property.maxLength} characters`,
    );
  }
  if (read.kind === 'boolean') return read.value === 'true';
  return comparable(property, read.value);
}

function hasGoodForm({ kind, value }: Literal): boolean {
  if (kind === 'date') return dateTime.test(value) && isRealDate(value.slice(0, 10));
  if (kind === 'moment') return dateTimeOffset.test(value) && isRealDate(value.slice(0, 10));
  if (kind === 'time') return duration.test(value);
  if (kind === 'guid') return guid.test(value) && value.length === 36;
  return true;
}

export function isRealDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
  );
}

/** A row's value in the form that orders rightly. */
export function comparable(property: Property, value: Value): Comparable {
  if (typeof value !== 'string') return value;
  if (property.kind === 'decimal') return scaled(value);
  if (property.kind === 'date') return Date.parse(value.length === 10 ? `${value}T00:00:00Z` : `${value}Z`);
  if (property.kind === 'moment') return Date.parse(value);
  return property.kind === 'time' ? seconds(value) : value;
}

function scaled(text: string): bigint {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  const size = BigInt(whole + fraction.padEnd(decimalScale, '0').slice(0, decimalScale));
  return text.startsWith('-') ? -size : size;
}

function seconds(text: string): number {
  const [, hours = '0', minutes = '0', rest = '0'] = duration.exec(text) ?? [];
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(rest);
}

/** Negative, zero or positive; empty values order first. */
export function compareValues(left: Comparable, right: Comparable): number {
  if (left === right) return 0;
  if (left === null) return -1;
  if (right === null) return 1;
  return left < right ? -1 : 1;
}

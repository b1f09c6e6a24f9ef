/**
 * OData query options of V2 and V4: literals in the grammar of each version, filters, and a query string that is
 * encoded once (SAP dossier §§3.1, 3.2; OData 2.0 and 4.01 URL conventions).
 */

/** A value written in the grammar of one version. */
export interface Literal {
  readonly odata: string;
}

/** A condition; `kind` tells where it needs parentheses. */
export interface Filter {
  readonly kind: 'comparison' | 'all' | 'any';
  readonly odata: string;
}

export interface Query {
  readonly filter?: Filter;
  readonly orderBy?: readonly string[];
  readonly top?: number;
  readonly select?: readonly string[];
  readonly expand?: readonly string[];
}

/** Quotes inside are doubled in both versions. */
function text(value: string): Literal {
  return { odata: `'${value.replaceAll("'", "''")}'` };
}

function flag(value: boolean): Literal {
  return { odata: String(value) };
}

/** Dates are `yyyy-mm-dd`, moments ISO with zone. */
export const v2 = {
  text,
  flag,
  date: (date: string): Literal => ({ odata: `datetime'${date}T00:00:00'` }),
  moment: (iso: string): Literal => ({ odata: `datetimeoffset'${iso}'` }),
  /** `hh:mm:ss`. */
  time: (time: string): Literal => {
    const [hours, minutes, seconds] = time.split(':');
    return { odata: `time'PT${hours}H${minutes}M${seconds}S'` };
  },
};

export const v4 = {
  text,
  flag,
  date: (date: string): Literal => ({ odata: date }),
  moment: (iso: string): Literal => ({ odata: iso }),
};

export function compare(
  property: string,
  operator: 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le',
  value: Literal,
): Filter {
  return { kind: 'comparison', odata: `${property} ${operator} ${value.odata}` };
}

export function equal(property: string, value: Literal): Filter {
  return compare(property, 'eq', value);
}

/** A text property that begins with these characters, in their case. */
export function startsWith(property: string, value: Literal): Filter {
  return { kind: 'comparison', odata: `startswith(${property},${value.odata})` };
}

export function all(...filters: readonly Filter[]): Filter {
  return joined('all', ' and ', filters);
}

export function any(...filters: readonly Filter[]): Filter {
  return joined('any', ' or ', filters);
}

function joined(kind: 'all' | 'any', word: string, filters: readonly Filter[]): Filter {
  const [first] = filters;
  if (first !== undefined && filters.length === 1) return first;
  const parts = filters.map((each) =>
    each.kind === 'comparison' || each.kind === kind ? each.odata : `(${each.odata})`,
  );
  return { kind, odata: parts.join(word) };
}

/** `$filter=…&$top=…`, values percent-encoded; empty options are left out. */
export function queryString({ filter, orderBy, top, select, expand }: Query): string {
  const options: [string, string | undefined][] = [
    ['$filter', filter?.odata],
    ['$orderby', orderBy?.join(',')],
    ['$top', top?.toString()],
    ['$select', select?.join(',')],
    ['$expand', expand?.join(',')],
  ];
  return options
    .flatMap(([name, value]) => (value ? [`${name}=${encodeURIComponent(value)}`] : []))
    .join('&');
}

/** Room for one group's `or` in a URL that stays below 6,000 characters with host, path and the other options. */
const roomForChoice = 4_500;

/** All alternatives, in as few `or` groups as the length of a URL allows. */
export function choices(alternatives: readonly Filter[], most = Number.POSITIVE_INFINITY): Filter[] {
  const groups: Filter[][] = [];
  let length = roomForChoice;
  for (const each of alternatives) {
    const added = encodeURIComponent(`(${each.odata}) or `).length;
    const current = groups.at(-1);
    if (current === undefined || length + added > roomForChoice || current.length >= most) {
      groups.push([each]);
      length = added;
    } else {
      current.push(each);
      length += added;
    }
  }
  return groups.map((group) => any(...group));
}

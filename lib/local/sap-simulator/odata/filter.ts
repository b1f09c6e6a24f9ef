import { badRequest } from '../refusal.ts';
import { type EntityType, type Property, type Row, valueIn } from './entity-type.ts';
import {
  comparable,
  comparableLiteral,
  compareValues,
  type Literal,
  readLiteral,
  type Version,
} from './literals.ts';

export type Predicate = (row: Row) => boolean;

const comparisons: Record<string, (order: number) => boolean> = {
  eq: (order) => order === 0,
  ne: (order) => order !== 0,
  gt: (order) => order > 0,
  ge: (order) => order >= 0,
  lt: (order) => order < 0,
  le: (order) => order <= 0,
};

const words = { or: /^or(?=[ (])/, and: /^and(?=[ (])/, not: /^not(?=[ (])/ };

const textFunctions: Record<Version, Record<string, (text: string, part: string) => boolean>> = {
  V2: {
    startswith: (text, part) => text.startsWith(part),
    endswith: (text, part) => text.endsWith(part),
    substringof: (text, part) => text.includes(part),
  },
  V4: {
    startswith: (text, part) => text.startsWith(part),
    endswith: (text, part) => text.endsWith(part),
    contains: (text, part) => text.includes(part),
  },
};

/**
 * `$filter` as a test of one row: and, or, not, parentheses, comparisons of a property with a literal, the text
 * functions, `in` in V4. Everything else is answered 400, as SAP's gateway does: unknown properties, properties
 * that are not filterable, arithmetic, navigation paths.
 */
export function parseFilter(text: string, type: EntityType, version: Version): Predicate {
  return new FilterParser(text, type, version).whole();
}

class FilterParser {
  private at = 0;
  private readonly text: string;
  private readonly type: EntityType;
  private readonly version: Version;

  constructor(text: string, type: EntityType, version: Version) {
    this.text = text;
    this.type = type;
    this.version = version;
  }

  whole(): Predicate {
    const result = this.or();
    this.skipSpaces();
    if (this.at < this.text.length) throw this.syntax(`"${this.rest().slice(0, 20)}" was not expected`);
    return result;
  }

  private or(): Predicate {
    let left = this.and();
    while (this.word('or')) left = either(left, this.and());
    return left;
  }

  private and(): Predicate {
    let left = this.not();
    while (this.word('and')) left = both(left, this.not());
    return left;
  }

  private not(): Predicate {
    if (!this.word('not')) return this.primary();
    const inner = this.not();
    return (row) => !inner(row);
  }

  private primary(): Predicate {
    if (!this.sign('(')) return this.comparison();
    const inner = this.or();
    this.expect(')');
    return inner;
  }

  private comparison(): Predicate {
    const call = this.match(/^([a-z]+)\(/);
    if (call) return this.textFunction(call[1] ?? '');
    const property = this.property();
    const operator = this.match(/^ +([a-z]+)(?=[ (])/)?.[1];
    if (operator === 'in' && this.version === 'V4') return this.inList(property);
    const holds = comparisons[operator ?? ''];
    if (!holds) throw this.syntax(`A comparison was expected behind ${property.name}`);
    const wanted = comparableLiteral(property, this.literal());
    return (row) => {
      const value = comparable(property, valueIn(row, property));
      if (operator !== 'ne' && operator !== 'eq' && (value === null || wanted === null)) return false;
      return holds(compareValues(value, wanted));
    };
  }

  private inList(property: Property): Predicate {
    const wanted: unknown[] = [];
    this.expect('(');
    do wanted.push(comparableLiteral(property, this.literal()));
    while (this.sign(','));
    this.expect(')');
    return (row) => wanted.includes(comparable(property, valueIn(row, property)));
  }

  private textFunction(name: string): Predicate {
    const test = textFunctions[this.version][name];
    if (!test) throw this.syntax(`Function ${name} is not supported`);
    const partFirst = name === 'substringof';
    const first = partFirst ? this.literal() : undefined;
    if (partFirst) this.expect(',');
    const property = this.property();
    if (!partFirst) this.expect(',');
    const part = first ?? this.literal();
    this.expect(')');
    if (property.kind !== 'text' || part.kind !== 'text') throw this.syntax(`${name} is a function of texts`);
    const wanted = this.match(/^ +eq +(true|false)(?!\w)/)?.[1] !== 'false';
    return (row) => test(String(valueIn(row, property)), part.value) === wanted;
  }

  private property(): Property {
    this.skipSpaces();
    const name = this.match(/^[A-Za-z_]\w*(?![\w/'])/)?.[0];
    if (!name) throw this.syntax('A property was expected');
    const property = this.type.properties.get(name);
    if (!property) throw badRequest(`Property ${name} not found in type ${this.type.set}Type`);
    if (!property.isFilterable) throw badRequest(`Property ${name} is not filterable`);
    return property;
  }

  private literal(): Literal {
    this.skipSpaces();
    const read = readLiteral(this.rest(), this.version);
    if (!read) throw this.syntax('A literal was expected');
    this.at += read.length;
    return read;
  }

  private word(expected: keyof typeof words): boolean {
    this.skipSpaces();
    return this.match(words[expected]) !== null;
  }

  private sign(expected: string): boolean {
    this.skipSpaces();
    if (this.text[this.at] !== expected) return false;
    this.at += 1;
    return true;
  }

  private expect(expected: string): void {
    if (!this.sign(expected)) throw this.syntax(`"${expected}" was expected`);
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    const found = pattern.exec(this.rest());
    if (found) this.at += found[0].length;
    return found;
  }

  private rest(): string {
    return this.text.slice(this.at);
  }

  private skipSpaces(): void {
    while (this.text[this.at] === ' ') this.at += 1;
  }

  private syntax(what: string): Error {
    return badRequest(`Invalid filter expression: ${what} at position ${this.at}`);
  }
}

function either(left: Predicate, right: Predicate): Predicate {
  return (row) => left(row) || right(row);
}

function both(left: Predicate, right: Predicate): Predicate {
  return (row) => left(row) && right(row);
}

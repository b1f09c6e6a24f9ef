import { type Http, HttpFailure, type HttpRequest, type HttpResponse } from '../../lib/http/http.ts';

/** The process died: nothing that it does afterwards reaches the world. */
export class Crash extends Error {
  constructor(point: string) {
    super(`The process was killed ${point}.`);
    this.name = 'Crash';
  }
}

/** One I/O call of the connector: its number since the start of the run, and what it was. */
interface IoPoint {
  readonly number: number;
  readonly what: string;
}

/** Decides what befalls a call. `before` and `after` may throw. */
export interface Fate {
  before(point: IoPoint): void;
  after(point: IoPoint): void;
}

/** Kills the process at the given places: `12 before`, `57 after`. */
export function crashAt(places: ReadonlySet<string>): Fate {
  const check = (point: IoPoint, side: 'before' | 'after') => {
    if (places.has(`${point.number} ${side}`))
      throw new Crash(`${side} call ${point.number} (${point.what})`);
  };
  return { before: (point) => check(point, 'before'), after: (point) => check(point, 'after') };
}

/** Nothing goes wrong. */
export const noFate: Fate = { before: () => undefined, after: () => undefined };

/**
 * The door between one process and the world: numbers every call, lets fate strike before and after it, and is
 * shut for good once the process is dead.
 */
export class Doorkeeper {
  readonly points: string[] = [];
  #dead: Crash | undefined;
  readonly #fate: Fate;
  readonly #numbers: { next: number };

  constructor(fate: Fate, numbers: { next: number }) {
    this.#fate = fate;
    this.#numbers = numbers;
  }

  get dead(): boolean {
    return this.#dead !== undefined;
  }

  async pass<T>(what: string, call: () => Promise<T>): Promise<T> {
    if (this.#dead !== undefined) throw this.#dead;
    this.#numbers.next += 1;
    const point = { number: this.#numbers.next, what };
    this.points.push(what);
    this.#strike(() => this.#fate.before(point));
    const answer = await call();
    this.#strike(() => this.#fate.after(point));
    return answer;
  }

  /** A door whose methods of these names are calls. */
  guard<T extends object>(name: string, door: T, methods: readonly (keyof T & string)[]): T {
    const guarded: Partial<T> = {};
    for (const method of methods) {
      const call = door[method] as (...given: unknown[]) => Promise<unknown>;
      const passing = (...given: unknown[]) => this.pass(`${name}.${method}`, () => call.apply(door, given));
      guarded[method] = passing as T[typeof method];
    }
    return { ...door, ...guarded };
  }

  http(name: string, door: Http): Http {
    return (request) =>
      this.pass(`${name} ${request.method} ${new URL(request.url).pathname}`, () => door(request));
  }

  #strike(fate: () => void): void {
    try {
      fate();
    } catch (error) {
      if (error instanceof Crash) this.#dead = error;
      throw error;
    }
  }
}

/** The answer is lost after the other side has acted. */
function lostAnswer(): HttpFailure {
  return new HttpFailure('ECONNRESET', true, 'The connection broke before the answer came.');
}

/** The request never arrived. */
function refusedConnection(): HttpFailure {
  return new HttpFailure('ECONNREFUSED', false, 'The connection was refused.');
}

/** A door of HTTP at which `misfortune` may throw before the call, or answer in its place, or throw after it. */
export function unlucky(
  door: Http,
  misfortune: (request: HttpRequest) => 'none' | 'lost' | 'refused' | HttpResponse,
): Http {
  return async (request) => {
    const chance = misfortune(request);
    if (chance === 'refused') throw refusedConnection();
    if (typeof chance === 'object') return chance;
    const answer = await door(request);
    if (chance === 'lost') throw lostAnswer();
    return answer;
  };
}

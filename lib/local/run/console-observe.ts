import { type Clock, isoTime } from '../../clock.ts';
import type { Observe } from '../../observe/observe.ts';
import { redact } from '../../observe/redact.ts';

const levels = ['info', 'warn', 'error'] as const;

/** Log events as lines for people, from `from` on; counts and polls that found nothing are not shown. */
export function consoleObserve(
  write: (line: string) => void,
  clock: Clock,
  from: (typeof levels)[number] = 'info',
): Observe {
  return {
    log: (level, event, fields) => {
      if (levels.indexOf(level) < levels.indexOf(from)) return;
      if (event === 'poll-done' && fields.found === 0) return;
      const rest = Object.entries(fields).flatMap(([name, value]) => told(name, redact(name, value)));
      write(`${isoTime(clock.now()).slice(11, 19)} ${event} ${rest.join(' ')}\n`);
    },
    count: () => undefined,
  };
}

function told(name: string, value: unknown): string[] {
  if (value === undefined || name === 'stack') return [];
  if (name === 'document') return [String(value)];
  return [`${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`];
}

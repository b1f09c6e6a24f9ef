import type { LogEvent, Metric, Observe } from '../../lib/observe/observe.ts';

export interface RecordedObserve extends Observe {
  readonly logs: { level: string; event: LogEvent; fields: Record<string, unknown> }[];
  readonly counts: Partial<Record<Metric, number>>;
}

/** Keeps what it is told, to be looked at afterwards. */
export function recordedObserve(): RecordedObserve {
  const logs: RecordedObserve['logs'] = [];
  const counts: RecordedObserve['counts'] = {};
  return {
    logs,
    counts,
    log: (level, event, fields) => {
      logs.push({ level, event, fields });
    },
    count: (metric, value = 1) => {
      counts[metric] = (counts[metric] ?? 0) + value;
    },
  };
}

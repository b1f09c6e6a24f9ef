import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import { type Metric, metricNamespace, type Observe } from './observe.ts';
import { redact } from './redact.ts';

/** Observe for a deployed function: what it says belongs to one invocation at a time. */
export interface FunctionObserve extends Observe {
  /** The log lines that follow name this invocation. */
  begin(context: Context): void;
  /** Publishes what was counted; nothing when nothing was. */
  end(): void;
}

/**
 * Log lines as JSON through Powertools' Logger, counts as CloudWatch's embedded metric format through its Metrics.
 * Counts are summed up first: one value for each metric and invocation.
 */
export function powertoolsObserve(connection: string): FunctionObserve {
  const logger = new Logger({ serviceName: connection, jsonReplacerFn: redact });
  const metrics = new Metrics({ namespace: metricNamespace, serviceName: connection });
  const counts = new Map<Metric, number>();
  return {
    log: (level, event, fields) => logger[level](event, fields),
    count: (metric, value = 1) => {
      counts.set(metric, (counts.get(metric) ?? 0) + value);
    },
    begin: (context) => logger.addContext(context),
    end: () => {
      if (counts.size === 0) return;
      for (const [metric, value] of counts) metrics.addMetric(metric, MetricUnit.Count, value);
      counts.clear();
      metrics.publishStoredMetrics();
    },
  };
}

import type { Duration } from 'aws-cdk-lib';
import { Metric as CloudWatchMetric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { type Metric, metricNamespace } from '../observe/observe.ts';

/** The connector's own metrics of one connection, as sums over a period. */
export type OwnMetric = (name: Metric, period: Duration) => CloudWatchMetric;

export function ownMetrics(connection: string): OwnMetric {
  return (metricName, period) =>
    new CloudWatchMetric({
      namespace: metricNamespace,
      metricName,
      dimensionsMap: { service: connection },
      statistic: Stats.SUM,
      period,
    });
}

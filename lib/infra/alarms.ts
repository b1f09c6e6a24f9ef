import { Aws, Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { ConnectorConfig } from '../config/connector-config.ts';
import { type OwnMetric, ownMetrics } from './metrics.ts';
import { oldestMessage, refusedWebhooks } from './sizes.ts';
import type { WorkQueues } from './work-queues.ts';

export interface AlarmsProps {
  readonly config: ConnectorConfig;
  readonly queues: WorkQueues;
  readonly undelivered: IQueue;
  readonly polls: Readonly<Record<string, IFunction>>;
  /** Run so seldom that their silence says nothing within a day. */
  readonly readers: Readonly<Record<string, IFunction>>;
  readonly consumers: Readonly<Record<string, IFunction>>;
  readonly webhook: IFunction;
  readonly key: IKey;
}

interface Told {
  readonly metric: IMetric;
  /** The alarm goes off when the metric reaches this value in one period. */
  readonly threshold: number;
  /** What has happened, and what a person does about it. */
  readonly says: string;
}

const fiveMinutes = Duration.minutes(5);

/** What a person is told about, each alarm with its next step, by e-mail where the configuration names one. */
export class Alarms extends Construct {
  readonly topic: Topic;
  private readonly own: OwnMetric;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const { email } = props.config.alarms;
    this.own = ownMetrics(props.config.connection);
    this.topic = new Topic(this, 'Topic', { masterKey: props.key, enforceSSL: true });
    this.topic.addToResourcePolicy(mayPublish(this.topic));
    if (email !== undefined) this.topic.addSubscription(new EmailSubscription(email));
    this.aboutQueues(props);
    this.aboutPolls(props);
    this.aboutBothSides();
    this.aboutFunctions(props);
  }

  private aboutQueues({ queues, undelivered }: AlarmsProps): void {
    for (const [name, { queue, deadLetters }] of queues.all()) {
      this.add(`${name}-dead-letters`, {
        metric: deadLetters.metricApproximateNumberOfMessagesVisible({ period: fiveMinutes }),
        threshold: 1,
        says: `A message of ${name} failed again and again. See "ml-connector exceptions list", correct the cause, then redrive the dead-letter queue.`,
      });
      this.add(`${name}-oldest-message`, {
        metric: queue.metricApproximateAgeOfOldestMessage({ period: fiveMinutes }),
        threshold: oldestMessage.toSeconds(),
        says: `Work in ${name} has waited for ${oldestMessage.toHours()} hours. Look at the logs for "message-waits": they name the outage or the limit that holds it up.`,
      });
    }
    this.add('schedules-undelivered', {
      metric: undelivered.metricApproximateNumberOfMessagesVisible({ period: fiveMinutes }),
      threshold: 1,
      says: 'The scheduler could not start a poll. Look at the message in the queue: it holds the error.',
    });
  }

  private aboutPolls({ config, polls }: AlarmsProps): void {
    const fourPolls = Duration.minutes(4 * config.polling.everyMinutes);
    this.add('polls-failed', {
      metric: this.own('PollsFailed', fourPolls),
      threshold: 3,
      says: 'Polls fail again and again. Look at the logs for "poll-failed"; "ml-connector ping" tells what is refused.',
    });
    for (const [name, poll] of Object.entries(polls)) this.aboutSilence(name, poll, fourPolls);
  }

  /** No invocation leaves no data at all: the way from OK to "insufficient data" is what tells. */
  private aboutSilence(name: string, poll: IFunction, period: Duration): void {
    const alarm = this.add(`${name}-silent`, {
      metric: poll.metricInvocations({ period }),
      threshold: 0,
      says: `${name} has not run for four times its cadence. See whether its schedule is enabled.`,
      comparison: ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD,
      missing: TreatMissingData.MISSING,
    });
    alarm.addInsufficientDataAction(new SnsAction(this.topic));
  }

  private aboutBothSides(): void {
    this.add('credentials-refused', {
      metric: this.own('CredentialsRefused', fiveMinutes),
      threshold: 1,
      says: 'SAP or BILL refused the credentials or a right is missing. "ml-connector ping" names it; correct the secret or the right. The work waits and goes on by itself.',
    });
    this.add('subscription-off', {
      metric: this.own('SubscriptionOff', fiveMinutes),
      threshold: 1,
      says: "BILL switched the webhook subscription off. Payments are still found by the poll; see the webhook's errors.",
    });
    this.add('tie-out-differences', {
      metric: this.own('TieOutDifferences', fiveMinutes),
      threshold: 1,
      says: 'The daily tie-out found amounts that differ between SAP and BILL without an explanation. "ml-connector tie-out" names the vendors and documents.',
    });
    this.add('webhooks-refused', {
      metric: this.own('WebhooksRefused', fiveMinutes),
      threshold: refusedWebhooks,
      says: 'Many notifications were refused. Either somebody else calls the address, or webhookSecurityKey in the BILL secret is not the one of the subscription.',
    });
  }

  private aboutFunctions({ polls, readers, consumers, webhook }: AlarmsProps): void {
    const functions = { ...polls, ...readers, ...consumers, 'receive-bill-event': webhook };
    for (const [name, each] of Object.entries(functions)) {
      this.add(`${name}-errors`, {
        metric: each.metricErrors({ period: fiveMinutes }),
        threshold: 1,
        says: `${name} ended with an error or ran out of time. Look at its logs.`,
      });
    }
    for (const [name, each] of Object.entries({ ...consumers, 'receive-bill-event': webhook })) {
      this.add(`${name}-throttled`, {
        metric: each.metricThrottles({ period: fiveMinutes }),
        threshold: 1,
        says: `${name} was throttled. See whether other functions use up the concurrency of this account.`,
      });
    }
  }

  private add(
    name: string,
    told: Told & { comparison?: ComparisonOperator; missing?: TreatMissingData },
  ): Alarm {
    const alarm = new Alarm(this, name, {
      metric: told.metric,
      threshold: told.threshold,
      alarmDescription: told.says,
      evaluationPeriods: 1,
      comparisonOperator: told.comparison ?? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: told.missing ?? TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    alarm.addOkAction(new SnsAction(this.topic));
    return alarm;
  }
}

/** A policy of its own replaces the topic's default one, which would let the alarms of this account in. */
function mayPublish({ topicArn }: Topic): PolicyStatement {
  return new PolicyStatement({
    principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
    actions: ['sns:Publish'],
    resources: [topicArn],
    conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
  });
}

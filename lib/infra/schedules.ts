import { Aws, Duration } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { sends } from './permissions.ts';

export interface ScheduledPoll {
  /** What the function is to do; the schedule is named after it. */
  readonly task: string;
  readonly description: string;
  readonly everyMinutes: number;
  readonly poll: IFunction;
}

/** The cadence of the polls. What the scheduler cannot hand over in time goes to a queue that raises an alarm. */
export class Schedules extends Construct {
  readonly undelivered: Queue;
  private readonly workKey: IKey;

  constructor(scope: Construct, id: string, workKey: IKey, polls: readonly ScheduledPoll[]) {
    super(scope, id);
    this.workKey = workKey;
    this.undelivered = this.undeliveredQueue();
    for (const poll of polls) this.schedule(poll);
  }

  private schedule({ task, description, everyMinutes, poll }: ScheduledPoll): void {
    const id = pascalCase(task);
    new Schedule(this, id, {
      description,
      schedule: ScheduleExpression.rate(Duration.minutes(everyMinutes)),
      target: new LambdaInvoke(poll, {
        input: ScheduleTargetInput.fromObject({ task }),
        role: this.role(id, poll).withoutPolicyUpdates(),
        // The next run does what this one missed.
        maxEventAge: Duration.minutes(Math.max(everyMinutes, 5)),
        retryAttempts: 3,
        deadLetterQueue: this.undelivered,
      }),
    });
  }

  private role(id: string, poll: IFunction): Role {
    const invoke = new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [poll.functionArn] });
    return new Role(this, `${id}Role`, {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
      inlinePolicies: {
        calls: new PolicyDocument({ statements: [invoke, ...sends(this.undelivered, this.workKey)] }),
      },
    });
  }

  /** EventBridge Scheduler takes standard queues only (its user guide, "Configuring a dead-letter queue"). */
  private undeliveredQueue(): Queue {
    const queue = new Queue(this, 'Undelivered', {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: this.workKey,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    acknowledge(queue, {
      'AwsSolutions-SQS3': 'This queue is itself the dead-letter queue of the schedules.',
    });
    return queue;
  }
}

/** `find-invoices`: `FindInvoices`. */
function pascalCase(name: string): string {
  return name.replace(/(?:^|-)(\w)/g, (_, first: string) => first.toUpperCase());
}

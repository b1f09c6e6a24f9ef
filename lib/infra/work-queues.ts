import { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { MAX_RECEIVE_COUNT } from '../work/back-off.ts';
import type { QueueName } from '../work/queue.ts';
import { RETENTION_DAYS, VISIBILITY_SECONDS } from '../work/queue-definition.ts';

/** A FIFO queue and the FIFO queue of its dead letters (SQS takes only a FIFO queue for a FIFO queue). */
export interface WorkQueue {
  readonly queue: Queue;
  readonly deadLetters: Queue;
}

/** `bill-work` (message group: SAP supplier) and `sap-work` (message group: BILL vendor). */
export class WorkQueues extends Construct {
  readonly 'bill-work': WorkQueue;
  readonly 'sap-work': WorkQueue;

  constructor(scope: Construct, id: string, key: IKey) {
    super(scope, id);
    this['bill-work'] = this.pair('BillWork', key);
    this['sap-work'] = this.pair('SapWork', key);
  }

  all(): [QueueName, WorkQueue][] {
    return [
      ['bill-work', this['bill-work']],
      ['sap-work', this['sap-work']],
    ];
  }

  private pair(id: string, key: IKey): WorkQueue {
    const common: QueueProps = {
      fifo: true,
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: key,
      enforceSSL: true,
      retentionPeriod: Duration.days(RETENTION_DAYS),
    };
    const deadLetters = new Queue(this, `${id}DeadLetters`, common);
    const queue = new Queue(this, id, {
      ...common,
      visibilityTimeout: Duration.seconds(VISIBILITY_SECONDS),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: MAX_RECEIVE_COUNT },
    });
    return { queue, deadLetters };
  }
}

import { Duration } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventInvokeConfig, EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { ConnectorConfig } from '../config/connector-config.ts';
import { BATCH_SIZE, CONSUMER_TIMEOUT_SECONDS } from '../work/queue-definition.ts';
import { ConnectorFunction } from './connector-function.ts';
import type { Credentials } from './credentials.ts';
import type { Keys } from './keys.ts';
import type { LedgerTable } from './ledger-table.ts';
import { consumes, keepsLedger, readsSecret, sends } from './permissions.ts';
import { consumerConcurrency, longestTurn, pollTimeout, webhookTimeout } from './sizes.ts';
import type { WorkQueue, WorkQueues } from './work-queues.ts';

export interface FunctionsProps {
  readonly config: ConnectorConfig;
  readonly configFile: string;
  readonly keys: Keys;
  readonly ledger: LedgerTable;
  readonly queues: WorkQueues;
  readonly credentials: Credentials;
}

/** The six entrances of the product, each with just the rights that its work needs. */
export class ConnectorFunctions extends Construct {
  readonly pollSap: ConnectorFunction;
  readonly pollBill: ConnectorFunction;
  readonly readBothSides: ConnectorFunction;
  readonly receiveBillEvent: ConnectorFunction;
  readonly writeBill: ConnectorFunction;
  readonly writeSap: ConnectorFunction;

  constructor(scope: Construct, id: string, props: FunctionsProps) {
    super(scope, id);
    const { keys, ledger, queues, credentials } = props;
    const keepLedger = keepsLedger(ledger, keys.ledger);
    const readSap = readsSecret(credentials.sap, keys.secrets);
    const readBill = readsSecret(credentials.bill, keys.secrets);
    const common = {
      configFile: props.configFile,
      environment: environmentOf(props),
      logKey: keys.telemetry,
    };

    const poll = (name: string, entry: string, description: string, may: PolicyStatement[]) => {
      const each = new ConnectorFunction(this, name, {
        ...common,
        entry,
        description,
        may,
        timeout: pollTimeout,
        memorySize: 512,
        reservedConcurrentExecutions: 1,
      });
      // A poll that failed is not repeated: the next one is near. One that found another task of its function running
      // waits for its turn, all of them if need be: the next of a daily one is far.
      new EventInvokeConfig(each, 'Async', {
        function: each.function,
        retryAttempts: 0,
        maxEventAge: longestTurn,
      });
      return each;
    };
    this.pollSap = poll(
      'PollSap',
      'poll-sap',
      'Finds supplier invoices and suppliers in SAP, and follows clearings and payment blocks there',
      [
        ...readSap,
        ...keepLedger,
        ...sends(queues['bill-work'].queue, keys.work),
        ...sends(queues['sap-work'].queue, keys.work),
      ],
    );
    this.pollBill = poll(
      'PollBill',
      'poll-bill',
      'Finds payments, vendors and bills in BILL that changed and no notification told of',
      [
        ...readBill,
        ...keepLedger,
        ...sends(queues['bill-work'].queue, keys.work),
        ...sends(queues['sap-work'].queue, keys.work),
      ],
    );

    this.readBothSides = poll(
      'ReadBothSides',
      'read-both-sides',
      'Keeps what the connector knows of the accounts and cost centers of both sides',
      [...readSap, ...readBill, ...keepLedger],
    );

    this.receiveBillEvent = new ConnectorFunction(this, 'ReceiveBillEvent', {
      ...common,
      entry: 'receive-bill-event',
      description: "Takes BILL's notifications",
      timeout: webhookTimeout,
      memorySize: 1024,
      may: [...readBill, ...sends(queues['sap-work'].queue, keys.work)],
    });

    const consumer = (
      name: string,
      entry: string,
      description: string,
      work: WorkQueue,
      may: PolicyStatement[] = [],
    ) => {
      const each = new ConnectorFunction(this, name, {
        ...common,
        entry,
        description,
        timeout: Duration.seconds(CONSUMER_TIMEOUT_SECONDS),
        memorySize: 512,
        reservedConcurrentExecutions: consumerConcurrency,
        may: [
          ...readSap,
          ...readBill,
          ...keepLedger,
          ...consumes(work.queue, keys.work),
          ...sends(work.deadLetters, keys.work),
          ...may,
        ],
      });
      feed(each, work);
      return each;
    };
    this.writeBill = consumer(
      'WriteBill',
      'write-bill',
      'Hands invoices over to BILL',
      queues['bill-work'],
      // An invoice whose bill agrees again with SAP goes its normal way anew (lib/journeys/drift/look-at-bill.ts).
      sends(queues['bill-work'].queue, keys.work),
    );
    this.writeSap = consumer('WriteSap', 'write-sap', 'Returns payments to SAP', queues['sap-work']);
  }

  all(): [string, ConnectorFunction][] {
    return [
      ['poll-sap', this.pollSap],
      ['write-bill', this.writeBill],
      ['receive-bill-event', this.receiveBillEvent],
      ['poll-bill', this.pollBill],
      ['read-both-sides', this.readBothSides],
      ['write-sap', this.writeSap],
    ];
  }
}

/** Maximum concurrency beside the reserved one: the reserved one alone drives good messages into the dead letters (AWS dossier §C1). */
function feed(consumer: ConnectorFunction, { queue }: WorkQueue): void {
  new EventSourceMapping(consumer, 'Work', {
    target: consumer.function,
    eventSourceArn: queue.queueArn,
    batchSize: BATCH_SIZE,
    maxConcurrency: consumerConcurrency,
    reportBatchItemFailures: true,
  });
}

function environmentOf({ config, ledger, queues, credentials }: FunctionsProps): Record<string, string> {
  return {
    CONNECTION: config.connection,
    LEDGER_TABLE: ledger.table.tableName,
    BILL_WORK_QUEUE: queues['bill-work'].queue.queueUrl,
    BILL_WORK_DEAD_LETTERS: queues['bill-work'].deadLetters.queueUrl,
    SAP_WORK_QUEUE: queues['sap-work'].queue.queueUrl,
    SAP_WORK_DEAD_LETTERS: queues['sap-work'].deadLetters.queueUrl,
    SAP_SECRET: credentials.sap.secretName,
    BILL_SECRET: credentials.bill.secretName,
  };
}

import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { ConnectorConfig } from '../config/connector-config.ts';
import { Alarms } from './alarms.ts';
import { Credentials } from './credentials.ts';
import { ConnectionDashboard } from './dashboard.ts';
import { ConnectorFunctions } from './functions.ts';
import { Keys } from './keys.ts';
import { LedgerTable } from './ledger-table.ts';
import { scheduledPolls } from './polls.ts';
import { Schedules } from './schedules.ts';
import { WebhookApi } from './webhook-api.ts';
import { WorkQueues } from './work-queues.ts';

export interface ConnectorStackProps extends StackProps {
  readonly config: ConnectorConfig;
  /** The file that `config` was read from; it goes with the functions' code. */
  readonly configFile: string;
}

/** One connection: one SAP tenant and one BILL organization in the customer's own account. */
export class ConnectorStack extends Stack {
  constructor(scope: Construct, { config, configFile, ...props }: ConnectorStackProps) {
    super(scope, `ml-connector-${config.connection}`, {
      description: `ml-connector: SAP S/4HANA Cloud and BILL, connection ${config.connection}`,
      ...props,
    });
    const keys = new Keys(this, 'Keys');
    const ledger = new LedgerTable(this, 'Ledger', keys.ledger);
    const queues = new WorkQueues(this, 'Queues', keys.work);
    const credentials = new Credentials(this, 'Credentials', keys.secrets);
    const functions = new ConnectorFunctions(this, 'Functions', {
      config,
      configFile,
      keys,
      ledger,
      queues,
      credentials,
    });
    const webhook = new WebhookApi(this, 'Webhook', functions.receiveBillEvent.function, keys.telemetry);
    const schedules = new Schedules(this, 'Schedules', keys.work, scheduledPolls(config, functions));
    const alarms = new Alarms(this, 'Alarms', {
      config,
      queues,
      undelivered: schedules.undelivered,
      polls: { 'poll-sap': functions.pollSap.function, 'poll-bill': functions.pollBill.function },
      readers: { 'read-both-sides': functions.readBothSides.function },
      consumers: { 'write-bill': functions.writeBill.function, 'write-sap': functions.writeSap.function },
      webhook: functions.receiveBillEvent.function,
      key: keys.telemetry,
    });
    const dashboard = new ConnectionDashboard(this, 'Dashboard', {
      config,
      queues,
      functions,
      ledger,
      webhook,
    });

    this.tell('WebhookUrl', webhook.url, "The notification URL of BILL's webhook subscription");
    this.tell('SapSecret', credentials.sap.secretName, 'Fill in how to reach SAP');
    this.tell('BillSecret', credentials.bill.secretName, 'Fill in how to reach BILL');
    this.tell('LedgerTable', ledger.table.tableName, 'For the command line');
    this.tell('BillWorkQueue', queues['bill-work'].queue.queueUrl, 'For the command line');
    this.tell('BillWorkDeadLetters', queues['bill-work'].deadLetters.queueUrl, 'For the command line');
    this.tell('SapWorkQueue', queues['sap-work'].queue.queueUrl, 'For the command line');
    this.tell('SapWorkDeadLetters', queues['sap-work'].deadLetters.queueUrl, 'For the command line');
    this.tell('AlarmTopic', alarms.topic.topicArn, 'Subscribe whoever is to be told of alarms');
    this.tell('DashboardName', dashboard.name, 'The CloudWatch dashboard');
  }

  private tell(id: string, value: string, description: string): void {
    new CfnOutput(this, id, { value, description });
  }
}

import { Duration } from 'aws-cdk-lib';
import type { IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Color, GraphWidget, type IMetric, Row, SingleValueWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { DefaultDashboardFactory, MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import type { ConnectorConfig } from '../config/connector-config.ts';
import type { Metric } from '../observe/observe.ts';
import type { ConnectorFunctions } from './functions.ts';
import type { LedgerTable } from './ledger-table.ts';
import { type OwnMetric, ownMetrics } from './metrics.ts';
import type { WebhookApi } from './webhook-api.ts';
import type { WorkQueues } from './work-queues.ts';

export interface DashboardProps {
  readonly config: ConnectorConfig;
  readonly queues: WorkQueues;
  readonly functions: ConnectorFunctions;
  readonly ledger: LedgerTable;
  readonly webhook: WebhookApi;
}

const width = 12;
const hour = Duration.hours(1);
const fiveMinutes = Duration.minutes(5);

/** Both journeys on top, in the words of the product; queues, functions, table and API below. */
export class ConnectionDashboard extends Construct {
  readonly name: string;
  private readonly own: OwnMetric;

  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    const { connection } = props.config;
    this.own = ownMetrics(connection);
    this.name = `ml-connector-${connection}`;
    const monitoring = new MonitoringFacade(this, 'Monitoring', {
      dashboardFactory: new DefaultDashboardFactory(this, 'Dashboards', {
        dashboardNamePrefix: this.name,
        detailDashboardRange: Duration.days(1),
      }),
    });
    this.journeys(monitoring, props);
    this.technology(monitoring, props);
  }

  private journeys(monitoring: MonitoringFacade, { config, queues }: DashboardProps): void {
    const { connection, bill } = config;
    monitoring
      .addLargeHeader(`Connection ${connection}: SAP S/4HANA Cloud and BILL`)
      .addWidget(this.today())
      .addWidget(
        new Row(
          this.counts('Invoices: SAP to BILL', [
            'InvoicesFound',
            'BillsCreated',
            'BillsChanged',
            'VendorsCreated',
          ]),
          this.counts('Payments: BILL to SAP', [
            'PaymentsFound',
            'EntriesPosted',
            'WebhooksTaken',
            'WebhooksRefused',
          ]),
        ),
      )
      .addWidget(
        new Row(
          this.counts('What needs a person, what waits', [
            'ExceptionsRaised',
            'MessagesWaiting',
            'MessagesPutAside',
          ]),
          this.counts('What is refused', ['CredentialsRefused', 'SubscriptionOff', 'PollsFailed']),
        ),
      )
      .addWidget(new Row(this.callsToBill(bill.callsPerHour), queueDepths(queues)));
  }

  /** The casts: under exactOptionalPropertyTypes CDK's classes do not fit CDK's own interfaces. */
  private technology(
    monitoring: MonitoringFacade,
    { queues, functions, ledger, webhook }: DashboardProps,
  ): void {
    monitoring.addLargeHeader('Queues');
    for (const [name, { queue, deadLetters }] of queues.all()) {
      monitoring.monitorSqsQueueWithDlq({ queue, deadLetterQueue: deadLetters, humanReadableName: name });
    }
    monitoring.addLargeHeader('Functions');
    for (const [name, each] of functions.all()) {
      monitoring.monitorLambdaFunction({ lambdaFunction: each.function, humanReadableName: name });
    }
    monitoring
      .addLargeHeader('Ledger and webhook')
      .monitorDynamoTable({ table: ledger.table as ITable, humanReadableName: 'ledger' })
      .monitorApiGatewayV2HttpApi({
        api: webhook.api as IHttpApi,
        apiStage: webhook.stage.stageName,
        humanReadableName: 'webhook',
      });
  }

  private today(): SingleValueWidget {
    const names: Metric[] = ['BillsCreated', 'EntriesPosted', 'ExceptionsRaised', 'BillCalls'];
    return new SingleValueWidget({
      title: 'In the time shown',
      width: 24,
      height: 3,
      setPeriodToTimeRange: true,
      metrics: names.map((name) => this.own(name, fiveMinutes)),
    });
  }

  private callsToBill(budget: number): GraphWidget {
    return new GraphWidget({
      title: 'BILL calls an hour',
      width,
      left: [this.own('BillCalls', hour)],
      right: [this.own('BillLogins', hour)],
      leftAnnotations: [{ value: budget, label: 'budget', color: Color.RED }],
    });
  }

  private counts(title: string, names: Metric[]): GraphWidget {
    return new GraphWidget({ title, width, left: names.map((name) => this.own(name, fiveMinutes)) });
  }
}

function queueDepths(queues: WorkQueues): GraphWidget {
  const waiting: IMetric[] = [];
  const oldest: IMetric[] = [];
  for (const [name, { queue }] of queues.all()) {
    waiting.push(
      queue.metricApproximateNumberOfMessagesVisible({ label: `${name}: messages`, period: fiveMinutes }),
    );
    oldest.push(
      queue.metricApproximateAgeOfOldestMessage({ label: `${name}: oldest, seconds`, period: fiveMinutes }),
    );
  }
  return new GraphWidget({ title: 'Work in the queues', width, left: waiting, right: oldest });
}

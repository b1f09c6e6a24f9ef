import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { emptySecrets } from '../../lib/infra/credentials.ts';
import { MAX_RECEIVE_COUNT } from '../../lib/work/back-off.ts';
import { arnOf, refTo, Synthesized } from './synthesized.ts';

const stack = new Synthesized();
const { template } = stack;
const key = (name: string) => arnOf(stack.at(`Keys/${name}`));

describe('the ledger', () => {
  const table = stack.at('Ledger/Table');

  test('is one table with the two sparse indexes', () => {
    template.resourceCountIs('AWS::DynamoDB::Table', 1);
    expect(table.Properties.KeySchema).toEqual([
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ]);
    const indexes: { IndexName: string; KeySchema: { AttributeName: string }[]; Projection: object }[] =
      table.Properties.GlobalSecondaryIndexes;
    const shapes = indexes.map(({ IndexName, KeySchema, Projection }) => [
      IndexName,
      ...KeySchema.map(({ AttributeName }) => AttributeName),
      Projection,
    ]);
    expect(shapes).toEqual([
      ['worklist', 'worklist', 'sort', { ProjectionType: 'ALL' }],
      ['kind', 'kind', 'sort', { ProjectionType: 'ALL' }],
    ]);
  });

  test('is on demand, restorable, protected, encrypted with its own key, and retained', () => {
    expect(table.Properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      DeletionProtectionEnabled: true,
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: key('Ledger') },
    });
    expect(table.DeletionPolicy).toBe('Retain');
  });
});

test.each([
  ['Ledger', 'Retain'],
  ['Secrets', 'Retain'],
  ['Telemetry', 'Retain'],
  ['Work', 'Delete'],
])('the key %s rotates; deletion: %s', (name, deletionPolicy) => {
  const resource = stack.at(`Keys/${name}`);
  expect(resource.Properties.EnableKeyRotation).toBe(true);
  expect(resource.DeletionPolicy).toBe(deletionPolicy);
});

describe.each([
  ['BillWork', 'WriteBill'],
  ['SapWork', 'WriteSap'],
])('the queue %s and its consumer %s', (queueName, consumerName) => {
  const queue = stack.at(`Queues/${queueName}`);
  const deadLetters = stack.at(`Queues/${queueName}DeadLetters`);
  const consumer = stack.at(`Functions/${consumerName}/Function`);
  const mapping = stack.at(`Functions/${consumerName}/Work`);

  test('are FIFO, encrypted and kept for 14 days, dead letters too', () => {
    for (const each of [queue, deadLetters]) {
      expect(each.Properties).toMatchObject({
        FifoQueue: true,
        KmsMasterKeyId: key('Work'),
        MessageRetentionPeriod: 14 * 24 * 3600,
      });
    }
  });

  test('put aside only after a six-hour outage and some more tries', () => {
    expect(queue.Properties.RedrivePolicy).toEqual({
      deadLetterTargetArn: arnOf(deadLetters),
      maxReceiveCount: MAX_RECEIVE_COUNT,
    });
  });

  test('hide a message at least six times as long as the function may run', () => {
    expect(queue.Properties.VisibilityTimeout).toBeGreaterThanOrEqual(6 * consumer.Properties.Timeout);
  });

  test('take at most 3 batches at once, by reserved and by maximum concurrency', () => {
    expect(consumer.Properties.ReservedConcurrentExecutions).toBe(3);
    expect(mapping.Properties).toEqual({
      FunctionName: refTo(consumer),
      EventSourceArn: arnOf(queue),
      BatchSize: 10,
      ScalingConfig: { MaximumConcurrency: 3 },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
  });
});

describe.each([
  ['PollSap', 1],
  ['PollBill', 1],
  ['ReadBothSides', 1],
  ['ReceiveBillEvent', undefined],
  ['WriteBill', 3],
  ['WriteSap', 3],
])('the function %s', (name, reserved) => {
  const { Properties } = stack.at(`Functions/${name}/Function`);

  test('runs on Node.js 24 on ARM, traced, with source maps', () => {
    expect(Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      TracingConfig: { Mode: 'Active' },
      Handler: 'index.handler',
      Environment: { Variables: { CONNECTION: 'example-us', NODE_OPTIONS: '--enable-source-maps' } },
    });
    expect(Properties.ReservedConcurrentExecutions).toBe(reserved);
  });

  test('logs as JSON to its own encrypted log group, kept for half a year', () => {
    const logs = stack.at(`Functions/${name}/Logs`);
    expect(Properties.LoggingConfig).toEqual({ LogFormat: 'JSON', LogGroup: refTo(logs) });
    expect(logs.Properties).toMatchObject({ RetentionInDays: 180, KmsKeyId: key('Telemetry') });
    expect(logs.DeletionPolicy).toBe('Retain');
  });

  test('knows where everything is, and no secret', () => {
    expect(Properties.Environment.Variables).toMatchObject({
      LEDGER_TABLE: refTo(stack.at('Ledger/Table')),
      BILL_WORK_QUEUE: refTo(stack.at('Queues/BillWork')),
      BILL_WORK_DEAD_LETTERS: refTo(stack.at('Queues/BillWorkDeadLetters')),
      SAP_WORK_QUEUE: refTo(stack.at('Queues/SapWork')),
      SAP_WORK_DEAD_LETTERS: refTo(stack.at('Queues/SapWorkDeadLetters')),
    });
    expect(JSON.stringify(Properties.Environment)).not.toContain('resolve:secretsmanager');
  });
});

test('the webhook answers before an API Gateway gives up', () => {
  expect(stack.at('Functions/ReceiveBillEvent/Function').Properties.Timeout).toBeLessThan(30);
});

describe('the secrets', () => {
  test.each([
    ['Sap', emptySecrets.sap],
    ['Bill', emptySecrets.bill],
  ])('%s is created empty, encrypted with the key of the secrets, and retained', (name, text) => {
    const secret = stack.at(`Credentials/${name}`);
    expect(secret.Properties).toMatchObject({ SecretString: text, KmsKeyId: key('Secrets') });
    expect(secret.DeletionPolicy).toBe('Retain');
  });

  test('keep the texts of the first release: another text would overwrite credentials at the next deploy', () => {
    expect(emptySecrets).toEqual({
      sap: '{"baseUrl":"","auth":{"type":"oauth2","tokenUrl":"","clientId":"","clientSecret":""}}',
      bill: '{"baseUrl":"","eventsBaseUrl":"","devKey":"","organizationId":"","username":"","password":"","webhookSecurityKey":""}',
    });
  });
});

describe('the schedules', () => {
  test.each([
    ['FindInvoices', 'PollSap', 'rate(5 minutes)', 300, { task: 'find-invoices' }],
    ['RecheckInvoices', 'PollSap', 'rate(30 minutes)', 1800, { task: 'recheck-invoices' }],
    ['FollowUp', 'PollSap', 'rate(10 minutes)', 600, { task: 'follow-up' }],
    ['FindPayments', 'PollBill', 'rate(5 minutes)', 300, { task: 'find-payments' }],
    ['ReadReferenceData', 'ReadBothSides', 'rate(1 hour)', 3600, { task: 'read-reference-data' }],
    ['TieOut', 'ReadBothSides', 'rate(1 day)', 86400, { task: 'tie-out' }],
    ['WatchInvoices', 'PollSap', 'rate(6 hours)', 21_600, { task: 'watch-invoices' }],
    ['WatchPayments', 'PollBill', 'rate(6 hours)', 21_600, { task: 'watch-payments' }],
  ])('%s calls %s', (name, functionName, rate, age, event) => {
    expect(stack.at(`Schedules/${name}`).Properties).toMatchObject({
      ScheduleExpression: rate,
      State: 'ENABLED',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: arnOf(stack.at(`Functions/${functionName}/Function`)),
        RoleArn: arnOf(stack.at(`Schedules/${name}Role`)),
        Input: JSON.stringify(event),
        RetryPolicy: { MaximumEventAgeInSeconds: age, MaximumRetryAttempts: 3 },
        DeadLetterConfig: { Arn: arnOf(stack.at('Schedules/Undelivered')) },
      },
    });
  });

  test('what cannot be delivered goes to a standard queue, the only kind the scheduler takes', () => {
    expect(stack.at('Schedules/Undelivered').Properties).toMatchObject({ KmsMasterKeyId: key('Work') });
    expect(stack.at('Schedules/Undelivered').Properties.FifoQueue).toBeUndefined();
  });

  test.each(['PollSap', 'PollBill', 'ReadBothSides'])(
    '%s is not repeated by Lambda: the next poll is near',
    (name) => {
      expect(stack.at(`Functions/${name}/Async`).Properties).toMatchObject({ MaximumRetryAttempts: 0 });
    },
  );

  test.each(['PollSap', 'PollBill', 'ReadBothSides'])(
    'no task of %s is dropped while the others take their longest',
    (name) => {
      const target = arnOf(stack.at(`Functions/${name}/Function`));
      const schedules = stack.ofType('AWS::Scheduler::Schedule').map(({ Properties }) => Properties);
      const tasks = schedules.filter(({ Target }) => isDeepStrictEqual(Target.Arn, target)).length;
      const { Timeout } = stack.at(`Functions/${name}/Function`).Properties;
      const { MaximumEventAgeInSeconds } = stack.at(`Functions/${name}/Async`).Properties;
      expect(tasks).toBeGreaterThan(1);
      expect(MaximumEventAgeInSeconds).toBeGreaterThanOrEqual(tasks * Timeout);
    },
  );
});

describe('the webhook', () => {
  test('is one POST route', () => {
    const routes = stack.ofType('AWS::ApiGatewayV2::Route').map(({ Properties }) => Properties.RouteKey);
    expect(routes).toEqual(['POST /webhooks/bill']);
  });

  test('is throttled and writes access logs', () => {
    expect(stack.at('Webhook/Stage').Properties).toMatchObject({
      AutoDeploy: true,
      StageName: '$default',
      DefaultRouteSettings: { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 50 },
      AccessLogSettings: { DestinationArn: arnOf(stack.at('Webhook/AccessLog')) },
    });
  });
});

describe('the alarms', () => {
  const topic = stack.at('Alarms/Topic');
  const alarms = stack.ofType('AWS::CloudWatch::Alarm');

  test('go to an encrypted topic and to the configured address', () => {
    expect(topic.Properties.KmsMasterKeyId).toEqual(key('Telemetry'));
    template.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'accounts-payable@example.com',
      TopicArn: refTo(topic),
    });
  });

  test('all tell when they go off and when it is over, and say what to do', () => {
    for (const { Properties } of alarms) {
      expect(Properties.AlarmActions).toEqual([refTo(topic)]);
      expect(Properties.OKActions).toEqual([refTo(topic)]);
      expect(Properties.AlarmDescription.length).toBeGreaterThan(60);
    }
  });

  test.each([
    ['bill-work-dead-letters', 'ApproximateNumberOfMessagesVisible', 1],
    ['sap-work-dead-letters', 'ApproximateNumberOfMessagesVisible', 1],
    ['bill-work-oldest-message', 'ApproximateAgeOfOldestMessage', 7 * 3600],
    ['sap-work-oldest-message', 'ApproximateAgeOfOldestMessage', 7 * 3600],
    ['schedules-undelivered', 'ApproximateNumberOfMessagesVisible', 1],
    ['polls-failed', 'PollsFailed', 3],
    ['credentials-refused', 'CredentialsRefused', 1],
    ['subscription-off', 'SubscriptionOff', 1],
    ['tie-out-differences', 'TieOutDifferences', 1],
    ['webhooks-refused', 'WebhooksRefused', 20],
    ['write-bill-errors', 'Errors', 1],
    ['write-bill-throttled', 'Throttles', 1],
  ])('%s watches %s', (name, MetricName, Threshold) => {
    expect(stack.at(`Alarms/${name}`).Properties).toMatchObject({
      MetricName,
      Threshold,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
    });
  });

  test('own metrics carry the namespace and the connection, as the functions write them', () => {
    expect(stack.at('Alarms/polls-failed').Properties).toMatchObject({
      Namespace: 'ml-connector',
      Dimensions: [{ Name: 'service', Value: 'example-us' }],
      Statistic: 'Sum',
      Period: 4 * 5 * 60,
    });
  });

  test('a poll that no longer runs is told by the data that stay away', () => {
    expect(stack.at('Alarms/poll-sap-silent').Properties).toMatchObject({
      MetricName: 'Invocations',
      TreatMissingData: 'missing',
      InsufficientDataActions: [refTo(topic)],
    });
  });
});

test('the dashboard shows both journeys, the queues, what needs a person and the budget', () => {
  const body = JSON.stringify(stack.ofType('AWS::CloudWatch::Dashboard').map(({ Properties }) => Properties));
  for (const shown of [
    'BillsCreated',
    'EntriesPosted',
    'ExceptionsRaised',
    'BillCalls',
    'ApproximateAgeOfOldestMessage',
    '18000',
  ]) {
    expect(body).toContain(shown);
  }
});

test('the outputs name what an operator and the command line need', () => {
  expect(Object.keys(template.findOutputs('*'))).toEqual([
    'WebhookUrl',
    'SapSecret',
    'BillSecret',
    'LedgerTable',
    'BillWorkQueue',
    'BillWorkDeadLetters',
    'SapWorkQueue',
    'SapWorkDeadLetters',
    'AlarmTopic',
    'DashboardName',
  ]);
});

test('nothing needs a bootstrap look-up, a fixed account or a fixed region', () => {
  expect(JSON.stringify(template.toJSON())).not.toMatch(/arn:aws:[a-z0-9]*:[a-z]/);
});

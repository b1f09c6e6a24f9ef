import { describe, expect, test } from 'vitest';
import { arn, isAllowed, type Statement } from './iam.ts';
import { Synthesized } from './synthesized.ts';

const stack = new Synthesized();
const idOf = (path: string) => stack.at(path).id;

/** Every resource of the stack, in the words of the tables below. */
const resources = {
  ledger: arn(idOf('Ledger/Table')),
  'ledger/worklist': `${arn(idOf('Ledger/Table'))}/index/worklist`,
  'ledger/kind': `${arn(idOf('Ledger/Table'))}/index/kind`,
  'bill-work': arn(idOf('Queues/BillWork')),
  'bill-work-dead': arn(idOf('Queues/BillWorkDeadLetters')),
  'sap-work': arn(idOf('Queues/SapWork')),
  'sap-work-dead': arn(idOf('Queues/SapWorkDeadLetters')),
  undelivered: arn(idOf('Schedules/Undelivered')),
  'sap-secret': arn(idOf('Credentials/Sap')),
  'bill-secret': arn(idOf('Credentials/Bill')),
  'ledger-key': arn(idOf('Keys/Ledger')),
  'secrets-key': arn(idOf('Keys/Secrets')),
  'work-key': arn(idOf('Keys/Work')),
  'telemetry-key': arn(idOf('Keys/Telemetry')),
  'alarm-topic': arn(idOf('Alarms/Topic')),
} as const;
type ResourceName = keyof typeof resources | `fn:${string}` | `logs:${string}` | 'anything-else';

const functionNames = ['PollSap', 'PollBill', 'ReceiveBillEvent', 'WriteBill', 'WriteSap'] as const;
const arnOfName = (name: ResourceName): string => {
  if (name in resources) return resources[name as keyof typeof resources];
  if (name.startsWith('fn:')) return arn(idOf(`Functions/${name.slice(3)}/Function`));
  if (name.startsWith('logs:')) return arn(idOf(`Functions/${name.slice(5)}/Logs`));
  return 'arn:aws:other:us-east-1:111122223333:of-somebody-else';
};

const everyResource: ResourceName[] = [
  ...(Object.keys(resources) as (keyof typeof resources)[]),
  ...functionNames.flatMap((name) => [`fn:${name}`, `logs:${name}`] as const),
  'anything-else',
];

/** What the functions do, and what somebody who took one over would like to do. */
const everyAction = [
  ...[
    'GetItem',
    'PutItem',
    'DeleteItem',
    'Query',
    'Scan',
    'UpdateItem',
    'BatchWriteItem',
    'BatchGetItem',
  ].map((name) => `dynamodb:${name}`),
  ...['DeleteTable', 'UpdateTable', 'ExportTableToPointInTime', 'PartiQLSelect'].map(
    (name) => `dynamodb:${name}`,
  ),
  ...['SendMessage', 'ReceiveMessage', 'DeleteMessage', 'ChangeMessageVisibility', 'GetQueueAttributes'].map(
    (name) => `sqs:${name}`,
  ),
  ...['PurgeQueue', 'SetQueueAttributes', 'DeleteQueue', 'StartMessageMoveTask'].map((name) => `sqs:${name}`),
  ...['GetSecretValue', 'PutSecretValue', 'UpdateSecret', 'DeleteSecret', 'ListSecrets'].map(
    (name) => `secretsmanager:${name}`,
  ),
  ...['CreateLogStream', 'PutLogEvents', 'DeleteLogGroup', 'GetLogEvents'].map((name) => `logs:${name}`),
  ...['InvokeFunction', 'UpdateFunctionCode', 'GetFunction'].map((name) => `lambda:${name}`),
  ...['iam:PassRole', 'sts:AssumeRole', 'sns:Publish', 'xray:GetTraceSummaries', 's3:GetObject'],
];
const everyKeyAction = [
  'Decrypt',
  'Encrypt',
  'GenerateDataKey',
  'DescribeKey',
  'CreateGrant',
  'ScheduleKeyDeletion',
  'PutKeyPolicy',
  'ReEncryptFrom',
].map((name) => `kms:${name}`);
const everyService = ['dynamodb', 'sqs', 'secretsmanager', 'sns', 'logs'];

/** `action resource`, for a key `action key service`. */
const ledger = [
  ...['GetItem', 'PutItem', 'DeleteItem', 'Query'].map((name) => `dynamodb:${name} ledger`),
  'dynamodb:Query ledger/worklist',
  'dynamodb:Query ledger/kind',
  ...['Decrypt', 'Encrypt', 'GenerateDataKey', 'DescribeKey'].map(
    (name) => `kms:${name} ledger-key dynamodb`,
  ),
];
const reads = (secret: string) => [
  `secretsmanager:GetSecretValue ${secret}`,
  'kms:Decrypt secrets-key secretsmanager',
];
const sends = (queue: string) => [
  `sqs:SendMessage ${queue}`,
  'kms:GenerateDataKey work-key sqs',
  'kms:Decrypt work-key sqs',
];
const consumes = (queue: string) => [
  ...['ReceiveMessage', 'DeleteMessage', 'ChangeMessageVisibility', 'GetQueueAttributes'].map(
    (name) => `sqs:${name} ${queue}`,
  ),
  'kms:Decrypt work-key sqs',
];
const logs = (name: string) => [`logs:CreateLogStream logs:${name}`, `logs:PutLogEvents logs:${name}`];

const mayDo: Record<string, string[]> = {
  'Functions/PollSap/Role': [...ledger, ...reads('sap-secret'), ...sends('bill-work'), ...logs('PollSap')],
  'Functions/PollBill/Role': [...ledger, ...reads('bill-secret'), ...sends('sap-work'), ...logs('PollBill')],
  'Functions/ReceiveBillEvent/Role': [
    ...reads('bill-secret'),
    ...sends('sap-work'),
    ...logs('ReceiveBillEvent'),
  ],
  'Functions/WriteBill/Role': [
    ...ledger,
    ...reads('sap-secret'),
    ...reads('bill-secret'),
    ...consumes('bill-work'),
    ...sends('bill-work-dead'),
    ...logs('WriteBill'),
  ],
  'Functions/WriteSap/Role': [
    ...ledger,
    ...reads('sap-secret'),
    ...reads('bill-secret'),
    ...consumes('sap-work'),
    ...sends('sap-work-dead'),
    ...logs('WriteSap'),
  ],
  'Schedules/FindInvoicesRole': ['lambda:InvokeFunction fn:PollSap', ...sends('undelivered')],
  'Schedules/RecheckInvoicesRole': ['lambda:InvokeFunction fn:PollSap', ...sends('undelivered')],
  'Schedules/FindPaymentsRole': ['lambda:InvokeFunction fn:PollBill', ...sends('undelivered')],
};

describe.each(Object.entries(mayDo))('%s', (path, expected) => {
  const statements = statementsOf(path);
  const allowed = [...new Set([...allowedOnResources(statements), ...allowedOnKeys(statements)])].sort();

  test('allows just what its function does and denies the rest', () => {
    expect(allowed).toEqual([...new Set(expected)].sort());
  });

  test('uses no key directly, past the service that the key is for', () => {
    for (const name of everyResource.filter((each) => each.endsWith('-key'))) {
      for (const action of everyKeyAction) {
        expect(isAllowed(statements, { action, resource: arnOfName(name) })).toBe(false);
      }
    }
  });
});

test('there is no role that the table does not know, and no policy beside the roles', () => {
  expect(stack.ofType('AWS::IAM::Role')).toHaveLength(Object.keys(mayDo).length);
  expect(stack.ofType('AWS::IAM::Policy')).toEqual([]);
  expect(stack.ofType('AWS::IAM::ManagedPolicy')).toEqual([]);
  for (const role of stack.ofType('AWS::IAM::Role'))
    expect(role.Properties.ManagedPolicyArns).toBeUndefined();
});

test('functions may trace, schedules may not', () => {
  for (const path of Object.keys(mayDo)) {
    const call = { action: 'xray:PutTraceSegments', resource: '*' };
    expect(isAllowed(statementsOf(path), call)).toBe(path.startsWith('Functions/'));
  }
});

test.each(['BillWork', 'BillWorkDeadLetters', 'SapWork', 'SapWorkDeadLetters'])(
  '%s takes nothing without TLS',
  (id) => {
    const { PolicyDocument } = stack.at(`Queues/${id}/Policy`).Properties;
    const everything: Statement = { Effect: 'Allow', Action: '*', Resource: '*' };
    const call = { action: 'sqs:SendMessage', resource: arn(idOf(`Queues/${id}`)) };
    const withTls = (secure: string) =>
      isAllowed([everything, ...PolicyDocument.Statement], {
        ...call,
        context: { 'aws:SecureTransport': secure },
      });
    expect([withTls('true'), withTls('false')]).toEqual([true, false]);
  },
);

test('only its own route may call the webhook function', () => {
  const permissions = stack.ofType('AWS::Lambda::Permission').map(({ Properties }) => Properties);
  expect(permissions).toHaveLength(1);
  expect(permissions[0]).toMatchObject({
    Action: 'lambda:InvokeFunction',
    Principal: 'apigateway.amazonaws.com',
    FunctionName: { 'Fn::GetAtt': [idOf('Functions/ReceiveBillEvent/Function'), 'Arn'] },
  });
  expect(JSON.stringify(permissions[0]?.SourceArn)).toContain('/*/*/webhooks/bill');
});

function statementsOf(path: string): Statement[] {
  const policies: { PolicyDocument: { Statement: Statement[] } }[] = stack.at(path).Properties.Policies;
  return policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

function allowedOnResources(statements: Statement[]): string[] {
  return everyResource.flatMap((name) =>
    everyAction
      .filter((action) => isAllowed(statements, { action, resource: arnOfName(name) }))
      .map((action) => `${action} ${name}`),
  );
}

function allowedOnKeys(statements: Statement[]): string[] {
  return everyResource.flatMap((name) =>
    everyKeyAction.flatMap((action) =>
      everyService
        .filter((service) => {
          const context = { 'kms:ViaService': `${service}.us-east-1.amazonaws.com` };
          return isAllowed(statements, { action, resource: arnOfName(name), context });
        })
        .map((service) => `${action} ${name} ${service}`),
    ),
  );
}

import { describe, expect, test } from 'vitest';
import { arn, isAllowed, type Statement } from './iam.ts';
import { namedResources, statementsOf } from './named-resources.ts';
import { Synthesized } from './synthesized.ts';

const stack = new Synthesized();
const idOf = (path: string) => stack.at(path).id;
const resources = Object.entries(namedResources(stack));
const keys = resources.filter(([name]) => name.endsWith('-key'));

const ofService = (service: string, ...names: string[]) => names.map((name) => `${service}:${name}`);

/** What the functions do, and what somebody who took one over would like to do. */
const actions = [
  ...ofService(
    'dynamodb',
    'GetItem',
    'PutItem',
    'DeleteItem',
    'Query',
    'Scan',
    'UpdateItem',
    'BatchWriteItem',
  ),
  ...ofService(
    'dynamodb',
    'BatchGetItem',
    'DeleteTable',
    'UpdateTable',
    'ExportTableToPointInTime',
    'PartiQLSelect',
  ),
  ...ofService(
    'sqs',
    'SendMessage',
    'ReceiveMessage',
    'DeleteMessage',
    'ChangeMessageVisibility',
    'GetQueueAttributes',
  ),
  ...ofService('sqs', 'PurgeQueue', 'SetQueueAttributes', 'DeleteQueue', 'StartMessageMoveTask'),
  ...ofService(
    'secretsmanager',
    'GetSecretValue',
    'PutSecretValue',
    'UpdateSecret',
    'DeleteSecret',
    'ListSecrets',
  ),
  ...ofService('logs', 'CreateLogStream', 'PutLogEvents', 'DeleteLogGroup', 'GetLogEvents'),
  ...ofService('lambda', 'InvokeFunction', 'UpdateFunctionCode', 'GetFunction'),
  ...['iam:PassRole', 'sts:AssumeRole', 'sns:Publish', 'xray:GetTraceSummaries', 's3:GetObject'],
];
const keyActions = [
  ...ofService('kms', 'Decrypt', 'Encrypt', 'GenerateDataKey', 'DescribeKey'),
  ...ofService('kms', 'CreateGrant', 'ScheduleKeyDeletion', 'PutKeyPolicy', 'ReEncryptFrom'),
];
const services = ['dynamodb', 'sqs', 'secretsmanager', 'sns', 'logs'];

/** `action resource`, for a key `action key service`. */
const on = (resource: string, allowed: string[]) => allowed.map((action) => `${action} ${resource}`);
const ledger = [
  ...on('ledger', ofService('dynamodb', 'GetItem', 'PutItem', 'DeleteItem', 'Query')),
  'dynamodb:Query ledger/worklist',
  'dynamodb:Query ledger/kind',
  ...on('ledger-key dynamodb', ofService('kms', 'Decrypt', 'Encrypt', 'GenerateDataKey', 'DescribeKey')),
];
const reads = (secret: string) => [
  `secretsmanager:GetSecretValue ${secret}`,
  'kms:Decrypt secrets-key secretsmanager',
];
const sends = (queue: string) => [
  `sqs:SendMessage ${queue}`,
  ...on('work-key sqs', ['kms:GenerateDataKey', 'kms:Decrypt']),
];
const consumes = (queue: string) => [
  ...on(
    queue,
    ofService('sqs', 'ReceiveMessage', 'DeleteMessage', 'ChangeMessageVisibility', 'GetQueueAttributes'),
  ),
  'kms:Decrypt work-key sqs',
];
const logs = (name: string) => on(`logs:${name}`, ofService('logs', 'CreateLogStream', 'PutLogEvents'));
const bothSecrets = [...reads('sap-secret'), ...reads('bill-secret')];

const mayDo: Record<string, string[]> = {
  'Functions/PollSap/Role': [
    ...ledger,
    ...reads('sap-secret'),
    ...sends('bill-work'),
    ...sends('sap-work'),
    ...logs('PollSap'),
  ],
  'Functions/PollBill/Role': [
    ...ledger,
    ...reads('bill-secret'),
    ...sends('bill-work'),
    ...sends('sap-work'),
    ...logs('PollBill'),
  ],
  'Functions/ReadBothSides/Role': [...ledger, ...bothSecrets, ...logs('ReadBothSides')],
  'Functions/ReceiveBillEvent/Role': [
    ...reads('bill-secret'),
    ...sends('sap-work'),
    ...logs('ReceiveBillEvent'),
  ],
  'Functions/WriteBill/Role': [
    ...ledger,
    ...bothSecrets,
    ...consumes('bill-work'),
    ...sends('bill-work'),
    ...sends('bill-work-dead'),
    ...logs('WriteBill'),
  ],
  'Functions/WriteSap/Role': [
    ...ledger,
    ...bothSecrets,
    ...consumes('sap-work'),
    ...sends('sap-work-dead'),
    ...logs('WriteSap'),
  ],
  'Schedules/FindInvoicesRole': ['lambda:InvokeFunction fn:PollSap', ...sends('undelivered')],
  'Schedules/RecheckInvoicesRole': ['lambda:InvokeFunction fn:PollSap', ...sends('undelivered')],
  'Schedules/FollowUpRole': ['lambda:InvokeFunction fn:PollSap', ...sends('undelivered')],
  'Schedules/WatchInvoicesRole': ['lambda:InvokeFunction fn:PollSap', ...sends('undelivered')],
  'Schedules/WatchPaymentsRole': ['lambda:InvokeFunction fn:PollBill', ...sends('undelivered')],
  'Schedules/FindSuppliersRole': ['lambda:InvokeFunction fn:PollSap', ...sends('undelivered')],
  'Schedules/CompareSuppliersRole': ['lambda:InvokeFunction fn:PollSap', ...sends('undelivered')],
  'Schedules/FindVendorsRole': ['lambda:InvokeFunction fn:PollBill', ...sends('undelivered')],
  'Schedules/FindPaymentsRole': ['lambda:InvokeFunction fn:PollBill', ...sends('undelivered')],
  'Schedules/ReadReferenceDataRole': ['lambda:InvokeFunction fn:ReadBothSides', ...sends('undelivered')],
  'Schedules/TieOutRole': ['lambda:InvokeFunction fn:ReadBothSides', ...sends('undelivered')],
};

describe.each(Object.entries(mayDo))('%s', (path, expected) => {
  const statements = statementsOf(stack, path);

  test('allows just what its function does and denies the rest', () => {
    const allowed = [...allowedOnResources(statements), ...allowedThroughServices(statements)];
    expect(allowed.sort()).toEqual([...new Set(expected)].sort());
  });

  test('uses no key directly, past the service that the key is for', () => {
    for (const [, resource] of keys) {
      for (const action of keyActions) expect(isAllowed(statements, { action, resource })).toBe(false);
    }
  });
});

function allowedOnResources(statements: Statement[]): string[] {
  return resources.flatMap(([name, resource]) =>
    on(
      name,
      actions.filter((action) => isAllowed(statements, { action, resource })),
    ),
  );
}

function allowedThroughServices(statements: Statement[]): string[] {
  return resources.flatMap(([name, resource]) =>
    services.flatMap((service) => {
      const context = { 'kms:ViaService': `${service}.us-east-1.amazonaws.com` };
      const allowed = keyActions.filter((action) => isAllowed(statements, { action, resource, context }));
      return on(`${name} ${service}`, allowed);
    }),
  );
}

test('there is no role that the table does not know, and no policy beside the roles', () => {
  const roles = stack.ofType('AWS::IAM::Role');
  expect(roles).toHaveLength(Object.keys(mayDo).length);
  expect(stack.ofType('AWS::IAM::Policy')).toEqual([]);
  expect(stack.ofType('AWS::IAM::ManagedPolicy')).toEqual([]);
  for (const role of roles) expect(role.Properties.ManagedPolicyArns).toBeUndefined();
});

test('functions may trace, schedules may not', () => {
  for (const path of Object.keys(mayDo)) {
    const call = { action: 'xray:PutTraceSegments', resource: '*' };
    expect(isAllowed(statementsOf(stack, path), call)).toBe(path.startsWith('Functions/'));
  }
});

test.each(['BillWork', 'BillWorkDeadLetters', 'SapWork', 'SapWorkDeadLetters'])(
  '%s takes nothing without TLS',
  (id) => {
    const { PolicyDocument } = stack.at(`Queues/${id}/Policy`).Properties;
    const everything: Statement = { Effect: 'Allow', Action: '*', Resource: '*' };
    const call = { action: 'sqs:SendMessage', resource: arn(idOf(`Queues/${id}`)) };
    const allowedWith = (tls: string) =>
      isAllowed([everything, ...PolicyDocument.Statement], {
        ...call,
        context: { 'aws:SecureTransport': tls },
      });
    expect([allowedWith('true'), allowedWith('false')]).toEqual([true, false]);
  },
);

test('CloudWatch of this account may publish alarms, over TLS, and nobody else', () => {
  const { Statement: statements } = stack.at('Alarms/Topic/Policy').Properties.PolicyDocument;
  const allows = (account: string, tls: string) =>
    isAllowed(statements, {
      action: 'sns:Publish',
      resource: arn(idOf('Alarms/Topic')),
      context: { 'aws:SourceAccount': account, 'aws:SecureTransport': tls },
    });
  expect([
    allows('111122223333', 'true'),
    allows('111122223333', 'false'),
    allows('444455556666', 'true'),
  ]).toEqual([true, false, false]);
  expect(statements.filter(({ Effect }: Statement) => Effect === 'Allow')).toMatchObject([
    { Principal: { Service: 'cloudwatch.amazonaws.com' } },
  ]);
});

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

import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { LedgerTable } from './ledger-table.ts';

/**
 * What a function may do, statement by statement: exactly the calls of the doors (lib/ledger/dynamo-table.ts,
 * lib/work/sqs-queues.ts, lib/config/aws-secrets.ts) on exactly one resource. A key serves only through its service.
 */
export function keepsLedger({ table, indexArns }: LedgerTable, key: IKey): PolicyStatement[] {
  return [
    allow(
      ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem', 'dynamodb:Query'],
      [table.tableArn],
    ),
    allow(['dynamodb:Query'], indexArns),
    through('dynamodb', key, ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:DescribeKey']),
  ];
}

export function readsSecret(secret: Secret, key: IKey): PolicyStatement[] {
  return [
    allow(['secretsmanager:GetSecretValue'], [secret.secretArn]),
    through('secretsmanager', key, ['kms:Decrypt']),
  ];
}

export function sends(queue: IQueue, key: IKey): PolicyStatement[] {
  return [
    allow(['sqs:SendMessage'], [queue.queueArn]),
    through('sqs', key, ['kms:Decrypt', 'kms:GenerateDataKey']),
  ];
}

/** What Lambda's poller does in the function's name, and the hiding of a message that waits. */
export function consumes(queue: IQueue, key: IKey): PolicyStatement[] {
  return [
    allow(
      ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'],
      [queue.queueArn],
    ),
    through('sqs', key, ['kms:Decrypt']),
  ];
}

export function logs(group: ILogGroup): PolicyStatement {
  return allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [group.logGroupArn]);
}

/** X-Ray knows no resources (service authorization reference, "AWS X-Ray"). */
export function traces(): PolicyStatement {
  return allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], ['*']);
}

function allow(actions: string[], resources: string[]): PolicyStatement {
  return new PolicyStatement({ actions, resources });
}

function through(service: string, key: IKey, actions: string[]): PolicyStatement {
  return new PolicyStatement({
    actions,
    resources: [key.keyArn],
    conditions: { StringEquals: { 'kms:ViaService': `${service}.${Aws.REGION}.amazonaws.com` } },
  });
}

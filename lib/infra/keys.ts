import { Aws, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

/**
 * One customer-managed key per kind of data, rotated every year, so that a function that may send to a queue cannot
 * read the ledger or a secret. What outlives the stack keeps its key: without it the data would be lost.
 */
export class Keys extends Construct {
  readonly ledger: Key;
  readonly secrets: Key;
  readonly work: Key;
  readonly telemetry: Key;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.ledger = this.key('Ledger', 'the ledger', RemovalPolicy.RETAIN);
    this.secrets = this.key('Secrets', 'the credentials of SAP and BILL', RemovalPolicy.RETAIN);
    this.work = this.key('Work', 'the queues', RemovalPolicy.DESTROY);
    this.telemetry = this.key('Telemetry', 'logs and alarms', RemovalPolicy.RETAIN);
    this.telemetry.addToResourcePolicy(mayEncryptLogs());
    this.telemetry.addToResourcePolicy(mayPublishAlarms());
  }

  private key(id: string, what: string, removalPolicy: RemovalPolicy): Key {
    return new Key(this, id, {
      description: `ml-connector: ${what}`,
      enableKeyRotation: true,
      removalPolicy,
    });
  }
}

/** CloudWatch Logs encrypts with a key only where its policy names the service and the log groups (CloudWatch Logs user guide, "Encrypt log data"). */
function mayEncryptLogs(): PolicyStatement {
  return new PolicyStatement({
    principals: [new ServicePrincipal(`logs.${Aws.REGION}.amazonaws.com`)],
    actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
    resources: ['*'],
    conditions: {
      ArnLike: {
        'kms:EncryptionContext:aws:logs:arn': `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:*`,
      },
    },
  });
}

/** An alarm reaches an encrypted topic only so (CloudWatch user guide, "Amazon SNS encryption"). */
function mayPublishAlarms(): PolicyStatement {
  return new PolicyStatement({
    principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
    actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
    resources: ['*'],
    conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
  });
}

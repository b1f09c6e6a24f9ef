import { RemovalPolicy, SecretValue } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

/**
 * What the secrets hold until a person fills them in: the shape with empty values, which no function accepts.
 * Never change these texts: CloudFormation would write the new one over the customer's credentials.
 */
export const emptySecrets = {
  sap: '{"baseUrl":"","auth":{"type":"oauth2","tokenUrl":"","clientId":"","clientSecret":""}}',
  bill: '{"baseUrl":"","eventsBaseUrl":"","devKey":"","organizationId":"","username":"","password":"","webhookSecurityKey":""}',
} as const;

/** One secret per side, created empty and kept when the stack goes. */
export class Credentials extends Construct {
  readonly sap: Secret;
  readonly bill: Secret;

  constructor(scope: Construct, id: string, key: IKey) {
    super(scope, id);
    this.sap = this.secret('Sap', 'SAP S/4HANA Cloud', emptySecrets.sap, key);
    this.bill = this.secret('Bill', 'BILL', emptySecrets.bill, key);
  }

  private secret(id: string, side: string, empty: string, encryptionKey: IKey): Secret {
    const secret = new Secret(this, id, {
      description: `ml-connector: how to reach ${side}. Fill in the empty values.`,
      secretStringValue: SecretValue.unsafePlainText(empty),
      encryptionKey,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(secret, {
      'AwsSolutions-SMG4': `${side} issues these credentials and has no interface to rotate them; a person does, and the functions read a changed secret at once.`,
    });
    return secret;
  }
}

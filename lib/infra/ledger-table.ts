import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { tableIndexes, tableKeys } from '../ledger/table-definition.ts';

const text = (name: string) => ({ name, type: AttributeType.STRING });

/**
 * The ledger: paid by request, restorable to any second of 35 days, kept when the stack goes.
 * Not a TableV2: that one wants to know the region when its key is the customer's.
 */
export class LedgerTable extends Construct {
  readonly table: Table;
  /** The ARNs of the two indexes, spelled out: a role names what it reads. */
  readonly indexArns: string[];

  constructor(scope: Construct, id: string, encryptionKey: IKey) {
    super(scope, id);
    this.table = new Table(this, 'Table', {
      partitionKey: text(tableKeys.partitionKey),
      sortKey: text(tableKeys.sortKey),
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const { name, partitionKey, sortKey } of tableIndexes) {
      this.table.addGlobalSecondaryIndex({
        indexName: name,
        partitionKey: text(partitionKey),
        sortKey: text(sortKey),
      });
    }
    this.indexArns = tableIndexes.map(({ name }) => `${this.table.tableArn}/index/${name}`);
  }
}

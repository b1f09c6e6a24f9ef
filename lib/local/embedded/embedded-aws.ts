import { type EmbeddedQueues, startEmbeddedQueues } from './embedded-queues.ts';
import { type EmbeddedSecrets, type SecretTexts, startEmbeddedSecrets } from './embedded-secrets.ts';
import { type EmbeddedTable, startEmbeddedTable } from './embedded-table.ts';
import { lockState } from './state-lock.ts';

export interface EmbeddedAwsOptions {
  /** Directory that keeps the table and the queues, created when missing; in memory without it. */
  readonly stateDir?: string;
  readonly secrets?: SecretTexts;
  /** `AWS_ENDPOINT_URL_…` name servers that are used instead of the embedded ones. */
  readonly environment?: NodeJS.ProcessEnv;
}

export interface EmbeddedAws {
  /** As `createDynamoTable` takes it. */
  readonly table: Pick<EmbeddedTable, 'client' | 'tableName'>;
  /** As `createSqsQueues` and `createSqsReceiver` take it, and the depth of a queue. */
  readonly queues: Pick<EmbeddedQueues, 'client' | 'urls' | 'queueDepth'>;
  /** As `createAwsSecrets` takes it. */
  readonly secrets: Pick<EmbeddedSecrets, 'client'>;
  close(): Promise<void>;
}

/**
 * What the connector uses of AWS, in this process: the ledger's table, both queues and the secrets, for this machine
 * only, behind the same SDK clients as in the cloud. What was written or sent before the process was killed is
 * there after the next start with the same `stateDir`, messages that were in flight included.
 * Throws ConfigurationError `STATE_IN_USE` while another process works on the state directory.
 */
export async function startEmbeddedAws(options: EmbeddedAwsOptions = {}): Promise<EmbeddedAws> {
  const { stateDir, secrets = {}, environment = process.env } = options;
  const unlock = stateDir === undefined ? () => undefined : lockState(stateDir);
  const table = await startEmbeddedTable(stateDir, environment.AWS_ENDPOINT_URL_DYNAMODB);
  const queues = await startEmbeddedQueues(stateDir, environment.AWS_ENDPOINT_URL_SQS);
  const secretsServer = await startEmbeddedSecrets(secrets, environment.AWS_ENDPOINT_URL_SECRETS_MANAGER);
  return {
    table,
    queues,
    secrets: secretsServer,
    close: async () => {
      await Promise.all([table.close(), queues.close(), secretsServer.close()]);
      unlock();
    },
  };
}

import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { systemClock } from '../lib/clock.ts';
import { createAwsSecrets } from '../lib/config/aws-secrets.ts';
import { readConfigFile } from '../lib/config/read-config-file.ts';
import { gotHttp } from '../lib/http/got-http.ts';
import { createUseCases } from '../lib/journeys/create-use-cases.ts';
import type { Doors } from '../lib/journeys/doors.ts';
import type { UseCases } from '../lib/journeys/use-cases.ts';
import { createDynamoTable } from '../lib/ledger/dynamo-table.ts';
import { type FunctionObserve, powertoolsObserve } from '../lib/observe/powertools.ts';
import { systemRandom } from '../lib/random.ts';
import { createSqsQueues, type QueueUrls } from '../lib/work/sqs-queues.ts';
import { type FunctionEnvironment, readEnvironment } from './environment.ts';

/** What an entrance works with. */
export interface Runtime extends Pick<Doors, 'queues' | 'clock' | 'random'> {
  readonly useCases: UseCases;
  readonly observe: Doors['observe'] & Partial<FunctionObserve>;
}

export type RuntimeSource = () => Runtime | Promise<Runtime>;

/** For SDK calls: a lost answer must not use up the function's time. */
const requestHandler = { connectionTimeout: 2_000, requestTimeout: 10_000 };

let deployed: Runtime | undefined;

/** The runtime of this deployed function, made at the first invocation and kept for those that follow. */
export const deployedRuntime: RuntimeSource = () => {
  deployed ??= createRuntime(readEnvironment(process.env));
  return deployed;
};

/** Real doors from the environment; the SDK itself honours `AWS_REGION` and `AWS_ENDPOINT_URL_…`. */
export function createRuntime(environment: FunctionEnvironment): Runtime {
  const observe = powertoolsObserve(environment.CONNECTION);
  const doors: Doors = {
    config: readConfigFile(join(environment.LAMBDA_TASK_ROOT, 'connector.config.json')),
    secrets: createAwsSecrets({
      client: new SecretsManagerClient({ requestHandler }),
      sapSecretId: environment.SAP_SECRET,
      billSecretId: environment.BILL_SECRET,
      clock: systemClock,
    }),
    table: createDynamoTable({
      client: DynamoDBDocumentClient.from(new DynamoDBClient({ requestHandler })),
      tableName: environment.LEDGER_TABLE,
    }),
    queues: createSqsQueues({ client: new SQSClient({ requestHandler }), urls: queueUrls(environment) }),
    sapHttp: gotHttp(),
    billHttp: gotHttp(),
    clock: systemClock,
    random: systemRandom,
    observe,
    holder: systemRandom.uuid(),
  };
  return { ...doors, observe, useCases: createUseCases(doors) };
}

function queueUrls(environment: FunctionEnvironment): QueueUrls {
  return {
    'bill-work': { url: environment.BILL_WORK_QUEUE, deadLetterUrl: environment.BILL_WORK_DEAD_LETTERS },
    'sap-work': { url: environment.SAP_WORK_QUEUE, deadLetterUrl: environment.SAP_WORK_DEAD_LETTERS },
  };
}

import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { systemClock } from '../lib/clock.ts';
import { readConfigFile } from '../lib/config/read-config-file.ts';
import { gotHttp } from '../lib/http/got-http.ts';
import { createUseCases } from '../lib/journeys/create-use-cases.ts';
import type { Doors } from '../lib/journeys/doors.ts';
import type { UseCases } from '../lib/journeys/use-cases.ts';
import { createDynamoTable } from '../lib/ledger/dynamo-table.ts';
import { powertoolsObserve } from '../lib/observe/powertools.ts';
import { systemRandom } from '../lib/random.ts';
import { queuesOf, requestHandler, secretsOf } from './aws-doors.ts';
import type { Observed, Source } from './entrance.ts';
import { type FunctionEnvironment, readEnvironment } from './environment.ts';

/** What an entrance works with. */
export interface Runtime extends Observed, Pick<Doors, 'queues' | 'clock' | 'random'> {
  readonly useCases: UseCases;
}

export type RuntimeSource = Source<Runtime>;

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
    secrets: secretsOf(environment),
    table: createDynamoTable({
      client: DynamoDBDocumentClient.from(new DynamoDBClient({ requestHandler })),
      tableName: environment.LEDGER_TABLE,
    }),
    queues: queuesOf(environment),
    sapHttp: gotHttp(),
    billHttp: gotHttp(),
    clock: systemClock,
    random: systemRandom,
    observe,
    holder: systemRandom.uuid(),
  };
  return { ...doors, observe, useCases: createUseCases(doors) };
}

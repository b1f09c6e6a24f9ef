import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { systemClock } from '../lib/clock.ts';
import { createAwsSecrets } from '../lib/config/aws-secrets.ts';
import type { Secrets } from '../lib/config/secrets.ts';
import type { Queues } from '../lib/work/queue.ts';
import { createSqsQueues } from '../lib/work/sqs-queues.ts';
import type { FunctionEnvironment } from './environment.ts';

/** For SDK calls: a lost answer must not use up the function's time. */
export const requestHandler = { connectionTimeout: 2_000, requestTimeout: 10_000 };

export function secretsOf({ SAP_SECRET, BILL_SECRET }: FunctionEnvironment): Secrets {
  return createAwsSecrets({
    client: new SecretsManagerClient({ requestHandler }),
    sapSecretId: SAP_SECRET,
    billSecretId: BILL_SECRET,
    clock: systemClock,
  });
}

export function queuesOf(environment: FunctionEnvironment): Queues {
  return createSqsQueues({
    client: new SQSClient({ requestHandler }),
    urls: {
      'bill-work': { url: environment.BILL_WORK_QUEUE, deadLetterUrl: environment.BILL_WORK_DEAD_LETTERS },
      'sap-work': { url: environment.SAP_WORK_QUEUE, deadLetterUrl: environment.SAP_WORK_DEAD_LETTERS },
    },
  });
}

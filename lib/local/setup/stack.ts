import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { ConfigurationError, ConnectorError } from '../../errors.ts';
import { createDynamoTable } from '../../ledger/dynamo-table.ts';
import type { Table } from '../../ledger/table.ts';
import type { Queues } from '../../work/queue.ts';
import { createSqsQueues } from '../../work/sqs-queues.ts';

/** A deployed connection, as the operator's own AWS credentials reach it. */
export interface DeployedStack {
  readonly name: string;
  readonly table: Table;
  readonly queues: Queues;
  readonly secrets: { readonly client: SecretsManagerClient; readonly sap: string; readonly bill: string };
  readonly webhookUrl: string;
}

export interface StackPlace {
  /** The connection's name, or the stack's (`ml-connector-` and the connection's name). */
  readonly stack: string;
  readonly region?: string | undefined;
}

/** The outputs of the stack that the command line needs (lib/infra/stack.ts). */
const outputsSchema = z.object({
  WebhookUrl: z.url(),
  SapSecret: z.string(),
  BillSecret: z.string(),
  LedgerTable: z.string(),
  BillWorkQueue: z.url(),
  BillWorkDeadLetters: z.url(),
  SapWorkQueue: z.url(),
  SapWorkDeadLetters: z.url(),
});

/**
 * Does `work` with a deployed stack. Throws ConfigurationError `STACK_NOT_FOUND`, `STACK_INCOMPLETE`, and
 * `AWS_REFUSED` for whatever AWS refuses, during `work` too.
 */
export async function withStack<T>(
  place: StackPlace,
  work: (stack: DeployedStack) => Promise<T>,
): Promise<T> {
  try {
    return await work(await openStack(place));
  } catch (error) {
    throw error instanceof ConnectorError || !isOfAws(error) ? error : refused(error);
  }
}

async function openStack(place: StackPlace): Promise<DeployedStack> {
  const client = place.region === undefined ? {} : { region: place.region };
  const name = place.stack.startsWith('ml-connector-') ? place.stack : `ml-connector-${place.stack}`;
  const outputs = await readOutputs(new CloudFormationClient(client), name);
  return {
    name,
    table: createDynamoTable({
      client: DynamoDBDocumentClient.from(new DynamoDBClient(client)),
      tableName: outputs.LedgerTable,
    }),
    queues: createSqsQueues({
      client: new SQSClient(client),
      urls: {
        'bill-work': { url: outputs.BillWorkQueue, deadLetterUrl: outputs.BillWorkDeadLetters },
        'sap-work': { url: outputs.SapWorkQueue, deadLetterUrl: outputs.SapWorkDeadLetters },
      },
    }),
    secrets: { client: new SecretsManagerClient(client), sap: outputs.SapSecret, bill: outputs.BillSecret },
    webhookUrl: outputs.WebhookUrl,
  };
}

async function readOutputs(
  client: CloudFormationClient,
  name: string,
): Promise<z.infer<typeof outputsSchema>> {
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: name })).catch((error) => {
    throw error instanceof Error && /does not exist/.test(error.message) ? notFound(name, error) : error;
  });
  const outputs = (Stacks[0]?.Outputs ?? []).map(({ OutputKey = '', OutputValue }) => [
    OutputKey,
    OutputValue,
  ]);
  const parsed = outputsSchema.safeParse(Object.fromEntries(outputs));
  if (parsed.success) return parsed.data;
  throw new ConfigurationError({
    code: 'STACK_INCOMPLETE',
    message: `The stack ${name} does not tell these outputs: ${parsed.error.issues.map(({ path }) => path.join('.')).join(', ')}.`,
    nextStep: 'Deploy it again with this version of ml-connector ("npx cdk deploy").',
  });
}

function notFound(name: string, cause: unknown): ConfigurationError {
  return new ConfigurationError({
    code: 'STACK_NOT_FOUND',
    message: `There is no stack ${name} in this AWS account and region.`,
    nextStep:
      'Check the name of the connection, sign in to its account, and give --region where it is another one.',
    cause,
  });
}

/** What the SDK throws: answers of AWS have metadata, missing credentials and regions are told by name. */
function isOfAws(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const isMissing = error.name.endsWith('ProviderError') || error.message === 'Region is missing';
  return '$metadata' in error || isMissing;
}

function refused(cause: Error): ConfigurationError {
  return new ConfigurationError({
    code: 'AWS_REFUSED',
    message: `AWS refuses: ${cause.message} (${cause.name}).`,
    nextStep:
      'Sign in to the account of the stack (such as "aws sso login", or AWS_PROFILE) with rights to its ledger, queues and secrets; give --region where it is another one.',
    cause,
  });
}

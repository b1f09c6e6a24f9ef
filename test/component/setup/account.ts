import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type EmbeddedAws, startEmbeddedAws } from '../../../lib/local/embedded/embedded-aws.ts';

/**
 * An AWS account in which one connection is deployed, for the command line: table and queues embedded, and of
 * CloudFormation and Secrets Manager the calls it makes. `environment` leads the SDK there.
 */
export async function startAccount(secrets: Record<'sap' | 'bill', string>) {
  const aws = await startEmbeddedAws({ environment: {} });
  const sqs = await addressOf(aws.queues.client);
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const target = String(request.headers['x-amz-target'] ?? '').split('.')[1];
    if (target === undefined) answerStacks(new URLSearchParams(body), outputsOf(aws, sqs), response);
    else answerSecret(target, JSON.parse(body), secrets, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    aws,
    secrets,
    environment: {
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'example',
      AWS_SECRET_ACCESS_KEY: 'example',
      AWS_ENDPOINT_URL_CLOUDFORMATION: url,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: url,
      AWS_ENDPOINT_URL_DYNAMODB: await addressOf(aws.table.client),
      AWS_ENDPOINT_URL_SQS: sqs,
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await aws.close();
    },
  };
}

/** The SQS client goes where a queue's URL says, so it must be the address of this machine. */
function outputsOf({ table, queues }: EmbeddedAws, sqs: string): Record<string, string> {
  const here = (url: string) => new URL(new URL(url).pathname, sqs).href;
  const { 'bill-work': billWork, 'sap-work': sapWork } = queues.urls;
  return {
    WebhookUrl: 'https://api.example/webhooks/bill',
    SapSecret: 'sap',
    BillSecret: 'bill',
    LedgerTable: table.tableName,
    BillWorkQueue: here(billWork.url),
    BillWorkDeadLetters: here(billWork.deadLetterUrl),
    SapWorkQueue: here(sapWork.url),
    SapWorkDeadLetters: here(sapWork.deadLetterUrl),
  };
}

/** CloudFormation, DescribeStacks (AWS CloudFormation API reference): the query protocol with answers in XML. */
function answerStacks(
  query: URLSearchParams,
  outputs: Record<string, string>,
  response: ServerResponse,
): void {
  const name = query.get('StackName') ?? '';
  response.setHeader('content-type', 'text/xml');
  if (name !== 'ml-connector-example-us') {
    const message = `Stack with id ${name} does not exist`;
    response.writeHead(400);
    response.end(
      `<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>${message}</Message></Error></ErrorResponse>`,
    );
    return;
  }
  const members = Object.entries(outputs).map(
    ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
  );
  response.end(
    `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>${name}</StackName><Outputs>${members.join('')}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`,
  );
}

function answerSecret(
  target: string,
  { SecretId, SecretString }: { SecretId: 'sap' | 'bill'; SecretString?: string },
  secrets: Record<'sap' | 'bill', string>,
  response: ServerResponse,
): void {
  response.setHeader('content-type', 'application/x-amz-json-1.1');
  if (target === 'PutSecretValue' && SecretString !== undefined) secrets[SecretId] = SecretString;
  response.end(JSON.stringify({ Name: SecretId, SecretString: secrets[SecretId] }));
}

interface Client {
  readonly config: {
    endpoint?: (() => Promise<{ protocol: string; hostname: string; port?: number }>) | undefined;
  };
}

async function addressOf({ config }: Client): Promise<string> {
  const endpoint = await config.endpoint?.();
  if (endpoint === undefined) throw new Error('An embedded client has an endpoint.');
  return `${endpoint.protocol}//${endpoint.hostname}:${endpoint.port}`;
}

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** One call of an SDK client, as IAM sees it. */
export interface AwsCall {
  /** Whoever was named as the caller when it was made. */
  readonly by: string;
  /** `dynamodb:PutItem`. */
  readonly action: string;
  /** What the call names: table or table/index, queue URL, secret. */
  readonly on: string;
}

/** The first part of the `x-amz-target` header, and where requests that bear it go. */
export type Targets = Readonly<Record<'DynamoDB_20120810' | 'AmazonSQS' | 'secretsmanager', string>>;

const services: Readonly<Record<string, string>> = {
  DynamoDB_20120810: 'dynamodb',
  AmazonSQS: 'sqs',
  secretsmanager: 'secretsmanager',
};

/** Stands between SDK clients and their services: notes each call, then hands it on. */
export async function startAwsRecorder(targets: Targets) {
  const calls: AwsCall[] = [];
  const recorder = { calls, caller: 'nobody', url: '', close: async () => {} };
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const [target = '', operation = ''] = String(request.headers['x-amz-target']).split('.');
    calls.push({ by: recorder.caller, ...callOf(target, operation, JSON.parse(body.toString())) });
    await handOn(new URL(request.url ?? '/', targets[target as keyof Targets]), request, body, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  recorder.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  recorder.close = async () => {
    server.closeAllConnections();
    server.close();
  };
  return recorder;
}

function callOf(target: string, operation: string, input: Record<string, string>): Omit<AwsCall, 'by'> {
  const index = input.IndexName === undefined ? '' : `/${input.IndexName}`;
  return {
    // A batch needs the right of its single call (service authorization reference, "Amazon SQS").
    action: `${services[target]}:${operation.replace(/^(SendMessage|ChangeMessageVisibility)Batch$/, '$1')}`,
    on: input.QueueUrl ?? input.SecretId ?? `${input.TableName}${index}`,
  };
}

async function handOn(
  url: URL,
  { headers }: IncomingMessage,
  body: Uint8Array<ArrayBuffer>,
  response: ServerResponse,
): Promise<void> {
  const kept = ['content-type', 'x-amz-target', 'authorization', 'x-amz-date', 'x-amzn-query-mode'];
  const answer = await fetch(url, {
    method: 'POST',
    headers: kept.flatMap((name): [string, string][] =>
      headers[name] === undefined ? [] : [[name, String(headers[name])]],
    ),
    body,
  });
  response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
  response.end(await answer.text());
}

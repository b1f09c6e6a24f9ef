import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SQSRecord } from 'aws-lambda';
import { readEnvironment } from '../../../functions/environment.ts';
import { createRuntime, type Runtime } from '../../../functions/runtime.ts';
import { createWebhookRuntime, type WebhookRuntime } from '../../../functions/webhook-runtime.ts';
import { type EmbeddedAws, startEmbeddedAws } from '../../../lib/local/embedded/embedded-aws.ts';
import type { QueueName } from '../../../lib/work/queue.ts';
import type { QueueRecord } from '../../../lib/work/receiver.ts';
import { createSqsReceiver } from '../../../lib/work/sqs-receiver.ts';
import type { FunctionName } from '../../stack/named-resources.ts';
import { type AwsCall, startAwsRecorder } from './aws-recorder.ts';

type Recorder = Awaited<ReturnType<typeof startAwsRecorder>>;

/**
 * An account in which the functions are deployed: each gets its doors from environment variables, speaks to AWS
 * through real SDK clients over HTTP, and has its calls recorded.
 */
export class Cloud {
  /** Name -> text; may be changed at any time. */
  readonly secrets: Record<string, string>;
  readonly #aws: EmbeddedAws;
  readonly #recorder: Recorder;
  #webhook: WebhookRuntime | undefined;
  readonly #runtimes = new Map<FunctionName, Runtime>();

  private constructor(secrets: Record<string, string>, aws: EmbeddedAws, recorder: Recorder) {
    this.secrets = secrets;
    this.#aws = aws;
    this.#recorder = recorder;
  }

  static async start(secrets: Record<'sap' | 'bill', string>): Promise<Cloud> {
    const aws = await startEmbeddedAws({ secrets, environment: {} });
    const recorder = await startAwsRecorder({
      DynamoDB_20120810: await addressOf(aws.table.client),
      AmazonSQS: await addressOf(aws.queues.client),
      secretsmanager: await addressOf(aws.secrets.client),
    });
    return new Cloud(secrets, aws, recorder);
  }

  async close(): Promise<void> {
    await this.#recorder.close();
    await this.#aws.close();
  }

  /** What Lambda and the stack give a function's process. */
  get environment(): Record<string, string> {
    const { 'bill-work': billWork, 'sap-work': sapWork } = this.#aws.queues.urls;
    return {
      CONNECTION: 'example-us',
      LEDGER_TABLE: this.#aws.table.tableName,
      BILL_WORK_QUEUE: this.#atRecorder(billWork.url),
      BILL_WORK_DEAD_LETTERS: this.#atRecorder(billWork.deadLetterUrl),
      SAP_WORK_QUEUE: this.#atRecorder(sapWork.url),
      SAP_WORK_DEAD_LETTERS: this.#atRecorder(sapWork.deadLetterUrl),
      SAP_SECRET: 'sap',
      BILL_SECRET: 'bill',
      LAMBDA_TASK_ROOT: folderWithConfig(),
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'example',
      AWS_SECRET_ACCESS_KEY: 'example',
      AWS_ENDPOINT_URL: this.#recorder.url,
      POWERTOOLS_LOG_LEVEL: 'SILENT',
      POWERTOOLS_METRICS_DISABLED: 'true',
    };
  }

  /** The runtime of one function, kept as its process would; the calls that follow are recorded as its own. */
  runtimeOf(name: FunctionName): () => Runtime {
    return () => {
      this.#recorder.caller = name;
      const runtime = this.#runtimes.get(name) ?? createRuntime(readEnvironment(this.environment));
      this.#runtimes.set(name, runtime);
      return runtime;
    };
  }

  /** The same for the webhook, which has a runtime of its own. */
  webhookRuntime(): () => WebhookRuntime {
    return () => {
      this.#recorder.caller = 'ReceiveBillEvent';
      this.#webhook ??= createWebhookRuntime(readEnvironment(this.environment));
      return this.#webhook;
    };
  }

  /** Ends a function's process: the next invocation starts a new one. */
  endProcess(name: FunctionName): void {
    this.#runtimes.delete(name);
  }

  /** One batch as the event-source mapping hands it over; deleted at once, since a FIFO queue holds its groups back till then. */
  async batchOf(queue: QueueName): Promise<{ Records: SQSRecord[] }> {
    const receiver = createSqsReceiver(this.#aws.queues);
    const records = await receiver.receive(queue, { max: 10, visibilitySeconds: 60 });
    for (const { receiptHandle } of records) await receiver.delete(queue, receiptHandle);
    return { Records: records.map(sqsRecord) };
  }

  /** The calls that a function has made, on short names instead of URLs. */
  callsOf(name: FunctionName): AwsCall[] {
    const { calls } = this.#recorder;
    return calls.filter(({ by }) => by === name).map((call) => ({ ...call, on: this.#shortName(call.on) }));
  }

  #shortName(on: string): string {
    const { 'bill-work': billWork, 'sap-work': sapWork } = this.#aws.queues.urls;
    const names: Record<string, string> = {
      [this.#atRecorder(billWork.url)]: 'bill-work',
      [this.#atRecorder(billWork.deadLetterUrl)]: 'bill-work-dead',
      [this.#atRecorder(sapWork.url)]: 'sap-work',
      [this.#atRecorder(sapWork.deadLetterUrl)]: 'sap-work-dead',
      sap: 'sap-secret',
      bill: 'bill-secret',
    };
    return names[on] ?? on.replace(this.#aws.table.tableName, 'ledger');
  }

  /** The SQS client goes where a queue's URL says, so it must lead to the recorder. */
  #atRecorder(queueUrl: string): string {
    return new URL(new URL(queueUrl).pathname, this.#recorder.url).href;
  }
}

function folderWithConfig(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ml-connector-function-'));
  const example = new URL('../../../docs/connector.config.example.json', import.meta.url);
  const config = { ...JSON.parse(readFileSync(example, 'utf8')), goLiveDate: '2026-01-01' };
  writeFileSync(join(folder, 'connector.config.json'), JSON.stringify(config));
  return folder;
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

function sqsRecord({ messageId, receiptHandle, body, attributes }: QueueRecord): SQSRecord {
  const { ApproximateReceiveCount, MessageGroupId = '' } = attributes;
  return {
    messageId,
    receiptHandle,
    body,
    attributes: {
      ApproximateReceiveCount,
      MessageGroupId,
      SentTimestamp: '',
      SenderId: '',
      ApproximateFirstReceiveTimestamp: '',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: '',
    awsRegion: 'us-east-1',
  };
}

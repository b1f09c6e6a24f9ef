/**
 * A process to be killed: writes items and sends messages as fast as it can, receives, deletes some of
 * it and leaves the rest in flight, and prints a line of JSON for everything that was acknowledged.
 */
import { randomUUID } from 'node:crypto';
import { createDynamoTable } from '../../../lib/ledger/dynamo-table.ts';
import { startEmbeddedAws } from '../../../lib/local/embedded/embedded-aws.ts';
import { createSqsQueues } from '../../../lib/work/sqs-queues.ts';
import { createSqsReceiver } from '../../../lib/work/sqs-receiver.ts';

const [stateDir = ''] = process.argv.slice(2);
const aws = await startEmbeddedAws({ stateDir, environment: {} });
const table = createDynamoTable(aws.table);
const queues = createSqsQueues(aws.queues);
const receiver = createSqsReceiver(aws.queues);
const acknowledged = (line: Record<string, unknown>) => process.stdout.write(`${JSON.stringify(line)}\n`);

async function write(pk: string): Promise<never> {
  for (let n = 0; ; n += 1) {
    const version = (await table.get({ pk, sk: 'state' }))?.version ?? 0;
    const listed = n % 3 === 0 ? {} : { worklist: n % 3 === 1 ? 'waiting' : 'exception' };
    const item = await table.put({
      pk,
      sk: 'state',
      version,
      kind: 'invoice',
      sort: `${version}`,
      ...listed,
    });
    acknowledged({ item });
  }
}

async function send(group: string): Promise<never> {
  for (let n = 0; ; n += 1) {
    const messages = [1, 2].map((part) => ({
      group,
      deduplicationId: randomUUID(),
      body: `${Date.now()}-${n}-${part}`,
    }));
    await queues.send('bill-work', messages);
    acknowledged({ group, sent: messages.map(({ body }) => body) });
    const [first] = await receiver.receive('bill-work', { max: 2, visibilitySeconds: 3600 });
    if (first === undefined) continue;
    acknowledged({ deleting: first.body });
    await receiver.delete('bill-work', first.receiptHandle);
  }
}

await Promise.all([write('a'), write('b'), write('c'), send('supplier-1'), send('supplier-2')]);

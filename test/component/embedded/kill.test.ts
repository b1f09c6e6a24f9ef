import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createDynamoTable } from '../../../lib/ledger/dynamo-table.ts';
import type { Item, Table } from '../../../lib/ledger/table.ts';
import { type EmbeddedAws, startEmbeddedAws } from '../../../lib/local/embedded/embedded-aws.ts';
import { createSqsReceiver } from '../../../lib/work/sqs-receiver.ts';

interface Acknowledged {
  readonly items: Map<string, Item>;
  /** Bodies in the order in which they were sent, per group. */
  readonly sent: Map<string, string[]>;
  /** Deleted, or about to be when the process was killed. */
  readonly deleted: Set<string>;
}

let stateDir: string;
beforeEach(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'ml-connector-'));
});
afterEach(() => rm(stateDir, { recursive: true, force: true }));

/** Lets a worker run until it has acknowledged `lines` things, kills it, and keeps what it acknowledged. */
async function runAndKill(lines: number, known: Acknowledged): Promise<void> {
  const worker = spawn(process.execPath, [fileURLToPath(new URL('./worker.ts', import.meta.url)), stateDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let left = lines;
  for await (const text of createInterface({ input: worker.stdout })) {
    const line = JSON.parse(text);
    if (line.item) known.items.set(line.item.pk, line.item);
    if (line.sent) known.sent.set(line.group, [...(known.sent.get(line.group) ?? []), ...line.sent]);
    if (line.deleting) known.deleted.add(line.deleting);
    left -= 1;
    if (left === 0) worker.kill('SIGKILL');
  }
  if (worker.signalCode === null && worker.exitCode === null) await once(worker, 'exit');
  expect(worker.signalCode).toBe('SIGKILL');
}

async function expectItems(table: Table, items: ReadonlyMap<string, Item>): Promise<void> {
  const stored = await Promise.all([...items.keys()].map((pk) => table.get({ pk, sk: 'state' })));
  for (const item of stored) {
    const last = items.get(item?.pk ?? '');
    // The write that the kill cut off may have taken effect, as any write whose answer is lost.
    expect([last?.version, (last?.version ?? 0) + 1]).toContain(item?.version);
    if (item?.version === last?.version) expect(item).toEqual(last);
  }
  const listed = async (index: 'worklist' | 'kind', value: string) =>
    (await table.queryIndex(index, value)).items;
  const byKey = (list: (Item | undefined)[]) => new Map(list.map((item) => [item?.pk, item]));
  expect(byKey(await listed('kind', 'invoice'))).toEqual(byKey(stored));
  const worklist = [...(await listed('worklist', 'waiting')), ...(await listed('worklist', 'exception'))];
  expect(byKey(worklist)).toEqual(byKey(stored.filter((item) => item?.worklist !== undefined)));
}

/** Receives everything; what was in flight comes within the wait of one receive. */
async function receiveAll({ queues }: EmbeddedAws): Promise<Map<string, string[]>> {
  const receiver = createSqsReceiver(queues);
  const received = new Map<string, string[]>();
  for (;;) {
    const records = await receiver.receive('bill-work', { max: 10, visibilitySeconds: 3600, waitSeconds: 2 });
    for (const { attributes, body, receiptHandle } of records) {
      const group = attributes.MessageGroupId ?? '';
      received.set(group, [...(received.get(group) ?? []), body]);
      await receiver.delete('bill-work', receiptHandle);
    }
    if (records.length === 0 && (await queues.queueDepth('bill-work')).messages === 0) return received;
  }
}

it('keeps what was acknowledged through one kill after the other', async () => {
  const known: Acknowledged = { items: new Map(), sent: new Map(), deleted: new Set() };
  for (const lines of [1, 40, 83]) {
    await runAndKill(lines, known);
    const aws = await startEmbeddedAws({ stateDir, environment: {} });
    await expectItems(createDynamoTable(aws.table), known.items);
    await aws.close();
  }
  const aws = await startEmbeddedAws({ stateDir, environment: {} });
  const received = await receiveAll(aws);
  await aws.close();
  expect(known.deleted.size).toBeGreaterThan(0);
  for (const [group, sent] of known.sent) {
    const kept = sent.filter((body) => !known.deleted.has(body));
    expect(received.get(group)?.filter((body) => kept.includes(body))).toEqual(kept);
  }
}, 180_000);

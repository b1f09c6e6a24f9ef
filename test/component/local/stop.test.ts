import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { LocalStatus } from '../../../lib/local/run/status.ts';
import { mlConnector, newFolder, secretsIn } from './command-line.ts';

test('SIGTERM in the midst of work finishes what is in flight; the next start goes on to rest', async () => {
  const folder = newFolder();
  const flags = ['--port', '0', '--poll-every', '0.1', '--state', folder];
  const run = mlConnector('start', ...flags, '--pace', '0');
  await run.says(/invoice-handed-over/);
  run.process.kill('SIGTERM');
  const { code, stderr } = await run.ended;
  expect([code, stderr]).toEqual([0, expect.stringContaining('Finishing what is in flight')]);
  for (const secret of secretsIn(join(folder, 'world')))
    expect(stderr.includes(secret), 'a secret in the log').toBe(false);

  const again = mlConnector('start', ...flags, '--pace', '900000');
  const url = await again.says(/The page: (\S+)/);
  const status = async () => (await (await fetch(`${url}/api/status`)).json()) as LocalStatus;
  await expect.poll(async () => (await status()).idle, { timeout: 60_000 }).toBe(true);
  const { openIntents, messagesInWork, queues, documents, gate } = await status();
  expect({ openIntents, messagesInWork, queues }).toEqual({
    openIntents: 0,
    messagesInWork: 0,
    queues: { 'bill-work': { messages: 0, deadLetters: 0 }, 'sap-work': { messages: 0, deadLetters: 0 } },
  });
  expect(documents.invoices['handed-over']).toBeGreaterThanOrEqual(20);
  expect(gate.logins).toBe(1);
  again.process.kill('SIGINT');
  expect((await again.ended).code).toBe(0);
}, 180_000);

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import type { Summary } from '../../../lib/local/summary/summary.ts';
import { seededRandom } from '../../../lib/random.ts';
import { booksIn, type Ended, mlConnector, newFolder, secretsIn } from './command-line.ts';

/** The whole story takes its time, the more on a busy machine. */
const minutes = 60_000;

let whole: { folder: string; ended: Ended; books: ReturnType<typeof booksIn>; wire: string };

beforeAll(async () => {
  const folder = newFolder();
  const wire = join(folder, 'wire.jsonl');
  const flags = ['--once', '--json', '--port', '0', '--state', folder, '--wiretap', wire];
  const ended = await mlConnector('start', ...flags).ended;
  whole = { folder, ended, books: booksIn(join(folder, 'world')), wire: readFileSync(wire, 'utf8') };
}, 5 * minutes);

test('the story comes to its end, everything agrees, and BILL is used sparingly', () => {
  const { code, stdout, stderr } = whole.ended;
  expect([code, stderr]).toEqual([0, expect.stringContaining('the last payments are cleared')]);
  const summary = JSON.parse(stdout) as Summary;
  expect(summary.differences).toEqual([]);
  expect(summary.bill.newBills).toBe(76);
  expect(summary.bill.callsPerNewBill).toBeLessThanOrEqual(1.5);
  expect(summary.bill.mostInFlight).toBeLessThanOrEqual(3);
  expect(summary.bill.logins).toBeLessThanOrEqual(3);
});

test('every invoice and payment of the firm ends where it belongs', () => {
  const { documents, clearings, exceptions, totals } = JSON.parse(whole.ended.stdout) as Summary;
  expect(documents).toEqual({
    invoices: {
      exception: 17,
      'handed-over': 68,
      'kept-back': 1,
      'not-ours': 1,
      settled: 1,
      withdrawn: 4,
    },
    payments: { exception: 7, ignored: 1, 'in-transit': 1, posted: 21, reversed: 2 },
  });
  expect(clearings).toEqual({ cleared: 4, dropped: 2, 'held-back': 16 });
  expect(exceptions).toEqual({
    ACCOUNT_NOT_MAPPED: 2,
    BILL_COVERED_BY_CREDITS: 2,
    COST_CENTER_NOT_VALID: 1,
    CURRENCY_DIFFERS: 1,
    DENIED_IN_BILL: 1,
    EDITED_IN_BILL: 1,
    ENTRY_CLEARED_RESET_FIRST: 1,
    FUNDING_FAILED: 1,
    FUNDS_ESCHEATED: 1,
    NO_LONGER_PAYABLE_IN_SAP: 1,
    SAP_PERIOD_CLOSED: 1,
    TOTAL_NOT_POSITIVE: 1,
    CURRENCY_NOT_CARRIED: 1,
    ONE_TIME_SUPPLIER: 1,
    BILL_OF_VENDOR_NOT_IN_SAP: 1,
    PAID_BILL_NOT_FROM_SAP: 1,
    PAID_OUTSIDE_BILL: 1,
    PAYMENT_STATUS_UNKNOWN: 1,
    RESTORED_IN_BILL: 1,
    REVERSED_AFTER_SCHEDULING: 1,
    SAME_REFERENCE_TWICE: 1,
    SUPPLIER_BLOCKED_WITH_OPEN_BILLS: 1,
    VENDOR_FIELD_CONFLICT: 1,
    VENDOR_MATCH_UNSURE: 1,
    VENDOR_ARCHIVED_IN_BILL: 1,
    VENDOR_NOT_SURE: 1,
    VENDOR_NOT_UNIQUE: 1,
  });
  for (const { what, currency, sap, ledger, bill } of totals) {
    if (what !== 'invoices in exception') expect([currency, sap, bill]).toEqual([currency, ledger, ledger]);
  }
});

test('the recording has a line for each request, with the fields of the command line, and no secret', () => {
  const lines = whole.wire.trim().split('\n');
  const fields = [
    'endedAt',
    'method',
    'requestBody',
    'requestHeaders',
    'responseBody',
    'startedAt',
    'status',
    'system',
    'url',
  ];
  for (const line of lines) expect(Object.keys(JSON.parse(line)).sort()).toEqual(fields);
  const { bill } = JSON.parse(whole.ended.stdout) as Summary;
  expect(lines.filter((line) => JSON.parse(line).system === 'bill')).toHaveLength(bill.calls);
  const secrets = secretsIn(join(whole.folder, 'world'));
  expect(secrets.length).toBeGreaterThan(5);
  for (const secret of secrets) expect(whole.wire.includes(secret), 'a secret in the recording').toBe(false);
});

test(
  'the connector in a process of its own leaves SAP and BILL exactly as the run in one process does',
  async () => {
    const folder = newFolder();
    const [config, secrets] = [join(folder, 'connector.config.json'), join(folder, 'secrets.json')];
    const world = join(folder, 'world');
    const ports = ['--sap-port', '0', '--bill-port', '0'];
    const places = [...ports, '--secrets-out', secrets, '--config-out', config, '--state', world];
    const simulators = mlConnector('simulate', ...places);
    await simulators.says(/BILL: /);
    const files = ['--config', config, '--secrets', secrets, '--state', join(folder, 'connector')];
    const { code, stdout, stderr } = await mlConnector('local', ...files, '--port', '0', '--once').ended;
    expect([code, stdout, stderr]).toEqual([
      0,
      expect.stringContaining('Everything agrees.'),
      expect.any(String),
    ]);
    const { sap, bill } = JSON.parse(readFileSync(secrets, 'utf8'));
    const shown = await Promise.all([sap.baseUrl, new URL(bill.baseUrl).origin].map(canonicalAt));
    simulators.process.kill('SIGTERM');
    expect((await simulators.ended).code).toBe(0);
    expect({ sap: shown[0], bill: shown[1] }).toEqual(whole.books);
    expect(booksIn(world)).toEqual(whole.books);
  },
  5 * minutes,
);

test(
  'killed again and again at any moment and started again, everything comes to the same end',
  async () => {
    const seed = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000);
    const random = seededRandom(seed);
    const folder = newFolder();
    const flags = ['--once', '--port', '0', '--state', folder];
    const kills: number[] = [];
    for (let kill = 0; kill < 5; kill += 1) {
      const run = mlConnector('start', ...flags);
      await run.says(/The page: /);
      const afterMs = Math.round(random.next() * 5_000);
      await Promise.race([pause(afterMs), run.ended]);
      run.process.kill('SIGKILL');
      if ((await run.ended).signal === 'SIGKILL') kills.push(afterMs);
    }
    console.log(`KILL_SEED=${seed}: killed after ${kills.join(', ')} ms`);
    const { code, stdout, stderr } = await mlConnector('start', ...flags).ended;
    expect([code, stdout, stderr]).toEqual([
      0,
      expect.stringContaining('Everything agrees.'),
      expect.any(String),
    ]);
    expect(kills.length).toBeGreaterThan(2);
    expect(booksIn(join(folder, 'world'))).toEqual(whole.books);
  },
  8 * minutes,
);

async function canonicalAt(origin: string): Promise<unknown> {
  return (await fetch(`${origin}/simulator/canonical`)).json();
}

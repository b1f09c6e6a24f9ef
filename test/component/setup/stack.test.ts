import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readGateState } from '../../../lib/bill/gate-state.ts';
import { systemClock } from '../../../lib/clock.ts';
import { createDynamoTable } from '../../../lib/ledger/dynamo-table.ts';
import { type InvoiceRecord, invoiceRecords } from '../../../lib/ledger/invoices.ts';
import { updateRecord } from '../../../lib/ledger/record.ts';
import type { Task } from '../../../lib/local/desk/desk.ts';
import { createSqsReceiver } from '../../../lib/work/sqs-receiver.ts';
import { startAccount } from './account.ts';
import { run } from './run.ts';
import { startTwoSides } from './two-sides.ts';

let sides: Awaited<ReturnType<typeof startTwoSides>>;
let account: Awaited<ReturnType<typeof startAccount>>;
let table: ReturnType<typeof createDynamoTable>;
const stack = ['--stack', 'example-us'];

beforeAll(async () => {
  sides = await startTwoSides({ subscription: false });
  const { sap, bill } = sides.secrets;
  account = await startAccount({
    sap: JSON.stringify(sap),
    bill: JSON.stringify({ ...bill, webhookSecurityKey: '' }),
  });
  for (const [name, value] of Object.entries(account.environment)) vi.stubEnv(name, value);
  table = createDynamoTable(account.aws.table);
  for (const record of [open('5105600101'), open('5105600102')])
    await updateRecord({ table, clock: systemClock }, invoiceRecords, idOf(record), () => record);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await account.close();
  await sides.close();
});

describe('the first acts with a deployed stack', () => {
  test('ping tells what is missing, and its calls to BILL go through the gate of the stack', async () => {
    const { code, stdout, stderr } = await run('ping', ...stack);
    expect([code, stderr]).toEqual([1, '']);
    const failed = stdout.split('\n').filter((line) => line.startsWith('✗'));
    expect(failed).toEqual([
      expect.stringMatching(/webhook subscription: none reports payment.updated/),
      expect.stringMatching(/security key: .*BILL secret of ml-connector-example-us is empty/),
    ]);
    const gate = await readGateState(table, systemClock);
    expect(gate).toMatchObject({ leasesInUse: [], logins: 1 });
    expect(gate.calls).toBe(sides.bill.statistics().calls);
  });

  test('webhook create takes the address of the stack, and --store fills in the secret', async () => {
    expect((await run('webhook', 'create', ...stack, '--store')).code).toBe(0);
    const [made] = Object.values(sides.bill.books.subscriptions);
    expect(made?.notificationUrl).toBe('https://api.example/webhooks/bill');
    expect(JSON.parse(account.secrets.bill)).toEqual({
      ...sides.secrets.bill,
      webhookSecurityKey: made?.securityKey,
    });
    expect((await run('ping', ...stack)).code).toBe(0);
  });

  test('webhook rotate --store keeps the key before', async () => {
    const { webhookSecurityKey: before } = JSON.parse(account.secrets.bill);
    expect((await run('webhook', 'rotate', ...stack, '--store')).code).toBe(0);
    const [made] = Object.values(sides.bill.books.subscriptions);
    expect(JSON.parse(account.secrets.bill)).toMatchObject({
      webhookSecurityKey: made?.securityKey,
      webhookSecurityKeyPrevious: before,
    });
  });
});

describe('exceptions of a deployed stack', () => {
  test('list and show read its ledger', async () => {
    const { stdout } = await run('exceptions', 'list', ...stack, '--json');
    expect((JSON.parse(stdout) as Task[]).map(({ id }) => id)).toEqual([
      '1710/5105600101/2026',
      '1710/5105600102/2026',
    ]);
    const shown = await run('exceptions', 'show', '1710/5105600101/2026', ...stack);
    expect(shown.stdout).toContain('Next step: Map it, then retry.');
  });

  test('retry sends the invoice to its queue again, as the attempt after the last', async () => {
    const id = '1710/5105600101/2026';
    expect((await run('exceptions', 'retry', id, '--by', 'A. Clerk', ...stack)).code).toBe(0);
    const [message] = await createSqsReceiver(account.aws.queues).receive('bill-work', {
      max: 1,
      visibilitySeconds: 60,
    });
    expect(JSON.parse(message?.body ?? '{}')).toMatchObject({ kind: 'invoice', attempt: 2 });
    expect(message?.attributes.MessageGroupId).toBe('17300001');
    expect((await run('trace', '5105600101', ...stack)).stdout).toMatch(/Retry asked for\. \(A\. Clerk\)/);
  });

  test('skip closes it, with who and why', async () => {
    const id = '1710/5105600102/2026';
    const decision = ['--by', 'A. Clerk', '--why', 'paid in cash'];
    expect((await run('exceptions', 'skip', id, ...decision, ...stack)).code).toBe(0);
    expect((await run('trace', id, ...stack)).stdout).toContain('Skipped by A. Clerk: paid in cash');
    expect((await run('exceptions', 'list', ...stack)).stdout).not.toContain(id);
  });
});

test.each([
  [['exceptions', 'list', '--stack', 'nowhere'], /no stack ml-connector-nowhere.*\n.*--region/],
  [['ping', '--stack', 'nowhere'], /no stack ml-connector-nowhere/],
])('%j: a mistake is told in words', async (args, told) => {
  const { code, stderr } = await run(...args);
  expect([code, stderr]).toEqual([1, expect.stringMatching(told)]);
});

test('so is what AWS refuses', async () => {
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', 'http://127.0.0.1:1');
  const { code, stderr } = await run('exceptions', 'list', ...stack);
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', account.environment.AWS_ENDPOINT_URL_DYNAMODB);
  expect([code, stderr]).toEqual([1, expect.stringMatching(/ledger.*cannot be reached/)]);
});

function open(supplierInvoice: string): InvoiceRecord {
  return {
    key: { companyCode: '1710', supplierInvoice, fiscalYear: '2026' },
    supplier: '17300001',
    reference: `ES-${supplierInvoice}`,
    currency: 'USD',
    amount: '99.99',
    isCreditMemo: false,
    postingDate: '2026-11-02',
    state: 'exception',
    reason: 'G/L account 61003000 has no entry.',
    seenVersion: '20261102',
    attempt: 1,
    exception: {
      code: 'ACCOUNT_NOT_MAPPED',
      what: 'G/L account 61003000 has no entry.',
      nextStep: 'Map it, then retry.',
      sapValues: { glAccounts: '61003000' },
      billValues: {},
      raisedAt: '2026-11-02T08:00:00.000Z',
    },
  };
}

function idOf({ key }: InvoiceRecord): string {
  return `${key.companyCode}/${key.supplierInvoice}/${key.fiscalYear}`;
}

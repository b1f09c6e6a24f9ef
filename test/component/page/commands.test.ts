import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DocumentStory, Task } from '../../../lib/local/desk/desk.ts';
import { type SmallFirm, startSmallFirm, wickedName } from '../../support/small-firm.ts';
import { run } from '../setup/run.ts';

let firm: SmallFirm;
let at: string[];

beforeAll(async () => {
  firm = await startSmallFirm();
  at = ['--url', firm.url];
});

afterAll(() => firm.close());

const tasks = async () => JSON.parse((await run('exceptions', 'list', ...at, '--json')).stdout) as Task[];
const traced = async (number: string) =>
  JSON.parse((await run('trace', number, ...at, '--json')).stdout) as DocumentStory[];

describe('exceptions of a connector that runs on this machine', () => {
  test('list: one line each, with what a clerk knows the document by', async () => {
    const { code, stdout } = await run('exceptions', 'list', ...at);
    expect(code).toBe(0);
    const line = stdout.split('\n').find((each) => each.includes(firm.documents.unmapped));
    expect(line).toMatch(/ACCOUNT_NOT_MAPPED +45\.00 USD +/);
    expect(line).toContain(wickedName);
    expect(stdout.trim().split('\n')).toHaveLength(4 + 2);
  });

  test('show: plain words, the values of both sides, the next step', async () => {
    const { stdout } = await run('exceptions', 'show', firm.documents.otherCurrency, ...at);
    expect(stdout).toMatch(/CURRENCY_DIFFERS.*is in EUR.*SAP\n.*99\.99 EUR.*BILL\n.*USD.*Next step: /s);
  });

  test('retry: what was mended goes its way', async () => {
    const { unsure: id } = firm.documents;
    const [supplier] = Object.values(firm.bill.books.vendors).filter(
      ({ fields }) => fields.name === 'Sample Signals Inc.',
    );
    firm.bill.office.editVendor(supplier?.id ?? '', {
      address: {
        line1: 'Example Street',
        city: 'Sampleton',
        stateOrProvince: 'NY',
        zipOrPostalCode: '00001',
        country: 'US',
      },
    });
    expect((await run('exceptions', 'retry', id, '--by', 'A. Clerk', ...at)).code).toBe(0);
    await firm.settle();
    expect((await tasks()).map((task) => task.id)).not.toContain(id);
    expect(await traced(id)).toMatchObject([{ stage: 'handed-over' }]);
  });

  test('skip: who and why stand in the story', async () => {
    const { otherCurrency: id } = firm.documents;
    const decision = ['--by', 'A. Clerk', '--why', 'paid by the bank in EUR'];
    expect((await run('exceptions', 'skip', id, ...decision, ...at)).code).toBe(0);
    expect((await run('trace', id, ...at)).stdout).toContain('Skipped by A. Clerk: paid by the bank in EUR');
  });
});

test('trace tells the same story by any number of it', async () => {
  const { paid, billId, payment } = firm.documents;
  for (const number of [paid, paid.split('/')[1] ?? '', billId])
    expect((await traced(number)).map(({ id }) => id)).toEqual([paid]);
  const { stdout } = await run('trace', payment, ...at);
  expect(stdout).toMatch(/BILL payment stp.*Posted in SAP.*Journal entry.*Pays 1710\//s);
});

describe('a mistake of the user is told in words, with what to do, and never as a stack', () => {
  test.each([
    [['exceptions', 'show', 'nonsense'], /no open exception for "nonsense"/],
    [['exceptions', 'skip', '1/2/3', '--by', 'A', '--why', 'x'], /no open exception/],
    [['exceptions', 'skip', '1/2/3', '--by', ' ', '--why', 'x'], /--by|"by"/],
    [['exceptions', 'skip', '1/2/3', '--by', 'A'], /required option '--why <text>'/],
    [['exceptions', 'retry', '1/2/3'], /required option '--by <name>'/],
    [['trace', 'nonsense'], /No document is known by "nonsense"/],
  ])('%j', async (args, told) => {
    const { code, stdout, stderr } = await run(...args, ...at);
    expect([code, stdout, stderr]).toEqual([1, '', expect.stringMatching(told)]);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('nobody answers', async () => {
    const { code, stderr } = await run('exceptions', 'list', '--url', 'http://127.0.0.1:1');
    expect([code, stderr]).toEqual([1, expect.stringMatching(/No connector answers.*\n.*npm start/)]);
  });

  test('somebody else answers', async () => {
    const { code, stderr } = await run('exceptions', 'list', '--url', firm.secrets.bill.baseUrl);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/No connector answers/)]);
  });
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newFolder } from '../local/command-line.ts';
import { run } from './run.ts';
import { secretsFile, startTwoSides } from './two-sides.ts';

const folder = newFolder();
const date = '2026-11-02';
const companies = [
  { companyCode: '1710', clearingAccounts: [{ fundingAccount: '*', glAccount: '11001080' }] },
];
const given = {
  connection: 'map-example',
  goLiveDate: '2026-01-01',
  companyCodes: companies,
  accounts: [{ glAccount: '61009000', chartOfAccount: '6900' }],
  accountForItemsWithoutAssignment: '61010000',
  costCenters: { as: 'department', match: 'number', entries: [] },
};

let sides: Awaited<ReturnType<typeof startTwoSides>>;
let files: string[];

const configFile = (name: string, config: object) => {
  const path = join(folder, `${name}.json`);
  writeFileSync(path, JSON.stringify(config));
  return path;
};
const filesWith = (config: object, name = 'connector.config') => [
  ...['--config', configFile(name, config)],
  ...['--secrets', secretsFile(sides.secrets).path],
];

/** Each number is an account of an invoice of its own, under this cost center. */
function enterInvoices() {
  const { tenant } = sides.sap;
  const supplier = tenant.addSupplier({ name: 'Example Supplies LLC', companies: [{ companyCode: '1710' }] });
  const uses = [
    ['61003000', '17101401'],
    ['61005000', '17101401'],
    ['61005000', '17101301'],
    ['61006000', '17101401'],
    ['61008000', '17101101'],
    ['61009000', '17101401'],
  ] as const;
  for (const [index, [glAccount, costCenter]] of uses.entries()) {
    tenant.postInvoice({
      companyCode: '1710',
      supplier,
      reference: `MAP-${index}`,
      documentDate: date,
      postingDate: date,
      lines: [{ kind: 'gl-account', glAccount, costCenter, amount: '10.00' }],
      ...(index === 0 ? { unplannedDeliveryCost: '5.00' } : {}),
    });
  }
  blockConsulting(true);
  tenant.endCostCenter('17101101', '2026-09-30');
}

function blockConsulting(isBlocked: boolean) {
  const account = { name: 'Consulting services', type: 'profit-loss', isBlocked } as const;
  sides.sap.tenant.setGlAccount('61008000', account);
}

function enterAccounts() {
  const { office } = sides.bill;
  office.addChartOfAccount({ name: 'Rent', number: '6500' });
  office.addChartOfAccount({ name: 'Consulting', number: '61008000' });
  office.addChartOfAccount({ name: 'Freight', number: '6100' });
  const travel = office.addChartOfAccount({ name: 'Travel expenses', number: '61006000' });
  office.archiveClassification('chart-of-accounts', travel);
  for (const name of ['17101401 Office and IT', '17101101 Consulting', 'Finance'])
    office.addDepartment({ name });
}

beforeAll(async () => {
  sides = await startTwoSides();
  enterInvoices();
  enterAccounts();
  files = filesWith(given);
});

afterAll(() => sides.close());

describe('map check', () => {
  test('measures what recent invoices use, says of each gap what is wrong, and fails', async () => {
    const { code, stdout, stderr } = await run('map', 'check', ...files);
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout).toBe(
      [
        'Measured on 6 invoices of the last 90 days.',
        'G/L accounts: 1 of 6 are mapped and usable.',
        '  ✗ G/L account 61005000 has no entry in the configuration, and BILL has no account with this number (2 invoices)',
        '  ✗ G/L account 61006000: the BILL account with the number 61006000 is archived (1 invoice)',
        '  ✗ G/L account 61008000 "Consulting services" is blocked for posting in chart YCOA (1 invoice)',
        '  ✗ G/L account 61009000 is mapped to "6900", which BILL does not have (1 invoice)',
        '  ✗ G/L account 61010000 has no entry in the configuration, and BILL has no account with this number (1 invoice)',
        'Cost centers: 1 of 3 are mapped and usable.',
        '  ✗ cost center 17101101 "Consulting US" is not valid on 2026-11-02 (valid 2020-01-01 to 2026-09-30) (1 invoice)',
        '  ✗ cost center 17101301 has no entry in the configuration, and no BILL department bears this number (1 invoice)',
        '',
      ].join('\n'),
    );
  });

  test('JSON for programs, with the same exit code', async () => {
    const { code, stdout } = await run('map', 'check', ...files, '--json');
    expect(code).toBe(1);
    const { invoices, accounts, costCenters } = JSON.parse(stdout);
    expect([invoices, accounts.used, accounts.mapped, costCenters.used, costCenters.mapped]).toEqual([
      6, 6, 1, 3, 1,
    ]);
    expect(accounts.gaps.map((gap: { value: string; problem: string }) => [gap.value, gap.problem])).toEqual([
      ['61005000', 'unmapped'],
      ['61006000', 'archived'],
      ['61008000', 'not-usable'],
      ['61009000', 'missing'],
      ['61010000', 'unmapped'],
    ]);
  });

  test('with everything mapped and usable the exit code is 0', async () => {
    const entry = (from: string, chartOfAccount: string) => ({ glAccount: from, chartOfAccount });
    const { costCenters: _none, ...others } = given;
    const accounts = [
      ...['61005000', '61006000', '61009000'].map((number) => entry(number, '6500')),
      entry('61010000', '6100'),
    ];
    blockConsulting(false);
    const { code, stdout } = await run('map', 'check', ...filesWith({ ...others, accounts }, 'mapped'));
    blockConsulting(true);
    expect([code, stdout]).toEqual([
      0,
      'Measured on 6 invoices of the last 90 days.\nG/L accounts: 6 of 6 are mapped and usable.\nCost centers are not mapped.\n',
    ]);
  });
});

describe('map suggest', () => {
  test('proposes by the names of both sides, with a score; nothing archived, nothing for what only SAP can mend', async () => {
    const { code, stdout, stderr } = await run('map', 'suggest', ...files);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.replaceAll(/\((0ca|0de)\w+\)/g, '($1…)')).toBe(
      [
        'account      61005000 Rent           Rent (0ca…)     0.99  both names have "rent"',
        'account      61010000 Freight costs  Freight (0ca…)  0.67  both names have "freight"',
        'cost center  17101301 Finance US     Finance (0de…)  0.67  both names have "finance"',
        '',
      ].join('\n'),
    );
  });

  test('the same number is certain; an entry put in is not proposed again', async () => {
    const explicit = { ...given, matchAccountsByNumber: false };
    const { stdout } = await run('map', 'suggest', ...filesWith(explicit, 'explicit'), '--json');
    const { accounts } = JSON.parse(stdout);
    const office = accounts.find((each: { number: string }) => each.number === '61003000');
    expect(office).toMatchObject({
      entry: { name: 'Office supplies' },
      score: 1,
      reasons: ['both have the number 61003000'],
    });
    const entries = [{ glAccount: '61003000', chartOfAccount: office.entry.id }];
    const taken = await run(
      'map',
      'suggest',
      ...filesWith({ ...explicit, accounts: entries }, 'taken'),
      '--json',
    );
    expect(JSON.parse(taken.stdout).accounts).not.toContainEqual(
      expect.objectContaining({ number: '61003000' }),
    );
  });

  test('where cost centers are not mapped, they are proposed as departments', async () => {
    const { costCenters: _none, ...others } = given;
    const { stdout } = await run('map', 'suggest', ...filesWith(others, 'none'), '--json');
    const proposed = JSON.parse(stdout).costCenters.map((each: { number: string }) => each.number);
    expect(proposed).toContain('17101301');
  });
});

test('both change nothing on either side', async () => {
  const before = JSON.stringify([sides.sap.canonical(), sides.bill.canonical()]);
  await run('map', 'check', ...files);
  await run('map', 'suggest', ...files);
  expect(JSON.stringify([sides.sap.canonical(), sides.bill.canonical()])).toBe(before);
});

describe.each(['check', 'suggest'])('map %s tells a mistake in words, never as a stack', (command) => {
  const config = () => ['--config', configFile('good', given)];
  const secrets = (change: object = {}) => ['--secrets', secretsFile({ ...sides.secrets, ...change }).path];
  const mistakes: [name: string, flags: () => string[], told: RegExp][] = [
    ['no configuration', () => secrets(), /required option '--config <file>'/],
    [
      'no such configuration',
      () => ['--config', 'nowhere.json', ...secrets()],
      /nowhere\.json cannot be read/,
    ],
    [
      'an unknown setting',
      () => ['--config', configFile('bad', { ...given, account: [] }), ...secrets()],
      /unknown setting "account"/,
    ],
    ['no secrets', () => config(), /needs the credentials.*\n.*--secrets.*--stack/],
    ['no such secrets', () => [...config(), '--secrets', 'nowhere.json'], /nowhere\.json cannot be read/],
    ['an empty secret', () => [...config(), ...secrets({ sap: {} })], /"sap" in .* is empty/],
    [
      'a wrong password of BILL',
      () => [...config(), ...secrets({ bill: { ...sides.secrets.bill, password: 'wrong-4711' } })],
      /BDC_1101/,
    ],
    [
      'a BILL that does not answer',
      () => [
        ...config(),
        ...secrets({ bill: { ...sides.secrets.bill, baseUrl: 'http://127.0.0.1:9/connect' } }),
      ],
      /BILL/,
    ],
  ];
  test.for(mistakes)('%s', async ([, flags, told]) => {
    const { code, stdout, stderr } = await run('map', command, ...flags());
    expect([code, stdout, stderr]).toEqual([1, '', expect.stringMatching(told)]);
    expect(stderr).not.toMatch(/\n\s+at |4711/);
  });
});

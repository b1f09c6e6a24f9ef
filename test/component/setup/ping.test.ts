import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { scenarioConfig } from '../../../lib/local/scenario/scenario-config.ts';
import { newFolder } from '../local/command-line.ts';
import { run } from './run.ts';
import { type SecretsOfBoth, secretsFile, startTwoSides } from './two-sides.ts';

let sides: Awaited<ReturnType<typeof startTwoSides>>;

beforeEach(async () => {
  sides = await startTwoSides();
});

afterEach(() => sides.close());

const ping = (secrets: object, ...more: string[]) =>
  run('ping', '--secrets', secretsFile(secrets).path, ...more);
const failures = (stdout: string) => stdout.split('\n').filter((line) => line.startsWith('✗'));

test('with good credentials every line is ✓, each service with the scenario it needs', async () => {
  const { code, stdout, stderr } = await ping(sides.secrets);
  expect([code, stderr, failures(stdout)]).toEqual([0, '', []]);
  const lines = stdout.trim().split('\n');
  for (const line of lines) expect(line).toMatch(/^✓ \S.*: \S/);
  for (const scenario of ['SAP_COM_0057', 'SAP_COM_0002', 'SAP_COM_0008', 'SAP_COM_0053'])
    expect(stdout).toContain(scenario);
  for (const what of ['CSRF', 'BILL login', 'chart of accounts', 'webhook subscription', 'security key'])
    expect(stdout).toContain(what);
});

test('the service of attachments is tried where they are sent, and only there', async () => {
  const asked = () => sides.sap.books.requests.API_CV_ATTACHMENT_SRV ?? 0;
  const configured = (attachments: object) => {
    const path = join(newFolder(), 'connector.config.json');
    writeFileSync(path, JSON.stringify({ ...JSON.parse(scenarioConfig), attachments }));
    return ['--config', path];
  };
  await ping(sides.secrets, ...configured({}));
  expect(asked()).toBe(0);
  const { stdout } = await ping(sides.secrets, ...configured({ send: true }));
  expect(stdout).toMatch(/✓ SAP attachments \(API_CV_ATTACHMENT_SRV, SAP_COM_0057\): answers/);
  sides.sap.switches.missingArrangements = ['API_CV_ATTACHMENT_SRV'];
  const refused = await ping(sides.secrets, ...configured({ send: true }));
  const [line] = failures(refused.stdout);
  expect(line).toMatch(/SAP attachments.*arrangement for the scenario SAP_COM_0057/);
});

test('it changes nothing on either side', async () => {
  const before = JSON.stringify([sides.sap.canonical(), sides.bill.canonical()]);
  await ping(sides.secrets);
  expect(JSON.stringify([sides.sap.canonical(), sides.bill.canonical()])).toBe(before);
});

test('no secret is in what it says', async () => {
  const wrong = { ...sides.secrets, bill: { ...sides.secrets.bill, password: 'wrong-password-4711' } };
  const { stdout, stderr } = await ping(wrong);
  const { sap, bill } = wrong;
  const secrets = [bill.password, bill.devKey, bill.webhookSecurityKey];
  if (sap.auth.type === 'oauth2') secrets.push(sap.auth.clientSecret);
  for (const secret of secrets) expect(`${stdout}${stderr}`).not.toContain(secret);
});

describe('what does not work is ✗ with its fix, and the exit code is 1', () => {
  type Case = [
    name: string,
    /** Breaks something; gives back the secrets to try. */
    breakIt: (given: typeof sides) => object,
    line: RegExp,
  ];
  const withBill = (secrets: SecretsOfBoth, change: object) => ({
    ...secrets,
    bill: { ...secrets.bill, ...change },
  });
  const cases: Case[] = [
    [
      'a wrong client secret',
      ({ secrets: { sap, bill } }) => ({
        sap: { ...sap, auth: { ...sap.auth, clientSecret: 'wrong' } },
        bill,
      }),
      /^✗ SAP sign-in: .*refused the credentials.* → .*"Maintain Communication Users"/,
    ],
    [
      'a service without its communication arrangement',
      ({ sap, secrets }) => {
        sap.switches.missingArrangements = ['API_BUSINESS_PARTNER'];
        return secrets;
      },
      /^✗ SAP business partners .*HTTP 403.* → .*"Communication Arrangements".*SAP_COM_0008/,
    ],
    [
      'the posting service without its communication arrangement',
      ({ sap, secrets }) => {
        sap.switches.missingArrangements = ['JournalEntryCreateRequestConfirmation_In'];
        return secrets;
      },
      /^✗ SAP journal entry posting .*HTTP 403.* → .*SAP_COM_0002/,
    ],
    [
      'a wrong BILL password',
      ({ secrets }) => withBill(secrets, { password: 'wrong' }),
      /^✗ BILL login: .*BDC_1101.* → Correct username and password/,
    ],
    [
      'a wrong developer key',
      ({ secrets }) => withBill(secrets, { devKey: 'wrong' }),
      /^✗ BILL login: .*BDC_1102.* → Correct devKey/,
    ],
    [
      'a user without rights',
      ({ bill, secrets }) => {
        bill.switches.withoutRights = ['GET /v3/payments'];
        return secrets;
      },
      /^✗ BILL payments: .*no right.*BDC_1145.* → Give the user's role that right/,
    ],
    [
      'a subscription that BILL switched off',
      ({ bill, secrets }) => {
        bill.office.switchSubscriptionOff();
        return secrets;
      },
      /^✗ BILL webhook subscription: .*is switched off → .*switches it on again/,
    ],
    [
      'a security key that nobody has stored yet',
      ({ secrets }) => withBill(secrets, { webhookSecurityKey: '' }),
      /^✗ BILL webhook security key: .*is empty → Run "ml-connector webhook create/,
    ],
    [
      'an empty secret',
      ({ secrets: { bill } }) => ({ sap: {}, bill }),
      /^✗ SAP sign-in: .*empty.* → Fill it in as/,
    ],
  ];

  test.each(cases)('%s', async (_name, breakIt, line) => {
    const { code, stdout, stderr } = await ping(breakIt(sides));
    expect([code, stderr]).toEqual([1, '']);
    const [first = '', ...others] = failures(stdout);
    expect(first).toMatch(line);
    for (const other of others) expect(other).toMatch(/not tried/);
  });
});

test('with a configuration it tries the accounts that this one names', async () => {
  const config = join(newFolder(), 'connector.config.json');
  writeFileSync(config, scenarioConfig);
  const { code, stdout } = await ping(sides.secrets, '--config', config);
  expect(code).toBe(1);
  expect(failures(stdout)).toEqual([
    expect.stringMatching(/^✗ Accounts of the configuration: .*"6400", which BILL does not have.* → /),
  ]);
});

test('JSON for programs', async () => {
  const { code, stdout } = await ping(sides.secrets, '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toContainEqual({ what: 'BILL vendors', ok: true, found: 'may be read' });
});

test('without credentials it says which options name them', async () => {
  const { code, stderr } = await run('ping');
  expect([code, stderr]).toEqual([1, expect.stringMatching(/--secrets.*--stack/)]);
});

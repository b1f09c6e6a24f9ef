import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runProgram } from '../../../lib/local/commands/program.ts';
import { lockState } from '../../../lib/local/embedded/state-lock.ts';
import { scenarioConfig } from '../../../lib/local/scenario/scenario-config.ts';
import { newFolder } from './command-line.ts';

const folder = newFolder();
const file = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const goodConfig = file('connector.config.json', scenarioConfig);
const sap = { baseUrl: 'http://127.0.0.1:9', auth: { type: 'basic', username: 'u', password: 'pass-4711' } };
const bill = {
  baseUrl: 'http://127.0.0.1:9/connect',
  eventsBaseUrl: 'http://127.0.0.1:9/connect-events',
  devKey: 'key-4711',
  organizationId: '00800000000000000001',
  username: 'u',
  password: 'pass-4711',
  webhookSecurityKey: 'sign-4711',
};
const goodSecrets = file('secrets.json', JSON.stringify({ sap, bill }));
const taken = createServer();
let takenPort = '';
let unlock: () => void;

beforeAll(async () => {
  unlock = lockState(join(folder, 'state'));
  taken.listen(0, '127.0.0.1');
  await once(taken, 'listening');
  takenPort = String((taken.address() as AddressInfo).port);
});

afterAll(() => {
  unlock();
  taken.close();
});

const local = (...flags: string[]) => ['local', '--port', '0', '--once', ...flags];
const files = (config: string, secrets: string) => ['--config', config, '--secrets', secrets];

describe('a mistake of the user is told in words, with what to do, and never as a stack', () => {
  const mistakes: [name: string, args: () => string[], told: RegExp][] = [
    ['no such file', () => local(...files('nowhere.json', goodSecrets)), /nowhere\.json cannot be read/],
    [
      'a configuration that is no JSON',
      () => local(...files(file('broken.json', '{'), goodSecrets)),
      /the file is not JSON/,
    ],
    [
      'an unknown setting',
      () => local(...files(file('unknown.json', scenarioConfig.replace('"tax"', '"taxes"')), goodSecrets)),
      /unknown setting "taxes"/,
    ],
    ['no secrets', () => local(...files(goodConfig, 'nowhere.json')), /secrets nowhere\.json cannot be read/],
    [
      'an incomplete secret',
      () =>
        local(
          ...files(goodConfig, file('part.json', JSON.stringify({ sap, bill: { ...bill, devKey: '' } }))),
        ),
      /devKey/,
    ],
    ['a port that is taken', () => ['start', '--once', '--port', takenPort], /Port \d+ cannot be used/],
    [
      'a port of a simulator that is taken',
      () => ['simulate', '--sap-port', takenPort, '--bill-port', '0'],
      /--sap-port/,
    ],
    [
      'a state directory in use',
      () => local(...files(goodConfig, goodSecrets), '--state', join(folder, 'state')),
      /is in use by another process/,
    ],
    [
      'a world in use',
      () => ['simulate', '--sap-port', '0', '--bill-port', '0', '--state', join(folder, 'state')],
      /is in use by another process/,
    ],
    [
      'a recording that cannot be written',
      () => ['start', '--wiretap', folder],
      /recording .* cannot be written/,
    ],
    ['a number that is none', () => ['start', '--seed', 'x'], /Give a whole number/],
    ['an address without https', () => local('--webhook-url', 'http://example.com/x'), /whole https address/],
  ];
  test.for(mistakes)('%s', async ([, args, told]) => {
    let said = '';
    const code = await runProgram(['node', 'ml-connector', ...args()], (text) => {
      said += text;
    });
    expect([code, said]).toEqual([1, expect.stringMatching(told)]);
    expect(said).not.toMatch(/\n\s+at |4711/);
  });
});

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { expect, test } from 'vitest';
import { createApp } from '../../lib/infra/app.ts';

const folder = mkdtempSync(join(tmpdir(), 'ml-connector-app-'));
const appOf = (config: string) => createApp({ context: { config, 'aws:cdk:bundling-stacks': [] } });

test('a missing configuration says which file and what to do', () => {
  const file = join(folder, 'nowhere.json');
  expect(() => appOf(file)).toThrow(
    expect.objectContaining({ code: 'CONFIG_MISSING', message: expect.stringContaining(file) }),
  );
});

test('a configuration that does not hold is refused at synth, setting by setting', () => {
  const file = join(folder, 'wrong.json');
  writeFileSync(file, '{"connection":"Example","goLiveDate":"soon","companyCodes":[]}');
  expect(() => appOf(file)).toThrow(/connection: write 2 to 31[\s\S]*goLiveDate: write a date/);
});

test('without -c config the file of the working directory is taken', () => {
  expect(() => createApp()).toThrow('connector.config.json');
});

test('the stack has the name of its connection, and a cadence of its own', () => {
  const file = join(folder, 'emea.json');
  const company = { companyCode: '1010', clearingAccounts: [{ fundingAccount: '*', glAccount: '11002080' }] };
  const polling = { everyMinutes: 1 };
  writeFileSync(
    file,
    JSON.stringify({ connection: 'emea', goLiveDate: '2026-10-01', companyCodes: [company], polling }),
  );
  const app = appOf(file);
  expect(App.isApp(app)).toBe(true);
  expect(app.node.children.filter(Stack.isStack).map(({ stackName }) => stackName)).toEqual([
    'ml-connector-emea',
  ]);
});

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { functionNames } from './named-resources.ts';
import { exampleApp, exampleConfig, Synthesized } from './synthesized.ts';

/**
 * What one function may unpack to, source map aside: cold starts grow with it. One `import { z } from 'zod'` in the
 * place of `import * as z` brings all of zod's languages in, and breaks it.
 */
const budgetBytes = 1_300_000;
/** BILL waits for the webhook's answer: it loads neither the ledger nor the clients of both sides. */
const webhookBudgetBytes = 600_000;

let folders: Record<string, string>;

/** Really bundles, as `cdk deploy` does, and finds each function's code in the assembly. */
beforeAll(() => {
  const app = exampleApp({ bundled: true });
  const stack = new Synthesized(app);
  const assembly = app.synth().directory;
  folders = Object.fromEntries(
    functionNames.map((name) => {
      const { S3Key } = stack.at(`Functions/${name}/Function`).Properties.Code;
      return [name, join(assembly, `asset.${S3Key.replace('.zip', '')}`)];
    }),
  );
}, 240_000);

describe.each(functionNames)('the bundle of %s', (name) => {
  const file = (path: string) => join(folders[name] ?? '', path);

  test('holds the code, its source map and the configuration, and nothing else', () => {
    expect(readdirSync(file('.')).sort()).toEqual(['connector.config.json', 'index.mjs', 'index.mjs.map']);
    expect(readFileSync(file('connector.config.json'), 'utf8')).toBe(readFileSync(exampleConfig, 'utf8'));
  });

  test('keeps to its budget', () => {
    const { size } = statSync(file('index.mjs'));
    expect(size).toBeGreaterThan(100_000);
    expect(size).toBeLessThan(name === 'ReceiveBillEvent' ? webhookBudgetBytes : budgetBytes);
  });

  test('is complete: Node.js 24 imports it with nothing around, and it says what is missing', () => {
    const script = `
      const { handler } = await import(${JSON.stringify(pathToFileURL(file('index.mjs')).href)});
      await handler({}).catch((error) => console.log(process.versions.node.split('.')[0], error.name, error.code));
    `;
    const env = { PATH: '', AWS_REGION: 'us-east-1' };
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: '/',
      env,
      encoding: 'utf8',
    });
    expect(run.stderr).toBe('');
    expect(run.stdout.trim()).toBe('24 ConfigurationError ENVIRONMENT_INCOMPLETE');
  });
});

import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { functionNames } from '../stack/named-resources.ts';
import { exampleApp, Synthesized } from '../stack/synthesized.ts';

/**
 * What a cold start loads: the bytes of each function's bundle, and how long a new Node.js process takes that imports
 * it, to one that imports nothing. Both are measured in turns within one run, so only their ratio is told.
 */
const turns = 15;

const app = exampleApp({ bundled: true });
const stack = new Synthesized(app);
const assembly = app.synth().directory;
const bundles = functionNames.map((name) => {
  const { S3Key } = stack.at(`Functions/${name}/Function`).Properties.Code;
  return { name, file: join(assembly, `asset.${S3Key.replace('.zip', '')}`, 'index.mjs') };
});

console.table(
  bundles.map(({ name, file }) => ({
    function: name,
    kilobytes: Math.round(statSync(file).size / 1000),
    'start, to an empty process': startRatio(file).toFixed(2),
  })),
);

function startRatio(file: string): number {
  const [empty, loaded]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < turns; turn += 1) {
    empty.push(startMs(''));
    loaded.push(startMs(`await import(${JSON.stringify(pathToFileURL(file).href)})`));
  }
  return median(loaded) / median(empty);
}

function startMs(script: string): number {
  const begun = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    env: { AWS_REGION: 'us-east-1' },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return Number(process.hrtime.bigint() - begun) / 1e6;
}

function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}

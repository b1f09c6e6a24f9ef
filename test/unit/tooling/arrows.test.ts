import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import arrows from '../../../dependency-cruiser.config.ts';

/** A tree with one broken arrow of each kind; the names of the files say which. */
const sources: Record<string, string> = {
  'package.json': '{"dependencies":{"@aws-sdk/client":"1"},"devDependencies":{"only-for-tests":"1"}}',
  'node_modules/@aws-sdk/client/index.js': 'export const client = 1;',
  'node_modules/only-for-tests/index.js': 'export const tool = 1;',
  'lib/observe/needs-tool.ts': "import { tool } from 'only-for-tests';\nexport const bad = tool;",
  'lib/sap/needs-aws.ts': "import { client } from '@aws-sdk/client';\nexport const bad = client;",
  'lib/ledger/needs-aws.ts': "import { client } from '@aws-sdk/client';\nexport const fine = client;",
  'lib/money.ts': 'export const cents = 100;',
  'lib/clock.ts': 'export interface Clock { now(): number }',
  'lib/rules/allowed.ts': "import { cents } from '../money.ts';\nexport const half = cents / 2;",
  'lib/rules/reads-clock.ts': "import type { Clock } from '../clock.ts';\nexport type Bad = Clock;",
  'lib/rules/reads-disk.ts': "import { readFileSync } from 'node:fs';\nexport const bad = readFileSync;",
  'lib/sap/sap.ts': 'export interface Sap { read(): void }',
  'lib/bill/reads-sap.ts': "import type { Sap } from '../sap/sap.ts';\nexport type Bad = Sap;",
  'lib/ledger/climbs.ts': "import type { Sap } from '../sap/sap.ts';\nexport type Bad = Sap;",
  'lib/work/left.ts': "import { right } from './right.ts';\nexport const left = (): unknown => right;",
  'lib/work/right.ts': "import { left } from './left.ts';\nexport const right = (): unknown => left;",
  'lib/journeys/journey.ts': "import type { Sap } from '../sap/sap.ts';\nexport type Fine = Sap;",
  'functions/entrance.ts': "export type { Fine } from '../lib/journeys/journey.ts';",
  'lib/journeys/climbs.ts': "export const bad = () => import('../../functions/entrance.ts');",
  'lib/infra/reads-journey.ts':
    "import type { Fine } from '../journeys/journey.ts';\nexport type Bad = Fine;",
  'lib/local/lost.ts': "import { gone } from './gone.ts';\nexport const bad = gone;",
  'test/helper.ts': 'export const helper = 1;',
  'bin/reads-test.ts': "import { helper } from '../test/helper.ts';\nexport const bad = helper;",
};

let broken: string[];
let root: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'arrows-'));
  for (const [path, source] of Object.entries(sources)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), source);
  }
  const { forbidden, options } = arrows;
  const result = await cruise(['bin', 'functions', 'lib', 'test'], {
    ...options,
    baseDir: root,
    validate: true,
    ruleSet: { forbidden },
  });
  const { summary } = result.output as ICruiseResult;
  broken = summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`).sort();
});

afterAll(() => rmSync(root, { recursive: true }));

test('each broken arrow is caught, and nothing else', () => {
  expect(broken).toEqual([
    'aws-behind-doors: lib/sap/needs-aws.ts',
    'deployed-code-is-complete: lib/observe/needs-tool.ts',
    'never-from-bill-to-a-neighbour: lib/bill/reads-sap.ts',
    'never-from-infra-to-a-neighbour: lib/infra/reads-journey.ts',
    'never-up-from-journeys: lib/journeys/climbs.ts',
    'never-up-from-rules: lib/ledger/climbs.ts',
    'no-circles: lib/work/left.ts',
    'no-tests-in-the-product: bin/reads-test.ts',
    'resolvable: lib/local/lost.ts',
    'rules-are-pure: lib/rules/reads-clock.ts',
    'rules-are-pure: lib/rules/reads-disk.ts',
  ]);
});

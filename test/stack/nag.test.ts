import { Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { afterEach, expect, test, vi } from 'vitest';
import { exampleApp } from './synthesized.ts';

afterEach(() => vi.doUnmock('../../lib/infra/acknowledge.ts'));

test('AWS Solutions finds nothing that is not acknowledged', () => {
  expect(findings(exampleApp())).toEqual([]);
});

test('each acknowledgement answers a real finding, and each has its reason', async () => {
  const acknowledged: string[] = [];
  vi.resetModules();
  vi.doMock('../../lib/infra/acknowledge.ts', () => ({
    acknowledge: (construct: { node: { path: string } }, reasons: Record<string, string>) => {
      for (const [rule, reason] of Object.entries(reasons)) {
        expect(reason.length).toBeGreaterThan(40);
        acknowledged.push(`${rule} ${construct.node.path}/Resource`);
      }
    },
  }));
  const { createApp } = await import('../../lib/infra/app.ts');
  const { exampleConfig } = await import('./synthesized.ts');
  const bare = createApp({ context: { config: exampleConfig, 'aws:cdk:bundling-stacks': [] } });
  expect(acknowledged.length).toBeGreaterThan(0);
  expect(findings(bare)).toEqual(acknowledged.sort());
});

test('a finding fails the synth', () => {
  const app = exampleApp();
  new Queue(new Stack(app, 'Careless'), 'Open');
  expect(() => app.synth()).toThrow('AwsSolutions-SQS4');
});

function findings(app: ReturnType<typeof exampleApp>): string[] {
  const { violations } = new AwsSolutionsChecks(app).validateScope(app);
  return violations
    .flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`),
    )
    .sort();
}

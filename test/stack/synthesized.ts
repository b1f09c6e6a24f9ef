import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type App, CfnResource, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { createApp } from '../../lib/infra/app.ts';

export const exampleConfig = fileURLToPath(
  new URL('../../docs/connector.config.example.json', import.meta.url),
);
const stackName = 'ml-connector-example-us';

/** The app of the example configuration; without bundles unless asked for, since they take their time. */
export function exampleApp({ bundled = false, config = exampleConfig } = {}): App {
  return createApp({
    outdir: mkdtempSync(join(tmpdir(), 'ml-connector-synth-')),
    context: { config, ...(!bundled && { 'aws:cdk:bundling-stacks': [] }) },
  });
}

export interface Resource {
  readonly id: string;
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template is JSON of hundreds of shapes; the assertions are the types here.
  readonly Properties: Record<string, any>;
  readonly DeletionPolicy?: string;
}

/** The template and its resources by the path of their constructs, below the stack. */
export class Synthesized {
  readonly template: Template;
  private readonly byPath = new Map<string, Resource>();

  constructor(app: App = exampleApp()) {
    const stack = app.node.findChild(stackName);
    if (!(stack instanceof Stack)) throw new Error(`There is no stack ${stackName}.`);
    this.template = Template.fromStack(stack);
    const { Resources } = this.template.toJSON();
    for (const construct of stack.node.findAll()) {
      if (!CfnResource.isCfnResource(construct)) continue;
      const id = stack.getLogicalId(construct);
      const path = construct.node.path.slice(stackName.length + 1).replace(/\/Resource$/, '');
      this.byPath.set(path, { id, ...Resources[id] });
    }
  }

  /** For example `Functions/PollSap/Function`. */
  at(path: string): Resource {
    const found = this.byPath.get(path);
    if (found === undefined)
      throw new Error(`No resource at ${path}; there are ${[...this.byPath.keys()].join(', ')}`);
    return found;
  }

  ofType(type: string): Resource[] {
    return [...this.byPath.values()].filter((resource) => resource.Type === type);
  }
}

export const refTo = (resource: Resource) => ({ Ref: resource.id });
export const arnOf = (resource: Resource) => ({ 'Fn::GetAtt': [resource.id, 'Arn'] });

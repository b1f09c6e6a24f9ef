import { resolve } from 'node:path';
import { App, type AppProps, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { readConfigFile } from '../config/read-config-file.ts';
import { ConnectorStack } from './stack.ts';

/**
 * The CDK app with the stack of one connection, judged by cdk-nag: a finding that nobody accepted fails the synth.
 * The configuration is `connector.config.json` in the working directory, or what `-c config=FILE` names.
 * Throws ConfigurationError as readConfigFile does.
 */
export function createApp(props: AppProps = {}): App {
  const app = new App(props);
  const configFile = resolve(app.node.tryGetContext('config') ?? 'connector.config.json');
  new ConnectorStack(app, { config: readConfigFile(configFile), configFile });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
}

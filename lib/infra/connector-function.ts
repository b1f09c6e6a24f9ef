import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyDocument, type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { type BundlingOptions, NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { logs, traces } from './permissions.ts';

const projectRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export interface ConnectorFunctionProps {
  /** File in functions/, without its ending. */
  readonly entry: string;
  readonly description: string;
  readonly timeout: Duration;
  readonly memorySize: number;
  readonly reservedConcurrentExecutions?: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Beside logging and tracing. */
  readonly may: readonly PolicyStatement[];
  /** The connector.config.json that goes with the code. */
  readonly configFile: string;
  readonly logKey: IKey;
}

/** One Lambda function with its own bundle, role and log group. */
export class ConnectorFunction extends Construct {
  readonly function: NodejsFunction;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: ConnectorFunctionProps) {
    super(scope, id);
    this.logGroup = new LogGroup(this, 'Logs', {
      retention: RetentionDays.SIX_MONTHS,
      encryptionKey: props.logKey,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const { entry, description, timeout, memorySize, reservedConcurrentExecutions, environment } = props;
    this.function = new NodejsFunction(this, 'Function', {
      entry: join(projectRoot, 'functions', `${entry}.ts`),
      description,
      timeout,
      memorySize,
      ...(reservedConcurrentExecutions !== undefined && { reservedConcurrentExecutions }),
      environment: { ...environment, NODE_OPTIONS: '--enable-source-maps' },
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      tracing: Tracing.ACTIVE,
      logGroup: this.logGroup,
      loggingFormat: LoggingFormat.JSON,
      role: this.role(props.may).withoutPolicyUpdates(),
      projectRoot,
      depsLockFilePath: join(projectRoot, 'package-lock.json'),
      awsSdkConnectionReuse: false,
      bundling: bundling(props.configFile),
    });
  }

  /** Everything the role may do stands in one inline policy; CDK's grants do not add to it. */
  private role(may: readonly PolicyStatement[]): Role {
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: {
        calls: new PolicyDocument({ statements: [logs(this.logGroup), traces(), ...may] }),
      },
    });
    acknowledge(role, {
      'AwsSolutions-IAM5[Resource::*]':
        'X-Ray has no resources to name: PutTraceSegments and PutTelemetryRecords take "*" only.',
    });
    return role;
  }
}

/** One ES module with everything in it, names kept (error classes are told apart by name) and source maps beside. */
function bundling(configFile: string): BundlingOptions {
  return {
    format: OutputFormat.ESM,
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    keepNames: true,
    sourceMap: true,
    sourcesContent: false,
    bundleAwsSDK: true,
    // A long name: esbuild does not see the banner, and gives the code names of a few letters.
    banner:
      "import{createRequire as createRequireOfNode}from'node:module';const require=createRequireOfNode(import.meta.url);",
    commandHooks: {
      beforeBundling: () => [],
      beforeInstall: () => [],
      afterBundling: (_input, output) => [`cp "${configFile}" "${join(output, 'connector.config.json')}"`],
    },
  };
}

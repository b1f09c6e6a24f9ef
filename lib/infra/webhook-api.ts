import { RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { webhookThrottle } from './sizes.ts';

const path = '/webhooks/bill';

/** The one door from outside: `POST /webhooks/bill`, throttled and logged. */
export class WebhookApi extends Construct {
  readonly api: HttpApi;
  readonly stage: HttpStage;
  /** What BILL's subscription is given as its notification URL. */
  readonly url: string;

  constructor(scope: Construct, id: string, receiver: IFunction, logKey: IKey) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', {
      description: "ml-connector: takes BILL's notifications",
      createDefaultStage: false,
    });
    const [route] = this.api.addRoutes({
      path,
      methods: [HttpMethod.POST],
      integration: new HttpLambdaIntegration('Receiver', receiver),
    });
    if (route !== undefined) {
      acknowledge(route, {
        'AwsSolutions-APIG4':
          'BILL cannot sign in; it signs each notification (HMAC-SHA256 over the body), which the function verifies first.',
      });
    }
    this.stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      autoDeploy: true,
      throttle: webhookThrottle,
      accessLogSettings: { destination: this.accessLog(logKey), format: accessLogFormat },
    });
    this.url = `${this.api.apiEndpoint}${path}`;
  }

  private accessLog(encryptionKey: IKey): LogGroupLogDestination {
    const group = new LogGroup(this, 'AccessLog', {
      retention: RetentionDays.SIX_MONTHS,
      encryptionKey,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    return new LogGroupLogDestination(group);
  }
}

const accessLogFormat = AccessLogFormat.custom(
  JSON.stringify({
    time: '$context.requestTime',
    requestId: '$context.requestId',
    sourceIp: '$context.identity.sourceIp',
    route: '$context.routeKey',
    status: '$context.status',
    bytes: '$context.responseLength',
    latencyMs: '$context.responseLatency',
    error: '$context.integrationErrorMessage',
  }),
);

import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { entrance, type Source } from './entrance.ts';
import { deployedWebhook, type WebhookRuntime } from './webhook-runtime.ts';

/** The part of an HTTP API's event (payload format 2.0) that counts; header names are in lower case there. */
export type WebhookRequest = Pick<APIGatewayProxyEventV2, 'headers' | 'body' | 'isBase64Encoded'>;

/** Journey 2, BILL's notification: the signature is over the raw bytes, so they are handed on as they came. */
export const createHandler = (source: Source<WebhookRuntime>) =>
  entrance(
    source,
    async ({ useCases }, event: WebhookRequest): Promise<APIGatewayProxyStructuredResultV2> => {
      const rawBody = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
      const { status, code } = await useCases.receiveEvent(rawBody, event.headers['x-bill-sha-signature']);
      return {
        statusCode: status,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code }),
      };
    },
  );

export const handler = createHandler(deployedWebhook);

import type { UseCases } from '../lib/journeys/use-cases.ts';
import { receiveEvent } from '../lib/journeys/webhooks/receive-event.ts';
import { powertoolsObserve } from '../lib/observe/powertools.ts';
import { queuesOf, secretsOf } from './aws-doors.ts';
import type { Observed, Source } from './entrance.ts';
import { type FunctionEnvironment, readEnvironment } from './environment.ts';

/** What the webhook works with. It has no ledger, and nothing of SAP: BILL waits for its answer. */
export interface WebhookRuntime extends Observed {
  readonly useCases: Pick<UseCases, 'receiveEvent'>;
}

let deployed: WebhookRuntime | undefined;

/** Much less than the other functions load, so that a cold start answers within BILL's patience too. */
export const deployedWebhook: Source<WebhookRuntime> = () => {
  deployed ??= createWebhookRuntime(readEnvironment(process.env));
  return deployed;
};

export function createWebhookRuntime(environment: FunctionEnvironment): WebhookRuntime {
  const observe = powertoolsObserve(environment.CONNECTION);
  const doors = { observe, secrets: secretsOf(environment), queues: queuesOf(environment) };
  return {
    observe,
    useCases: { receiveEvent: (rawBody, signature) => receiveEvent(doors, rawBody, signature) },
  };
}

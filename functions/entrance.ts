import middy, { type MiddlewareObj } from '@middy/core';
import type { Context } from 'aws-lambda';
import { ConnectorError, WorldError } from '../lib/errors.ts';
import type { Observe } from '../lib/observe/observe.ts';
import type { FunctionObserve } from '../lib/observe/powertools.ts';

/** What the entrance itself needs of a runtime. */
export interface Observed {
  readonly observe: Observe & Partial<FunctionObserve>;
}

/** Where a runtime comes from, at each invocation. */
export type Source<Runtime> = () => Runtime | Promise<Runtime>;

/** A Lambda handler; without a context (on one machine, in tests) there is no time limit. */
export type Entrance<Event, Answer> = (event: Event, context?: Context) => Promise<Answer>;

/** Kept back from the function's time, to log and publish before Lambda ends it. */
const lastMillis = 1_000;

/** What all functions have in common: log context, published metrics, a log line for what fails, a limit of time. */
export function entrance<Runtime extends Observed, Event, Answer>(
  source: Source<Runtime>,
  work: (runtime: Runtime, event: Event, context: Context) => Promise<Answer>,
): Entrance<Event, Answer> {
  const handler = middy<Event, Answer>({ timeoutEarlyInMillis: lastMillis, timeoutEarlyResponse: outOfTime })
    .use(observed<Event, Answer>(source))
    .handler(async (event, context) => work(await source(), event, context));
  return (event, context) => handler(event, context ?? ({} as Context));
}

function observed<Event, Answer>(source: Source<Observed>): MiddlewareObj<Event, Answer> {
  return {
    before: async ({ context }) => {
      (await source()).observe.begin?.(context);
    },
    after: async () => {
      (await source()).observe.end?.();
    },
    onError: async ({ error }) => {
      const { observe } = await source();
      observe.log('error', 'function-failed', told(error));
      observe.end?.();
    },
  };
}

function told(error: unknown): Record<string, unknown> {
  if (error instanceof ConnectorError) {
    const { code, message, nextStep } = error;
    return { code, reason: message, nextStep };
  }
  return { code: 'UNEXPECTED', error };
}

function outOfTime(): never {
  throw new WorldError({
    code: 'FUNCTION_OUT_OF_TIME',
    message: 'The function ran out of time before its work was done.',
    nextStep: 'Nothing: the work goes on with the next run. If it happens often, see which side is slow.',
    mayHaveHappened: true,
  });
}

/** Milliseconds until the function's time is over; undefined where there is no limit. */
export function remainingMillis(context: Partial<Context>): number | undefined {
  return context.getRemainingTimeInMillis?.();
}

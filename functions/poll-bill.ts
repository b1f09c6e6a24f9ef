import { z } from 'zod';
import { entrance } from './entrance.ts';
import { pollOutcome } from './poll-outcome.ts';
import { deployedRuntime, type RuntimeSource } from './runtime.ts';

const eventSchema = z.object({ task: z.enum(['find-payments', 'watch-payments']).default('find-payments') });

/**
 * Journey 2, by the schedules: payments that no notification told of and the health of the subscription; and, less
 * often, what changed without our hearing of it.
 */
export const createHandler = (source: RuntimeSource) =>
  entrance(source, async ({ useCases }, event: unknown) => {
    const { task } = eventSchema.parse(event);
    return pollOutcome(
      { 'find-payments': useCases.findPayments, 'watch-payments': useCases.watchPayments }[task],
    );
  });

export const handler = createHandler(deployedRuntime);

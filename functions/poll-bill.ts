import * as z from 'zod';
import { entrance } from './entrance.ts';
import { pollOutcome } from './poll-outcome.ts';
import { deployedRuntime, type RuntimeSource } from './runtime.ts';

const eventSchema = z.object({ task: z.enum(['find-payments', 'watch-payments', 'find-vendors']) });

/**
 * What no notification told of, by the schedules: payments and the subscription's health; vendors and foreign bills;
 * and, less often, what changed without a newer change stamp.
 */
export const createHandler = (source: RuntimeSource) =>
  entrance(source, async ({ useCases }, event: unknown) => {
    const { task } = eventSchema.parse(event);
    const poll = {
      'find-payments': useCases.findPayments,
      'watch-payments': useCases.watchPayments,
      'find-vendors': useCases.findVendors,
    }[task];
    return pollOutcome(poll);
  });

export const handler = createHandler(deployedRuntime);

import { z } from 'zod';
import { entrance } from './entrance.ts';
import { pollOutcome } from './poll-outcome.ts';
import { deployedRuntime, type RuntimeSource } from './runtime.ts';

const eventSchema = z.object({ task: z.enum(['find-invoices', 'recheck-invoices']) });

/** Journey 1, by the schedules: changed invoices, and those that were kept back. */
export const createHandler = (source: RuntimeSource) =>
  entrance(source, async ({ useCases }, event: unknown) => {
    const { task } = eventSchema.parse(event);
    const poll = { 'find-invoices': useCases.findInvoices, 'recheck-invoices': useCases.recheckInvoices }[
      task
    ];
    return pollOutcome(poll);
  });

export const handler = createHandler(deployedRuntime);

import { z } from 'zod';
import { entrance } from './entrance.ts';
import { pollOutcome } from './poll-outcome.ts';
import { deployedRuntime, type RuntimeSource } from './runtime.ts';

const eventSchema = z.object({
  task: z.enum(['find-invoices', 'recheck-invoices', 'watch-invoices', 'follow-up']),
});

/** By the schedules: changed invoices, those that were kept back, those whose bill is open, and what SAP does asynchronously. */
export const createHandler = (source: RuntimeSource) =>
  entrance(source, async ({ useCases }, event: unknown) => {
    const { task } = eventSchema.parse(event);
    const poll = {
      'find-invoices': useCases.findInvoices,
      'recheck-invoices': useCases.recheckInvoices,
      'follow-up': useCases.followUp,
      'watch-invoices': useCases.watchInvoices,
    }[task];
    return pollOutcome(poll);
  });

export const handler = createHandler(deployedRuntime);

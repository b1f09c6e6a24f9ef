import * as z from 'zod';
import { entrance } from './entrance.ts';
import { pollOutcome } from './poll-outcome.ts';
import { deployedRuntime, type RuntimeSource } from './runtime.ts';

const eventSchema = z.object({
  task: z.enum([
    'find-invoices',
    'recheck-invoices',
    'watch-invoices',
    'follow-up',
    'find-suppliers',
    'compare-suppliers',
  ]),
});

/**
 * What changed in SAP, by the schedules: invoices, those that were kept back, those whose bill is open, what SAP does
 * asynchronously, suppliers.
 */
export const createHandler = (source: RuntimeSource) =>
  entrance(source, async ({ useCases }, event: unknown) => {
    const { task } = eventSchema.parse(event);
    const poll = {
      'find-invoices': useCases.findInvoices,
      'recheck-invoices': useCases.recheckInvoices,
      'follow-up': useCases.followUp,
      'watch-invoices': useCases.watchInvoices,
      'find-suppliers': useCases.findSuppliers,
      'compare-suppliers': useCases.compareSuppliers,
    }[task];
    return pollOutcome(poll);
  });

export const handler = createHandler(deployedRuntime);

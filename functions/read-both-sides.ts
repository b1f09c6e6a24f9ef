import * as z from 'zod';
import { entrance } from './entrance.ts';
import { pollOutcome } from './poll-outcome.ts';
import { deployedRuntime, type RuntimeSource } from './runtime.ts';

const eventSchema = z.object({ task: z.enum(['read-reference-data', 'tie-out']) });

/** What is read from both sides, by its schedules, and written to neither. */
export const createHandler = (source: RuntimeSource) =>
  entrance(source, async ({ useCases }, event: unknown) => {
    const { task } = eventSchema.parse(event);
    const run = { 'read-reference-data': useCases.readReferenceData, 'tie-out': useCases.tieOut }[task];
    return pollOutcome(run);
  });

export const handler = createHandler(deployedRuntime);

import { WorldError } from '../lib/errors.ts';
import type { PollReport } from '../lib/journeys/use-cases.ts';

export type PollOutcome = PollReport | { readonly waitsFor: string };

/**
 * A poll that met the world's failure is no error of the function: it is logged and counted already, and the next
 * poll starts where the cursor stands. Everything else is thrown.
 */
export async function pollOutcome(poll: () => Promise<PollReport>): Promise<PollOutcome> {
  try {
    return await poll();
  } catch (error) {
    if (error instanceof WorldError) return { waitsFor: error.code };
    throw error;
  }
}

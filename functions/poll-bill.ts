import { entrance } from './entrance.ts';
import { pollOutcome } from './poll-outcome.ts';
import { deployedRuntime, type RuntimeSource } from './runtime.ts';

/** Journey 2, by its schedule: payments that no notification told of, and the health of the subscription. */
export const createHandler = (source: RuntimeSource) =>
  entrance(source, ({ useCases }, _event: unknown) => pollOutcome(() => useCases.findPayments()));

export const handler = createHandler(deployedRuntime);

import { sapWorkSchema } from '../lib/work/messages.ts';
import { createConsumer } from './consumer.ts';
import { deployedRuntime, type RuntimeSource } from './runtime.ts';

/** Journey 2, the messages of `sap-work`: a payment becomes a journal entry, one that failed a note. */
export const createHandler = (source: RuntimeSource) =>
  createConsumer(source, {
    queue: 'sap-work',
    schema: sapWorkSchema,
    handle: (useCases, work) =>
      work.kind === 'payment' ? useCases.returnPayment(work) : useCases.noteFailedPayment(work),
  });

export const handler = createHandler(deployedRuntime);

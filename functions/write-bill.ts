import { billWorkSchema } from '../lib/work/messages.ts';
import { createConsumer } from './consumer.ts';
import { deployedRuntime, type RuntimeSource } from './runtime.ts';

/** Journey 1, the messages of `bill-work`: an invoice becomes a bill, its files follow. */
export const createHandler = (source: RuntimeSource) =>
  createConsumer(source, {
    queue: 'bill-work',
    schema: billWorkSchema,
    handle: (useCases, work) =>
      work.kind === 'invoice' ? useCases.handOverInvoice(work) : useCases.sendAttachments(work),
  });

export const handler = createHandler(deployedRuntime);

import type { UseCases } from '../lib/journeys/use-cases.ts';
import { type SapWork, sapWorkSchema } from '../lib/work/messages.ts';
import { createConsumer } from './consumer.ts';
import { deployedRuntime, type RuntimeSource } from './runtime.ts';

/** The messages of `sap-work`: a payment becomes a journal entry, one that failed a note; vendors are aligned. */
export const createHandler = (source: RuntimeSource) =>
  createConsumer(source, {
    queue: 'sap-work',
    schema: sapWorkSchema,
    handle: workOn,
  });

function workOn(useCases: UseCases, work: SapWork): Promise<void> {
  switch (work.kind) {
    case 'payment':
      return useCases.returnPayment(work);
    case 'failed-payment':
      return useCases.noteFailedPayment(work);
    case 'vendor':
      return useCases.alignVendor(work);
    case 'foreign-bill':
      return useCases.checkForeignBill(work);
  }
}

export const handler = createHandler(deployedRuntime);

import type { UseCases } from '../lib/journeys/use-cases.ts';
import { type BillWork, billWorkSchema } from '../lib/work/messages.ts';
import { createConsumer } from './consumer.ts';
import { deployedRuntime, type RuntimeSource } from './runtime.ts';

/** The messages of `bill-work`: an invoice becomes a bill, its files follow; a bill is looked at that people changed. */
export const createHandler = (source: RuntimeSource) =>
  createConsumer(source, { queue: 'bill-work', schema: billWorkSchema, handle: workOn });

function workOn(useCases: UseCases, work: BillWork): Promise<void> {
  switch (work.kind) {
    case 'invoice':
      return useCases.handOverInvoice(work);
    case 'attachments':
      return useCases.sendAttachments(work);
    case 'bill':
      return useCases.lookAtBill(work);
  }
}

export const handler = createHandler(deployedRuntime);

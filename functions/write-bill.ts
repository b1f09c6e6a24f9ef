import type { UseCases } from '../lib/journeys/use-cases.ts';
import { type BillWork, billWorkSchema } from '../lib/work/messages.ts';
import { createConsumer } from './consumer.ts';
import { deployedRuntime, type RuntimeSource } from './runtime.ts';

/** The messages of `bill-work`: an invoice becomes a bill, or a bill is looked at that people changed in BILL. */
export const createHandler = (source: RuntimeSource) =>
  createConsumer(source, { queue: 'bill-work', schema: billWorkSchema, handle: workOn });

function workOn(useCases: UseCases, work: BillWork): Promise<void> {
  return work.kind === 'invoice' ? useCases.handOverInvoice(work) : useCases.lookAtBill(work);
}

export const handler = createHandler(deployedRuntime);

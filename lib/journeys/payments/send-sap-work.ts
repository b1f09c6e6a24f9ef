import type { SapWork } from '../../work/messages.ts';
import type { Connector } from '../doors.ts';

/** The group is the vendor, so that one vendor's payments stay in order. */
export async function sendSapWork(
  { queues }: Pick<Connector, 'queues'>,
  work: readonly { message: SapWork; deduplicationId: string }[],
): Promise<void> {
  if (work.length === 0) return;
  await queues.send(
    'sap-work',
    work.map(({ message, deduplicationId }) => ({
      group: groupOf(message),
      deduplicationId,
      body: JSON.stringify(message),
    })),
  );
}

function groupOf(work: SapWork): string {
  const alone = work.kind === 'payment' ? work.paymentId : 'failed-payments';
  // A payment that could not be read yet has no vendor in the ledger.
  return work.vendorId || alone;
}

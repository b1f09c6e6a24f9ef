import { isoTime } from '../../clock.ts';
import { type AttachmentsRecord, attachmentRecords, attachmentsId } from '../../ledger/attachments.ts';
import { updateRecord, without } from '../../ledger/record.ts';
import type { InvoiceKey } from '../../rules/sap-invoices.ts';
import type { AttachmentWork } from '../../work/messages.ts';
import type { OutgoingMessage } from '../../work/queue.ts';
import type { Connector } from '../doors.ts';
import type { PollReport } from '../use-cases.ts';

type Store = Pick<Connector, 'table' | 'queues' | 'clock'>;

/**
 * The invoice is in BILL: its files are to follow, where the configuration says so. With the invoice's `version` only
 * once for each, without it (a new bill) in any case; repeatable.
 */
export async function wantAttachments(
  connector: Connector,
  key: InvoiceKey,
  version?: string,
): Promise<void> {
  if (!connector.config.attachments.send) return;
  await updateRecord(connector, attachmentRecords, attachmentsId(key), (current = fresh(key)) => {
    if (version === undefined) return current.state === 'due' ? undefined : wanted(connector, current);
    if (current.version === version) return undefined;
    return { ...(current.state === 'due' ? current : wanted(connector, current)), version };
  });
}

/** A person asks for another try of what BILL refused; the queue gets the message at once. */
export async function retryAttachments(store: Store, { key }: AttachmentsRecord): Promise<void> {
  const record = await updateRecord(store, attachmentRecords, attachmentsId(key), (current = fresh(key)) => ({
    ...wanted(store, without(current, 'skipped')),
    refused: [],
    waived: [],
  }));
  if (record !== undefined) await store.queues.send('bill-work', [messageOf(record)]);
}

/** The files that are due go to the queue, in groups of their own: whatever becomes of them, no bill waits for it. */
export async function askForAttachments(
  connector: Connector,
  records: readonly AttachmentsRecord[],
): Promise<PollReport> {
  const due = records.filter(({ state }) => state === 'due');
  if (due.length > 0) await connector.queues.send('bill-work', due.map(messageOf));
  for (const { key, attempt } of due) {
    await updateRecord(connector, attachmentRecords, attachmentsId(key), (current) =>
      current?.state === 'due' && current.attempt === attempt
        ? { ...current, state: 'asked' as const }
        : undefined,
    );
  }
  return { found: records.length, queued: due.length };
}

/** A record that was asked for nothing yet. */
function fresh(key: InvoiceKey): AttachmentsRecord {
  return {
    key,
    state: 'done',
    since: '',
    attempt: 0,
    sent: [],
    refused: [],
    told: [],
    problems: [],
    waived: [],
  };
}

function wanted({ clock }: Pick<Store, 'clock'>, current: AttachmentsRecord): AttachmentsRecord {
  return { ...current, state: 'due', since: isoTime(clock.now()), attempt: current.attempt + 1 };
}

function messageOf({ key, attempt }: AttachmentsRecord): OutgoingMessage {
  const work: AttachmentWork = { kind: 'attachments', key, attempt };
  const name = attachmentsId(key).replaceAll('/', '-');
  return { group: name, deduplicationId: `${name}-${attempt}`, body: JSON.stringify(work) };
}

import type { Clock } from '../clock.ts';
import { isoTime } from '../clock.ts';
import type { Random } from '../random.ts';
import type { Table } from './table.ts';

/** One line of a document's story. */
export interface TimelineEvent {
  /** ISO time. */
  readonly at: string;
  /** In plain words, with the numbers of both sides. Never a secret or bank detail. */
  readonly text: string;
  /** `connector`, or the person who decided. */
  readonly by: string;
}

export type DocumentName = {
  readonly kind:
    | 'invoice'
    | 'attachments'
    | 'payment'
    | 'supplier'
    | 'vendor'
    | 'foreign-bill'
    | 'connection';
  readonly id: string;
};

const partitionPrefix = {
  invoice: 'INVOICE#',
  attachments: 'INVOICE#',
  payment: 'PAYMENT#',
  supplier: 'LINK#',
  vendor: 'VENDOR#',
  'foreign-bill': 'FOREIGN-BILL#',
  connection: 'CONNECTION#',
} as const;

function partition({ kind, id }: DocumentName): string {
  return `${partitionPrefix[kind]}${kind === 'attachments' ? id.replace(/\/attachments$/, '') : id}`;
}

/** Adds one line; a crash may cause a line to stand twice, never to be lost after what it tells was recorded. */
export async function tell(
  { table, clock, random }: { table: Table; clock: Clock; random: Random },
  document: DocumentName,
  text: string,
  by = 'connector',
): Promise<void> {
  const at = isoTime(clock.now());
  // A reason that ends the text may be a whole sentence already.
  const event: TimelineEvent = { at, text: text.replace(/\.\.$/, '.'), by };
  await table.put({
    pk: partition(document),
    sk: `EVENT#${at}#${random.uuid().slice(0, 8)}`,
    version: 0,
    body: event,
  });
}

/** The story of a document, oldest first. */
export async function timeline(table: Table, document: DocumentName): Promise<TimelineEvent[]> {
  const events: TimelineEvent[] = [];
  let after: string | undefined;
  do {
    const page = await table.query(partition(document), {
      prefix: 'EVENT#',
      ...(after === undefined ? {} : { after }),
    });
    events.push(...page.items.map((item) => item.body as TimelineEvent));
    after = page.next;
  } while (after !== undefined);
  return events;
}

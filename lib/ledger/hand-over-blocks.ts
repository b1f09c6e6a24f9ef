import { followed } from './clearings.ts';
import type { Intent } from './intent.ts';
import type { RecordType } from './record.ts';

/**
 * Our payment block on the FI lines of an invoice that is in BILL. It hangs on the bill alone, never on a payment's
 * state: while the bill is there it is set, once the bill is gone for good it is lifted.
 */
export interface BlockRecord {
  /** Invoice id. */
  readonly invoice: string;
  readonly wanted: 'set' | 'lifted';
  /** `due`, `asked` of SAP and not confirmed yet, `done`; `exception`: waits for a person's retry. */
  readonly state: 'due' | 'asked' | 'done' | 'exception';
  /** ISO time from which this was wanted. */
  readonly since: string;
  readonly asked: number;
  /** ISO time of the last asking; of a `due` one: of the opposite, which SAP has not confirmed. */
  readonly askedAt?: string;
  readonly intent?: Intent;
}

export const blockRecords: RecordType<BlockRecord> = {
  key: (invoice) => ({ pk: `INVOICE#${invoice}`, sk: 'BLOCK' }),
  listing: (record) => ({ kind: 'block', ...followed(record) }),
};

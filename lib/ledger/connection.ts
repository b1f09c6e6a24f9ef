import type { Exception } from './exception.ts';
import { worklistOf } from './invoices.ts';
import type { RecordType } from './record.ts';

/** What concerns the connection rather than one document: refused credentials, a missing subscription. */
export interface ConnectionRecord {
  /** `bill-webhook`, `bill-credentials`, `sap-credentials`. */
  readonly name: string;
  readonly exception?: Exception;
}

export const connectionRecords: RecordType<ConnectionRecord> = {
  key: (name) => ({ pk: `CONNECTION#${name}`, sk: 'STATE' }),
  listing: (record) => ({ kind: 'connection', ...worklistOf(record, false) }),
};

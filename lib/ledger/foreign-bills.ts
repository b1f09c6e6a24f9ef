import type { Decision, Exception } from './exception.ts';
import { worklistOf } from './invoices.ts';
import type { RecordType } from './record.ts';

/** A bill that people or other programs entered in BILL: no supplier invoice stands behind it. */
export interface ForeignBill {
  readonly billId: string;
  readonly vendorId: string;
  readonly vendorName: string;
  readonly invoiceNumber: string;
  readonly amount: string;
  readonly currency: string;
  readonly archived: boolean;
  /** BILL's updatedTime of the newest state that was dealt with. */
  readonly doneUpdatedTime: string;
  readonly exception?: Exception;
  readonly skipped?: Decision;
}

export const foreignBills: RecordType<ForeignBill> = {
  key: (billId) => ({ pk: `FOREIGN-BILL#${billId}`, sk: 'STATE' }),
  listing: (record) => ({ kind: 'foreign-bill', ...worklistOf(record, false) }),
};

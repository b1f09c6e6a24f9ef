import type { LocalDate } from '../rules/sap-documents.ts';
import type { TieOutAmounts, TieOutLine } from '../rules/tie-out.ts';
import type { RecordType } from './record.ts';

/** The tie-out of one day, company code and currency. */
export interface TieOut extends TieOutAmounts {
  readonly date: LocalDate;
  readonly companyCode: string;
  readonly currency: string;
  readonly vendors: number;
  /** ISO time of the run; only lines of the same run belong to it. */
  readonly ranAt: string;
}

/** One vendor's line of it. */
export interface TieOutDetail extends TieOutLine {
  readonly ranAt: string;
}

export function tieOutPartition(date: LocalDate): string {
  return `TIE-OUT#${date}`;
}

/** By `2026-11-24 1710 USD`. */
export const tieOuts: RecordType<TieOut> = {
  key: (id) => keyOf(id, 'TOTAL'),
  listing: () => ({ kind: 'tie-out' }),
};

/** By `2026-11-24 1710 USD 009…`. */
export const tieOutDetails: RecordType<TieOutDetail> = {
  key: (id) => keyOf(id, 'VENDOR'),
  listing: () => ({}),
};

function keyOf(id: string, what: string) {
  const [date = '', ...rest] = id.split(' ');
  return { pk: tieOutPartition(date), sk: `${what}#${rest.join('#')}` };
}

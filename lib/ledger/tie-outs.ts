import type { LocalDate } from '../rules/local-date.ts';
import type { TieOutAmounts, TieOutLine } from '../rules/tie-out.ts';
import type { RecordType } from './record.ts';

/** A finished run of the tie-out; also where nothing is open any more. */
export interface TieOutRun {
  readonly date: LocalDate;
  /** ISO time of the run; only amounts of the same run belong to it. */
  readonly ranAt: string;
}

/** The tie-out of one day, company code and currency. */
export interface TieOut extends TieOutAmounts, TieOutRun {
  readonly companyCode: string;
  readonly currency: string;
  readonly vendors: number;
}

/** One vendor's line of it. */
export interface TieOutDetail extends TieOutLine {
  readonly ranAt: string;
}

export function tieOutPartition(date: LocalDate): string {
  return `TIE-OUT#${date}`;
}

/** By `2026-11-24`; written last, so that whoever finds it finds all of the run. */
export const tieOutRuns: RecordType<TieOutRun> = {
  key: (date) => ({ pk: tieOutPartition(date), sk: 'RUN' }),
  listing: () => ({ kind: 'tie-out' }),
};

/** By `2026-11-24 1710 USD`. */
export const tieOuts: RecordType<TieOut> = {
  key: (id) => keyOf(id, 'TOTAL'),
  listing: () => ({}),
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

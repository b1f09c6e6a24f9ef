import type { ChartOfAccount } from '../rules/bill-documents.ts';
import type { RecordType } from './record.ts';

/** BILL's chart of accounts as last read, in pages so that no item grows too large. */
export interface ChartPage {
  readonly entries: readonly ChartOfAccount[];
  /** Number of pages of this reading. */
  readonly pages: number;
  /** ISO time of the reading. */
  readonly readAt: string;
}

export const chartPages: RecordType<ChartPage> = {
  key: (page) => ({ pk: 'CHART-OF-ACCOUNTS', sk: `PAGE#${page.padStart(4, '0')}` }),
  listing: () => ({}),
};

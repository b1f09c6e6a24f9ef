import * as z from 'zod';
import type { ChartOfAccount } from '../rules/bill-documents.ts';
import type { BillCalls } from './bill.ts';
import { readAll } from './lists.ts';
import type { Rest } from './rest.ts';

const text = z.exactOptional(z.string());

/** BILL dossier §8. */
const chartOfAccountShape = z
  .object({
    id: z.string(),
    name: z.string(),
    archived: z.boolean().default(false),
    account: z.object({ type: text, number: text }).default({}),
  })
  .transform(({ account, ...fields }): ChartOfAccount => ({ ...fields, ...account }));

export function chartOfAccountCalls(rest: Rest): Pick<BillCalls, 'chartOfAccounts'> {
  return {
    chartOfAccounts: () =>
      readAll(rest, {
        path: '/v3/classifications/chart-of-accounts',
        about: 'chart of accounts',
        row: chartOfAccountShape,
        sort: 'createdTime:asc',
      }),
  };
}

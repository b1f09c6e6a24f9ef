import * as z from 'zod';
import { CredentialsError } from '../errors.ts';
import type { Classification, ClassificationKind } from '../rules/reference-data.ts';
import type { BillCalls } from './bill.ts';
import { readAll } from './lists.ts';
import type { Rest } from './rest.ts';

/** BILL dossier §8. */
const classificationShape = z.object({
  id: z.string(),
  name: z.string().default(''),
  archived: z.boolean().default(false),
  shortName: z.exactOptional(z.string()),
});

const paths: Record<ClassificationKind, string> = {
  department: 'departments',
  location: 'locations',
  'accounting-class': 'accounting-classes',
};

/** What BILL answers where the organization has not switched a class type on (BILL dossier §8). */
const notSwitchedOn = 'BDC_1145';

export function classificationCalls(rest: Rest): Pick<BillCalls, 'classifications'> {
  return {
    classifications: async (kind): Promise<Classification[] | undefined> => {
      try {
        return await readAll(rest, {
          path: `/v3/classifications/${paths[kind]}`,
          about: paths[kind].replace('-', ' '),
          row: classificationShape,
          sort: 'createdTime:asc',
        });
      } catch (error) {
        if (error instanceof CredentialsError && error.code === notSwitchedOn) return undefined;
        throw error;
      }
    },
  };
}

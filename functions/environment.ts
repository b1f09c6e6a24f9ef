import * as z from 'zod';
import { ConfigurationError } from '../lib/errors.ts';

/** What the stack tells a function (lib/infra/functions.ts): where things are, and no secret. */
const environmentSchema = z.object({
  CONNECTION: z.string().min(1),
  LEDGER_TABLE: z.string().min(1),
  BILL_WORK_QUEUE: z.url(),
  BILL_WORK_DEAD_LETTERS: z.url(),
  SAP_WORK_QUEUE: z.url(),
  SAP_WORK_DEAD_LETTERS: z.url(),
  SAP_SECRET: z.string().min(1),
  BILL_SECRET: z.string().min(1),
  /** Set by Lambda: the folder of the code. */
  LAMBDA_TASK_ROOT: z.string().min(1),
});

export type FunctionEnvironment = Readonly<z.infer<typeof environmentSchema>>;

/** Throws ConfigurationError `ENVIRONMENT_INCOMPLETE` that names every variable that is missing or wrong. */
export function readEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
): FunctionEnvironment {
  const parsed = environmentSchema.safeParse(variables);
  if (parsed.success) return parsed.data;
  const names = parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
  throw new ConfigurationError({
    code: 'ENVIRONMENT_INCOMPLETE',
    message: `These environment variables of the function are missing or wrong: ${names}.`,
    nextStep: 'Deploy the stack again; it sets all of them.',
  });
}

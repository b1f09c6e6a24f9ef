import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { ConfigurationError } from '../../errors.ts';
import type { LedgerDesk } from '../desk/ledger-desk.ts';
import type { RouteDeps } from '../run/start-local.ts';
import { findDocuments } from './find-documents.ts';
import { readOverview } from './overview.ts';
import { tieOutCsv } from './tie-out-csv.ts';

const text = (most: number) => z.string().trim().min(1).max(most);
const retryBody = z.strictObject({ id: text(64), by: text(100) });
const skipBody = retryBody.extend({ why: text(500) });
const resolveBody = skipBody.extend({ keep: z.enum(['sap', 'bill', 'leave']) });
const wanted = z.object({
  kind: z.string().optional(),
  stage: z.string().optional(),
  search: z.string().max(200).optional(),
});
const named = z.object({ id: z.string() });
const decisionNeeds =
  'Give id, the name of who decides ("by"), for a skip or a choice the reason ("why"), and for a choice the side ("keep").';
const dated = z.object({ date: z.iso.date().exactOptional() });

export function apiRoutes(scope: FastifyInstance, deps: RouteDeps, desk: LedgerDesk): void {
  scope.get('/api/overview', () => readOverview(deps, desk));

  scope.get('/api/documents', async (request) => {
    const query = parse(wanted, request.query);
    const traced = await idsTraced(desk, query.search);
    return findDocuments(await desk.documents(), query, traced);
  });
  scope.get('/api/documents/:id', async ({ params }) => (await desk.trace(parse(named, params).id))[0]);
  scope.get('/api/trace/:id', ({ params }) => desk.trace(parse(named, params).id));

  scope.get('/api/tie-out', ({ query }) => desk.tieOut(parse(dated, query).date));
  scope.get('/api/tie-out.csv', async ({ query }, reply) => {
    const tieOut = await desk.tieOut(parse(dated, query).date);
    const disposition = `attachment; filename="tie-out-${tieOut.date}.csv"`;
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', disposition)
      .send(tieOutCsv(tieOut));
  });
  scope.post('/api/tie-out', async (_request, reply) => {
    await deps.tieOut();
    return reply.code(204).send();
  });

  scope.get('/api/exceptions', () => desk.tasks());
  scope.get('/api/exceptions/:id', ({ params }) => desk.task(parse(named, params).id));
  scope.post('/api/exceptions/retry', async (request, reply) => {
    const { id, by } = parse(retryBody, request.body, decisionNeeds);
    await desk.retry(id, by);
    return reply.code(204).send();
  });
  scope.post('/api/exceptions/resolve', async (request, reply) => {
    const { id, keep, by, why } = parse(resolveBody, request.body, decisionNeeds);
    await desk.resolve(id, keep, by, why);
    return reply.code(204).send();
  });
  scope.post('/api/exceptions/skip', async (request, reply) => {
    const { id, by, why } = parse(skipBody, request.body, decisionNeeds);
    await desk.skip(id, by, why);
    return reply.code(204).send();
  });
}

async function idsTraced(desk: LedgerDesk, number = ''): Promise<ReadonlySet<string>> {
  if (number.trim() === '') return new Set();
  try {
    return new Set((await desk.trace(number)).map(({ id }) => id));
  } catch (error) {
    if (error instanceof ConfigurationError) return new Set();
    throw error;
  }
}

function parse<T>(schema: z.ZodType<T>, value: unknown, nextStep = 'Correct what is named.'): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ConfigurationError({
    code: 'REQUEST_INCOMPLETE',
    message: `The request cannot be used: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim(),
    nextStep,
  });
}

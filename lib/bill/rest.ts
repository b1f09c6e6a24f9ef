import type * as z from 'zod';
import { sessionRefused, UnexpectedAnswer, unusable } from './errors.ts';
import { exchange } from './exchange.ts';
import type { Gate } from './gate.ts';
import type { Verdict } from './judge.ts';
import type { Lease } from './lease.ts';
import { type BillRequest, changesBill, httpRequest } from './request.ts';
import type { Sessions } from './session.ts';

/** BILL's API under one lease: session, repeat after its end, errors, and the answer's shape. */
export interface Rest {
  /** The answer in its shape. Throws as bill.ts says. */
  call<T>(request: BillRequest, shape: z.ZodType<T>): Promise<T>;
  /** The same for one object; undefined when BILL has none (404, BDC_1120). */
  find<T>(request: BillRequest, shape: z.ZodType<T>): Promise<T | undefined>;
}

export function createRest(way: { lease: Lease; gate: Gate; sessions: Sessions }): Rest {
  const { lease, sessions } = way;

  /** A session's end is no effect of the call: it is made once more, with the next session (BILL dossier §1.3). */
  async function inSession(request: BillRequest): Promise<Exclude<Verdict, { is: 'session-ended' }>> {
    const session = await sessions.open(lease);
    const verdict = await exchange(way, request, httpRequest(request, session.secret, session.id));
    if (verdict.is !== 'session-ended') return verdict;
    const next = await sessions.open(lease, session.serial);
    const second = await exchange(way, request, httpRequest(request, next.secret, next.id));
    if (second.is === 'session-ended') throw sessionRefused(request.about);
    return second;
  }

  async function find<T>(request: BillRequest, shape: z.ZodType<T>): Promise<T | undefined> {
    const verdict = await inSession(request);
    if (verdict.is === 'failure') throw verdict.error;
    return verdict.is === 'not-found' ? undefined : inShape(request, shape, verdict.json);
  }

  return {
    find,
    call: async (request, shape) => {
      const verdict = await inSession(request);
      if (verdict.is !== 'answer') throw verdict.error;
      return inShape(request, shape, verdict.json);
    },
  };
}

/** A write whose answer has another shape has happened all the same: it is settled, not repeated. */
function inShape<T>(request: BillRequest, shape: z.ZodType<T>, json: unknown): T {
  const parsed = shape.safeParse(json);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.map(String).join('.')} ${issue.message}`);
  const what = `another shape than expected: ${faults.slice(0, 5).join('; ')}`;
  if (changesBill(request)) throw unusable(request.about, what, true, parsed.error);
  throw new UnexpectedAnswer(`BILL's answer for ${request.about} has ${what}`, parsed.error);
}

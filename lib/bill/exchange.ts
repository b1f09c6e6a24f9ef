import { HttpFailure, type HttpRequest } from '../http/http.ts';
import { unavailable } from './errors.ts';
import type { Gate } from './gate.ts';
import { judge, type Verdict } from './judge.ts';
import type { Lease } from './lease.ts';
import { type BillRequest, changesBill } from './request.ts';

/** One request and its verdict; what concerns everybody closes the gate. */
export async function exchange(
  { lease, gate }: { lease: Lease; gate: Gate },
  request: BillRequest,
  wire: HttpRequest,
  as?: 'login',
): Promise<Verdict> {
  const verdict = await answered(lease, request, wire, as);
  if (verdict.is === 'failure' && verdict.closes !== undefined) await gate.close(verdict.closes);
  return verdict;
}

async function answered(
  lease: Lease,
  request: BillRequest,
  wire: HttpRequest,
  as: 'login' | undefined,
): Promise<Verdict> {
  try {
    return judge(request, await lease.send(wire, as));
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    const mayHaveHappened = changesBill(request) && error.mayHaveArrived;
    return {
      is: 'failure',
      error: unavailable(request.about, error.message.replace(/\.$/, ''), mayHaveHappened, error),
      closes: 'outage',
    };
  }
}

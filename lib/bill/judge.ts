import { DocumentError } from '../errors.ts';
import type { HttpResponse } from '../http/http.ts';
import type { ClosingReason } from '../ledger/gate-leases.ts';
import { codes, quotaRefused, refusal, unavailable, unusable } from './errors.ts';
import { type Body, type Fault, readBody } from './faults.ts';
import { type BillRequest, changesBill } from './request.ts';

/** What an answer means. */
export type Verdict =
  | { readonly is: 'answer'; readonly json: unknown }
  /** Of a read; `error` is for those who need the object. */
  | { readonly is: 'not-found'; readonly error: Error }
  | { readonly is: 'session-ended' }
  | {
      readonly is: 'failure';
      readonly error: Error;
      /** BILL's code of a refusal. */
      readonly code?: string;
      /** The gate is to be closed for everybody. */
      readonly closes?: ClosingReason;
    };

/**
 * Judges by BILL's code first, whatever the status (BILL dossier §0.7), then by the status, then by the form.
 * For a write, everything but a refusal with a code may have happened (§2.3, §13.1).
 */
export function judge(request: BillRequest, { status, body: text }: HttpResponse): Verdict {
  const body = readBody(text);
  const succeeded = status >= 200 && status < 300;
  const faults = succeeded ? body.faults.filter(({ severity }) => severity === 'ERROR') : body.faults;
  return (
    ofEverybody(request, status, faults) ??
    (succeeded ? ofSuccess(request, body, faults) : undefined) ??
    ofOutage(request, status, faults) ??
    ofRefusal(request, status, body, faults)
  );
}

/** Sessions and quotas: no document's matter, and nothing has happened. */
function ofEverybody({ about }: BillRequest, status: number, faults: readonly Fault[]): Verdict | undefined {
  const has = (set: ReadonlySet<string>) => faults.find(({ code }) => set.has(code))?.code;
  const spent = has(codes.hourSpent);
  if (spent !== undefined) return { is: 'failure', error: quotaRefused(about, spent), closes: 'hour-spent' };
  const tooMany = has(codes.tooManyAtOnce);
  if (tooMany !== undefined)
    return { is: 'failure', error: quotaRefused(about, tooMany), closes: 'too-many-at-once' };
  const ended = has(codes.sessionEnded) !== undefined || (status === 401 && faults.length === 0);
  return ended ? { is: 'session-ended' } : undefined;
}

function ofSuccess(request: BillRequest, body: Body, faults: readonly Fault[]): Verdict | undefined {
  const write = changesBill(request);
  if (body.form === 'other') return { is: 'failure', error: unusable(request.about, 'it is no JSON', write) };
  const [fault] = faults;
  if (fault === undefined) return { is: 'answer', json: body.json };
  if (!write) return undefined;
  const what = `it reports success and an error at once (${fault.code}: ${fault.message})`;
  return { is: 'failure', error: unusable(request.about, what, true) };
}

/** 408 and 429 without BILL's codes come from a gateway before BILL. */
function ofOutage(request: BillRequest, status: number, faults: readonly Fault[]): Verdict | undefined {
  const system = faults.find(({ code }) => codes.systemError.has(code));
  const gateway = faults.length === 0 && (status === 408 || status === 429);
  if (status < 500 && system === undefined && !gateway) return undefined;
  const what = `HTTP ${status}${system === undefined ? '' : ` (${system.code}: ${system.message})`}`;
  return { is: 'failure', error: unavailable(request.about, what, changesBill(request)), closes: 'outage' };
}

function ofRefusal(request: BillRequest, status: number, body: Body, faults: readonly Fault[]): Verdict {
  const { about } = request;
  const fault = faults.find(({ severity }) => severity === 'ERROR') ?? faults[0];
  const error =
    fault === undefined
      ? unusable(about, `HTTP ${status} without a code of BILL`, changesBill(request))
      : refusal(about, fault);
  if (!changesBill(request) && saysNotFound(status, body, fault, error)) return { is: 'not-found', error };
  return { is: 'failure', error, ...(fault && { code: fault.code }) };
}

/** A page that says 404 is a gateway's, not BILL's word on the object; nor is a 404 about the path or the caller. */
function saysNotFound(status: number, { form }: Body, fault: Fault | undefined, error: Error): boolean {
  if (fault === undefined) return status === 404 && form !== 'other';
  return codes.notFound.has(fault.code) || (status === 404 && error instanceof DocumentError);
}

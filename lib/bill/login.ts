import * as z from 'zod';
import type { BillSecret } from '../config/secrets.ts';
import { ConfigurationError } from '../errors.ts';
import { UnexpectedAnswer, unusable } from './errors.ts';
import { exchange } from './exchange.ts';
import type { Gate } from './gate.ts';
import type { Lease } from './lease.ts';
import { type BillRequest, loginRequest } from './request.ts';

export type LoginResult =
  | { readonly is: 'session'; readonly id: string }
  /** The credentials are refused, with BILL's code. */
  | { readonly is: 'refused'; readonly code: string };

const login: BillRequest = { method: 'POST', path: '/v3/login', about: 'the login', makesNothing: true };

/** BILL dossier §1.3; a sync token's name and value stand in the places of user and password (§1.4). */
const answer = z.object({ sessionId: z.string().min(1) });

/**
 * Logs in once. Any refusal with a code counts against the credentials, known code or not: a repeat may lock the
 * user (BILL dossier §10, BDC_1101). Throws WorldError for outages and quota, ConfigurationError for a wrong address.
 */
export async function logIn(
  { lease, gate }: { lease: Lease; gate: Gate },
  secret: BillSecret,
): Promise<LoginResult> {
  const verdict = await exchange({ lease, gate }, login, loginRequest(secret), 'login');
  if (verdict.is === 'session-ended') return { is: 'refused', code: 'HTTP 401' };
  if (verdict.is === 'not-found') throw verdict.error;
  if (verdict.is === 'failure') {
    const { code, error } = verdict;
    const notTheirs = error instanceof ConfigurationError || error instanceof UnexpectedAnswer;
    if (code === undefined || notTheirs) throw error;
    return { is: 'refused', code };
  }
  const session = answer.safeParse(verdict.json);
  if (!session.success) throw unusable('the login', 'it has no sessionId', false, session.error);
  return { is: 'session', id: session.data.sessionId };
}

import { ConfigurationError, ConnectorError, WorldError } from '../../errors.ts';
import type { ErrorAnswer } from './api.ts';

const unknownToUs = new Set(['NO_SUCH_EXCEPTION', 'NOTHING_FOUND', 'NO_TIE_OUT']);

/** The status and body for a thrown thing; of an unexpected one nothing is told that is not ours to tell. */
export function errorAnswer(error: unknown): { status: number; body: ErrorAnswer } {
  if (error instanceof ConnectorError) {
    const { code, message, nextStep } = error;
    return { status: statusOf(error), body: { error: { code, message, nextStep } } };
  }
  const status = refusedStatus(error);
  return {
    status: status ?? 500,
    body: {
      error: {
        code: status === undefined ? 'UNEXPECTED' : 'REQUEST_REFUSED',
        message: status === undefined ? 'The connector met something that it did not expect.' : String(error),
        nextStep: status === undefined ? 'Look at its log and report it.' : 'Correct the request.',
      },
    },
  };
}

function statusOf(error: ConnectorError): number {
  if (unknownToUs.has(error.code)) return 404;
  if (error instanceof ConfigurationError) return 400;
  return error instanceof WorldError ? 503 : 500;
}

/** A refusal of the server itself, such as a body that is no JSON. */
function refusedStatus(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined;
  const { statusCode } = error;
  return typeof statusCode === 'number' && statusCode < 500 ? statusCode : undefined;
}

import { isThrottlingError, isTransientError } from '@smithy/core/retry';
import { WorldError } from './errors.ts';

type SdkError = Parameters<typeof isTransientError>[0];

/** True for throttling, outages, time-outs and broken connections of an AWS service: they pass by themselves. */
function isUnavailable(error: unknown): error is SdkError {
  return isError(error) && (isThrottlingError(error) || isTransientError(error));
}

function isError(error: unknown): error is SdkError {
  return error instanceof Error;
}

interface Unavailable {
  readonly code: string;
  readonly message: string;
  readonly mayHaveHappened?: boolean;
}

/** WorldError when the service was unavailable; any other error comes back as it is. */
export function worldOr(error: unknown, { code, message, mayHaveHappened = false }: Unavailable): unknown {
  if (!isUnavailable(error)) return error;
  return new WorldError({
    code,
    message: `${message} (${error.name})`,
    nextStep: 'Nothing: the work goes on by itself. If it lasts, look at the AWS Health Dashboard.',
    mayHaveHappened,
    cause: error,
  });
}
